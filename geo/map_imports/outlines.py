"""外轮廓 as a kind of import: one area, out of all features of a file, from which atoms are cut."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np
import shapely

from domain.shared.imports import values
from domain.shared.imports.borders import SHAPE
from domain.shared.imports.errors import ImportStoodOn
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import (
    Brought,
    Change,
    ImportKind,
    Key,
    LaidOut,
    Present,
    Say,
    Together,
    Values,
    Wish,
)
from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column
from domain.shared.sheets.records import Headings, Reading, Record
from domain.shared.statements import Statement
from geo.coverage import pair_overlap_m2
from geo.datum import Datum
from geo.datum_fit import better_datum
from geo.importing import as_multipolygon
from geo.map_imports import said
from geo.map_imports.import_columns import OUTLINE_COLUMNS, OUTLINE_TITLE
from geo.map_imports.records import features_of, inner_point_text, notes_of, rows_of
from geo.map_imports.said import MapRefused
from geo.map_imports.shapes import as_kept, canonical, described, fingerprint, keep_shapes
from geo.measuring import area_m2
from geo.mending import without_slivers
from geo.reading import said as read
from geo.reading.features import Feature, Wanted

LEAST_KM2, MOST_KM2 = 0.1, 100_000.0
COUNTY: Key = ("county",)
"""A bank has one outline, so that is its key whatever the outline is called."""
NOBODYS_CODE = "000000"
_NAMES = ("name", "code", "city", "province")
_KNOWN_SHARE = 0.5


def joined(features: Sequence[Feature]) -> tuple[shapely.MultiPolygon, list[Statement]]:
    """All features as one area. Slits between them are filled, larger holes (an enclave) stay outside and are told."""
    shapes = np.array([feature.shape for feature in features])
    if len(shapes) == 1:
        return as_multipolygon(shapes[0]), []
    notes: list[Statement] = []
    overlap_m2 = pair_overlap_m2(shapes)
    if overlap_m2 >= 1.0:
        notes.append(said.OUTLINE_OVERLAP(square_metres=round(overlap_m2)))
    parts, filled = without_slivers(shapely.get_parts(shapely.union_all(shapes)).tolist())
    notes += filled
    for hole in (shapely.Polygon(ring) for part in parts for ring in part.interiors):
        notes.append(said.OUTLINE_GAP(at=inner_point_text(hole), square_metres=round(area_m2(hole))))
    return shapely.orient_polygons(shapely.MultiPolygon(parts)), notes


def _open(brought: Brought, columns: Sequence[Column]) -> Reading:
    """One row for the file; where a feature cannot be used, its row alone, because the rest is no outline."""
    found = features_of(brought, Wanted.AREAS)
    rows = rows_of(found, columns)
    if found.problems:
        return Reading(iter([one for one in rows.records if one.problems]), rows.notes)
    whole, notes = joined(found.features)
    _check_size(whole)
    records = list(rows.records)
    texts = {name: _in_common([one.values.get(name, "") for one in records]) for name in _NAMES}
    if not texts["name"]:  # several counties are a city, or a province
        texts["name"] = texts["city"] or texts["province"] or PurePath(brought.name).stem
        texts = {
            n: "" if n in ("city", "province") and text == texts["name"] else text
            for n, text in texts.items()
        }
    if len(records) > 1:
        names = dict.fromkeys(one.values.get("name", "") for one in records)
        notes.append(said.SEVERAL_OUTLINES(features=len(records), names=" ".join(list(names)[:8]).strip()))
    texts[SHAPE] = shapely.to_wkb(whole, hex=True)
    first = records[0]
    record = Record(Headings(first.headings.sheet, {}, ()), first.row, texts)
    return Reading(iter([record]), [*notes_of(found.mended), *notes])


def _in_common(texts: Sequence[str]) -> str:
    """What all features say."""
    said_by_them = set(texts)
    return said_by_them.pop() if len(said_by_them) == 1 else ""


def _check_size(outline: shapely.Geometry) -> None:
    km2 = area_m2(outline) / 1e6
    if not LEAST_KM2 <= km2 <= MOST_KM2:
        raise MapRefused(said.OUTLINE_SIZE(km2=round(km2, 3), at=inner_point_text(outline)))


def _read(texts: Mapping[str, str], _known: object, say: Say) -> Values:
    found: Values = {"which": COUNTY[0]}
    if not texts.get(SHAPE):
        return found
    found["name"] = values.needed(texts.get("name", ""), "name", 60, say)
    found["code"] = values.short(texts.get("code", ""), "code", 12, say) or NOBODYS_CODE
    for name in ("city", "province"):
        found[name] = values.short(texts.get(name, ""), name, 40, say)
    return found | {SHAPE: texts[SHAPE]}


_ABOVE = "areas_above_towns"
_PRESENT = f"""
select o.name, o.code, cast(s.value as text), st_asbinary(coalesce(o.source_wgs84, o.boundary_wgs84))
  from county_outlines o left join settings s on s.name = '{_ABOVE}' order by o.code limit 1
"""  # noqa: S608
_ATOMS = "select count(*) from atom_boundaries"


def _present(rows: Rows, _day: date) -> Present:
    found = rows.execute(_PRESENT)
    if not found:
        return {}
    name, code, above, wkb = found[0]
    return {COUNTY: {"name": name, "code": code, **_areas_above(above), **described(_shape(wkb))}}


def _areas_above(kept: str | None) -> Values:
    areas = json.loads(kept) if kept else []
    province, city = areas[:2] if len(areas) == 3 else ("", "")
    return {"city": city or None, "province": province or None}


def _shape(wkb: Any) -> shapely.MultiPolygon:
    return canonical(shapely.from_wkb(bytes(wkb)))


def source_outline(rows: Rows) -> shapely.MultiPolygon | None:
    """What atoms are cut from; None before any outline was brought."""
    found = rows.execute(_PRESENT)
    return _shape(found[0][3]) if found else None


def _lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """The shape under its fingerprint; what is there is kept beside, for whoever takes the import back."""
    if not wishes:
        return LaidOut(())
    (wish,) = wishes
    shape = canonical(shapely.from_wkb(wish.given[SHAPE]))
    before = source_outline(rows)
    atoms = int(rows.execute(_ATOMS)[0][0])
    notes = [_datum_note(shape, before, Datum(together.brought.datum or Datum.WGS84))]
    given = {**wish.given, **described(shape)}
    beside = as_kept([shape] if before is None else [shape, before])
    if atoms and before is not None and fingerprint(before) != given[SHAPE]:
        notes.append(said.OUTLINE_NEEDS_ATOMS(atoms=atoms))
    return LaidOut([Wish(wish.key, given, wish.place)], notes=[one for one in notes if one], beside=beside)


def _datum_note(shape: shapely.Geometry, before: shapely.Geometry | None, datum: Datum) -> Statement | None:
    """A wrong datum shows beside a former outline. Raises `MapRefused`."""
    if before is None or shapely.intersection(shape, before).area < 0.8 * max(shape.area, before.area):
        return read.MAP_DATUM_NOT_CHECKED(said=datum.value)
    refuse_other_datum(shape, before, datum)
    return None


def refuse_other_datum(shape: shapely.Geometry, known: shapely.Geometry, datum: Datum) -> None:
    """Raises `MapRefused` where another datum than the one that was said fits what is known much better."""
    better = better_datum(shape, known, datum)
    if better is not None:
        raise MapRefused(
            read.MAP_DATUM_DOES_NOT_FIT(
                said=datum.value, fits=better.datum.value, metres=round(better.off_by_m)
            )
        )


_UNLESS_ATOMS = "case when exists (select from atom_boundaries) then {old} else {new} end"
_INSERT = """
insert into county_outlines (code, name, area_m2, source_area_m2, symmetric_difference_m2, hausdorff_m,
                             boundary_wgs84, source_wgs84)
select cast(%(code)s as text), cast(%(name)s as text), cast(%(area)s as float8), cast(%(area)s as float8), 0, 0,
       s.boundary_wgs84, s.boundary_wgs84
  from import_shapes s where s.fingerprint = %(shape)s
"""
_UPDATE = f"""
update county_outlines o
   set code = %(code)s, name = %(name)s, source_area_m2 = cast(%(area)s as float8), source_wgs84 = s.boundary_wgs84,
       boundary_wgs84 = {_UNLESS_ATOMS.format(old="o.boundary_wgs84", new="s.boundary_wgs84")},
       area_m2 = {_UNLESS_ATOMS.format(old="o.area_m2", new="cast(%(area)s as float8)")}
  from import_shapes s where s.fingerprint = %(shape)s
"""  # noqa: S608
_NAME = f"""
insert into settings (name, value) values ('{_ABOVE}', cast(%(areas)s as jsonb))
    on conflict (name) do update set value = excluded.value
"""  # noqa: S608
_AREA = "select st_asbinary(boundary_wgs84) from import_shapes where fingerprint = %(shape)s"


def _put(rows: Rows, wanted: Values, *, is_new: bool) -> None:
    wkb = rows.execute(_AREA, {"shape": wanted[SHAPE]})[0][0]
    given = {
        "code": wanted["code"],
        "name": wanted["name"],
        "shape": wanted[SHAPE],
        "area": area_m2(shapely.from_wkb(bytes(wkb))),
    }
    rows.execute(_INSERT if is_new else _UPDATE, given)
    areas = [wanted.get("province") or "", wanted.get("city") or "", wanted["name"]]
    rows.execute(_NAME, {"areas": as_json(areas)})


def _write(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    for change in changes:
        _put(rows, change.after, is_new=change.before is None)


def _take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    for change in changes:
        if change.before is not None:
            _put(rows, change.before, is_new=False)
            continue
        atoms = int(rows.execute(_ATOMS)[0][0])
        if atoms:
            raise ImportStoodOn(COUNTY[0], "atoms", atoms)
        rows.execute("delete from county_outlines")
        rows.execute(f"delete from settings where name = '{_ABOVE}'")  # noqa: S608


OUTLINE_KIND = ImportKind(
    "outline",
    OUTLINE_TITLE,
    OUTLINE_COLUMNS,
    ("which",),
    "county_outlines",
    known=lambda _rows, _day: None,
    read=_read,
    present=_present,
    write=_write,
    take_back=_take_back,
    ids=lambda _rows, _keys: {},
    open=_open,
    lay_out=_lay_out,
    keep_beside=keep_shapes,
    is_map=True,
)
