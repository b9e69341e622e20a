"""What commands share that act as somebody: `--by`, `--reason`, and the password, which is never an argument."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.local.place import Place
from api.local.status import noted_database
from api.local.words import t

if TYPE_CHECKING:
    from api.local.acting import Act

By = Annotated[
    str,
    typer.Option(
        "--by",
        help=t("signed.whose_account_acts"),
    ),
]
Reason = Annotated[str, typer.Option("--reason", help=t("signed.why"))]


def signed_in(account: str, act: "Act") -> int:
    """Carry out one act as somebody; gives the proposal's id."""
    from api.local.acting import act_as

    return act_as(database_url(), account, _password(account), act)


def database_url() -> str:
    return noted_database(Place.default())


def told_proposed(proposal: int) -> None:
    print(t("signed.sent_as_proposal", proposal=proposal))


def _password(account: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(t("signed.password", account=account))
