"""The plan of the demonstration bank: large grids, small ones inside them, and who sits on their posts."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.county.bank import Bank, Outlet
from api.county.geography import CountyAtom, Geography
from api.county.joining import Neighbours, neighbours_of
from api.county.naming import chinese_number
from geo.apportion import apportion
from geo.districting import bridged, divide
from geo.measuring import LocalPlane

PLAN_NAME = "云格演示网格方案"
# A grid that keeps a village together is easier to explain: atoms are drawn half-way to their village's middle.
_VILLAGE_PULL = 0.5


@dataclass(frozen=True)
class PlannedGrid:
    """A grid with the indices of its atoms in `Geography.atoms`."""

    code: str
    name: str
    level: str
    parent_code: str | None
    org_code: str
    town_code: str
    atoms: tuple[int, ...]


@dataclass(frozen=True)
class PlannedPost:
    """`role` is A or B."""

    grid_code: str
    staff_number: str
    role: str


@dataclass(frozen=True)
class CountyPlan:
    """Every atom is in exactly one small grid, every small grid in exactly one large one."""

    name: str
    large: tuple[PlannedGrid, ...]
    small: tuple[PlannedGrid, ...]
    posts: tuple[PlannedPost, ...]


def demonstration_plan(geography: Geography, bank: Bank) -> CountyPlan:
    """The same plan for the same geography and bank."""
    ground = _Ground.of(geography)
    large = _large_grids(geography, bank, ground)
    weights = [sum(ground.weights[atom] for atom in grid.atoms) for grid in large]
    room = [len(grid.atoms) for grid in large]
    least = 2 if min(room) >= 2 else 1
    total = min(max(geography.scale.small_grids, least * len(large)), sum(room))
    counts = apportion(weights, total, least=least, most=room)
    small: list[PlannedGrid] = []
    posts: list[PlannedPost] = []
    used: Counter[str] = Counter()
    for grid, count, pair in zip(large, counts, bank.pairs, strict=True):
        regions = ground.divide(np.array(grid.atoms), count)
        for number, atoms in enumerate(regions):
            code = f"S{len(small) + 1:03d}"
            name = _village_name([geography.atoms[atom] for atom in atoms], used)
            small.append(
                PlannedGrid(code, name, "SMALL", grid.code, grid.org_code, grid.town_code, tuple(atoms))
            )
            first, second = pair if number % 2 == 0 else pair[::-1]
            posts += [PlannedPost(code, first, "A"), PlannedPost(code, second, "B")]
    return CountyPlan(PLAN_NAME, large, tuple(small), tuple(posts))


@dataclass(frozen=True)
class _Ground:
    """What districting needs of the atoms: places in metres, weights, neighbours."""

    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    neighbours: Neighbours

    @classmethod
    def of(cls, geography: Geography) -> "_Ground":
        degrees = np.array([[atom.lon_deg_wgs84, atom.lat_deg_wgs84] for atom in geography.atoms])
        points = LocalPlane(*degrees.mean(axis=0)).metres(degrees)
        members: dict[str, list[int]] = {}
        for i, atom in enumerate(geography.atoms):
            members.setdefault(atom.village_code, []).append(i)
        pulled = points.copy()
        for atoms in members.values():
            pulled[atoms] += _VILLAGE_PULL * (points[atoms].mean(axis=0) - points[atoms])
        weights = np.array([atom.expected_weight for atom in geography.atoms])
        return cls(pulled, weights, neighbours_of(np.array([atom.boundary for atom in geography.atoms])))

    def divide(self, atoms: NDArray[np.int64], count: int) -> list[list[int]]:
        """Divides some atoms, and orders the regions from north-west to south-east."""
        position = {int(atom): i for i, atom in enumerate(atoms)}
        inner = [
            {position[n]: length for n, length in self.neighbours[atom].items() if n in position}
            for atom in atoms.tolist()
        ]
        linked = bridged(inner, self.points[atoms])
        labels = divide(self.points[atoms], self.weights[atoms], linked, count)
        regions = [atoms[labels == region].tolist() for region in range(count)]
        return sorted(regions, key=lambda region: _south_east(self.points[region]))


def _south_east(points: NDArray[np.float64]) -> float:
    middle = points.mean(axis=0)
    return float(middle[0] - 2.0 * middle[1])


def _large_grids(geography: Geography, bank: Bank, ground: _Ground) -> tuple[PlannedGrid, ...]:
    """Large grids in the order of the outlets that work them; codes L01 to L60."""
    grids: list[PlannedGrid] = []
    for town in geography.towns:
        outlets = [outlet for outlet in bank.outlets if outlet.town_code == town.code]
        atoms = np.array([i for i, atom in enumerate(geography.atoms) if atom.town_code == town.code])
        regions = ground.divide(atoms, sum(outlet.large_grids for outlet in outlets))
        given = _give_to_outlets(regions, outlets, geography)
        names = _large_names(town.name, len(regions))
        for outlet in outlets:
            for region in given[outlet.code]:
                code, name = f"L{len(grids) + 1:02d}", names[regions.index(region)]
                grids.append(PlannedGrid(code, name, "LARGE", None, outlet.code, town.code, tuple(region)))
    return tuple(grids)


def _large_names(town: str, count: int) -> list[str]:
    if count == 1:
        return [f"{town}大网格"]
    return [f"{town}第{chinese_number(number)}大网格" for number in range(1, count + 1)]


def _give_to_outlets(
    regions: list[list[int]], outlets: list[Outlet], geography: Geography
) -> dict[str, list[list[int]]]:
    """Nearest first; an outlet takes no more than the large grids that it has managers for."""
    distances: list[tuple[float, int, int]] = []
    for r, region in enumerate(regions):
        lon = float(np.mean([geography.atoms[i].lon_deg_wgs84 for i in region]))
        lat = float(np.mean([geography.atoms[i].lat_deg_wgs84 for i in region]))
        for o, outlet in enumerate(outlets):
            distances.append(((lon - outlet.lon_deg_wgs84) ** 2 + (lat - outlet.lat_deg_wgs84) ** 2, r, o))
    given: dict[str, list[list[int]]] = {outlet.code: [] for outlet in outlets}
    done: set[int] = set()
    for _distance, r, o in sorted(distances):
        outlet = outlets[o]
        if r not in done and len(given[outlet.code]) < outlet.large_grids:
            given[outlet.code].append(regions[r])
            done.add(r)
    return given


def _village_name(atoms: list[CountyAtom], used: Counter[str]) -> str:
    """A small grid is called after the village that most of its people live in, and numbered."""
    weights: Counter[tuple[str, str]] = Counter()
    for atom in atoms:
        weights[(atom.town, atom.village)] += atom.expected_weight  # type: ignore[assignment]
    town, village = max(sorted(weights), key=lambda place: weights[place])
    used[f"{town}{village}"] += 1
    return f"{village}{chinese_number(used[f'{town}{village}'])}号网格"
