"""Why the work of an outlet cannot be even, proved where it can be proved.

Each question leaves something out (that grids hold together, then that locks hold) and so makes the task easier: where
even the easier one has no answer, what is left of it is in the way. The answers are bounds of HiGHS or of plain sums.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geo.balancing.ground import GOAL, Ground
from geo.balancing.state import State

_NODES = 5_000
_TOLERANCE = 1e-6


class ObstacleKind(StrEnum):
    ATOM = "ATOM"
    """One atom is more than one person may have beside what is left for the others."""
    LOCKED_PERSON = "LOCKED_PERSON"
    """A locked person's work, which may not change."""
    LOCKED_GRID = "LOCKED_GRID"
    LOCKED_ATOM = "LOCKED_ATOM"
    LOCKS = "LOCKS"
    """Several locks together; no single one."""
    TOWN_LIMIT = "TOWN_LIMIT"
    """Without the limits of towns it would be even."""
    CONNECTED = "CONNECTED"
    """Grids must hold together and stay filled; with what is allowed nothing better was found."""
    NOBODY = "NOBODY"
    """The outlet has grids and nobody who could hold them."""


@dataclass(frozen=True)
class Obstacle:
    """`number` is the atom, grid or person of the ground, None where it is not one. `is_proven` tells a bound from a
    search that found nothing better. Minutes are by full-time post: what he would have, and the least or most of the
    others."""

    kind: ObstacleKind
    number: int | None
    is_proven: bool
    minutes: float
    others: float


def heavy_atom(state: State) -> Obstacle | None:
    """An atom that whoever has the largest share cannot have without being too heavy for the lightest of the others."""
    if len(state.people) < 2:
        return None
    largest = max(state.share[p] for p in state.people)
    total = sum(state.minutes[a] for a in state.atoms)
    heaviest = max(state.atoms, key=lambda a: (state.minutes[a], -a))
    weight = state.minutes[heaviest]
    # The lightest of the others has at most their mean.
    rest = (total - weight) / (state.shares - largest)
    if weight / largest <= GOAL * rest + _TOLERANCE:
        return None
    return Obstacle(ObstacleKind.ATOM, heaviest, True, weight / largest, rest)


def fixed_atoms(ground: Ground, state: State, *, but: tuple[str, int] | None = None) -> dict[int, int]:
    """The person of each atom that locks hold to him; `but` leaves one lock out."""
    locks = ground.locks
    kept = {one for kind, one in [("atom", a) for a in locks.atoms] if (kind, one) != but}
    grids = {g for g in locks.grids if ("grid", g) != but}
    people = {p for p in locks.people if ("person", p) != but}
    return {
        a: state.first_person[a]
        for a in state.atoms
        if a in kept or int(ground.grids.atoms[a]) in grids or state.first_person[a] in people
    }


def can_be_even(state: State, fixed: dict[int, int], locked_people: frozenset[int]) -> bool:
    """Whether any division of the atoms among the people is even, grids and limits left out. True also where HiGHS
    came to its limit of nodes: then nothing is proven."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    atoms, people = state.atoms, state.people
    n, k = len(atoms), len(people)
    lower, upper = np.zeros((n, k)), np.ones((n, k))
    for i, atom in enumerate(atoms):
        for j, person in enumerate(people):
            if atom in fixed:
                lower[i, j] = upper[i, j] = float(fixed[atom] == person)
            elif person in locked_people:
                upper[i, j] = 0.0
    work = np.zeros((k, n * k + 1))
    for i, atom in enumerate(atoms):
        for j, person in enumerate(people):
            work[j, i * k + j] = state.minutes[atom] / (state.share[person] * state.mean)
    least = np.zeros((k, n * k + 1))
    least[:, -1] = 1.0
    one_each = np.zeros((n, n * k + 1))
    for i in range(n):
        one_each[i, i * k : (i + 1) * k] = 1.0
    found = milp(
        np.zeros(n * k + 1),
        integrality=np.concatenate([np.ones(n * k), [0.0]]),
        bounds=Bounds(np.concatenate([lower.ravel(), [0.0]]), np.concatenate([upper.ravel(), [np.inf]])),
        constraints=[
            LinearConstraint(one_each, 1.0, 1.0),
            LinearConstraint(work - least, 0.0, np.inf),
            LinearConstraint(work - GOAL * least, -np.inf, _TOLERANCE),
        ],
        options={"node_limit": _NODES},
    )
    return int(found.status) != 2


def locks_in_the_way(ground: Ground, state: State) -> Obstacle | None:
    """The lock without which the work could be even; all of them, where no single one is it."""
    locks = ground.locks
    fixed = fixed_atoms(ground, state)
    if not fixed or can_be_even(state, fixed, locks.people):
        return None
    here, atoms, grids = set(state.people), set(state.atoms), set(state.grids)
    one_by_one = [("person", p, ObstacleKind.LOCKED_PERSON) for p in sorted(locks.people & here)]
    one_by_one += [("grid", g, ObstacleKind.LOCKED_GRID) for g in sorted(locks.grids & grids)]
    one_by_one += [("atom", a, ObstacleKind.LOCKED_ATOM) for a in sorted(locks.atoms & atoms)]
    for kind, number, named in one_by_one:
        people = locks.people - {number} if kind == "person" else locks.people
        if can_be_even(state, fixed_atoms(ground, state, but=(kind, number)), people):
            return _named(state, named, number, fixed)
    return _named(state, ObstacleKind.LOCKS, None, fixed)


def _named(state: State, kind: ObstacleKind, number: int | None, fixed: dict[int, int]) -> Obstacle:
    """With the heaviest of what locks hold, and the mean."""
    held = dict.fromkeys(state.people, 0.0)
    for atom, person in fixed.items():
        held[person] = held.get(person, 0.0) + state.minutes[atom] / state.share[person]
    one = (
        held.get(number, 0.0)
        if kind is ObstacleKind.LOCKED_PERSON and number is not None
        else max(held.values())
    )
    return Obstacle(kind, number, True, one, state.mean)
