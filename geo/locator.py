"""Which atom a point lies in: an index in the process, and the night's step that uses it.

Points are sorted once into bands from south to north and by longitude inside a band, so that each atom looks only at
short runs of them, with prepared `intersects_xy` (docs/decisions/locating-in-the-process.md has the figures). A point
on a shared edge goes to the atom with the lowest id; a point outside every atom goes nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import shapely
from numpy.typing import NDArray

from domain.shared.night import DOING, Connection, Night, Report, StepResult
from geo import statements as said
from geo.binary_copy import read_rows, write_rows
from geo.measuring import Coordinates
from geo.tables import WEB_MERCATOR_SRID
from geo.writing import point_ewkb, web_mercator

NOWHERE = -1
_BANDS = 192
# Wider than what rounding does to a sort key, narrower than any distance that matters.
_SLACK_DEG = 1e-12
Ids = NDArray[np.int64]
BOUNDARIES = "select atom_id, st_asbinary(boundary_wgs84) from atom_boundaries order by atom_id"


@dataclass(frozen=True)
class AtomIndex:
    """Atoms in ascending order of id. Holds no connection; build it once and ask it often."""

    ids: Ids
    boundaries: NDArray[np.object_]

    @classmethod
    def of(cls, ids: Ids, boundaries: NDArray[np.object_]) -> "AtomIndex":
        order = np.argsort(ids)
        shapely.prepare(boundaries)
        return cls(ids[order], boundaries[order])

    @classmethod
    def read(cls, connection: Connection) -> "AtomIndex":
        return cls.of_rows(connection.execute(BOUNDARIES.encode()).fetchall())

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[Any, ...]]) -> "AtomIndex":
        """What `BOUNDARIES` found."""
        boundaries = np.array([shapely.from_wkb(bytes(row[1])) for row in rows], dtype=object)
        return cls.of(np.array([row[0] for row in rows], dtype=np.int64), boundaries)

    def locate(self, lon_deg_wgs84: Coordinates, lat_deg_wgs84: Coordinates) -> Ids:
        """The atom's id for each of n points, NOWHERE for those outside (and for not-a-number)."""
        found = np.full(len(lon_deg_wgs84), NOWHERE, dtype=np.int64)
        if len(self.ids) == 0:
            return found
        west, south, east, north = shapely.total_bounds(self.boundaries)
        is_near = (lon_deg_wgs84 >= west) & (lon_deg_wgs84 <= east)
        is_near &= (lat_deg_wgs84 >= south) & (lat_deg_wgs84 <= north)
        near = np.flatnonzero(is_near)
        points = _BandedPoints.of(lon_deg_wgs84[near], lat_deg_wgs84[near], (west, south, east, north))
        found[near[points.order]] = self._assign(points)
        return found

    def _assign(self, points: "_BandedPoints") -> Ids:
        """Atoms from the highest id to the lowest, so that on an edge the lowest has the last word."""
        assigned = np.full(len(points.order), NOWHERE, dtype=np.int64)
        for atom, start, end in points.runs(shapely.bounds(self.boundaries)):
            is_in = shapely.intersects_xy(self.boundaries[atom], points.lon[start:end], points.lat[start:end])
            assigned[start:end][is_in] = self.ids[atom]
        return assigned


@dataclass(frozen=True)
class _BandedPoints:
    """Points in the order of their bands and longitudes; `order` leads back to how they came."""

    order: Ids
    key: Coordinates
    lon: Coordinates
    lat: Coordinates
    bounds: tuple[float, float, float, float]

    @classmethod
    def of(
        cls, lon: Coordinates, lat: Coordinates, bounds: tuple[float, float, float, float]
    ) -> "_BandedPoints":
        key = _bands(lat, bounds) * _span(bounds) + (lon - bounds[0])
        order = np.argsort(key)
        return cls(order, key[order], lon[order], lat[order], bounds)

    def runs(self, boxes: Coordinates) -> list[tuple[int, int, int]]:
        """(atom, start, end) of every run of points within an atom's box, highest atom first; empty ones left out."""
        first, last = _bands(boxes[:, 1], self.bounds), _bands(boxes[:, 3], self.bounds)
        counts = (last - first + 1).astype(np.int64)
        atoms = np.repeat(np.arange(len(boxes)), counts)
        band = np.repeat(first, counts) + _count_within(counts)
        west, span = self.bounds[0], _span(self.bounds)
        starts = np.searchsorted(self.key, band * span + (boxes[atoms, 0] - west) - _SLACK_DEG, "left")
        ends = np.searchsorted(self.key, band * span + (boxes[atoms, 2] - west) + _SLACK_DEG, "right")
        filled = np.flatnonzero(ends > starts)[::-1]
        return list(zip(atoms[filled].tolist(), starts[filled].tolist(), ends[filled].tolist(), strict=True))


def _bands(lat: Coordinates, bounds: tuple[float, float, float, float]) -> Coordinates:
    _west, south, _east, north = bounds
    height = (north - south) / _BANDS or 1.0
    return np.asarray(np.clip(np.floor((lat - south) / height), 0, _BANDS - 1), dtype=np.float64)


def _span(bounds: tuple[float, float, float, float]) -> float:
    """Degrees between the keys of two bands: more than the county is wide."""
    return 2.0 * (bounds[2] - bounds[0]) + 1.0


def _count_within(counts: Ids) -> Ids:
    """0, 1, 2, … for each group of `counts`: [2, 3] gives [0, 1, 0, 1, 2]."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def locate_customers(connection: Connection, night: Night, report: Report) -> StepResult:
    """Gives customers their atom and their point on the tiles. Works on tonight's changes, or on all when full.

    Who has no point, or one outside the county, has no atom and is on no tile.
    """
    is_anew = _has_other_ground(connection)
    index = AtomIndex.read(connection)
    rows = read_rows(
        connection,
        _customers_of(night, is_full=night.is_full or is_anew),
        [("id", "i8"), ("lon", "f8"), ("lat", "f8"), ("atom", "i8")],
    )
    report(0.3, said.PLACES(customers=len(rows)))
    atoms = index.locate(rows["lon"].astype(np.float64), rows["lat"].astype(np.float64))
    report(0.5, DOING(doing="ATOMS"))
    is_located = atoms != NOWHERE
    moved = _write_atoms(connection, rows["id"], rows["atom"], atoms)
    report(0.7, said.MOVED(customers=moved))
    _forget_vanished(connection, night)
    _forget_unlocated(connection, rows["id"][~is_located])
    _write_points(connection, rows[is_located])
    outside = int((~is_located & np.isfinite(rows["lon"].astype(np.float64))).sum())
    figures = {"located": float(is_located.sum()), "moved": float(moved), "outside": float(outside)}
    message = said.LOCATED(located=int(is_located.sum()), outside=outside)
    return StepResult(len(rows), message, figures)


_LOCATED_IN = """
select coalesce((select value from settings where name = 'located_in') = borders.value, false)
  from settings borders where borders.name = 'atom_borders_of'
"""
_KEEP_LOCATED_IN = """
insert into settings (name, value) select 'located_in', value from settings where name = 'atom_borders_of'
    on conflict (name) do update set value = excluded.value
"""


def _has_other_ground(connection: Connection) -> bool:
    """Whether atoms have other boundaries than when everybody was located last; noted as done."""
    found = connection.execute(_LOCATED_IN).fetchone()
    connection.execute(_KEEP_LOCATED_IN)
    return found is not None and not found[0]


def _customers_of(night: Night, *, is_full: bool) -> psycopg.sql.Composed:
    changed = psycopg.sql.SQL("join night_changes n on n.customer_id = c.id and n.night_run_id = {}").format(
        night.run_id
    )
    return psycopg.sql.SQL(
        "select c.id, coalesce(c.lon_deg_wgs84, 'NaN'::float8), coalesce(c.lat_deg_wgs84, 'NaN'::float8),"
        " coalesce(c.atom_id, {}) from customers c {}"
    ).format(NOWHERE, psycopg.sql.SQL("") if is_full else changed)


def _forget_vanished(connection: Connection, night: Night) -> None:
    """Customers who were merged into others are on no tile any more."""
    connection.execute(
        "delete from customer_points p where not exists (select from customers c where c.id = p.customer_id)"
        " and (%s or p.customer_id in (select customer_id from night_changes where night_run_id = %s))",
        [night.is_full, night.run_id],
    )


def _write_atoms(connection: Connection, customers: Ids, before: Ids, after: Ids) -> int:
    is_moved = before != after
    connection.execute("create temp table moved_atoms (customer_id bigint, atom_id bigint) on commit drop")
    write_rows(connection, "moved_atoms", [customers[is_moved], after[is_moved]])
    connection.execute("analyze moved_atoms")
    connection.execute(
        "update customers c set atom_id = nullif(m.atom_id, %s) from moved_atoms m where m.customer_id = c.id",
        [NOWHERE],
    )
    connection.execute("drop table moved_atoms")
    return int(is_moved.sum())


def _forget_unlocated(connection: Connection, unlocated: Ids) -> None:
    connection.execute("create temp table unplaced (customer_id bigint) on commit drop")
    write_rows(connection, "unplaced", [unlocated])
    connection.execute("analyze unplaced")
    connection.execute("delete from customer_points p using unplaced u where u.customer_id = p.customer_id")
    connection.execute("drop table unplaced")


def _write_points(connection: Connection, located: NDArray[np.void]) -> None:
    lon, lat = located["lon"].astype(np.float64), located["lat"].astype(np.float64)
    # Neighbours on the ground become neighbours in the table, which is how tiles read it.
    order = np.lexsort((lon, np.floor(lat * 200.0)))
    metres = web_mercator(np.column_stack([lon[order], lat[order]]))
    points = point_ewkb(metres[:, 0], metres[:, 1], WEB_MERCATOR_SRID)
    connection.execute(
        "create temp table placed (customer_id bigint, point_3857 geometry(point, 3857)) on commit drop"
    )
    write_rows(connection, "placed", [located["id"][order], points])
    connection.execute("analyze placed")
    connection.execute(
        "insert into customer_points (customer_id, point_3857) select customer_id, point_3857 from placed"
        " on conflict (customer_id) do update set point_3857 = excluded.point_3857"
        " where customer_points.point_3857 is distinct from excluded.point_3857"
    )
    connection.execute("drop table placed")
