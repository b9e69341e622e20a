"""Who leaves within three months of the data date, and how probable that was: for the truth alone."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from api.county.generator.behaviour import Holders, State, drivers, step
from api.county.generator.credit import Borrowing
from api.county.generator.hazards import monthly_hazard
from api.county.generator.places import Floats
from api.county.generator.timeline import AS_OF, FUTURE_MONTHS, Timeline

FALL_SHARE = 0.5
FALL_YUAN = 5_000.0
ASKED_FROM_YUAN = 10_000.0  # of whom attrition is asked: below it, half of the money is noise of the purse
_REPEATS = 6  # futures for each course of events


def has_left(before: Floats, after: Floats) -> NDArray[np.bool_]:
    """Deposit attrition: the three-month average fell by at least half and by at least 5,000 yuan."""
    return (after <= before * FALL_SHARE) & (before - after >= FALL_YUAN)


def leaving_probability(
    rng: np.random.Generator, timeline: Timeline, holders: Holders, state: State, borrowing: Borrowing,
    before: Floats,
) -> Floats:  # fmt: skip
    """The chance of leaving for one who knows all but the future.

    The hazard may strike in the first, second or third month, or not at all: the four courses are played several
    times each and weighed by how probable each is, which is far less noisy than counting rare events.
    """
    courses = FUTURE_MONTHS + 1
    n, times = holders.size, courses * _REPEATS
    many, now = holders.repeated(times), state.repeated(times)
    course = np.repeat(np.arange(courses), n * _REPEATS)
    weight = np.ones(n * times)
    totals = [now.total]
    for month in range(FUTURE_MONTHS):
        point = AS_OF + month
        hazard, _ = monthly_hazard(drivers(timeline, many, now, borrowing, point, times), many.frailty)
        hazard = np.where(now.has_left, 0.0, hazard)
        strikes = course == month
        weight *= np.where(strikes, hazard, np.where(course > month, 1.0 - hazard, 1.0))
        now = step(rng, timeline, many, now, point, strikes & (hazard > 0))
        totals.append(now.total)
    after = sum(0.5 * (a + b) for a, b in pairwise(totals)) / FUTURE_MONTHS
    left = has_left(np.tile(before, times), np.asarray(after))
    shape = (courses, _REPEATS, n)
    return np.asarray((weight * left).reshape(shape).mean(axis=1).sum(axis=0))
