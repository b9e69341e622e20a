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
        help=t(
            "以谁的账号；密码从提示或标准输入读取",
            "whose account acts; the password is asked for, or read from standard input",
        ),
    ),
]
Reason = Annotated[str, typer.Option("--reason", help=t("理由", "why"))]


def signed_in(account: str, act: "Act") -> int:
    """Carry out one act as somebody; gives the proposal's id."""
    from api.local.acting import act_as

    return act_as(database_url(), account, _password(account), act)


def database_url() -> str:
    return noted_database(Place.default())


def told_proposed(proposal: int) -> None:
    print(
        t(
            f"已提交，提案 {proposal}。由另一位同事在桌面端“参数”页复核，"
            f"或 ./yunge proposal agree {proposal} --by 账号",
            f"Sent as proposal {proposal}. A colleague decides: at the desk under Parameters, or by "
            f"./yunge proposal agree {proposal} --by ACCOUNT",
        )
    )


def _password(account: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(t(f"{account} 的密码：", f"Password of {account}: "))
