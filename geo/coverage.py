"""Coverages: shapes that touch and never overlap; and the proof that the stored ones are a partition.

PostGIS 3.3 has no coverage functions, so everything is checked in the process.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from psycopg import sql

from domain.shared.night import Connection
from geo.binary_copy import read_rows
from geo.locator import NOWHERE, AtomIndex
from geo.measuring import area_m2, areas_m2

Shapes = NDArray[np.object_]
Borders = dict[tuple[int, int], float]


def shared_borders(shapes: Shapes) -> Borders:
    """Pairs of shapes of an exact coverage that share border, lower index first, with its length in map units."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    part_of_ring = _owners_of_rings(shapes)
    owners: dict[tuple[float, float, float, float], int] = {}
    borders: Borders = defaultdict(float)
    for ring, shape in zip(rings, part_of_ring, strict=True):
        points = shapely.get_coordinates(ring).tolist()
        for (x, y), (u, v) in pairwise(points):
            segment = (x, y, u, v) if (x, y) < (u, v) else (u, v, x, y)
            other = owners.setdefault(segment, shape)
            if other != shape:
                borders[min(shape, other), max(shape, other)] += ((x - u) ** 2 + (y - v) ** 2) ** 0.5
    return dict(borders)


def _owners_of_rings(shapes: Shapes) -> list[int]:
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    _rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    return [int(shape) for shape in shape_of_part[part_of_ring]]


def pair_overlap_m2(shapes: Shapes) -> float:
    """The area that two shapes have in common, over all pairs. In an exact coverage it is 0, not nearly 0."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    is_pair = one < other
    return float(areas_m2(shapely.intersection(shapes[one[is_pair]], shapes[other[is_pair]])).sum())


def union(shapes: Shapes) -> shapely.Geometry:
    """The union: exact for a valid coverage, and what there is of one for anything else."""
    is_exact = shapely.coverage_is_valid(shapes)
    return shapely.coverage_union_all(shapes) if is_exact else shapely.union_all(shapes)


def difference_m2(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """The area that only one of the two covers: rims and holes alike."""
    return area_m2(shapely.symmetric_difference(one, other))


def gaps(shapes: Shapes, outline: shapely.Geometry) -> Shapes:
    """The parts of the outline that no shape covers, largest first. A missing part on the rim is one as well."""
    missing = shapely.get_parts(shapely.difference(outline, union(shapes)))
    parts = missing[shapely.area(missing) > 0.0]
    return np.asarray(parts[np.argsort(-areas_m2(parts))])


NOBODY = "—"

_COLUMNS = [("id", "i8"), ("lon", "f8"), ("lat", "f8"), ("atom", "i8"), ("grid", "i8"), ("owner", "i8")]
_CUSTOMERS = sql.SQL("""
    select c.id, coalesce(c.lon_deg_wgs84, 'NaN'::float8), coalesce(c.lat_deg_wgs84, 'NaN'::float8),
           coalesce(c.atom_id, -1), coalesce(c.grid_id, -1), coalesce(c.owner_id, -1)
    from customers c
""")
_GRIDS_OF_ATOMS = """
    select pa.atom_id, pa.grid_id, g.parent_id
    from plan_atoms pa join plan_in_force p on p.id = pa.plan_id join grids g on g.id = pa.grid_id
"""
_ATOMS_WITHOUT_GRID = """
    select a.code from atoms a
    where a.to_on is null and not exists (
        select from plan_atoms pa join plan_in_force p on p.id = pa.plan_id where pa.atom_id = a.id
    ) order by a.code
"""
_GRID_SHAPES = """
    select g.id, g.code, st_asbinary(b.boundary_wgs84)
    from grids g join plan_in_force p on p.id = g.plan_id join grid_boundaries b on b.grid_id = g.id
    order by g.id
"""


@dataclass(frozen=True)
class PartitionProof:
    """What was found. A located customer is one whose point lies in an atom; the others are counted by owner."""

    atoms: int
    grids: int
    is_valid_coverage: bool
    pair_overlap_m2: float
    union_differs_m2: float
    outline_m2: float
    source_difference_m2: float
    source_hausdorff_m: float
    atoms_without_grid: tuple[str, ...]
    grids_unlike_their_atoms: tuple[str, ...]
    customers: int
    located: int
    not_in_one_grid: int
    without_point: dict[str, int]
    outside_outline: dict[str, int]

    @property
    def holds(self) -> bool:
        return (
            self.is_valid_coverage
            and self.pair_overlap_m2 == 0.0
            and self.union_differs_m2 == 0.0
            and not self.atoms_without_grid
            and not self.grids_unlike_their_atoms
            and self.not_in_one_grid == 0
        )


def prove_partition(connection: Connection) -> PartitionProof:
    """Checks shapes against shapes and each customer's point against the grid that the database names for him."""
    index = AtomIndex.read(connection)
    outline = connection.execute(
        "select st_asbinary(boundary_wgs84), area_m2, symmetric_difference_m2, hausdorff_m from county_outlines"
    ).fetchone()
    if outline is None:
        raise LookupError("no outline in the database: ./yunge up or ./yunge demo loads one")
    grid_of_atom = connection.execute(_GRIDS_OF_ATOMS).fetchall()
    customers = read_rows(connection, _CUSTOMERS, _COLUMNS)
    found = index.locate(customers["lon"].astype(np.float64), customers["lat"].astype(np.float64))
    has_point = np.isfinite(customers["lon"].astype(np.float64))
    names = _names_of_staff(connection)
    return PartitionProof(
        atoms=len(index.ids),
        grids=len({row[1] for row in grid_of_atom} | {row[2] for row in grid_of_atom}),
        is_valid_coverage=bool(shapely.coverage_is_valid(index.boundaries)),
        pair_overlap_m2=pair_overlap_m2(index.boundaries),
        union_differs_m2=difference_m2(union(index.boundaries), shapely.from_wkb(bytes(outline[0]))),
        outline_m2=float(outline[1]),
        source_difference_m2=float(outline[2]),
        source_hausdorff_m=float(outline[3]),
        atoms_without_grid=tuple(row[0] for row in connection.execute(_ATOMS_WITHOUT_GRID)),
        grids_unlike_their_atoms=_unlike(connection, index, grid_of_atom),
        customers=len(customers),
        located=int((found != NOWHERE).sum()),
        not_in_one_grid=_misplaced(customers, found, {row[0]: row[1] for row in grid_of_atom}),
        without_point=_by_owner(customers["owner"][~has_point], names),
        outside_outline=_by_owner(customers["owner"][has_point & (found == NOWHERE)], names),
    )


def _names_of_staff(connection: Connection) -> dict[int, str]:
    rows = connection.execute("select id, number || ' ' || name from staff")
    return {int(row[0]): str(row[1]) for row in rows}


def _unlike(
    connection: Connection, index: AtomIndex, grid_of_atom: list[tuple[int, int, int | None]]
) -> tuple[str, ...]:
    """Codes of grids, small or large, whose stored shape is not the union of their atoms."""
    position = {int(atom): i for i, atom in enumerate(index.ids)}
    members: dict[int | None, list[int]] = {}
    for atom, small, large in grid_of_atom:
        members.setdefault(small, []).append(position[atom])
        members.setdefault(large, []).append(position[atom])
    unlike = []
    for grid, code, stored in connection.execute(_GRID_SHAPES):
        joined = union(index.boundaries[members.get(grid, [])])
        if difference_m2(joined, shapely.from_wkb(bytes(stored))) != 0.0:
            unlike.append(str(code))
    return tuple(unlike)


def _misplaced(customers: NDArray[np.void], found: NDArray[np.int64], grid_of_atom: dict[int, int]) -> int:
    """Customers whose atom or grid in the database is not the one in which their point lies."""
    grids = np.array([grid_of_atom.get(int(atom), NOWHERE) for atom in np.unique(found)], dtype=np.int64)
    expected = grids[np.searchsorted(np.unique(found), found)]
    return int(((customers["atom"] != found) | (customers["grid"] != expected)).sum())


def _by_owner(owners: NDArray[np.int64], names: dict[int, str]) -> dict[str, int]:
    numbers, counts = np.unique(owners, return_counts=True)
    listed = zip(numbers.tolist(), counts.tolist(), strict=True)
    return dict(sorted((names.get(owner, NOBODY), count) for owner, count in listed))
