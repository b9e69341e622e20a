"""What the holders of deposits do from month to month, for the year of the files and three months that follow."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from api.county.generator.credit import Borrowing
from api.county.generator.hazards import FRAILTY_SIGMA, Drivers, monthly_hazard
from api.county.generator.places import Floats, Ints
from api.county.generator.timeline import AS_OF, POINTS, Timeline

Flags = NDArray[np.bool_]

TERMS = 2  # term deposits that one holder may have
_MONTH_DAYS = 30.44
_SHOWS_MONTHS = 3  # who left so shortly before the data date shows in the averages only after it
_TERM_MONTHS = np.array([3, 6, 6, 12, 12, 12, 12, 24, 36, 36])
_LEVEL_YUAN = np.array([22_000.0, 34_000.0, 160_000.0, 220_000.0])
_LEVEL_SIGMA = np.array([1.2, 1.2, 1.6, 1.3])
CYCLING = 0.35  # of holders empty their account again and again, and mean nothing by it
DIPS, CYCLING_DIPS = 0.40, 0.50  # a month
DIP_LENGTH_MONTHS, DIP_LOW, DIP_RANGE = 1.0, 0.2, 0.4
LUMPS = 0.002
EXIT_LOW, EXIT_HIGH = 0.28, 0.45
_UNREST = np.array([0.16, 0.20, 0.22, 0.14])  # monthly standard deviation of the logarithm


@dataclass(frozen=True)
class Holders:
    """Who holds deposits. `kind`: 0 person, 1 sole trader, 2 enterprise, 3 organisation. Days are ordinals."""

    kind: Ints
    age: Ints
    km: Floats
    opened: Ints
    shocked_from: Ints  # day from which a competitor is in the holder's town; far future without one
    has_pos: Flags
    has_line: Flags
    frailty: Floats
    is_cycling: Flags

    @property
    def size(self) -> int:
        return int(self.kind.size)

    def repeated(self, times: int) -> "Holders":
        return Holders(*(np.tile(getattr(self, name), times) for name in self.__dataclass_fields__))


@dataclass
class State:
    """A moment: current account and its level, term deposits, what the last months were, how the POS runs."""

    level: Floats
    current: Floats
    terms: Floats  # (TERMS, holders) yuan; 0 without
    matures: Ints  # (TERMS, holders)
    months: Ints  # (TERMS, holders)
    averages: Floats  # (3, holders) of the total, newest first
    volume: Floats
    volumes: Floats  # (3, holders) newest first
    is_declining: Flags
    is_fading: Flags
    has_left: Flags
    passing: Floats  # 1, or what the current account is multiplied by for a while
    lasts: Floats  # months that this while still has

    @property
    def seen(self) -> Floats:
        """The current account as the core has it."""
        return np.asarray(self.current * self.passing)

    @property
    def total(self) -> Floats:
        return np.asarray(self.seen + self.terms.sum(axis=0))

    def repeated(self, times: int) -> "State":
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return State(**{n: np.tile(v, (1, times) if v.ndim == 2 else times) for n, v in values.items()})


@dataclass
class Paths:
    """Balances at every point. Yuan as floats; rounding to fen is the accounts' business."""

    current: Floats  # (points, holders)
    terms: Floats  # (points, TERMS, holders)
    matures: Ints  # (points, TERMS, holders)
    volume: Floats  # (points, holders)
    reason: Ints  # of leaving around the data date, place in REASONS; -1 when the holder stays
    at_data_date: State


def make_holders_state(
    rng: np.random.Generator, timeline: Timeline, holders: Holders
) -> tuple[State, Floats]:
    """The state at the first point, and the totals that loans are sized by."""
    kind, n = holders.kind, holders.size
    total = _LEVEL_YUAN[kind] * rng.lognormal(0.0, 1.0, n) ** _LEVEL_SIGMA[kind]
    middle_aged = (kind == 0) & (holders.age > 48)
    total *= np.where(middle_aged, 1.5, 1.0)
    saves = np.select([middle_aged, kind == 0, kind == 1], [0.55, 0.2, 0.15], 0.1)
    has_term = rng.random(n) < saves
    share = np.where(has_term, rng.uniform(0.3, 0.88, n), 0.0)
    second = has_term & (rng.random(n) < 0.25)
    split = np.where(second, rng.uniform(0.3, 0.7, n), 1.0)
    months = _TERM_MONTHS[rng.integers(0, _TERM_MONTHS.size, (TERMS, n))]
    first_day = timeline.points[0].toordinal()
    matures = first_day + (rng.random((TERMS, n)) * months * _MONTH_DAYS).astype(np.int64) + 1
    terms = np.round(np.stack([total * share * split, total * share * (1 - split)]), -2)
    current = total * (1 - share)
    volume = np.where(holders.has_pos, rng.lognormal(9.7, 0.8, n), 0.0)
    return (
        State(
            level=current.copy(),
            current=current,
            terms=terms,
            matures=matures,
            months=months,
            averages=np.tile(total, (3, 1)),
            volume=volume,
            volumes=np.tile(volume, (3, 1)),
            is_declining=rng.random(n) < 0.08,
            is_fading=np.zeros(n, dtype=bool),
            has_left=np.zeros(n, dtype=bool),
            passing=np.ones(n),
            lasts=np.zeros(n),
        ),
        total,
    )


def drivers(
    timeline: Timeline, holders: Holders, state: State, borrowing: Borrowing, point: int, times: int = 1
) -> Drivers:
    day = timeline.points[point].toordinal()
    total = np.maximum(state.total, 1.0)
    maturing = np.where(state.matures - day <= 75, state.terms, 0.0).sum(axis=0)
    active = np.tile(borrowing.active[point], times)
    products = (
        1
        + (state.terms > 0).sum(axis=0)
        + active
        + holders.has_pos.astype(int)
        + holders.has_line.astype(int)
    )
    return Drivers(
        kind=holders.kind,
        age=holders.age,
        km=holders.km,
        total=total,
        trend=total / np.maximum(state.averages.mean(axis=0), 1.0),
        term_share=state.terms.sum(axis=0) / total,
        maturing_share=maturing / total,
        products=products,
        active_loan=active,
        settled_lately=np.tile(borrowing.settled_lately[point], times),
        pos_ratio=np.where(holders.has_pos, state.volume / np.maximum(state.volumes[2], 1.0), 1.0),
        has_pos=holders.has_pos,
        in_shocked_town=holders.shocked_from <= day,
    )


def step(
    rng: np.random.Generator,
    timeline: Timeline,
    holders: Holders,
    state: State,
    point: int,
    leaves: Flags,
) -> State:
    """From a point to the next. `leaves` says whose hazard strikes in this month."""
    part = timeline.part if point + 1 == AS_OF else 1.0
    n, next_day = holders.size, timeline.points[point + 1].toordinal()
    flips = rng.random((8, n))
    returns = state.has_left & (flips[0] < 0.03 * part)
    has_left = (state.has_left & ~returns) | leaves
    declining = np.where(state.is_declining, flips[1] > 1 - (1 - 0.12) ** part, flips[1] < 0.016 * part)
    level = state.level * np.exp(np.where(declining, -0.10, 0.006) * part)
    level = np.where(leaves, state.current * rng.uniform(EXIT_LOW, EXIT_HIGH, n), level)
    level = np.where(returns, _LEVEL_YUAN[holders.kind] * rng.lognormal(0.0, 1.0, n), level)
    unrest = _UNREST[holders.kind] * np.sqrt(part)
    gap = np.log(np.maximum(state.current, 1.0)) - np.log(np.maximum(level, 1.0))
    current = np.maximum(level, 1.0) * np.exp(gap * 0.6**part + unrest * rng.standard_normal(n))
    current = np.where(leaves, level, current)
    terms, matures, freed = _mature(state, next_day, has_left, flips[2:4], leaves & (flips[4] < 0.7))
    stays = ~has_left
    current = np.where(stays, current + freed, current)
    level = np.where(stays, level + 0.6 * freed, level)
    fading = np.where(state.is_fading, flips[5] > 0.08 * part, flips[5] < 0.014 * part)
    beat = np.exp(0.12 * rng.standard_normal(n) * np.sqrt(part))
    volume = np.where(fading, state.volume * 0.55**part, state.volume) * beat
    passing, lasts = _pass(holders.is_cycling, state, flips[6], flips[7], part)
    average = 0.5 * (state.total + current * passing + terms.sum(axis=0))
    return State(
        level=level,
        current=current,
        terms=terms,
        matures=matures,
        months=state.months,
        averages=np.concatenate([average[None], state.averages[:2]]),
        volume=volume,
        volumes=np.concatenate([state.volume[None], state.volumes[:2]]),
        is_declining=declining,
        is_fading=fading,
        has_left=has_left,
        passing=passing,
        lasts=lasts,
    )


def _pass(is_cycling: Flags, state: State, flip: Floats, size: Floats, part: float) -> tuple[Floats, Floats]:
    """Money that is out for a while and comes back (stock, a wedding), or in for a while and is spent (a harvest).

    A dip looks like leaving and is not; a lump looks like growth and is not.
    """
    dips = np.where(is_cycling, CYCLING_DIPS, DIPS) * part
    begins_dip = flip < dips
    begins_lump = ~begins_dip & (flip < dips + LUMPS * part)
    lasts = state.lasts - part
    goes_on = lasts > 0.01
    passing = np.select(
        [goes_on, begins_dip, begins_lump], [state.passing, DIP_LOW + DIP_RANGE * size, 1.6 + 2.4 * size], 1.0
    )
    lasts = np.select([goes_on, begins_dip, begins_lump], [lasts, DIP_LENGTH_MONTHS, 1.0 + 4.0 * size], 0.0)
    return np.asarray(passing), np.asarray(lasts)


def _mature(
    state: State, next_day: int, has_left: Flags, flips: Floats, breaks: Flags
) -> tuple[Floats, Ints, Floats]:
    """Term deposits that fall due are rolled over or paid out; who leaves breaks them or waits for the day."""
    due = (state.matures <= next_day) & (state.terms > 0)
    paid = due & (has_left | (flips > 0.82))
    terms = np.where(paid | breaks, 0.0, state.terms)
    rolled = state.matures + np.round(state.months * _MONTH_DAYS).astype(np.int64)
    matures = np.where(due & ~paid, rolled, state.matures)
    freed = np.where(paid, state.terms, 0.0).sum(axis=0)
    return terms, matures, freed


def simulate(
    rng: np.random.Generator, timeline: Timeline, holders: Holders, state: State, borrowing: Borrowing
) -> Paths:
    """Walks all points; nobody leaves before the account is open."""
    n = holders.size
    shape = (POINTS, n)
    paths = Paths(
        current=np.zeros(shape),
        terms=np.zeros((POINTS, TERMS, n)),
        matures=np.zeros((POINTS, TERMS, n), dtype=np.int64),
        volume=np.zeros(shape),
        reason=np.full(n, -1),
        at_data_date=state,
    )
    for point in range(POINTS):
        paths.current[point], paths.volume[point] = state.seen, state.volume
        paths.terms[point], paths.matures[point] = state.terms, state.matures
        if point == AS_OF:
            paths.at_data_date = replace(state)
        if point + 1 == POINTS:
            break
        day = timeline.points[point].toordinal()
        hazard, strongest = monthly_hazard(
            drivers(timeline, holders, state, borrowing, point), holders.frailty
        )
        hazard = np.where(state.has_left | (holders.opened > day), 0.0, hazard)
        part = timeline.part if point + 1 == AS_OF else 1.0
        leaves = rng.random(n) < hazard * part
        if point >= AS_OF - _SHOWS_MONTHS:
            paths.reason = np.where(leaves & (paths.reason < 0), strongest, paths.reason)
        state = step(rng, timeline, holders, state, point, leaves)
    return paths


def draw_frailty(rng: np.random.Generator, size: int) -> Floats:
    return rng.lognormal(-0.5 * FRAILTY_SIGMA**2, FRAILTY_SIGMA, size)
