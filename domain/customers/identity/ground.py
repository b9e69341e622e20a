"""The atoms in which the points of some records lie, as the database knows their boundaries: asked once for many."""

from collections.abc import Iterable, Sequence

from domain.customers.identity.crowded import CrowdedPoints
from domain.customers.identity.places import Ground, point_of
from domain.customers.identity.survivorship import Known
from domain.customers.ports import ToWgs84
from domain.shared.rows import Rows

Point = tuple[float, float]

_ATOMS = """
select p.place, (select min(atom_id) from atoms_covering(p.lon, p.lat) as atom_id)
  from unnest(cast(%(lon)s as float8[]), cast(%(lat)s as float8[])) with ordinality as p (lon, lat, place)
"""


def ground_of(
    rows: Rows,
    records: Iterable[Known],
    outlets: Sequence[Point],
    to_wgs84: ToWgs84 | None,
    crowded: CrowdedPoints = frozenset(),
) -> Ground:
    """For the points of the POS among the records, as they were said and as they are if they were GCJ-02; and for those
    of a survey that are held against the address.

    A point on a shared edge lies in the atom with the lowest id.
    """
    doubts = Ground(lambda _lon, _lat: None, outlets, lambda _lon, _lat: None, crowded)
    terminals: set[Point] = set()
    surveys: set[Point] = set()
    for record in records:
        point = point_of(record)
        if point is not None and record.location_method == "POS":
            terminals.add(point)
        elif point is not None and doubts.is_doubtful(record, point):
            surveys.add(point)
    said = sorted(terminals)
    put_right = _from_gcj02(said, to_wgs84)
    atoms = _atoms_of(rows, [*said, *put_right.values(), *sorted(surveys - terminals)])
    return Ground(
        lambda lon, lat: atoms.get((lon, lat)), outlets, lambda lon, lat: put_right.get((lon, lat)), crowded
    )


def _from_gcj02(said: Sequence[Point], to_wgs84: ToWgs84 | None) -> dict[Point, Point]:
    if to_wgs84 is None or not said:
        return {}
    lon, lat = to_wgs84([point[0] for point in said], [point[1] for point in said], "GCJ02")
    return dict(zip(said, zip(map(float, lon), map(float, lat), strict=True), strict=True))


def _atoms_of(rows: Rows, points: Sequence[Point]) -> dict[Point, int | None]:
    if not points:
        return {}
    given = {"lon": [point[0] for point in points], "lat": [point[1] for point in points]}
    return {points[place - 1]: atom_id for place, atom_id in rows.execute(_ATOMS, given)}
