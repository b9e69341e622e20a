"""Which coordinate reference systems are understood: WGS 84 and CGCS2000, in degrees or in metres of a projection.

The two differ by centimetres. Xi'an 80 and Beijing 54 lie 60 to 120 m off, and their parameters are not public: such a
file is refused instead of being moved by a guess.
"""

import re
from enum import Enum


class Crs(Enum):
    DEGREES = "degrees"
    PROJECTED = "projected"
    OTHER = "other"
    NOT_TOLD = "not told"


_DEGREES = {"EPSG:4326", "EPSG:4490", "EPSG:4979", "EPSG:4480", "OGC:CRS84", "OGC:CRS84H"}
# WGS 84: Web Mercator and UTM; CGCS2000: Gauss-Krüger zones of six and three degrees (with and without zone number).
_PROJECTED = (range(3857, 3858), range(32601, 32661), range(32701, 32761), range(4491, 4555))
_NAMES = re.compile(
    r"WGS[ _]?(19)?84|World Geodetic System 1984|CGCS[ _]?2000|China[ _]2000"
    r"|China[ _]Geodetic[ _]Coordinate[ _]System[ _]2000",
    re.IGNORECASE,
)


def crs_of(told: str | None) -> Crs:
    """`told` is what GDAL says: an authority's code, WKT, or nothing."""
    if not told:
        return Crs.NOT_TOLD
    if told.upper() in _DEGREES:
        return Crs.DEGREES
    code = re.fullmatch(r"EPSG:(\d+)", told)
    if code:
        return Crs.PROJECTED if any(int(code[1]) in codes for codes in _PROJECTED) else Crs.OTHER
    if not _NAMES.search(told):
        return Crs.OTHER
    return Crs.DEGREES if told.startswith(("GEOGCS", "GEOGCRS")) else Crs.PROJECTED


def name_of(told: str) -> str:
    """What people call it: an authority's code, or the name at the beginning of WKT."""
    name = re.match(r'\w+\["([^"]+)"', told)
    return name[1] if name else told[:60]
