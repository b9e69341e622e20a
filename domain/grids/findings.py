"""What is still wrong with a draft: atoms without a grid, grids in pieces, grids across limits that may not be.

Two atoms hang together where they share border; a corner is none. An island is nobody's fault: pieces of a grid that no
atoms could join are one.
"""

from collections.abc import Collection, Mapping

from domain.grids.acts import outlets, towns
from domain.grids.drafts import SMALL, Draft, codes_of
from domain.shared.statements import NUMBER, TEXT, Statement, declare

Neighbours = Mapping[int, Collection[int]]
"""The atoms with which each atom shares border."""

GAP = declare("PLAN_GAP", atoms=NUMBER, what=TEXT)
IN_PIECES = declare("PLAN_GRID_IN_PIECES", grid_code=TEXT, pieces=NUMBER)
ACROSS_TOWNS = declare("PLAN_GRID_ACROSS_TOWNS", grid_code=TEXT, towns=TEXT)
ACROSS_OUTLETS = declare("PLAN_GRID_ACROSS_OUTLETS", grid_code=TEXT)
OUTSIDE_LARGE = declare("PLAN_GRIDS_OUTSIDE_LARGE", grids=NUMBER, what=TEXT)


def findings(draft: Draft, neighbours: Neighbours) -> list[Statement]:
    """Everything that keeps the draft from being proposed, by grid."""
    found = [*_gaps(draft), *_outside_large(draft), *_in_pieces(draft, neighbours)]
    if draft.may_cross is None:
        found += [
            ACROSS_TOWNS(grid_code=code, towns=codes_of(parts))
            for code, parts in sorted(towns(draft).items())
            if len(parts) > 1
        ]
        found += [
            ACROSS_OUTLETS(grid_code=code) for code, units in sorted(outlets(draft).items()) if len(units) > 1
        ]
    return found


def _gaps(draft: Draft) -> list[Statement]:
    left = [atom.code for key, atom in draft.atoms.items() if key not in draft.grid_of]
    return [GAP(atoms=len(left), what=codes_of(left))] if left else []


def _outside_large(draft: Draft) -> list[Statement]:
    """Either every small grid lies in a large one or none does."""
    small = {code: grid for code, grid in draft.grids.items() if grid.level == SMALL}
    left = [code for code, grid in small.items() if grid.parent is None]
    return [OUTSIDE_LARGE(grids=len(left), what=codes_of(left))] if left and len(left) < len(small) else []


def _in_pieces(draft: Draft, neighbours: Neighbours) -> list[Statement]:
    members: dict[str, set[int]] = {}
    for atom, code in draft.grid_of.items():
        members.setdefault(code, set()).add(atom)
        parent = draft.grids[code].parent
        if parent is not None:
            members.setdefault(parent, set()).add(atom)
    land = {atom: number for number, piece in enumerate(pieces(draft.atoms, neighbours)) for atom in piece}
    found = []
    for code in sorted(members):
        parts = pieces(members[code], neighbours)
        most = len(parts) - len({land[min(part)] for part in parts}) + 1
        if most > 1:
            found.append(IN_PIECES(grid_code=code, pieces=most))
    return found


def pieces(atoms: Collection[int], neighbours: Neighbours) -> list[set[int]]:
    """A set of atoms, taken apart into those that hang together."""
    left, found = set(atoms), []
    while left:
        start = left.pop()
        piece, ends = {start}, [start]
        while ends:
            reached = left.intersection(neighbours.get(ends.pop(), ()))
            left -= reached
            piece |= reached
            ends.extend(reached)
        found.append(piece)
    return found
