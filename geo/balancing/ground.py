"""What balancing is given: atoms with their work, grids with who holds them, people with their time, locks and limits.

Everything is numbered from 0 in the order of its own arrays; whoever calls keeps the ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Neighbours = Sequence[Mapping[int, float]]
NOBODY = -1
GOAL = 1.15
"""Heaviest to lightest work of the people of one outlet, in minutes a month by full-time post."""


@dataclass(frozen=True)
class Atoms:
    """`minutes` is the work a month; `customers` who would change hands; `points_m` middles in a plane of metres."""

    minutes: Floats
    customers: Numbers
    points_m: Floats
    towns: tuple[str, ...]
    neighbours: Neighbours


@dataclass(frozen=True)
class Grids:
    """`atoms` names the grid of each atom; `people` who holds A of each grid, `NOBODY` where nobody does."""

    atoms: Numbers
    people: Numbers
    outlets: Numbers
    towns: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """`share` of full time: above 0, at most 1. Nobody holds a grid of another outlet than his own."""

    outlets: Numbers
    share: Floats


@dataclass(frozen=True)
class Locks:
    """A locked atom keeps its grid and its person, a locked grid its atoms and its person, a locked person all of his
    atoms and gets no others."""

    atoms: frozenset[int] = frozenset()
    grids: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Limits:
    """What a grid may cross. Without permission an atom stays in its town and with its outlet."""

    may_cross_towns: bool = False
    may_cross_outlets: bool = False


@dataclass(frozen=True)
class Weights:
    """What matters how much: even work, few hand-overs, short ways. Only their relation counts."""

    even: float = 1.0
    few: float = 1.0
    short: float = 1.0


class GroundNotValid(ValueError):
    """Arrays that do not fit each other, or a value that cannot be."""


@dataclass(frozen=True)
class Ground:
    """One plan as it stands, with what must stay as it is."""

    atoms: Atoms
    grids: Grids
    people: People
    locks: Locks = field(default_factory=Locks)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        atoms, grids, people = self.atoms, self.grids, self.people
        lengths = {len(atoms.minutes), len(atoms.customers), len(atoms.points_m), len(atoms.towns)}
        if lengths | {len(atoms.neighbours), len(grids.atoms)} != {len(atoms.minutes)}:
            raise GroundNotValid("the arrays of atoms differ in length")
        if not len(grids.people) == len(grids.outlets) == len(grids.towns):
            raise GroundNotValid("the arrays of grids differ in length")
        if len(people.outlets) != len(people.share):
            raise GroundNotValid("the arrays of people differ in length")
        if not np.isfinite(atoms.minutes).all() or (atoms.minutes < 0).any():
            raise GroundNotValid("work is a finite number of minutes, 0 or more")
        if ((people.share <= 0) | (people.share > 1)).any():
            raise GroundNotValid("a share of full time is above 0 and at most 1")
        held = grids.people != NOBODY
        if (people.outlets[grids.people[held]] != grids.outlets[held]).any():
            raise GroundNotValid("somebody holds a grid of another outlet than his own")


@dataclass(frozen=True)
class Division:
    """A division of the same ground: the grid of each atom and who holds each grid."""

    atoms: Numbers
    people: Numbers

    def people_of_atoms(self) -> Numbers:
        return np.asarray(self.people[self.atoms], dtype=np.int64)


def present(ground: Ground) -> Division:
    return Division(ground.grids.atoms.copy(), ground.grids.people.copy())


def loads(ground: Ground, division: Division) -> Floats:
    """Minutes a month of each person, by full-time post."""
    people = division.people_of_atoms()
    held = people != NOBODY
    minutes = np.bincount(people[held], ground.atoms.minutes[held], minlength=len(ground.people.share))
    return np.asarray(minutes / ground.people.share, dtype=np.float64)


def evenness(loads_of_people: Floats) -> float:
    """Heaviest to lightest: 1 is even; infinite where somebody has no work beside others who have."""
    if len(loads_of_people) < 2 or loads_of_people.max() <= 0:
        return 1.0
    return float(loads_of_people.max() / loads_of_people.min()) if loads_of_people.min() > 0 else float("inf")
