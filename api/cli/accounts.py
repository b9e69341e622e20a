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
    help=t("登录账号：新增、换密码、停用", "Accounts to sign in with: add, new password, disable"),
)


class AccountDuty(StrEnum):
    CUSTOMERS = "CUSTOMERS"
    UNIT = "UNIT"
    NONE = "NONE"


AccountName = Annotated[
    str, typer.Argument(help=t("登录账号", "what somebody signs in with"), show_default=False)
]


@accounts.command(
    help=t(
        "新增账号；密码从提示或标准输入读取，如 ./yunge account add … < 文件",
        "Add an account; the password is asked for, or read from standard input",
    )
)
def add(
    role: Annotated[str, typer.Option(help=t("角色，见 ./yunge role list", "role, see ./yunge role list"))],
    number: Annotated[str, typer.Option(help=t("工号", "staff number"))],
    name: Annotated[str, typer.Option(help=t("姓名", "name"))],
    org: Annotated[str, typer.Option(help=t("机构号", "the bank's own number of the org unit"))],
    duty: Annotated[
        AccountDuty | None,
        typer.Option(
            case_sensitive=False,
            help=t(
                "职责：CUSTOMERS 管户，UNIT 管机构，NONE 无（默认按角色的数据范围）",
                "what the books give: CUSTOMERS his own, UNIT those of his unit, NONE (default: as the role's scope)",
            ),
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(help=t("登录账号（默认即工号）", "account to sign in with (default: the staff number)")),
    ] = None,
    org_name: Annotated[
        str | None,
        typer.Option(
            help=t("还没有任何机构时：总行的名称", "where there is no org unit yet: the head office's name")
        ),
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
    Screen().line(t(f"已新增账号 {account}。", f"Account {account} was added."))


@accounts.command(
    help=t(
        "换密码；解除锁定，重新启用停用的账号，并结束已登录的会话",
        "Set a password; lifts a lock, opens a disabled account, ends its sessions",
    )
)
def password(account: AccountName) -> None:
    from api.auth.passwords import hash_password
    from api.local.accounts import check_password, set_password

    url = _database_url()
    ended = set_password(url, account, hash_password(check_password(_ask_password(), account)))
    Screen().line(
        t(
            f"账号 {account} 的密码已更换，结束了 {ended} 个会话。",
            f"Account {account} has a new password; sessions ended: {ended}.",
        )
    )


@accounts.command(
    help=t("停用账号，并结束已登录的会话；人员资料不变", "Disable an account and end its sessions")
)
def disable(account: AccountName) -> None:
    from api.local.accounts import disable_account

    ended = disable_account(_database_url(), account)
    Screen().line(
        t(
            f"账号 {account} 已停用，结束了 {ended} 个会话。重新启用：./yunge account password {account}",
            f"Account {account} is disabled; sessions ended: {ended}. "
            f"To open it again: ./yunge account password {account}",
        )
    )


def _database_url() -> str:
    from api.local.status import noted_database

    return noted_database(Place.default())


def _ask_password() -> str:
    """Twice and unseen from a terminal, else the first line of standard input."""
    from api.local.refusal import CannotGoOn

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass(t("密码：", "Password: "))
    if getpass.getpass(t("再输一次：", "Again: ")) != given:
        raise CannotGoOn(t("两次输入不一样，没有改动。", "The two are not the same; nothing was changed."))
    return given
