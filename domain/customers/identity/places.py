"""Where a customer is: surveyed by GPS, else as its POS says, else where its address leads. Pure.

A point is believed only where it can be true. Installers name the wrong datum (the point then lies about 500 m off,
along the local shift of GCJ-02), they and surveyors type the outlet's own place, and systems put in one default for
many. All are held against the atom that the address names. Of two branches under one customer the one whose address is
shown says where that is: places are never mixed.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from domain.customers.addresses import Addressed
from domain.customers.identity.crowded import CrowdedPoints
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
    """What points are held against: the atom in which one lies, where it lies if it is GCJ-02, the outlets' places, and
    points that many parties of one feed share."""

    atom_at: Callable[[float, float], int | None]
    outlets: Sequence[tuple[float, float]]
    from_gcj02: Callable[[float, float], tuple[float, float] | None]
    crowded: CrowdedPoints = frozenset()

    def is_at_an_outlet(self, point: tuple[float, float]) -> bool:
        return any(distance_m(*point, *outlet) < OUTLET_RADIUS_M for outlet in self.outlets)

    def is_doubtful(self, record: Known, point: tuple[float, float]) -> bool:
        """Whether only an address that leads to the same atom makes a point a place."""
        return (record.feed, *point) in self.crowded or self.is_at_an_outlet(point)


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """On the plane; within a county exact to a metre in a kilometre."""
    east = (lon_a - lon_b) * math.cos(math.radians((lat_a + lat_b) / 2))
    return math.hypot(east, lat_a - lat_b) * METRES_PER_DEGREE


def choose_place(
    records: Sequence[Known],
    addressed: Addressed | None,
    address_feed: str,
    ground: Ground,
    address_record: int | None = None,
) -> Place | None:
    """The most trusted place that can be true. Records are in the order of their ids.

    `addressed` is where the address leads that is shown, `address_record` the id of the record that it is of.
    """
    pointed = [record for record in records if record.lon_deg_wgs84 is not None and record.status != "GONE"]
    if pointed:
        shown = next((record for record in records if record.id == address_record), None)
        place = _surveyed(pointed, addressed, ground, shown) or _installed(pointed, addressed, ground, shown)
        if place is not None:
            return place
    if addressed is None:
        return None
    return Place(
        addressed.lon_deg, addressed.lat_deg, "WGS84", round(addressed.accuracy_m, 1), "ADDRESS", address_feed
    )


def _surveyed(
    records: Sequence[Known], addressed: Addressed | None, ground: Ground, shown: Known | None
) -> Place | None:
    for record, point in _with_points(records, "SURVEY", shown):
        if not ground.is_doubtful(record, point) or _is_where(point, addressed, ground):
            return Place(*point, record.source_datum or "WGS84", SURVEY_ACCURACY_M, "SURVEY", record.feed)
    return None


def _installed(
    records: Sequence[Known], addressed: Addressed | None, ground: Ground, shown: Known | None
) -> Place | None:
    for record, point in _with_points(records, "POS", shown):
        place = None if _is_another_branch(record, shown) else _believed(record, point, addressed, ground)
        if place is not None:
            return place
    return None


def _with_points(
    records: Sequence[Known], method: str, shown: Known | None
) -> Iterator[tuple[Known, tuple[float, float]]]:
    """Records of a method with their points: the one whose address is shown, then the others, lowest id first."""
    for record in sorted(records, key=lambda record: record is not shown):
        point = point_of(record)
        if record.location_method == method and point is not None:
            yield record, point


def _is_where(point: tuple[float, float], addressed: Addressed | None, ground: Ground) -> bool:
    return addressed is not None and addressed.is_whole and ground.atom_at(*point) == addressed.atom_id


def _is_another_branch(record: Known, shown: Known | None) -> bool:
    """Whether a terminal stands at another address than the terminal whose address is shown."""
    return (
        shown is not None
        and shown is not record
        and shown.feed == record.feed
        and record.address is not None
        and record.address != shown.address
    )


def point_of(record: Known) -> tuple[float, float] | None:
    if record.lon_deg_wgs84 is None or record.lat_deg_wgs84 is None:
        return None
    return record.lon_deg_wgs84, record.lat_deg_wgs84


def _believed(
    record: Known, point: tuple[float, float], addressed: Addressed | None, ground: Ground
) -> Place | None:
    if ground.is_at_an_outlet(point):
        return None  # the installer stood in the outlet
    if ground.is_doubtful(record, point) and not _is_where(point, addressed, ground):
        return None
    as_said = Place(*point, record.source_datum or "WGS84", POS_ACCURACY_M, "POS", record.feed)
    if addressed is None or not addressed.is_whole or ground.atom_at(*point) == addressed.atom_id:
        return as_said
    if record.source_datum == "WGS84":
        corrected = ground.from_gcj02(*point)
        if corrected is not None and ground.atom_at(*corrected) == addressed.atom_id:
            return Place(*corrected, "GCJ02", POS_ACCURACY_M, "POS", record.feed)
    return None
