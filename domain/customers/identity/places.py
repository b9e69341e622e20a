"""Where a customer is: surveyed by GPS, else as its POS says, else where its address leads. Pure.

A POS point is believed only where it can be true. Installers name the wrong datum (the point then lies about 500 m off,
along the local shift of GCJ-02) and type the outlet's own place. Both are held against the atom that the shop's
address names.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.customers.addresses import Addressed
from domain.customers.identity.survivorship import Known

SURVEY_ACCURACY_M = 10.0
POS_ACCURACY_M = 50.0
OUTLET_RADIUS_M = 30.0
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Place:
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    source_datum: str
    accuracy_m: float
    method: str
    feed: str


@dataclass(frozen=True)
class Ground:
    """What points are held against: the atom in which one lies, where it lies if it is GCJ-02, the outlets' places."""

    atom_at: Callable[[float, float], int | None]
    outlets: Sequence[tuple[float, float]]
    from_gcj02: Callable[[float, float], tuple[float, float] | None]


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
    if addressed is None or not addressed.is_whole or ground.atom_at(*point) == addressed.atom_id:
        return as_said
    if record.source_datum == "WGS84":
        corrected = ground.from_gcj02(*point)
        if corrected is not None and ground.atom_at(*corrected) == addressed.atom_id:
            return Place(*corrected, "GCJ02", POS_ACCURACY_M, "POS", record.feed)
    return None
