"""Bank days. A bank day is a day in Asia/Shanghai; instants are aware."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BANK_ZONE = ZoneInfo("Asia/Shanghai")

# Python reads weeks, days without dashes, hours without minutes and offsets with seconds besides.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)


def day_of(text: str) -> date:
    """The day written YYYY-MM-DD. Raises ValueError for any other text."""
    if not _DAY.fullmatch(text):
        raise ValueError("not written YYYY-MM-DD")
    return date.fromisoformat(text)


def instant_of(text: str) -> datetime:
    """The instant written YYYY-MM-DDThh:mm:ss, with a fraction of at most six digits or none, and Z or ±hh:mm.

    Raises ValueError for any other text, and for what UTC does not hold: years before 1 and beyond 9999.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError("not written YYYY-MM-DDThh:mm:ss with Z or ±hh:mm")
    instant = datetime.fromisoformat(text)
    try:
        instant.astimezone(UTC)
        instant.astimezone(BANK_ZONE)
    except OverflowError:
        raise ValueError("beyond the years that have four digits") from None
    return instant


def bank_day(instant: datetime) -> date:
    """The bank day on which an aware instant falls."""
    return instant.astimezone(BANK_ZONE).date()


def data_date_at(instant: datetime) -> date:
    """The data date that is complete at an instant: yesterday in Asia/Shanghai."""
    return bank_day(instant) - timedelta(days=1)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_end_before(day: date, months: int = 1) -> date:
    """The month-end `months` months before the month of `day`; 1 is the last month-end strictly before it."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return month_end(first)
