"""By which hour a feed should be there, as somebody wrote it down."""

from datetime import date, datetime, time

import pytest

from domain.feeds.lateness import complaint_about, complaint_about_hour, read_clocks
from domain.feeds.parameters import DUE_AT, TAKEN_UNTIL
from domain.shared.calendar import BANK_ZONE
from domain.shared.parameters import ParameterNotValid

DAY = date(2026, 11, 30)


def test_a_feed_has_its_own_hour_or_the_usual_one_on_the_day_after() -> None:
    clocks = read_clocks("06:00  loan=03:30\nhousehold=12:00")
    assert clocks.due_at("loan", DAY) == datetime(2026, 12, 1, 3, 30, tzinfo=BANK_ZONE)
    assert clocks.due_at("core_deposit", DAY) == datetime(2026, 12, 1, 6, 0, tzinfo=BANK_ZONE)
    assert read_clocks("23:59").usual == time(23, 59)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("   ", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("loan=03:30", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("24:00", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("6:00", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("06:00，loan=03:30", "PARAMETER_CLOCK_WITHOUT_HOUR"),
        ("06:00 loan", "PARAMETER_CLOCK_NOT_READ"),
        ("06:00 loan=3:30", "PARAMETER_CLOCK_NOT_READ"),
        ("06:00 loan=03:60", "PARAMETER_CLOCK_NOT_READ"),
        ("06:00 贷款=03:30", "PARAMETER_CLOCK_NOT_READ"),
        ("06:00 loan=03:30 loan=04:30", "PARAMETER_CLOCK_TWICE"),
        ("06:00 lone=03:30", "PARAMETER_CLOCK_OF_NO_FEED"),
    ],
)
def test_what_is_wrong_with_a_clock_is_said(text: str, code: str) -> None:
    wrong = complaint_about(text)
    assert wrong is not None
    assert wrong.code == code
    with pytest.raises(ValueError, match=code):
        read_clocks(text)


def test_the_parameters_take_no_clock_that_cannot_be_read() -> None:
    DUE_AT.check("05:30 loan=02:00")
    TAKEN_UNTIL.check("09:15")
    assert complaint_about_hour("09:15 loan=10:00") is not None
    for parameter, value in ((DUE_AT, "half past six"), (TAKEN_UNTIL, "25:00")):
        with pytest.raises(ParameterNotValid):
            parameter.check(value)
