"""When a customer is to be seen, and why."""

from datetime import date, timedelta

import pytest

from domain.tasks.cadence import Cadence, DueReason, Known, add_months, due_reason, next_visit_on, wan_yuan

TODAY = date(2026, 11, 21)
USUAL = Cadence.of({})


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(Known("GENERAL"), DueReason.NEVER_VISITED, id="never visited"),
        pytest.param(Known("KEY", date(2026, 10, 21)), DueReason.CADENCE, id="key, a month ago"),
        pytest.param(Known("KEY", date(2026, 10, 22)), None, id="key, a day less"),
        pytest.param(Known("GENERAL", date(2026, 5, 21)), DueReason.CADENCE, id="general, half a year ago"),
        pytest.param(Known("GENERAL", date(2026, 5, 22)), None, id="general, a day less"),
        pytest.param(Known("GENERAL", date(2026, 9, 1), attrition_band=5), DueReason.ATTRITION, id="at risk"),
        pytest.param(Known("GENERAL", date(2026, 9, 1), attrition_band=4), None, id="not quite at risk"),
        pytest.param(Known("GENERAL", date(2026, 11, 1), attrition_band=5), None, id="at risk, just seen"),
        pytest.param(
            Known("GENERAL", date(2026, 9, 1), loan_ends_on=TODAY + timedelta(30)),
            DueReason.LOAN_ENDING,
            id="ends in 30",
        ),
        pytest.param(
            Known("GENERAL", date(2026, 9, 1), loan_ends_on=TODAY + timedelta(31)), None, id="ends in 31"
        ),
        pytest.param(
            Known("KEY", date(2026, 11, 20), overdue_days=1),
            DueReason.LOAN_OVERDUE,
            id="overdue, seen yesterday",
        ),
        pytest.param(
            Known("KEY", None, 3, TODAY, 5), DueReason.LOAN_OVERDUE, id="the strongest of all reasons"
        ),
        pytest.param(Known("KEY", None, 0, TODAY, 5), DueReason.LOAN_ENDING, id="an end before a risk"),
    ],
)
def test_the_strongest_reason(known: Known, expected: DueReason | None) -> None:
    assert due_reason(known, TODAY, USUAL) == expected


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert next_visit_on("KEY", date(2026, 12, 31), USUAL) == date(2027, 1, 31)


def test_amounts_read_as_bankers_write_them() -> None:
    assert wan_yuan(12_300_000) == "12.30 万元"
    assert wan_yuan(123_456_789_012) == "123,456.79 万元"
