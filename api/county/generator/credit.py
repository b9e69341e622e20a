"""Loans and credit lines of a block: who borrows, for how long, when it is settled or renewed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.county.generator.places import Floats, Ints
from api.county.generator.timeline import POINTS, Timeline

Flags = NDArray[np.bool_]

_BORROWERS = (0.11, 0.28, 0.30, 0.02)  # persons, sole traders, enterprises, organisations
_LENGTHS_MONTHS = np.array([12, 12, 12, 24, 36])
_RENEWED = 0.55
_CHAIN = 3  # loans that one borrower may have had, one after another
RECENT_DAYS = 92


@dataclass
class Loans:
    """Loans by start day; days are ordinals. `settled` is the day on which nothing is left to pay."""

    holder: Ints
    start: Ints
    end: Ints
    settled: Ints
    amount_yuan: Ints
    rate_percent: Floats
    in_parts: Flags  # 等额本息: the balance falls; otherwise interest first, the whole at the end
    is_late: Flags

    @property
    def size(self) -> int:
        return int(self.holder.size)

    def active_at(self, day: int) -> Flags:
        return (self.start <= day) & (day < self.settled)

    def balance_fen(self, day: int) -> Ints:
        """What is owed at the end of a day."""
        gone = np.clip((day - self.start) / np.maximum(self.end - self.start, 1), 0.0, 1.0)
        left = np.where(self.in_parts, np.where(self.is_late, np.maximum(1 - gone, 0.2), 1 - gone), 1.0)
        return np.where(self.active_at(day), np.round(self.amount_yuan * left, 2) * 100, 0).astype(np.int64)


@dataclass(frozen=True)
class Borrowing:
    """What the behaviour of a holder depends on at each point: an active loan, one settled lately without another."""

    active: Flags  # (points, holders)
    settled_lately: Flags


def make_loans(rng: np.random.Generator, timeline: Timeline, kind: Ints, total_yuan: Floats) -> Loans:
    """Chains of loans: each borrower's first, and renewals while they last."""
    share = np.array(_BORROWERS)[kind]
    borrowers = np.flatnonzero(rng.random(kind.size) < share)
    n = borrowers.size
    as_of = timeline.as_of.toordinal()
    base = np.array([60_000.0, 150_000.0, 900_000.0, 500_000.0])[kind[borrowers]]
    amount = base * rng.lognormal(0.0, 0.7, n) * (0.7 + 0.3 * np.minimum(total_yuan[borrowers] / 50_000, 3))
    amount_yuan = np.maximum(np.round(amount, -4), 10_000).astype(np.int64)
    start: Ints = as_of - rng.integers(5, 950, n)
    alive = np.ones(n, dtype=bool)
    parts: list[tuple[Ints, ...]] = []
    for _ in range(_CHAIN):
        months = _LENGTHS_MONTHS[rng.integers(0, _LENGTHS_MONTHS.size, n)]
        end = start + np.round(months * 30.44).astype(np.int64)
        early = rng.random(n) < 0.12
        late = (rng.random(n) < 0.025) & ~early
        settled = np.where(early, start + ((end - start) * rng.uniform(0.3, 0.95, n)).astype(np.int64), end)
        settled = np.where(late, end + rng.integers(20, 400, n), settled)
        rate = np.round(rng.normal(5.2, 0.9, n).clip(3.0, 9.6) * 20) / 20
        keep = alive & (start <= as_of + 95)
        columns = (borrowers, start, end, settled, amount_yuan, (rate * 10_000).astype(np.int64), late)
        parts.append(tuple(np.asarray(c)[keep] for c in columns))
        alive &= rng.random(n) < _RENEWED
        start = settled + rng.integers(0, 12, n)
        grown = np.round(amount_yuan * rng.uniform(0.8, 1.3, n), -4)
        amount_yuan = np.maximum(grown, 10_000).astype(np.int64)
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    holder, start, end, settled, amounts, rate_scaled, late = joined
    return Loans(
        holder=holder,
        start=start,
        end=end,
        settled=settled,
        amount_yuan=amounts,
        rate_percent=rate_scaled / 10_000,
        in_parts=rng.random(holder.size) < 0.3,
        is_late=late.astype(bool),
    )


def borrowing(timeline: Timeline, loans: Loans, holders: int) -> Borrowing:
    active = np.zeros((POINTS, holders), dtype=bool)
    lately = np.zeros((POINTS, holders), dtype=bool)
    for p, point in enumerate(timeline.points):
        day = point.toordinal()
        active[p, loans.holder[loans.active_at(day)]] = True
        recent = (loans.settled <= day) & (loans.settled > day - RECENT_DAYS) & (loans.start <= day)
        lately[p, loans.holder[recent]] = True
    return Borrowing(active, lately & ~active)
