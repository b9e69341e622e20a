"""Shapes and points on their way into PostGIS by COPY."""

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measuring import SEMI_MAJOR_M, Coordinates
from geo.tables import WEB_MERCATOR_SRID, WGS84_SRID


def web_mercator(coordinates_deg: Coordinates) -> Coordinates:
    """(n, 2) WGS 84 degrees to EPSG:3857 metres; for tiles alone, never for measuring."""
    lon, lat = np.radians(coordinates_deg[:, 0]), np.radians(coordinates_deg[:, 1])
    return np.column_stack([SEMI_MAJOR_M * lon, SEMI_MAJOR_M * np.log(np.tan(np.pi / 4.0 + lat / 2.0))])


def wgs84_ewkb(shape: shapely.Geometry) -> str:
    """EWKB as hex, as a geometry column takes it from COPY."""
    return str(shapely.to_wkb(shapely.set_srid(shape, WGS84_SRID), hex=True, include_srid=True))


def web_mercator_ewkb(shape_wgs84: shapely.Geometry) -> str:
    shape = shapely.transform(shape_wgs84, web_mercator)
    return str(shapely.to_wkb(shapely.set_srid(shape, WEB_MERCATOR_SRID), hex=True, include_srid=True))


def point_ewkb(x: NDArray[np.float64], y: NDArray[np.float64], srid: int) -> NDArray[np.uint8]:
    """(n, 25) bytes: binary EWKB of points, little-endian, for a binary COPY."""
    record = np.dtype([("order", "u1"), ("type", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")])
    rows = np.empty(len(x), dtype=record)
    rows["order"], rows["type"], rows["srid"] = 1, 0x20000001, srid
    rows["x"], rows["y"] = x, y
    return rows.view(np.uint8).reshape(len(x), record.itemsize)
