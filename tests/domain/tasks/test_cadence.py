"""When a customer is to be seen, and why."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.tasks.cadence import REASONS, DueReason
from domain.tasks.reasons import as_of, next_sql, reason_sql
from schema.rules.language import LANGUAGE
from tests.domain.shared.rules.vectors import judged
from tests.domain.small_bank import DATA_DATE, TODAY

OVERDUE, ENDING, LEAVING = DueReason.LOAN_OVERDUE, DueReason.LOAN_ENDING, DueReason.ATTRITION
MATURED, AGREED = DueReason.LOAN_MATURED, DueReason.AGREED
CADENCE, NEVER = DueReason.CADENCE, DueReason.NEVER_VISITED
Known = dict[str, Any]
Vector = tuple[str, Known, DueReason | None]


def known(tier: str, visited: date | None = None, **given: Any) -> Known:
    return {"tier": tier, "last_visit_on": visited and visited.isoformat(), **given}


def ends_in(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


STAKE = {"deposit_fen": 10_000_00}
SEPTEMBER, RECENTLY, YESTERDAY = date(2026, 9, 1), date(2026, 11, 1), date(2026, 11, 20)
VECTORS: tuple[Vector, ...] = (
    ("never visited", known("GENERAL"), NEVER),
    ("key, a month ago", known("KEY", date(2026, 10, 21)), CADENCE),
    ("key, a day less", known("KEY", date(2026, 10, 22)), None),
    ("general, half a year ago", known("GENERAL", date(2026, 5, 21)), CADENCE),
    ("general, a day less", known("GENERAL", date(2026, 5, 22)), None),
    ("at risk", known("GENERAL", SEPTEMBER, attrition_band=5, **STAKE), LEAVING),
    (
        "at risk with six hundred yuan",
        known("GENERAL", SEPTEMBER, attrition_band=5, deposit_fen=600_00),
        None,
    ),
    ("not quite at risk", known("GENERAL", SEPTEMBER, attrition_band=4, **STAKE), None),
    ("at risk, just seen", known("GENERAL", RECENTLY, attrition_band=5, **STAKE), None),
    ("at risk, seen a month ago", known("GENERAL", date(2026, 10, 21), attrition_band=5, **STAKE), LEAVING),
    ("ends today", known("GENERAL", SEPTEMBER, ends_on=ends_in(0)), ENDING),
    ("ends in 30", known("GENERAL", SEPTEMBER, ends_on=ends_in(30)), ENDING),
    ("ends in 31", known("GENERAL", SEPTEMBER, ends_on=ends_in(31)), None),
    ("ends, just seen", known("GENERAL", RECENTLY, ends_on=ends_in(5)), None),
    ("overdue, seen yesterday", known("KEY", YESTERDAY, overdue_days=1), OVERDUE),
    ("not overdue", known("KEY", YESTERDAY, overdue_days=0), None),
    ("ran out on the data date", known("KEY", YESTERDAY, matured_on=ends_in(-1)), MATURED),
    ("ran out on a Friday", known("KEY", YESTERDAY, matured_on=ends_in(-3)), MATURED),
    ("agreed for today", known("GENERAL", RECENTLY, agreed_on=ends_in(0)), AGREED),
    ("agreed for last week", known("GENERAL", RECENTLY, agreed_on=ends_in(-7)), AGREED),
    ("agreed for tomorrow", known("GENERAL", RECENTLY, agreed_on=ends_in(1)), None),
    ("agreed for later than the cadence", known("KEY", date(2026, 10, 21), agreed_on=ends_in(9)), CADENCE),
    (
        "overdue before one that ran out",
        known("KEY", overdue_days=9, matured_on=ends_in(-1), ends_on=ends_in(0)),
        OVERDUE,
    ),
    (
        "ran out before a promise",
        known("KEY", YESTERDAY, matured_on=ends_in(-1), agreed_on=ends_in(0), ends_on=ends_in(0)),
        MATURED,
    ),
    ("a promise before an end", known("KEY", agreed_on=ends_in(0), ends_on=ends_in(0)), AGREED),
    ("the strongest", known("KEY", overdue_days=3, ends_on=ends_in(0), attrition_band=5, **STAKE), OVERDUE),
    ("an end before a risk", known("KEY", ends_on=ends_in(0), attrition_band=5, **STAKE), ENDING),
)


ROWS = {
    "c": "id bigint, tier text, last_visit_on date, attrition_band int, deposit_fen bigint",
    "l": "customer_id bigint, overdue_days int, ends_on date, matured_on date",
    "a": "customer_id bigint, agreed_on date",
}


def reasons_of(people: list[Known], today: date = TODAY, **decided: Any) -> list[str | None]:
    return judged(reason_sql(LANGUAGE, as_of(today - timedelta(1), decided)), people, **ROWS)


def next_days_of(people: list[Known], **decided: Any) -> list[date | None]:
    return judged(next_sql(LANGUAGE, as_of(DATA_DATE, decided)), people, **ROWS)


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
        "tasks.risk_stake_fen": 5_000_00,
    }
    people = [
        known("KEY", date(2026, 10, 21)),
        known("KEY", date(2026, 9, 21)),
        known("GENERAL", date(2026, 7, 21)),
        known("GENERAL", SEPTEMBER, ends_on=ends_in(21)),
        known("GENERAL", SEPTEMBER, ends_on=ends_in(20)),
        known("GENERAL", SEPTEMBER, attrition_band=4, deposit_fen=5_000_00),
        known("GENERAL", SEPTEMBER, attrition_band=4, deposit_fen=4_999_99),
    ]
    assert reasons_of(people, **decided) == [None, CADENCE, CADENCE, None, ENDING, LEAVING, None]


def test_the_next_day_is_the_first_on_which_the_rules_ask() -> None:
    """Of cadence and promise the earlier one, also where it has passed; none where neither asks."""
    people = [
        known("GENERAL", date(2026, 8, 31)),
        known("KEY", date(2026, 8, 31)),
        known("GENERAL", RECENTLY, agreed_on=ends_in(20)),
        known("KEY", RECENTLY, agreed_on=ends_in(20)),
        known("GENERAL"),
        {"last_visit_on": RECENTLY.isoformat()},
    ]
    assert next_days_of(people) == [
        date(2027, 2, 28),
        date(2026, 9, 30),
        date(2026, 12, 11),
        date(2026, 12, 1),
        None,
        None,
    ]
    moved = next_days_of(people, **{"tasks.key_visit_months": 3, "tasks.general_visit_months": 1})
    assert moved[:3] == [date(2026, 9, 30), date(2026, 11, 30), date(2026, 12, 1)]
    for person, day in zip(people, next_days_of(people), strict=True):
        if day is not None:
            assert reasons_of([person], day)[0] in (CADENCE, AGREED)
            assert reasons_of([person], day - timedelta(1)) == [None]


def test_the_data_date_is_the_day_before() -> None:
    assert DATA_DATE + timedelta(1) == TODAY
