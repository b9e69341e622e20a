"""Shapes of imports: one form for each area, a fingerprint of it, and where they are kept.

Two areas are the same where their corners are, whichever corner their rings begin with and whichever way they run. A
shape that came back from a file that we wrote ourselves is the same to the last bit, so its fingerprint is too.
"""

import hashlib
from collections.abc import Iterable, Mapping

import shapely

from domain.shared.imports.borders import AREA, SHAPE
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Values
from domain.shared.rows import Rows
from geo.importing import as_multipolygon
from geo.measuring import area_m2
from geo.writing import wgs84_ewkb

_KEEP = """
insert into import_shapes (fingerprint, boundary_wgs84)
select fingerprint, cast(shape as geometry)
  from jsonb_to_recordset(cast(%(shapes)s as jsonb)) as given (fingerprint text, shape text)
    on conflict (fingerprint) do update set kept_at = now()
"""
_A_TIME = 500


def canonical(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """The one form of an area: parts and rings in order, outer rings against the clock."""
    return as_multipolygon(shapely.orient_polygons(shapely.normalize(as_multipolygon(shape))))


def fingerprint(shape: shapely.Geometry) -> str:
    """Of a shape in its canonical form: 32 hexadecimal digits."""
    return hashlib.md5(shapely.to_wkb(shape, byte_order=1), usedforsecurity=False).hexdigest()


def described(shape: shapely.Geometry) -> Values:
    """What a row says of its shape in canonical form: the fingerprint, and its area for those who read the changes."""
    return {SHAPE: fingerprint(shape), AREA: round(area_m2(shape))}


def as_kept(shapes: Iterable[shapely.MultiPolygon]) -> dict[str, str]:
    """Canonical shapes by fingerprint, as `keep_shapes` writes them."""
    return {fingerprint(shape): wgs84_ewkb(shape) for shape in shapes}


def keep_shapes(rows: Rows, beside: Mapping[str, str]) -> None:
    listed = [{"fingerprint": name, "shape": shape} for name, shape in beside.items()]
    for begin in range(0, len(listed), _A_TIME):
        rows.execute(_KEEP, {"shapes": as_json(listed[begin : begin + _A_TIME])})
