"""Where a customer is: surveyed by GPS, else as its POS says, else where its address leads. Pure.

A POS point is believed only where it can be true. Installers name the wrong datum (the point then lies about 500 m off,
along the local shift of GCJ-02) and type the outlet's own place. Both are held against the atom that the shop's
address names: the atom of a point is that of the nearest seed, since atoms are the Voronoi cells of their seeds.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.customers.addresses import Addressed
from domain.customers.identity.survivorship import Known
from domain.customers.ports import ToWgs84

SURVEY_ACCURACY_M = 10.0
POS_ACCURACY_M = 50.0
OUTLET_RADIUS_M = 30.0
METRES_PER_DEGREE = 111_320.0
_CELL_DEG = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    source_datum: str
    accuracy_m: float
    method: str
    feed: str


@dataclass(frozen=True, slots=True)
class Seed:
    atom_id: int
    lon_deg: float
    lat_deg: float


class Seeds:
    """Finds the nearest seed of a point, by cells of about two kilometres."""

    def __init__(self, seeds: Iterable[Seed]) -> None:
        self._cells: dict[tuple[int, int], list[Seed]] = {}
        for seed in seeds:
            self._cells.setdefault(_cell(seed.lon_deg, seed.lat_deg), []).append(seed)

    def atom_at(self, lon_deg: float, lat_deg: float) -> int | None:
        """The atom of the nearest seed; None when no seed is within some kilometres."""
        column, row = _cell(lon_deg, lat_deg)
        near = [
            seed
            for dx in (-2, -1, 0, 1, 2)
            for dy in (-2, -1, 0, 1, 2)
            for seed in self._cells.get((column + dx, row + dy), ())
        ]
        if not near:
            return None
        return min(
            near, key=lambda seed: (distance_m(lon_deg, lat_deg, seed.lon_deg, seed.lat_deg), seed.atom_id)
        ).atom_id


@dataclass(frozen=True)
class Ground:
    """What points are held against: seeds of the atoms, the outlets' own places, datum arithmetic."""

    seeds: Seeds
    outlets: Sequence[tuple[float, float]]
    to_wgs84: ToWgs84 | None


def _cell(lon_deg: float, lat_deg: float) -> tuple[int, int]:
    return math.floor(lon_deg / _CELL_DEG), math.floor(lat_deg / _CELL_DEG)


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """On the plane; within a county exact to a metre in a kilometre."""
    east = (lon_a - lon_b) * math.cos(math.radians((lat_a + lat_b) / 2))
    return math.hypot(east, lat_a - lat_b) * METRES_PER_DEGREE


def choose_place(
    records: Sequence[Known], addressed: Addressed | None, address_feed: str, ground: Ground
) -> Place | None:
    """The most trusted place that can be true. Records are living ones, lowest id first within a method."""
    for record in records:
        point = point_of(record)
        if record.location_method == "SURVEY" and point is not None and record.status != "GONE":
            return Place(*point, record.source_datum or "WGS84", SURVEY_ACCURACY_M, "SURVEY", record.feed)
    for record in records:
        point = point_of(record)
        if record.location_method == "POS" and point is not None and record.status != "GONE":
            place = _believed(record, point, addressed, ground)
            if place is not None:
                return place
    if addressed is None:
        return None
    return Place(
        addressed.lon_deg, addressed.lat_deg, "WGS84", round(addressed.accuracy_m, 1), "ADDRESS", address_feed
    )


def point_of(record: Known) -> tuple[float, float] | None:
    if record.lon_deg_wgs84 is None or record.lat_deg_wgs84 is None:
        return None
    return record.lon_deg_wgs84, record.lat_deg_wgs84


def _believed(
    record: Known, point: tuple[float, float], addressed: Addressed | None, ground: Ground
) -> Place | None:
    if any(distance_m(*point, *outlet) < OUTLET_RADIUS_M for outlet in ground.outlets):
        return None  # the installer stood in the outlet
    as_said = Place(*point, record.source_datum or "WGS84", POS_ACCURACY_M, "POS", record.feed)
    if addressed is None or not addressed.is_whole or ground.seeds.atom_at(*point) == addressed.atom_id:
        return as_said
    if record.source_datum == "WGS84" and ground.to_wgs84 is not None:
        lon, lat = ground.to_wgs84([point[0]], [point[1]], "GCJ02")
        corrected = (float(lon[0]), float(lat[0]))
        if ground.seeds.atom_at(*corrected) == addressed.atom_id:
            return Place(*corrected, "GCJ02", POS_ACCURACY_M, "POS", record.feed)
    return None
