"""How days and instants are written, and nothing else that Python would read."""

from datetime import UTC, date, datetime

import pytest

from domain.shared.calendar import day_of, instant_of


def test_a_day_and_an_instant_as_they_are_written() -> None:
    assert day_of("2026-11-27") == date(2026, 11, 27)
    assert day_of("0001-01-01") == date.min
    morning = datetime(2026, 11, 27, 2, tzinfo=UTC)
    for text in ("2026-11-27T10:00:00+08:00", "2026-11-27T02:00:00Z", "2026-11-27T02:00:00.000Z"):
        assert instant_of(text) == morning
    assert instant_of("2026-11-27T02:00:00.000001+00:00").microsecond == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-W47-5",
        "20261127",
        "2026-331",
        "2026-11-7",
        "2026-11-27 ",
        "2026-11-27\n",
        "0000-01-01",
        "２０２６-11-27",
    ],
)
def test_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27",
        "2026-11-27T10:00:00",
        "2026-11-27T10:00+08:00",
        "2026-11-27T10:00:00+08",
        "2026-11-27T10:00:00+0800",
        "2026-11-27T10:00:00+08:00:30",
        "2026-11-27T10:00:00+24:00",
        "2026-11-27T24:00:00+08:00",
        "2026-11-27T23:59:60Z",
        "2026-11-27t10:00:00Z",
        "2026-11-27T10:00:00z",
        "2026-11-27 10:00:00Z",
        "2026-11-27T10:00:00,5Z",
        "2026-11-27T10:00:00.1234567Z",
        "20261127T100000Z",
        "2026-W48-5T10:00:00Z",
        "0000-12-31T23:00:00-02:00",
        "0001-01-01T07:59:59+08:00",
        "9999-12-31T16:00:00Z",
    ],
)
def test_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        instant_of(text)
