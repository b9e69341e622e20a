"""Answers for people, on standard output."""

from typing import Any

from rich.cells import cell_len
from rich.console import Console

from api.cli.tables import plain_table
from api.local.place import Place
from api.local.status import describe
from api.local.words import t
from api.settings import Mode

ROLES = {
    "HEAD_OFFICE": t("总行", "head office"),
    "ADMINISTRATOR": t("系统管理员", "administrator"),
    "OUTLET_MANAGER": t("网点负责人", "outlet manager"),
    "CUSTOMER_MANAGER": t("客户经理", "customer manager"),
}
LABELS = {
    "desk": t("桌面", "desk"),
    "phone": t("手机", "phone"),
    "graphql": "GraphQL",
    "mode": t("方式", "mode"),
    "data_date": t("数据日期", "data date"),
    "version": t("版本", "version"),
    "landing": t("落地目录", "landing"),
    "truth": t("真值目录", "truth"),
}
WORDS = {
    "demonstration": t("演示", "demonstration"),
    "production": t("生产", "production"),
    "RUNNING": t("运行中", "running"),
    "STARTING": t("正在启动", "starting"),
    "STOPPING": t("正在停下", "stopping"),
    "STOPPED": t("已停下", "stopped"),
    "EXITED": t("已退出", "ended"),
    "BACKOFF": t("反复退出，稍后再启动", "ends again and again"),
    "FATAL": t("无法启动，见 ./yunge logs", "does not start, see ./yunge logs"),
}


def print_welcome(place: Place) -> None:
    """Where to go next, and as whom."""
    found = describe(place)
    print()
    print(t("桌面", "desk ") + f"  {found['desk']}")
    print(t("手机", "phone") + f"  {found['phone']}")
    if found["mode"] == Mode.PRODUCTION:
        return
    print(t("数据日期", "data date") + f"  {found['data_date']}\n")
    _print_accounts(found["accounts"])
    print(t("\n停下：./yunge down    状态：./yunge status    全部命令：./yunge",
            "\nstop: ./yunge down    status: ./yunge status    all commands: ./yunge"))  # fmt: skip


def print_status(found: dict[str, Any]) -> None:
    for name, label in LABELS.items():
        _print_fact(label, "-" if found[name] is None else str(found[name]))
    for process, state in found["processes"].items():
        _print_fact(process, state)
    if not found["processes"]:
        print(t("没有在运行的进程", "nothing is running"))
    if found["accounts"]:
        print()
        _print_accounts(found["accounts"])


def _print_fact(label: str, value: str) -> None:
    print(f"{label}{' ' * (10 - cell_len(label))} {WORDS.get(value, value)}")


def _print_accounts(accounts: list[dict[str, str]]) -> None:
    headings = (t("账号", "account"), t("密码", "password"), t("身份", "role"), t("机构", "org"))
    table = plain_table(*headings, is_wrapped=False)
    for account in accounts:
        role = ROLES.get(account["role"], account["role"])
        table.add_row(account["account"], account["password"], role, account["org"])
    Console(soft_wrap=True).print(table)
