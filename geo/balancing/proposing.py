"""Three proposals of different character over one ground, each with what it changes and what is in its way."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geo.balancing.ground import GOAL, NOBODY, Division, Ground, Weights, evenness, loads, present
from geo.balancing.moves import Rules, people_who_may_take
from geo.balancing.obstacles import Obstacle, ObstacleKind, can_be_even, heavy_atom, locks_in_the_way
from geo.balancing.search import is_even, search
from geo.balancing.state import State

_STRESS = 8.0
_UNSTRESSED = 0.25
EVENED = Weights(8.0, 0.25, 0.25)
"""Where only even work counts much: whether the goal can be reached at all."""


class Character(StrEnum):
    EVEN = "EVEN"
    """均衡: work as even as it can be."""
    FEW = "FEW"
    """少动: within the goal, with the fewest customers who change hands."""
    SHORT = "SHORT"
    """就近: within the goal, with each person's work close together."""


@dataclass(frozen=True)
class OutletFigures:
    """One outlet: heaviest to lightest before and after, and what is in the way where it is above the goal."""

    outlet: int
    evenness_before: float
    evenness_after: float
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Proposal:
    """`minutes` by person and full-time post. `away_m` is how far, by minutes, an atom is from the middle of its
    person's work: the root of the mean square."""

    character: Character
    division: Division
    outlets: tuple[OutletFigures, ...]
    minutes_before: tuple[float, ...]
    minutes_after: tuple[float, ...]
    customers_handed_over: int
    atoms_moved: int
    posts_changed: int
    away_m_before: float
    away_m_after: float


Tell = Callable[[float], None]
"""Is told how far it is, from 0 to 1; may raise to stop it."""


def stressed(weights: Weights, character: Character) -> Weights:
    """The weights asked for, with one of them stressed."""

    def one(weight: float, own: Character) -> float:
        return max(weight, 0.05) * _STRESS if character is own else weight * _UNSTRESSED

    return Weights(
        one(weights.even, Character.EVEN),
        one(weights.few, Character.FEW),
        one(weights.short, Character.SHORT),
    )


def propose(
    ground: Ground, weights: Weights, seed: int, tell: Tell = lambda _done: None
) -> tuple[Proposal, ...]:
    """Three proposals, the same for the same ground, weights and seed."""
    groups = _groups(ground)
    made, done, all_of_it = [], 0, len(groups) * len(Character)
    for character in Character:
        division = present(ground)
        obstacles: dict[int, Obstacle] = {}
        for number, group in enumerate(groups):
            found = _solve(ground, stressed(weights, character), division, group, seed + number)
            division, in_the_way = found
            obstacles.update(in_the_way)
            done += 1
            tell(done / all_of_it)
        made.append(_figures(ground, character, division, obstacles))
    return tuple(made)


@dataclass(frozen=True)
class _Group:
    """What is solved together: one outlet, or all of them where outlets may be crossed."""

    outlets: tuple[int, ...]
    grids: tuple[int, ...]
    people: tuple[int, ...]


def _groups(ground: Ground) -> list[_Group]:
    outlets = sorted({*ground.grids.outlets.tolist(), *ground.people.outlets.tolist()})
    together = [tuple(outlets)] if ground.limits.may_cross_outlets else [(one,) for one in outlets]
    return [
        _Group(
            some,
            tuple(int(g) for g in np.flatnonzero(np.isin(ground.grids.outlets, some))),
            tuple(int(p) for p in np.flatnonzero(np.isin(ground.people.outlets, some))),
        )
        for some in together
    ]


def _solve(
    ground: Ground, weights: Weights, division: Division, group: _Group, seed: int
) -> tuple[Division, dict[int, Obstacle]]:
    if not group.grids:
        return division, {}
    rules = Rules(ground)
    start = _filled(ground, rules, division, group)
    grids = [g for g in group.grids if start.people[g] != NOBODY]
    people = list(group.people)
    if not people or not grids:
        nobody = Obstacle(ObstacleKind.NOBODY, None, True, 0.0, 0.0)
        return start, dict.fromkeys(group.outlets, nobody)
    found = search(State(ground, weights, start, grids, people), rules, seed)
    if not is_even(found):
        # What few hand-overs or short ways keep from the goal may be reached from where the work is even.
        evened = search(State(ground, EVENED, start, grids, people), rules, seed)
        if is_even(evened):
            again = search(State(ground, weights, evened.division(), grids, people), rules, seed)
            found = again if is_even(again) else evened
    best, obstacles = found.division(), {}
    for outlet in group.outlets:
        own = [p for p in people if int(ground.people.outlets[p]) == outlet]
        if evenness(loads(ground, best)[own]) > GOAL + 1e-9:
            obstacles[outlet] = _in_the_way(ground, found, start, seed)
    return best, obstacles


def _filled(ground: Ground, rules: Rules, division: Division, group: _Group) -> Division:
    """Grids without anybody get whoever of their outlet has least to do; those that locks keep so stay so."""
    people = division.people.copy()
    for grid in group.grids:
        if people[grid] == NOBODY:
            so_far = loads(ground, Division(division.atoms, people))
            free = people_who_may_take(rules, grid, group.people)
            if free:
                people[grid] = min(free, key=lambda p: (so_far[p], p))
    return Division(division.atoms, people)


def _in_the_way(ground: Ground, state: State, start: Division, seed: int) -> Obstacle:
    atom = heavy_atom(state)
    if atom is not None:
        return atom
    heaviest = max(state.atoms, key=lambda a: (state.minutes[a], -a))
    if not can_be_even(state, {}, frozenset()):
        # Atoms of such weights cannot be told out evenly, whoever gets which: the heaviest is called.
        return Obstacle(ObstacleKind.ATOM, heaviest, True, state.minutes[heaviest], state.mean)
    lock = locks_in_the_way(ground, state)
    if lock is not None:
        return lock
    kind = ObstacleKind.CONNECTED
    if not ground.limits.may_cross_towns:
        free = Rules(ground, may_cross_towns=True)
        if is_even(search(State(ground, EVENED, start, state.grids, state.people), free, seed)):
            kind = ObstacleKind.TOWN_LIMIT
    return Obstacle(kind, None, False, max(state.loads()), min(state.loads()))


def _figures(
    ground: Ground, character: Character, division: Division, obstacles: dict[int, Obstacle]
) -> Proposal:
    before, after = loads(ground, present(ground)), loads(ground, division)
    outlets = []
    for outlet in sorted({*ground.grids.outlets.tolist()}):
        own = ground.people.outlets == outlet
        figures = evenness(before[own]), evenness(after[own])
        outlets.append(OutletFigures(outlet, *figures, obstacles.get(outlet)))
    first, then = present(ground).people_of_atoms(), division.people_of_atoms()
    return Proposal(
        character,
        division,
        tuple(outlets),
        tuple(before.tolist()),
        tuple(after.tolist()),
        int(ground.atoms.customers[first != then].sum()),
        int((division.atoms != ground.grids.atoms).sum()),
        int((division.people != ground.grids.people).sum()),
        away_m(ground, present(ground)),
        away_m(ground, division),
    )


def away_m(ground: Ground, division: Division) -> float:
    """How far work is from the middle of its person's work: the root of the mean square, by minutes."""
    people = division.people_of_atoms()
    squares = total = 0.0
    for person in range(len(ground.people.share)):
        own = people == person
        minutes, points = ground.atoms.minutes[own], ground.atoms.points_m[own]
        if minutes.sum() > 0:
            middle = np.average(points, axis=0, weights=minutes)
            squares += float((minutes * ((points - middle) ** 2).sum(axis=1)).sum())
            total += float(minutes.sum())
    return float(np.sqrt(squares / total)) if total > 0 else 0.0
