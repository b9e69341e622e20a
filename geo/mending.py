"""Putting shapes right: what can be mended without changing what they cover is mended and listed, the rest refused.

A mending is safe when the ground that changes hands is at most a thousandth of the area and one hectare: a knot of a
few metres where a line was drawn twice, a sliver between two parts. A figure of eight has two readings; nobody but
its author knows which is meant.
"""

import re

import numpy as np
import shapely
from numpy.typing import NDArray

from domain.shared.statements import Statement
from geo.measuring import SEMI_MAJOR_M, area_m2
from geo.reading import said
from geo.reading.features import Wanted

SAFE_SHARE = 1e-3
SAFE_M2 = 10_000.0
SLIVER_M2 = 100.0
SLIVER_SHARE = 1e-4
SLIVER_WIDTH_M = 0.5
_REASON = re.compile(r"\[(\S+) (\S+)\]")


class Hopeless(Exception):
    """A shape that cannot be used, with the reason."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(str(statement))
        self.statement = statement


def at_text(lon_deg: float, lat_deg: float) -> str:
    """A place as people copy it into a map: longitude, latitude; six decimals are a decimetre."""
    return f"{lon_deg:.6f}, {lat_deg:.6f}"


def mended(
    shape: shapely.Geometry, wanted: Wanted, *, is_clockwise: bool = False
) -> tuple[shapely.Geometry, list[Statement]]:
    """The shape in two dimensions, valid and of a kind that is wanted, with what was put right.

    Degrees, longitude first. `is_clockwise` says how the file's form turns outer rings. Raises Hopeless.
    """
    notes: list[Statement] = []
    if shape.has_z or getattr(shape, "has_m", False):
        shape = shapely.force_2d(shape)
        notes.append(said.MAP_HEIGHTS_DROPPED())
    parts = _flat(shape)
    if wanted is Wanted.LINES_OR_AREAS and (lines := _lines(parts)):
        if len(lines) < len(parts):
            notes.append(said.MAP_PARTS_DROPPED(parts=len(parts) - len(lines)))
        return shapely.MultiLineString(lines), notes
    areas = [part for part in parts if part.geom_type == "Polygon"]
    points = [part for part in parts if part.geom_type == "Point"]
    if wanted is not Wanted.POINTS:
        if not areas and wanted not in (Wanted.ANY, Wanted.LINES_OR_AREAS):
            areas = _closed_lines(parts, notes)
        if areas:
            if wanted is not Wanted.ANY and len(areas) < len(parts):
                notes.append(said.MAP_PARTS_DROPPED(parts=len(parts) - len(areas)))
            return _area(areas, notes, is_clockwise=is_clockwise), notes
    if wanted is Wanted.ANY:
        return shape, notes
    if wanted not in (Wanted.AREAS, Wanted.LINES_OR_AREAS) and len(points) == len(parts) == 1:
        return points[0], notes
    raise Hopeless(_not_wanted(wanted, shape.geom_type))


def _lines(parts: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """The lines of a shape that has no areas; those without length are none."""
    if any(part.geom_type == "Polygon" for part in parts):
        return []
    return [part for part in parts if part.geom_type in ("LineString", "LinearRing") and part.length > 0.0]


def _not_wanted(wanted: Wanted, kind: str) -> Statement:
    if wanted is Wanted.LINES_OR_AREAS:
        return said.MAP_NEITHER_LINE_NOR_AREA(shape=kind)
    if wanted is Wanted.AREAS:
        return said.MAP_NOT_AN_AREA(shape=kind)
    return (said.MAP_NOT_A_POINT if wanted is Wanted.POINTS else said.MAP_NEITHER_AREA_NOR_POINT)(shape=kind)


def _flat(shape: shapely.Geometry) -> list[shapely.Geometry]:
    parts = [shape]
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = shapely.get_parts(np.array(parts)).tolist()
    return [part for part in parts if not part.is_empty]


def _closed_lines(parts: list[shapely.Geometry], notes: list[Statement]) -> list[shapely.Geometry]:
    """Borders drawn as lines that come back to where they began."""
    lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
    rings = [line for line in lines if line.is_closed and shapely.get_num_coordinates(line) >= 4]
    if not rings or len(rings) < len(parts):
        return []
    notes.append(said.MAP_LINE_TAKEN_AS_AREA())
    return [shapely.Polygon(ring.coords) for ring in rings]


def _area(
    parts: list[shapely.Geometry], notes: list[Statement], *, is_clockwise: bool
) -> shapely.MultiPolygon:
    thinned = [_without_repeats(part, notes) for part in parts]
    _note_turned_rings(thinned, notes, is_clockwise=is_clockwise)
    valid = [piece for part in thinned for piece in _uncrossed(part, notes)]
    whole = _joined(valid, notes)
    kept = _without_slivers(whole, notes)
    if not kept:
        raise Hopeless(said.MAP_COLLAPSED(at=at_text(*shapely.get_coordinates(parts[0])[0])))
    return shapely.orient_polygons(shapely.MultiPolygon(kept))


def _without_repeats(part: shapely.Polygon, notes: list[Statement]) -> shapely.Polygon:
    """Points that stand twice in a row stand once."""
    rings = [part.exterior, *part.interiors]
    thin = [shapely.get_coordinates(shapely.remove_repeated_points(ring)) for ring in rings]
    if len(thin[0]) < 4:
        raise Hopeless(said.MAP_COLLAPSED(at=at_text(*thin[0][0])))
    gone = sum(shapely.get_num_coordinates(ring) for ring in rings) - sum(len(ring) for ring in thin)
    if not gone:
        return part
    at = next(at for at in (_first_repeat(ring) for ring in rings) if at)
    notes.append(said.MAP_REPEATED_POINTS(points=int(gone), at=at))
    return shapely.Polygon(thin[0], [ring for ring in thin[1:] if len(ring) >= 4])


def _first_repeat(ring: shapely.LinearRing) -> str | None:
    at = shapely.get_coordinates(ring)
    same = np.flatnonzero((at[1:] == at[:-1]).all(axis=1))
    return at_text(*at[same[0]]) if len(same) else None


def _note_turned_rings(parts: list[shapely.Polygon], notes: list[Statement], *, is_clockwise: bool) -> None:
    outer = np.array([part.exterior for part in parts])
    inner = np.array([ring for part in parts for ring in part.interiors])
    turned = int((shapely.is_ccw(outer) == is_clockwise).sum())
    turned += int((shapely.is_ccw(inner) != is_clockwise).sum()) if len(inner) else 0
    if turned:
        notes.append(said.MAP_RINGS_TURNED(rings=turned))


def _uncrossed(part: shapely.Polygon, notes: list[Statement]) -> list[shapely.Polygon]:
    """The part if it is valid; mended where its border's knots are small."""
    if part.is_valid:
        return [part]
    at = _where_invalid(part)
    whole = shapely.make_valid(part, method="structure", keep_collapsed=False)
    pieces = [piece for piece in _flat(whole) if piece.geom_type == "Polygon"]
    if not pieces:
        raise Hopeless(said.MAP_COLLAPSED(at=at))
    # A border without a knot covers exactly what it winds around once.
    changed_m2 = abs(sum(area_m2(piece) for piece in pieces) - _wound_m2(part))
    if changed_m2 > _safe_m2(_wound_m2(part)):
        raise Hopeless(said.MAP_CROSSES_ITSELF(at=at, square_metres=round(changed_m2)))
    notes.append(said.MAP_CROSSING_MENDED(at=at, square_metres=round(changed_m2)))
    return pieces


def _wound_m2(part: shapely.Polygon) -> float:
    """The area by the winding of the rings: what crosses itself counts against itself."""
    outer = area_m2(shapely.Polygon(part.exterior))
    return abs(outer) - sum(area_m2(shapely.Polygon(ring)) for ring in part.interiors)


def _safe_m2(area: float) -> float:
    return min(SAFE_M2, SAFE_SHARE * abs(area))


def _where_invalid(shape: shapely.Geometry) -> str:
    found = _REASON.search(shapely.is_valid_reason(shape))
    if found:
        return at_text(float(found[1]), float(found[2]))
    return at_text(*shapely.get_coordinates(shape)[0])


def _joined(parts: list[shapely.Polygon], notes: list[Statement]) -> list[shapely.Polygon]:
    """Parts side by side; they may share a border, and overlap by what is safe."""
    whole = shapely.MultiPolygon(parts)
    if whole.is_valid:
        return parts
    joined = shapely.union_all(np.array(parts))
    overlap_m2 = sum(area_m2(part) for part in parts) - area_m2(joined)
    one, other = shapely.STRtree(parts).query(parts, predicate="overlaps")
    at = at_text(*shapely.get_coordinates(_meeting(parts, one, other))[0])
    if overlap_m2 > _safe_m2(area_m2(joined)):
        raise Hopeless(said.MAP_PARTS_OVERLAP(at=at, square_metres=round(overlap_m2)))
    notes.append(said.MAP_OVERLAP_MENDED(at=at, square_metres=round(overlap_m2)))
    return [piece for piece in _flat(joined) if piece.geom_type == "Polygon"]


def _meeting(
    parts: list[shapely.Polygon], one: NDArray[np.int64], other: NDArray[np.int64]
) -> shapely.Geometry:
    """A place where two parts meet, the overlapping ones before those that touch or lie inside one another."""
    if len(one):
        return shapely.point_on_surface(shapely.intersection(parts[int(one[0])], parts[int(other[0])]))
    first, second = shapely.STRtree(parts).query(parts, predicate="intersects")
    pair = int(np.argmax(first != second))
    return shapely.point_on_surface(shapely.intersection(parts[int(first[pair])], parts[int(second[pair])]))


def without_slivers(parts: list[shapely.Polygon]) -> tuple[list[shapely.Polygon], list[Statement]]:
    """Valid parts of one area without slivers and with slits filled, and what was done."""
    notes: list[Statement] = []
    return _without_slivers(parts, notes), notes


def _without_slivers(parts: list[shapely.Polygon], notes: list[Statement]) -> list[shapely.Polygon]:
    largest = max((area_m2(shapely.Polygon(part.exterior)) for part in parts), default=0.0)
    kept: list[shapely.Polygon] = []
    for part in parts:
        if len(parts) > 1 and _is_sliver(part.exterior, largest):
            notes.append(said.MAP_SLIVER_DROPPED(at=_middle(part), square_metres=round(area_m2(part))))
            continue
        slivers = [ring for ring in part.interiors if _is_sliver(ring, largest)]
        for ring in slivers:
            hole = shapely.Polygon(ring)
            notes.append(said.MAP_SLIVER_FILLED(at=_middle(hole), square_metres=round(area_m2(hole))))
        rings = [ring for ring in part.interiors if ring not in slivers]
        kept.append(shapely.Polygon(part.exterior, rings) if slivers else part)
    return [part for part in kept if area_m2(part) > 0.0]


def _is_sliver(ring: shapely.LinearRing, largest_m2: float) -> bool:
    """Smaller than a room, or thinner than a step: nobody draws such a thing on purpose."""
    area = area_m2(shapely.Polygon(ring))
    at = shapely.get_coordinates(ring)
    metres = np.radians(np.diff(at, axis=0)) * SEMI_MAJOR_M * [np.cos(np.radians(at[0, 1])), 1.0]
    around = float(np.hypot(metres[:, 0], metres[:, 1]).sum())
    is_tiny = area < SLIVER_M2 and area < SLIVER_SHARE * largest_m2
    return is_tiny or 2.0 * area < SLIVER_WIDTH_M * around


def _middle(shape: shapely.Geometry) -> str:
    return at_text(*shapely.get_coordinates(shapely.point_on_surface(shape))[0])
