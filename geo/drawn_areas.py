"""Areas that somebody drew on the map, checked before anything asks with them.

An area is a GeoJSON Polygon of one ring in WGS 84. Its sides are straight on the map, so what lies inside is
judged in web mercator, as the person saw it.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import atan, degrees, exp, isfinite, log, pi, radians, tan
from typing import Any

from shapely import Polygon
from shapely.validation import explain_validity

from geo.tables import PLACE_BITS, WORLD_M

FEWEST_CORNERS, MOST_CORNERS = 3, 100
FARTHEST_NORTH_DEG = 85.0
"""Web mercator ends a little beyond."""
_PLACES = 1 << PLACE_BITS

Corner = tuple[float, float]


class Wrong(StrEnum):
    """What may be wrong with an area."""

    UNREADABLE = "UNREADABLE"
    """No GeoJSON Polygon of one ring of pairs of numbers."""
    CORNERS = "CORNERS"
    """Too few corners, or too many."""
    OFF_THE_MAP = "OFF_THE_MAP"
    """A corner is no place in WGS 84, or one beyond the map: longitude and latitude may be exchanged."""
    CROSSES = "CROSSES"
    """Its line crosses or touches itself."""
    FLAT = "FLAT"
    """All corners lie on one line."""


class WrongArea(ValueError):
    """Why an area cannot be asked with; `at_deg` is the place where that shows, longitude first, where there is one."""

    def __init__(self, wrong: Wrong, at_deg: Corner | None = None) -> None:
        super().__init__(wrong)
        self.wrong, self.at_deg = wrong, at_deg


@dataclass(frozen=True)
class DrawnArea:
    """`ewkt` is the polygon in web mercator; the others are its box in the whole steps of `customer_points`."""

    ewkt: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def area_of(geojson: Any) -> DrawnArea:
    """Raises WrongArea for what is no area."""
    corners = _corners(geojson)
    if not FEWEST_CORNERS <= len(corners) <= MOST_CORNERS:
        raise WrongArea(Wrong.CORNERS)
    for lon_deg, lat_deg in corners:
        if not (-180 <= lon_deg <= 180 and -FARTHEST_NORTH_DEG <= lat_deg <= FARTHEST_NORTH_DEG):
            raise WrongArea(Wrong.OFF_THE_MAP, (lon_deg, lat_deg))
    metres = [_metres(corner) for corner in corners]
    polygon = Polygon(metres)
    # A line that crosses itself may enclose as much one way as the other.
    if polygon.convex_hull.area == 0:
        raise WrongArea(Wrong.FLAT)
    if not polygon.is_valid:
        raise WrongArea(Wrong.CROSSES, _place_in(explain_validity(polygon)))
    west, south, east, north = polygon.bounds
    ring = ", ".join(f"{x!r} {y!r}" for x, y in [*metres, metres[0]])
    return DrawnArea(f"SRID=3857;POLYGON(({ring}))", _row(north), _row(south), _column(west), _column(east))


def _corners(geojson: Any) -> list[Corner]:
    """Each corner once: the last place of a ring is the first again."""
    if not isinstance(geojson, dict) or geojson.get("type") != "Polygon":
        raise WrongArea(Wrong.UNREADABLE)
    rings = geojson.get("coordinates")
    if not isinstance(rings, list) or len(rings) != 1 or not isinstance(rings[0], list):
        raise WrongArea(Wrong.UNREADABLE)
    if len(rings[0]) > MOST_CORNERS + 1:
        raise WrongArea(Wrong.CORNERS)
    corners = [_corner(one) for one in rings[0]]
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def _corner(place: Any) -> Corner:
    if not isinstance(place, list) or len(place) != 2 or not all(map(_is_number, place)):
        raise WrongArea(Wrong.UNREADABLE)
    return float(place[0]), float(place[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _metres(corner: Corner) -> Corner:
    lon_deg, lat_deg = corner
    north = log(tan(pi / 4 + radians(lat_deg) / 2)) / (2 * pi)
    return lon_deg / 360 * WORLD_M, north * WORLD_M


def _place_in(explanation: str) -> Corner | None:
    """GEOS names the place in metres: `Self-intersection[12.5 7]`."""
    _, _, place = explanation.rstrip("]").partition("[")
    parts = place.split()
    if len(parts) != 2:
        return None
    x, y = map(float, parts)
    lat_deg = degrees(2 * atan(exp(y / WORLD_M * 2 * pi)) - pi / 2)
    return round(x / WORLD_M * 360, 6), round(lat_deg, 6)


def _column(x_m: float) -> int:
    return _within_the_world((x_m / WORLD_M + 0.5) * _PLACES)


def _row(y_m: float) -> int:
    return _within_the_world((0.5 - y_m / WORLD_M) * _PLACES)


def _within_the_world(steps: float) -> int:
    return min(max(int(steps), 0), _PLACES - 1)
