"""Degrees as systems write them, brought to a point that can be true. Pure; what cannot be a place is None.

The limits are those of the country, generously, and hold in every datum: no county of it lies elsewhere.
"""

import math

WEST, EAST = 73.0, 136.0
SOUTH, NORTH = 3.0, 54.0


def read_point(lon_deg: float | None, lat_deg: float | None) -> tuple[float, float] | None:
    """(longitude, latitude); the two are put right when they were swapped, which the country's limits make plain.

    Nought is no place, nor is a point outside the country, nor one of whole degrees or tenths: that is ten kilometres.
    """
    if lon_deg is None or lat_deg is None or (_is_coarse(lon_deg) and _is_coarse(lat_deg)):
        return None
    if _is_inside(lon_deg, lat_deg):
        return lon_deg, lat_deg
    if _is_inside(lat_deg, lon_deg):
        return lat_deg, lon_deg
    return None


def _is_inside(lon_deg: float, lat_deg: float) -> bool:
    return WEST <= lon_deg <= EAST and SOUTH <= lat_deg <= NORTH


def _is_coarse(degrees: float) -> bool:
    return math.isclose(degrees * 10, round(degrees * 10), abs_tol=1e-9)
