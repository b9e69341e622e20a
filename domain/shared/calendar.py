"""Bank days. A bank day is a day in Asia/Shanghai; instants are aware."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BANK_ZONE = ZoneInfo("Asia/Shanghai")


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
