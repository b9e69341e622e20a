"""Features of a file beside the atoms that stay: one coverage of the outline, told with its slits and overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from domain.shared.imports.borders import SHAPE
from domain.shared.imports.kinds import Key, LaidOut, Present, Together, Wish
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place, Problem
from domain.shared.statements import Statement
from geo.coverage import difference_m2
from geo.datum import Datum, to_wgs84
from geo.importing import Shapes
from geo.map_imports import said
from geo.map_imports.covering import Covered, cover
from geo.map_imports.outlines import refuse_other_datum, source_outline
from geo.map_imports.records import inner_point_text, is_map
from geo.map_imports.said import MapRefused
from geo.map_imports.shapes import as_kept, canonical, described
from geo.measuring import area_m2
from geo.mending import at_text
from geo.reading import said as read

MOST_BARE_SHARE = 0.2
"""Areas that leave more of the outline bare are a part of a list."""
_DIGITS = 7
_METRES_A_DEGREE, _ROUNDED_M = 111_320.0, 0.01
Placed = list[tuple[Wish, shapely.Geometry]]
_OPEN = """
select a.code, st_asbinary(b.boundary_wgs84) from atoms a join atom_boundaries b on b.atom_id = a.id order by a.code
"""
_SETTLED = "select st_asbinary(boundary_wgs84) from county_outlines order by code limit 1"


@dataclass
class _Found:
    """What the laying out found so far."""

    wishes: list[Wish] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Key] = field(default_factory=set)

    def refuse(self, wish: Wish, statement: Statement) -> None:
        self.problems.append(Problem(wish.place, statement))
        self.refused.add(wish.key)


@dataclass(frozen=True, eq=False)
class _Scene:
    """The outline that atoms are cut from, the same as former atoms left it, and these by code."""

    outline: shapely.Geometry
    settled: shapely.Geometry | None
    atoms: dict[str, shapely.MultiPolygon]


def lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """Wishes with a fingerprint for their shape. Raises `MapRefused` for what makes the file useless as a whole."""
    outline = source_outline(rows)
    if outline is None:
        raise MapRefused(said.NO_OUTLINE_YET())
    scene = _Scene(
        outline, _settled(rows, outline), {code: _canonical(wkb) for code, wkb in rows.execute(_OPEN)}
    )
    found = _Found()
    given = with_shapes(wishes, together)
    _check_points(given, scene, found)
    notes = datum_notes(given, scene.outline, together)
    while True:
        placed = [(wish, shape) for wish, shape in given if wish.key not in found.refused]
        kept = _kept(wishes, scene, together, found.refused)
        shapes = np.array([shape for _, shape in placed] + [scene.atoms[code] for code in kept], dtype=object)
        if not len(placed):
            return LaidOut((), found.problems, frozenset(found.refused), notes)
        covered = cover(scene.outline, shapes, scene.settled, len(kept))
        if not _refused_for_ground(placed, kept, covered, scene, found):
            break
    bare = _bare(covered, scene)
    if bare is not None and not (found.problems or together.spared):
        raise MapRefused(bare)
    if bare is not None:  # the rows that are refused leave it bare, so the others wait for them
        everything = frozenset({wish.key for wish in wishes} | together.present.keys())
        return LaidOut((), [*found.problems, Problem(Place("", 0), bare)], everything, notes)
    divided = covered.divided.keys()
    named = [wish for wish, _ in placed]
    laid = [
        _laid(wish, canonical(shape), given_shape, together.present)
        for place, ((wish, given_shape), shape) in enumerate(zip(placed, covered.shapes, strict=False))
        if place not in divided
    ]
    gone: list[Wish] = []
    for code, shape in zip(kept, covered.shapes[len(placed) :], strict=True):
        if shapely.is_empty(shape):
            day = together.brought.day.isoformat()
            gone.append(Wish((code,), {"to_on": day}, Place("", 0)))
        elif (mine := canonical(shape)) != scene.atoms[code]:
            laid.append((Wish((code,), described(mine), Place("", 0)), mine))
    notes += [*_told(named, covered), _proof(covered.shapes)]
    beside = as_kept([*(shape for _, shape in laid), *scene.atoms.values()])
    return LaidOut(
        [*(wish for wish, _ in laid), *gone], found.problems, frozenset(found.refused), notes, beside
    )


def _settled(rows: Rows, outline: shapely.Geometry) -> shapely.Geometry | None:
    """The outline as the atoms that are there make it, if it is still that one: rounding moved it by a centimetre."""
    settled = shapely.from_wkb(bytes(rows.execute(_SETTLED)[0][0]))
    moved_m2 = outline.length * _METRES_A_DEGREE * 2.0 * _ROUNDED_M
    return settled if difference_m2(settled, outline) <= moved_m2 else None


def _canonical(wkb: bytes) -> shapely.MultiPolygon:
    return canonical(shapely.from_wkb(bytes(wkb)))


def with_shapes(wishes: Sequence[Wish], together: Together) -> Placed:
    """Shapes in WGS 84; a sheet's points are in the datum of the file still."""
    given = [(wish, shapely.from_wkb(wish.given[SHAPE])) for wish in wishes]
    if is_map(together.brought.path):
        return given
    if together.brought.datum is None:
        raise MapRefused(said.NO_DATUM(file=together.brought.name))
    datum = Datum(together.brought.datum)
    return [(wish, shapely.Point(*to_wgs84(point.x, point.y, datum))) for wish, point in given]


def _check_points(given: Placed, scene: _Scene, found: _Found) -> None:
    """Points outside of the outline, and several at one place: nobody knows where one ends and the other begins."""
    seen: dict[tuple[float, float], Wish] = {}
    shapely.prepare(scene.outline)
    for wish, point in given:
        if point.geom_type != "Point":
            continue
        at = (round(point.x, _DIGITS), round(point.y, _DIGITS))
        first = seen.setdefault(at, wish)
        if first is not wish:
            found.refuse(wish, said.SAME_POINT(other=first.key[0]))
        elif not shapely.intersects(scene.outline, point):
            found.refuse(wish, said.OUTSIDE(at=at_text(*at)))


def datum_notes(given: Placed, outline: shapely.Geometry, together: Together) -> list[Statement]:
    """Areas that cover the outline tell a wrong datum; points do not."""
    datum = together.brought.datum or Datum.WGS84.value
    areas = [shape for _, shape in given if shape.geom_type != "Point"]
    whole = shapely.union_all(np.array(areas, dtype=object)) if areas else shapely.MultiPolygon()
    if whole.area > 0.5 * outline.area:
        refuse_other_datum(whole, outline, Datum(datum))
        return []
    return [read.MAP_DATUM_NOT_CHECKED(said=datum)]


def _kept(wishes: Sequence[Wish], scene: _Scene, together: Together, refused: set[Key]) -> list[str]:
    """Codes of atoms that stay beside those of the file."""
    named = {wish.key[0] for wish in wishes if wish.key not in refused}
    spared = {key[0] for key in together.spared | refused}
    is_whole = together.brought.is_whole
    return [code for code in scene.atoms if code not in named and (not is_whole or code in spared)]


def _refused_for_ground(
    placed: Placed, kept: list[str], covered: Covered, scene: _Scene, found: _Found
) -> bool:
    """Features without ground of their own are refused; whether the rest has to be laid out anew without them."""
    before = len(found.refused)
    for area, points in covered.divided.items():
        if area >= len(placed):
            for point in points:
                found.refuse(placed[point][0], said.IN_KEPT(other=kept[area - len(placed)]))
    for place, (wish, shape) in enumerate(placed):
        if (
            shapely.is_empty(covered.shapes[place])
            and place not in covered.divided
            and wish.key not in found.refused
        ):
            at = inner_point_text(shape)
            is_out = not shapely.intersects(scene.outline, shape)
            found.refuse(wish, said.OUTSIDE(at=at) if is_out else said.NO_GROUND(at=at))
    return len(found.refused) > before


def _bare(covered: Covered, scene: _Scene) -> Statement | None:
    """What is said of areas that leave much of the outline to nobody."""
    bare_m2 = sum(area_m2(gap) for gap in covered.gaps)
    share = bare_m2 / area_m2(scene.outline)
    if share <= MOST_BARE_SHARE:
        return None
    at = inner_point_text(covered.gaps[0])
    return said.LEAVE_MUCH(percent=round(share * 100), square_metres=round(bare_m2), at=at)


def _laid(
    wish: Wish, shape: shapely.MultiPolygon, given: shapely.Geometry, present: Present
) -> tuple[Wish, shapely.MultiPolygon]:
    """With its shape, and a place in it: the point that was given, the one it has already, or any inside."""
    known = present.get(wish.key, {})
    if given.geom_type == "Point":
        lon, lat = round(given.x, _DIGITS), round(given.y, _DIGITS)
    elif known.get("lon") is not None and shapely.intersects_xy(shape, known["lon"], known["lat"]):
        lon, lat = known["lon"], known["lat"]
    else:
        inner = shapely.point_on_surface(shape)
        lon, lat = round(inner.x, _DIGITS), round(inner.y, _DIGITS)
    return Wish(wish.key, {**wish.given, **described(shape), "lon": lon, "lat": lat}, wish.place), shape


def _told(named: list[Wish], covered: Covered) -> list[Statement]:
    notes: list[Statement] = []
    if covered.overlaps:
        worst = covered.overlaps[0]
        notes.append(
            said.AREAS_OVERLAP(
                square_metres=round(sum(one.square_metres for one in covered.overlaps)),
                one=named[worst.one].key[0],
                other=named[worst.other].key[0],
                at=inner_point_text(worst.ground),
            )
        )
    if covered.gaps:
        sizes = [area_m2(gap) for gap in covered.gaps]
        notes.append(
            said.GAPS_JOINED(
                gaps=len(sizes),
                square_metres=round(sum(sizes)),
                largest=round(sizes[0]),
                at=inner_point_text(covered.gaps[0]),
            )
        )
    if covered.cut_off_m2 >= 1.0:
        notes.append(said.CUT_OFF(square_metres=round(covered.cut_off_m2)))
    if covered.divided:
        points = sum(len(one) for one in covered.divided.values())
        example = named[min(covered.divided)].key[0]
        notes.append(said.AREAS_DIVIDED(areas=len(covered.divided), points=points, example=example))
    return notes


def _proof(shapes: Shapes) -> Statement:
    """That what will be there is one coverage: said, because nobody sees it on a map."""
    there = shapes[~shapely.is_empty(shapes)]
    if not shapely.coverage_is_valid(there):
        raise AssertionError("the atoms are no coverage")
    return said.PROOF(atoms=len(there), square_metres=round(area_m2(shapely.coverage_union_all(there))))
