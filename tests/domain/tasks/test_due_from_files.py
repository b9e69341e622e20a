"""What loan files say of ends and days overdue, from the file to the reason: a battery over one night."""

from datetime import date, timedelta
from pathlib import Path

import psycopg

from domain.shared.night import Night, silent
from domain.tasks.due import find_due_visits
from schema.rules.language import LANGUAGE
from tests.domain.customers.identity.county import core, drop, night
from tests.domain.feeds.files import DAY

TOLD = "LOAN_MATURED"
NOTHING = "NEVER_VISITED"
"""Of the loan nothing; that nobody was ever there is the weakest reason of all."""
LOANS: dict[str, tuple[dict[str, str], tuple[str, date | None]]] = {
    "ended on the data date": ({"end_on": "20260630"}, (TOLD, DAY)),
    "ended two days ago, not counted yet": ({"end_on": "20260628"}, (TOLD, date(2026, 6, 28))),
    "counted below nought": ({"end_on": "20260628", "overdue_days": "-2"}, (TOLD, date(2026, 6, 28))),
    "ends this morning": ({"end_on": "20260701"}, ("LOAN_ENDING", date(2026, 7, 1))),
    "counted": ({"end_on": "20260628", "overdue_days": "2"}, ("LOAN_OVERDUE", date(2026, 6, 29))),
    "counted from a default": ({"end_on": "20260628", "overdue_days": "999999999"}, ("LOAN_OVERDUE", None)),
    "settled": ({"end_on": "20260628", "status": "0"}, (NOTHING, None)),
    "paid to the last fen": ({"end_on": "20260628", "balance": "0.00"}, (NOTHING, None)),
    "paid too much": ({"end_on": "20260628", "balance": "-0.01"}, (NOTHING, None)),
    "an end from a default": ({"start_on": "20250630", "end_on": "19000101"}, (NOTHING, None)),
    "both days from a default": ({"start_on": "19000101", "end_on": "19000101"}, (NOTHING, None)),
    "without end": ({"end_on": "99991231"}, (NOTHING, None)),
}
WITH_END = {"amount": "100000.00", "balance": "100000.00", "start_on": "20250630", "overdue_days": "0"}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


def test_what_a_loan_file_says_of_its_end(connection: psycopg.Connection, tmp_path: Path) -> None:
    people = dict(zip(LOANS, SURNAMES, strict=True))
    numbers = {case: f"C{number}" for number, case in enumerate(LOANS)}
    files = {
        "core_customer": [
            core(numbers[case], f"{people[case]}贷", cert_type="99", cert_no=f"X{numbers[case]}")
            for case in LOANS
        ],
        "loan": [
            {"loan_no": f"L{numbers[case]}", "cust_no": numbers[case], **WITH_END, **given}
            for case, (given, _) in LOANS.items()
        ],
    }
    drop(tmp_path, files)
    night(connection, tmp_path)
    find_due_visits(connection, Night(1, DAY, Path("/nowhere")), silent, language=LANGUAGE)
    found = connection.execute(
        "select c.name, d.reason, d.due_on from due_visits d join customers c on c.id = d.customer_id"
    ).fetchall()
    told = {name: (reason, due_on) for name, reason, due_on in found}
    for case, (_, (reason, due_on)) in LOANS.items():
        says = told[f"{people[case]}贷"]
        assert says == (reason, due_on or says[1]), case
    oldest = min(due_on for _, due_on in told.values())
    assert oldest >= DAY - timedelta(days=36_525), "a default counts no day before the bank's own time"
