"""When a customer is to be seen, and why."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.shared.night import Night
from domain.tasks.cadence import REASONS, DueReason
from domain.tasks.reasons import reason_sql
from schema.rules.language import LANGUAGE
from tests.domain.shared.rules.vectors import judged
from tests.domain.small_bank import DATA_DATE, TODAY

OVERDUE, ENDING, LEAVING = DueReason.LOAN_OVERDUE, DueReason.LOAN_ENDING, DueReason.ATTRITION
CADENCE, NEVER = DueReason.CADENCE, DueReason.NEVER_VISITED
Known = dict[str, Any]
Vector = tuple[str, Known, DueReason | None]


def known(tier: str, visited: date | None = None, **given: Any) -> Known:
    return {"tier": tier, "last_visit_on": visited and visited.isoformat(), **given}


def ends_in(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


SEPTEMBER, RECENTLY, YESTERDAY = date(2026, 9, 1), date(2026, 11, 1), date(2026, 11, 20)
VECTORS: tuple[Vector, ...] = (
    ("never visited", known("GENERAL"), NEVER),
    ("key, a month ago", known("KEY", date(2026, 10, 21)), CADENCE),
    ("key, a day less", known("KEY", date(2026, 10, 22)), None),
    ("general, half a year ago", known("GENERAL", date(2026, 5, 21)), CADENCE),
    ("general, a day less", known("GENERAL", date(2026, 5, 22)), None),
    ("at risk", known("GENERAL", SEPTEMBER, attrition_band=5), LEAVING),
    ("not quite at risk", known("GENERAL", SEPTEMBER, attrition_band=4), None),
    ("at risk, just seen", known("GENERAL", RECENTLY, attrition_band=5), None),
    ("at risk, seen a month ago", known("GENERAL", date(2026, 10, 21), attrition_band=5), LEAVING),
    ("ends today", known("GENERAL", SEPTEMBER, ends_on=ends_in(0)), ENDING),
    ("ends in 30", known("GENERAL", SEPTEMBER, ends_on=ends_in(30)), ENDING),
    ("ends in 31", known("GENERAL", SEPTEMBER, ends_on=ends_in(31)), None),
    ("ends, just seen", known("GENERAL", RECENTLY, ends_on=ends_in(5)), None),
    ("overdue, seen yesterday", known("KEY", YESTERDAY, overdue_days=1), OVERDUE),
    ("not overdue", known("KEY", YESTERDAY, overdue_days=0), None),
    ("the strongest", known("KEY", overdue_days=3, ends_on=ends_in(0), attrition_band=5), OVERDUE),
    ("an end before a risk", known("KEY", ends_on=ends_in(0), attrition_band=5), ENDING),
)


def reasons_of(people: list[Known], today: date = TODAY, **decided: Any) -> list[str | None]:
    night = Night(1, today - timedelta(1), Path("/nowhere"), parameters=decided)
    reason = reason_sql(LANGUAGE, night, "c", "l")
    return judged(
        reason,
        people,
        c="tier text, last_visit_on date, attrition_band int",
        l="overdue_days int, ends_on date",
    )


def test_the_strongest_reason() -> None:
    found = reasons_of([known for _, known, _ in VECTORS])
    assert dict(zip([name for name, _, _ in VECTORS], found, strict=True)) == {
        name: reason for name, _, reason in VECTORS
    }
    assert {reason for _, _, reason in VECTORS} == {*REASONS, None}, "every reason has a vector"


@pytest.mark.parametrize(
    ("visited", "first"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2026, 9, 1), date(2027, 3, 1)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2027, 8, 30), date(2028, 2, 29)),
    ],
)
def test_months_end_where_the_month_ends(visited: date, first: date) -> None:
    """The first day of the cadence, and the day before it."""
    person = [known("GENERAL", visited)]
    assert reasons_of(person, first) == [CADENCE]
    assert reasons_of(person, first - timedelta(1)) == [None]


def test_what_the_bank_decides_moves_the_reasons() -> None:
    decided = {
        "tasks.key_visit_months": 2,
        "tasks.general_visit_months": 4,
        "tasks.loan_ends_within_days": 20,
        "customers.at_risk_band": 4,
    }
    people = [
        known("KEY", date(2026, 10, 21)),
        known("KEY", date(2026, 9, 21)),
        known("GENERAL", date(2026, 7, 21)),
        known("GENERAL", SEPTEMBER, ends_on=ends_in(21)),
        known("GENERAL", SEPTEMBER, ends_on=ends_in(20)),
        known("GENERAL", SEPTEMBER, attrition_band=4),
    ]
    assert reasons_of(people, **decided) == [None, CADENCE, CADENCE, None, ENDING, LEAVING]


def test_the_data_date_is_the_day_before() -> None:
    assert DATA_DATE + timedelta(1) == TODAY
