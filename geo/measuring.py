"""Metres and square metres of WGS 84 shapes, without a projection library.

Areas are those of the authalic (equal-area) cylindrical map of the ellipsoid itself, so areas of neighbours add up
exactly. Edges are straight on the map, as everywhere in the product, where PostGIS geography takes geodesics: for
an atom that is at most one part in 10,000, for the county one in a million (tests compare the two). Distances inside
a county use one plane around it: at most two in 1,000.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

SEMI_MAJOR_M = 6378137.0
_FLATTENING = 1.0 / 298.257223563
_E2 = _FLATTENING * (2.0 - _FLATTENING)
_E = float(np.sqrt(_E2))
MEAN_RADIUS_M = 6371008.8

Coordinates = NDArray[np.float64]


def _equal_area(coordinates: Coordinates) -> Coordinates:
    """(n, 2) degrees to metres on a map that keeps every area."""
    sine = np.sin(np.radians(coordinates[:, 1]))
    q = sine / (1.0 - _E2 * sine**2) - np.log((1.0 - _E * sine) / (1.0 + _E * sine)) / (2.0 * _E)
    return np.column_stack(
        [SEMI_MAJOR_M * np.radians(coordinates[:, 0]), SEMI_MAJOR_M * (1.0 - _E2) / 2.0 * q]
    )


def area_m2(shape: shapely.Geometry) -> float:
    """The area of a WGS 84 polygon."""
    return float(shapely.area(shapely.transform(shape, _equal_area)))


def areas_m2(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    return np.asarray(shapely.area(shapely.transform(shapes, _equal_area)), dtype=np.float64)


@dataclass(frozen=True)
class LocalPlane:
    """A plane in metres around one place; straight lines stay straight and shared corners shared."""

    lon_deg: float
    lat_deg: float

    @property
    def _metres_per_degree(self) -> NDArray[np.float64]:
        sine = np.sin(np.radians(self.lat_deg))
        magic = 1.0 - _E2 * sine**2
        north = SEMI_MAJOR_M * (1.0 - _E2) / magic**1.5
        east = SEMI_MAJOR_M / magic**0.5 * np.cos(np.radians(self.lat_deg))
        return np.asarray(np.radians(np.array([east, north])), dtype=np.float64)

    def metres(self, degrees: Coordinates) -> Coordinates:
        return (degrees - [self.lon_deg, self.lat_deg]) * self._metres_per_degree

    def degrees(self, metres: Coordinates) -> Coordinates:
        return metres / self._metres_per_degree + [self.lon_deg, self.lat_deg]


_MANY_POINTS = 8_000


def hausdorff_m_of(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """How far two borders (metres of one plane) lie apart at most.

    Of long ones the corners are asked, each for its distance to the other border: all points against all points
    would take minutes.
    """
    if shapely.get_num_coordinates([one, other]).max() <= _MANY_POINTS:
        return float(shapely.hausdorff_distance(one, other, densify=0.25))
    shapely.prepare([one, other])
    there, back = (
        shapely.distance(to, shapely.points(shapely.get_coordinates(of))).max()
        for of, to in ((one, other), (other, one))
    )
    return float(max(there, back))


def haversine_m(
    lon_a: Coordinates, lat_a: Coordinates, lon_b: Coordinates, lat_b: Coordinates
) -> Coordinates:
    """Great-circle metres between points in degrees (broadcasting)."""
    half_lat = np.radians(lat_b - lat_a) / 2.0
    half_lon = np.radians(lon_b - lon_a) / 2.0
    inner = (
        np.sin(half_lat) ** 2 + np.cos(np.radians(lat_a)) * np.cos(np.radians(lat_b)) * np.sin(half_lon) ** 2
    )
    return np.asarray(2.0 * MEAN_RADIUS_M * np.arcsin(np.sqrt(inner)), dtype=np.float64)
