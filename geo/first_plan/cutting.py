"""The ground of each outlet cut into grids: a large one for each town that it works, small ones by its people.

A large grid hangs together, or is of pieces that nothing could join, such as islands. Where an outlet's part of a town
lies in two pieces with others' ground between, each piece is a large grid of its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.apportion import apportion
from geo.districting import bridged, connected_pieces, divide
from geo.first_plan.ground import FirstGround, Floats, Neighbours, Numbers

_LIGHTEST = 0.01
"""What an atom without anything counts, as a share of the mean: somebody has to look after it all the same."""


@dataclass(frozen=True)
class CutGrid:
    """A small grid: its atoms, outlet and part (both by index), and who sits on A (None where nobody is there)."""

    atoms: tuple[int, ...]
    outlet: int
    part: int
    a_id: int | None


def cut(ground: FirstGround, outlet_of: Numbers, grids_per_outlet: int | None) -> list[CutGrid]:
    """Small grids by outlet, part and place from north-west to south-east.

    As many an outlet as it has customer managers, or as it is told; at least one a part, at most one an atom.
    """
    weights = ground.weights + (ground.weights.mean() * _LIGHTEST or 1.0)
    land_of = _lands(ground)
    found: list[CutGrid] = []
    parts = 0
    for outlet, who in enumerate(ground.outlets):
        members = np.flatnonzero(outlet_of == outlet).tolist()
        if not members:
            continue
        mine = _parts(ground, members, land_of)
        wanted = max(grids_per_outlet or len(who.managers), len(mine))
        counts = apportion(
            [float(weights[part].sum()) for part in mine],
            min(wanted, len(members)),
            least=1,
            most=[len(part) for part in mine],
        )
        small = [
            (atoms, parts + number)
            for number, (part, count) in enumerate(zip(mine, counts, strict=True))
            for atoms in _divided(ground.points_m, weights, ground.neighbours, part, count)
        ]
        parts += len(mine)
        holders = _holders(ground, weights, [atoms for atoms, _ in small], who.managers)
        found += [
            CutGrid(tuple(atoms), outlet, part, a_id)
            for (atoms, part), a_id in zip(small, holders, strict=True)
        ]
    return found


def _lands(ground: FirstGround) -> dict[int, int]:
    pieces = connected_pieces(range(len(ground.atoms)), ground.neighbours)
    return {atom: number for number, piece in enumerate(pieces) for atom in piece}


def _parts(ground: FirstGround, members: list[int], land_of: dict[int, int]) -> list[list[int]]:
    """What becomes one large grid each: by town, the pieces that nothing could join together."""
    towns: dict[str, list[int]] = {}
    for atom in members:
        towns.setdefault(ground.atoms[atom].town_code, []).append(atom)
    parts: list[list[int]] = []
    for _, atoms in sorted(towns.items()):
        joined: list[tuple[set[int], list[int]]] = []
        for piece in connected_pieces(atoms, ground.neighbours):
            land = land_of[piece[0]]
            free = next((one for one in joined if land not in one[0]), None)
            if free is None:
                joined.append(({land}, list(piece)))
            else:
                free[0].add(land)
                free[1].extend(piece)
        parts += [sorted(piece) for _, piece in joined]
    return parts


def _divided(
    points: Floats, weights: Floats, neighbours: Neighbours, members: Sequence[int], count: int
) -> list[list[int]]:
    """Members in `count` connected regions, from north-west to south-east."""
    chosen = np.array(members, dtype=np.int64)
    place = {member: i for i, member in enumerate(members)}
    inner = [{place[n]: m for n, m in neighbours[at].items() if n in place} for at in members]
    labels = divide(points[chosen], weights[chosen], bridged(inner, points[chosen]), count)
    regions = [chosen[labels == region].tolist() for region in range(count)]
    return sorted(regions, key=lambda region: _south_east(points[region]))


def _south_east(points: Floats) -> float:
    middle = points.mean(axis=0)
    return float(middle[0] - 2.0 * middle[1])


def _holders(
    ground: FirstGround, weights: Floats, grids: list[list[int]], managers: tuple[int, ...]
) -> list[int | None]:
    """Who sits on A of each grid: one each, or several that lie together where there are more grids than people."""
    if not managers:
        return [None] * len(grids)
    grid_of = {atom: number for number, atoms in enumerate(grids) for atom in atoms}
    borders: list[Counter[int]] = [Counter() for _ in grids]
    for atom, grid in grid_of.items():
        for other, length_m in ground.neighbours[atom].items():
            if grid_of.get(other, grid) != grid:
                borders[grid][grid_of[other]] += length_m  # type: ignore[assignment]
    middles = np.array([ground.points_m[atoms].mean(axis=0) for atoms in grids])
    sums = np.array([weights[atoms].sum() for atoms in grids])
    together = _divided(middles, sums, borders, range(len(grids)), min(len(grids), len(managers)))
    found: list[int | None] = [None] * len(grids)
    for manager, held in zip(managers, together, strict=False):
        for grid in held:
            found[grid] = manager
    return found
