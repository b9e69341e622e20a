"""The days of the files and of the simulation behind them."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.shared.calendar import month_end_before

HISTORY_MONTHS = 12
BURN_IN = 4  # points before the first file, so that its three-month average exists
FUTURE_MONTHS = 3
AS_OF = BURN_IN + HISTORY_MONTHS  # index of the data date among the points
POINTS = AS_OF + 1 + FUTURE_MONTHS


@dataclass(frozen=True)
class Timeline:
    """Month-ends (oldest first), the data date, and three months that only the truth sees."""

    as_of: date
    points: tuple[date, ...]
    part: float
    """How much of a month lies between the last month-end and the data date."""

    @classmethod
    def until(cls, as_of: date) -> "Timeline":
        past = [month_end_before(as_of, back) for back in range(BURN_IN + HISTORY_MONTHS, 0, -1)]
        future = [as_of + timedelta(days=round(30.44 * ahead)) for ahead in range(1, FUTURE_MONTHS + 1)]
        part = min(1.0, (as_of - past[-1]).days / 30.44)
        return cls(as_of, (*past, as_of, *future), part)

    @property
    def day_before(self) -> date:
        return self.as_of - timedelta(days=1)

    def history(self) -> list[tuple[int, date]]:
        """(point, day) of the month-end files; one that is the day before belongs to the nights instead."""
        return [(p, self.points[p]) for p in range(BURN_IN, AS_OF) if self.points[p] != self.day_before]
