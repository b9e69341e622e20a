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
    "HEAD_OFFICE": t("answers.head_office"),
    "ADMINISTRATOR": t("answers.administrator"),
    "OUTLET_MANAGER": t("answers.outlet_manager"),
    "CUSTOMER_MANAGER": t("answers.customer_manager"),
}
LABELS = {
    "desk": t("answers.desk"),
    "phone": t("answers.phone"),
    "graphql": "GraphQL",
    "mode": t("answers.mode"),
    "data_date": t("answers.data_date"),
    "version": t("answers.version"),
    "landing": t("answers.landing"),
    "truth": t("answers.truth"),
}
WORDS = {
    "demonstration": t("answers.demonstration"),
    "production": t("answers.production"),
    "RUNNING": t("answers.running"),
    "STARTING": t("answers.starting"),
    "STOPPING": t("answers.stopping"),
    "STOPPED": t("answers.stopped"),
    "EXITED": t("answers.ended"),
    "BACKOFF": t("answers.ends_again_again"),
    "FATAL": t("answers.does_not_start"),
}


def print_welcome(place: Place) -> None:
    """Where to go next, and as whom."""
    found = describe(place)
    print()
    print(t("answers.desk_again") + f"  {found['desk']}")
    print(t("answers.phone") + f"  {found['phone']}")
    if found["mode"] == Mode.PRODUCTION:
        return
    print(t("answers.data_date") + f"  {found['data_date']}\n")
    _print_accounts(found["accounts"])
    print(t("answers.stop_yunge_down"))  # fmt: skip


def print_status(found: dict[str, Any]) -> None:
    for name, label in LABELS.items():
        _print_fact(label, "-" if found[name] is None else str(found[name]))
    for file_name in found["held"]:
        _print_fact(t("answers.held"), f"{file_name}  ./yunge batch list")
    for process, state in found["processes"].items():
        _print_fact(process, state)
    if not found["processes"]:
        print(t("answers.nothing_running"))
    if found["accounts"]:
        print()
        _print_accounts(found["accounts"])


def _print_fact(label: str, value: str) -> None:
    print(f"{label}{' ' * (10 - cell_len(label))} {WORDS.get(value, value)}")


def _print_accounts(accounts: list[dict[str, str]]) -> None:
    headings = (t("answers.account"), t("answers.password"), t("answers.role"), t("answers.org"))
    table = plain_table(*headings, is_wrapped=False)
    for account in accounts:
        role = ROLES.get(account["role"], account["role"])
        table.add_row(account["account"], account["password"], role, account["org"])
    Console(soft_wrap=True).print(table)
