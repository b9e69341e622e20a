"""`./yunge account …`. A password comes from a prompt or from standard input, never as an argument."""

import getpass
import sys
from enum import StrEnum
from typing import Annotated

import typer

from api.local.place import Place
from api.local.screen import Screen
from api.local.words import t

accounts = typer.Typer(
    no_args_is_help=True,
    help=t("accounts.accounts_sign_add"),
)


class AccountDuty(StrEnum):
    CUSTOMERS = "CUSTOMERS"
    UNIT = "UNIT"
    NONE = "NONE"


AccountName = Annotated[str, typer.Argument(help=t("accounts.what_somebody_signs"), show_default=False)]


@accounts.command(help=t("accounts.add_account_password"))
def add(
    role: Annotated[str, typer.Option(help=t("accounts.role_see_yunge"))],
    number: Annotated[str, typer.Option(help=t("accounts.staff_number"))],
    name: Annotated[str, typer.Option(help=t("accounts.name"))],
    org: Annotated[str, typer.Option(help=t("accounts.bank_own_number"))],
    duty: Annotated[
        AccountDuty | None,
        typer.Option(
            case_sensitive=False,
            help=t("accounts.what_books_give"),
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(help=t("accounts.account_sign_default")),
    ] = None,
    org_name: Annotated[
        str | None,
        typer.Option(help=t("accounts.where_there_no")),
    ] = None,
) -> None:
    from api.auth.passwords import hash_password
    from api.local.accounts import Person, add_account, check_password

    url, account = _database_url(), account or number
    password = check_password(_ask_password(), account)
    add_account(
        url,
        account,
        Person(number, name, role.upper(), org, duty and duty.value),
        hash_password(password),
        org_name=org_name,
    )
    Screen().line(t("accounts.account_was_added", account=account))


@accounts.command(help=t("accounts.set_password_lifts"))
def password(account: AccountName) -> None:
    from api.auth.passwords import hash_password
    from api.local.accounts import check_password, set_password

    url = _database_url()
    ended = set_password(url, account, hash_password(check_password(_ask_password(), account)))
    Screen().line(t("accounts.account_has_new", account=account, ended=ended))


@accounts.command(help=t("accounts.code_help"))
def code(
    account: Annotated[str, typer.Argument(help=t("accounts.account_or_number"), show_default=False)],
) -> None:
    import secrets

    from api.auth.passwords import hash_password
    from api.local.accounts import hand_out_code
    from domain.shared.accounts import CODE_LASTS
    from domain.shared.passwords import code_of, printed_code

    made = code_of(secrets.token_bytes(32))
    name, ended = hand_out_code(_database_url(), account, hash_password(made))
    Screen().line(
        t("accounts.code_of", account=name, code=printed_code(made), days=CODE_LASTS.days, ended=ended)
    )


@accounts.command(help=t("accounts.disable_account_end"))
def disable(account: AccountName) -> None:
    from api.local.accounts import disable_account

    ended = disable_account(_database_url(), account)
    Screen().line(t("accounts.account_disabled_sessions", account=account, ended=ended))


def _database_url() -> str:
    from api.local.status import noted_database

    return noted_database(Place.default())


def _ask_password() -> str:
    """Twice and unseen from a terminal, else the first line of standard input."""
    from api.local.refusal import CannotGoOn

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass(t("accounts.password"))
    if getpass.getpass(t("accounts.again")) != given:
        raise CannotGoOn(t("accounts.two_not_same"))
    return given
