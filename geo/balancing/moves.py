"""Which small changes a division allows: locks, limits and connected grids decide, not what a change is worth."""

from collections.abc import Iterable, Iterator

from geo.balancing.ground import NOBODY, Ground
from geo.balancing.state import Move, State
from geo.districting import connected_pieces


class Rules:
    """What may move in a ground. `may_cross_towns` may be asked for apart, to find which limit is in the way."""

    def __init__(self, ground: Ground, *, may_cross_towns: bool | None = None) -> None:
        self._ground = ground
        locks, limits = ground.locks, ground.limits
        self._crosses_towns = limits.may_cross_towns if may_cross_towns is None else may_cross_towns
        self._crosses_outlets = limits.may_cross_outlets
        self._outlets = ground.grids.outlets.tolist()
        self.locked_atoms = locks.atoms
        held = ground.grids.people.tolist()
        self.locked_grids = locks.grids | {g for g, p in enumerate(held) if p in locks.people}
        self.kept_grids = self.locked_grids | {int(ground.grids.atoms[a]) for a in locks.atoms}
        """Grids that keep their person: they are locked, or an atom of theirs is."""
        self.locked_people = locks.people
        self._people_outlets = ground.people.outlets.tolist()

    def may_change_grid(self, state: State, atom: int, to: int) -> bool:
        """Whether locks and limits let an atom into a neighbouring grid; whether its grid holds is asked apart."""
        home = state.grid_of[atom]
        if atom in self.locked_atoms or home in self.locked_grids or to in self.locked_grids:
            return False
        if not self._crosses_towns and self._ground.atoms.towns[atom] != self._ground.grids.towns[to]:
            return False
        return self._crosses_outlets or self._outlets[home] == self._outlets[to]

    def may_change_person(self, grid: int, to: int) -> bool:
        same_outlet = self._people_outlets[to] == self._outlets[grid]
        return grid not in self.kept_grids and to not in self.locked_people and same_outlet

    def moves(self, state: State) -> Iterator[Move]:
        """Everything that locks and limits allow; whether grids hold together is asked apart, of those that count."""
        yield from self.grid_moves(state)
        yield from self.atom_moves(state)

    def atom_moves(self, state: State) -> Iterator[Move]:
        """Each atom on a border into each neighbouring grid."""
        for atom in state.atoms:
            home = state.grid_of[atom]
            if len(state.members[home]) < 2:
                continue
            around = {state.grid_of[n] for n in self._ground.atoms.neighbours[atom]} - {home}
            for to in sorted(around):
                if to in state.members and self.may_change_grid(state, atom, to):
                    yield Move(atoms=((atom, to),))

    def grid_moves(self, state: State) -> Iterator[Move]:
        """Each grid to each other person of its outlet, and each pair of grids that change their people."""
        free = [g for g in state.grids if g not in self.kept_grids]
        for grid in free:
            for person in state.people:
                if person != state.person_of[grid] and self.may_change_person(grid, person):
                    yield Move(grids=((grid, person),))
        for i, one in enumerate(free):
            for other in free[i + 1 :]:
                p, q = state.person_of[one], state.person_of[other]
                if p != q and self._outlets[one] == self._outlets[other]:
                    yield Move(grids=((one, q), (other, p)))

    def holds_together(self, state: State, move: Move) -> bool:
        """Whether the grids that lose atoms stay filled, and fall into no more pieces than before."""
        for atom, _to in move.atoms:
            members = state.members[state.grid_of[atom]]
            rest = members - {atom}
            neighbours = self._ground.atoms.neighbours
            inner = [n for n in neighbours[atom] if n in members]
            # With one neighbour at most inside, it is an end: nothing hangs on it.
            if not rest or (
                len(inner) > 1
                and len(connected_pieces(sorted(rest), neighbours))
                > len(connected_pieces(sorted(members), neighbours))
            ):
                return False
        return True


def people_who_may_take(rules: Rules, grid: int, people: Iterable[int]) -> list[int]:
    return [p for p in people if p != NOBODY and rules.may_change_person(grid, p)]
