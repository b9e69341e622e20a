"""Datums: WGS 84 is stored; GCJ-02 (高德, 腾讯, 微信) and BD-09 (百度) come in and go out.

The forward transforms are the published ones (eviltransform; docs/county.md names the vectors). They have no closed
inverse, so the inverse is iterated until the forward transform gives the input back to within 0.1 mm. Outside the
box around China GCJ-02 equals WGS 84. All functions take longitude first, in degrees, arrays or plain numbers.
"""

from collections.abc import Callable
from typing import overload

import numpy as np
from numpy.typing import NDArray

from geo.datum_names import Datum

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

_SEMI_MAJOR_M = 6378245.0  # Krasovsky 1940, as the transform was published
_ECCENTRICITY_2 = 0.00669342162296594323
_BD_TURN = np.pi * 3000.0 / 180.0
# Each round shrinks the error by about 1,000; six rounds end below the resolution of a double.
_INVERSE_ROUNDS = 6

__all__ = ["Datum", "from_wgs84", "is_near_china", "to_wgs84"]


@overload
def to_wgs84(lon_deg: float, lat_deg: float, datum: Datum) -> tuple[float, float]: ...
@overload
def to_wgs84(lon_deg: Degrees, lat_deg: Degrees, datum: Datum) -> Pair: ...
def to_wgs84(lon_deg: float | Degrees, lat_deg: float | Degrees, datum: Datum) -> tuple[float, float] | Pair:
    """Brings points of any datum to WGS 84."""
    lon, lat = np.asarray(lon_deg, dtype=np.float64), np.asarray(lat_deg, dtype=np.float64)
    if datum is Datum.BD09:
        lon, lat = _invert(_gcj02_to_bd09, lon, lat)
    if datum is not Datum.WGS84:
        lon, lat = _invert(_wgs84_to_gcj02, lon, lat)
    return _like(lon_deg, lon, lat)


@overload
def from_wgs84(lon_deg: float, lat_deg: float, datum: Datum) -> tuple[float, float]: ...
@overload
def from_wgs84(lon_deg: Degrees, lat_deg: Degrees, datum: Datum) -> Pair: ...
def from_wgs84(
    lon_deg: float | Degrees, lat_deg: float | Degrees, datum: Datum
) -> tuple[float, float] | Pair:
    """Brings WGS 84 points to another datum."""
    lon, lat = np.asarray(lon_deg, dtype=np.float64), np.asarray(lat_deg, dtype=np.float64)
    if datum is not Datum.WGS84:
        lon, lat = _wgs84_to_gcj02(lon, lat)
    if datum is Datum.BD09:
        lon, lat = _gcj02_to_bd09(lon, lat)
    return _like(lon_deg, lon, lat)


def is_near_china(lon_deg: Degrees, lat_deg: Degrees) -> NDArray[np.bool_]:
    """The box within which GCJ-02 differs from WGS 84."""
    return (lon_deg >= 72.004) & (lon_deg <= 137.8347) & (lat_deg >= 0.8293) & (lat_deg <= 55.8271)


def _like(given: float | Degrees, lon: Degrees, lat: Degrees) -> tuple[float, float] | Pair:
    if isinstance(given, np.ndarray):
        return lon, lat
    return float(lon), float(lat)


def _wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north_m = north_m + (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north_m = north_m + (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y / 30.0 * np.pi)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east_m = east_m + (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east_m = east_m + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0

    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY_2 * np.sin(phi) ** 2
    meridian_m = _SEMI_MAJOR_M * (1.0 - _ECCENTRICITY_2) / (magic * np.sqrt(magic))
    parallel_m = _SEMI_MAJOR_M / np.sqrt(magic) * np.cos(phi)
    inside = is_near_china(lon, lat)
    return (
        np.where(inside, lon + np.degrees(east_m / parallel_m), lon),
        np.where(inside, lat + np.degrees(north_m / meridian_m), lat),
    )


def _gcj02_to_bd09(lon: Degrees, lat: Degrees) -> Pair:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _invert(forward: Callable[[Degrees, Degrees], Pair], lon: Degrees, lat: Degrees) -> Pair:
    """The point whose forward transform is (lon, lat)."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_INVERSE_ROUNDS):
        found_lon, found_lat = forward(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon - (found_lon - lon), guess_lat - (found_lat - lat)
    return guess_lon, guess_lat
