"""A division in the making, with its sums, and what each small change would cost.

Sums are kept so that the price of a change is a few additions: of each person and grid the minutes w and w·x, w·y.
The squared distances of its atoms from its middle are then a constant less (Σwx² + Σwy²) / Σw.
"""

from copy import copy
from dataclasses import dataclass

import numpy as np

from geo.balancing.ground import GOAL, Division, Ground, Weights

# Everybody within this of the mean is within the goal of everybody else; a little less, so that sums may round.
BAND = (GOAL - 1.0) / (GOAL + 1.0) - 0.0015
# Outside of the band each step back is worth more than any hand-over or way.
_OUTSIDE, _FAR = 12.0, 16.0
_NOTHING = 1e-9


@dataclass(frozen=True)
class Move:
    """Atoms that change their grid, and grids that change their person; applied together."""

    atoms: tuple[tuple[int, int], ...] = ()
    grids: tuple[tuple[int, int], ...] = ()


class State:
    """One group (an outlet, or all that may be crossed) of the ground: its grids, each with somebody who holds it, and
    its people. Atoms, grids and people go by the numbers of the ground."""

    def __init__(
        self, ground: Ground, weights: Weights, division: Division, grids: list[int], people: list[int]
    ) -> None:
        self.ground, self.weights = ground, weights
        self.grids, self.people = grids, people
        self.grid_of: list[int] = division.atoms.tolist()
        self.person_of: list[int] = division.people.tolist()
        self.share: list[float] = ground.people.share.tolist()
        self.minutes: list[float] = ground.atoms.minutes.tolist()
        self.customers: list[int] = ground.atoms.customers.tolist()
        self.x: list[float] = ground.atoms.points_m[:, 0].tolist()
        self.y: list[float] = ground.atoms.points_m[:, 1].tolist()
        self.members: dict[int, set[int]] = {grid: set() for grid in grids}
        for atom, grid in enumerate(self.grid_of):
            if grid in self.members:
                self.members[grid].add(atom)
        self.atoms = sorted(atom for members in self.members.values() for atom in members)
        self.first_person = [int(ground.grids.people[ground.grids.atoms[a]]) for a in range(len(self.x))]
        self._measure()

    def copy(self) -> "State":
        """The same division, to go on from apart."""
        other = copy(self)
        other.grid_of, other.person_of = self.grid_of.copy(), self.person_of.copy()
        other.members = {grid: members.copy() for grid, members in self.members.items()}
        other.grid_sums, other.person_sums = self.grid_sums.copy(), self.person_sums.copy()
        return other

    def _measure(self) -> None:
        """Sums of everything, and the units in which unevenness, hand-overs and ways are told."""
        self.grid_sums = {grid: self._sums_of(self.members[grid]) for grid in self.grids}
        self.person_sums = dict.fromkeys(self.people, (0.0, 0.0, 0.0))
        for grid in self.grids:
            self._shift(self.person_sums, self.person_of[grid], self.grid_sums[grid], 1.0)
        total = sum(self.minutes[atom] for atom in self.atoms)
        self.mean = total / (sum(self.share[p] for p in self.people) or 1.0)
        self.total_customers = sum(self.customers[atom] for atom in self.atoms) or 1
        squares = sum(self.minutes[a] * (self.x[a] ** 2 + self.y[a] ** 2) for a in self.atoms)
        whole = self._sums_of(set(self.atoms))
        self.shares = sum(self.share[p] for p in self.people) or 1.0
        w, x, y = whole
        around = squares - (x * x + y * y) / w if w > _NOTHING else 0.0
        self.spread = self.weights.short * 2.0 / max(around, 1e-6)
        self.due = {p: max(self.share[p] * self.mean, _NOTHING) for p in self.people}
        self.uneven = {p: 4.0 * self.weights.even * self.share[p] / self.shares for p in self.people}
        self.outside = _OUTSIDE * max(self.weights.even, self.weights.few, self.weights.short)

    def _sums_of(self, atoms: set[int]) -> tuple[float, float, float]:
        minutes = [self.minutes[a] for a in sorted(atoms)]
        x = sum(m * self.x[a] for m, a in zip(minutes, sorted(atoms), strict=True))
        y = sum(m * self.y[a] for m, a in zip(minutes, sorted(atoms), strict=True))
        return sum(minutes), x, y

    @staticmethod
    def _shift(
        sums: dict[int, tuple[float, float, float]], key: int, by: tuple[float, float, float], sign: float
    ) -> None:
        w, x, y = sums[key]
        sums[key] = (w + sign * by[0], x + sign * by[1], y + sign * by[2])

    def _person_cost(self, person: int, sums: tuple[float, float, float]) -> float:
        """By how far a person's work is from the mean, and how far it is spread."""
        w, x, y = sums
        away = abs(w / self.due[person] - 1.0)
        cost = self.uneven[person] * away * away
        if away > BAND:
            outside = away - BAND
            cost += self.outside * (outside + _FAR * outside * outside)
        return cost - self.spread * (x * x + y * y) / w if w > _NOTHING else cost

    def _grid_cost(self, sums: tuple[float, float, float]) -> float:
        w, x, y = sums
        return -self.spread * (x * x + y * y) / w if w > _NOTHING else 0.0

    def cost(self) -> float:
        """Of the whole group; only differences mean something."""
        people = sum(self._person_cost(p, self.person_sums[p]) for p in self.people)
        grids = sum(self._grid_cost(self.grid_sums[g]) for g in self.grids)
        return people + grids + self.weights.few * self.handed_over() / self.total_customers

    def handed_over(self) -> int:
        """Customers whose atom is worked by another person than at first."""
        return sum(
            self.customers[a] for a in self.atoms if self.person_of[self.grid_of[a]] != self.first_person[a]
        )

    def price_of_atom(self, atom: int, to: int) -> float:
        """What it adds to the cost to put an atom into another grid."""
        home = self.grid_of[atom]
        m = self.minutes[atom]
        by = (m, m * self.x[atom], m * self.y[atom])
        price = self._exchange_price(home, to, by)
        giver, taker = self.person_of[home], self.person_of[to]
        if giver != taker:
            price += self._people_price(giver, taker, by)
            first = self.first_person[atom]
            hands = (taker != first) - (giver != first)
            price += self.weights.few * hands * self.customers[atom] / self.total_customers
        return price

    def _exchange_price(self, home: int, to: int, by: tuple[float, float, float]) -> float:
        before = self._grid_cost(self.grid_sums[home]) + self._grid_cost(self.grid_sums[to])
        less, more = _less(self.grid_sums[home], by), _more(self.grid_sums[to], by)
        return self._grid_cost(less) + self._grid_cost(more) - before

    def _people_price(self, giver: int, taker: int, by: tuple[float, float, float]) -> float:
        has = self.person_sums[giver]
        price = self._person_cost(giver, _less(has, by)) - self._person_cost(giver, has)
        has = self.person_sums[taker]
        return price + self._person_cost(taker, _more(has, by)) - self._person_cost(taker, has)

    def _hands(self, grid: int, to: int) -> float:
        held, first, customers = self.person_of[grid], self.first_person, self.customers
        hands = 0
        for atom in self.members[grid]:
            if first[atom] == held:
                hands += customers[atom]
            elif first[atom] == to:
                hands -= customers[atom]
        return hands * self.weights.few / self.total_customers

    def price_of_grid(self, grid: int, to: int) -> float:
        """What it adds to the cost to give a grid to another person."""
        giver = self.person_of[grid]
        return self._people_price(giver, to, self.grid_sums[grid]) + self._hands(grid, to)

    def price_of_swap(self, one: int, other: int) -> float:
        """What it adds that the people of two grids change places."""
        p, q = self.person_of[one], self.person_of[other]
        first, second = self.grid_sums[one], self.grid_sums[other]
        has_p, has_q = self.person_sums[p], self.person_sums[q]
        price = self._person_cost(p, _more(_less(has_p, first), second)) - self._person_cost(p, has_p)
        price += self._person_cost(q, _more(_less(has_q, second), first)) - self._person_cost(q, has_q)
        return price + self._hands(one, q) + self._hands(other, p)

    def price(self, move: Move) -> float:
        """What a change of one atom, of one grid or of two that change places adds to the cost."""
        if move.atoms:
            return self.price_of_atom(*move.atoms[0])
        if len(move.grids) == 1:
            return self.price_of_grid(*move.grids[0])
        return self.price_of_swap(move.grids[0][0], move.grids[1][0])

    def apply(self, move: Move) -> None:
        for atom, to in move.atoms:
            home = self.grid_of[atom]
            m = self.minutes[atom]
            by = (m, m * self.x[atom], m * self.y[atom])
            self._shift(self.grid_sums, home, by, -1.0)
            self._shift(self.grid_sums, to, by, 1.0)
            self._shift(self.person_sums, self.person_of[home], by, -1.0)
            self._shift(self.person_sums, self.person_of[to], by, 1.0)
            self.members[home].discard(atom)
            self.members[to].add(atom)
            self.grid_of[atom] = to
        for grid, to in move.grids:
            self._shift(self.person_sums, self.person_of[grid], self.grid_sums[grid], -1.0)
            self._shift(self.person_sums, to, self.grid_sums[grid], 1.0)
            self.person_of[grid] = to

    def loads(self) -> list[float]:
        return [self.person_sums[p][0] / self.share[p] for p in self.people]

    def division(self) -> Division:
        return Division(np.array(self.grid_of, dtype=np.int64), np.array(self.person_of, dtype=np.int64))


def _less(sums: tuple[float, float, float], by: tuple[float, float, float]) -> tuple[float, float, float]:
    return sums[0] - by[0], sums[1] - by[1], sums[2] - by[2]


def _more(sums: tuple[float, float, float], by: tuple[float, float, float]) -> tuple[float, float, float]:
    return sums[0] + by[0], sums[1] + by[1], sums[2] + by[2]
