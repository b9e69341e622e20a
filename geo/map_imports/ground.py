"""水系 and 道路 as kinds of import: what lies on the ground, drawn beneath the grids and counted nowhere.

A file is the whole layer, so it is one row: another file replaces what was drawn, and undo brings it back. Rivers and
roads come in pieces that nobody keys, and comparing them one by one would say nothing to anybody.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

import numpy as np
import shapely

from domain.shared.imports import values
from domain.shared.imports.borders import FEATURES, SHAPE
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import (
    Brought,
    Change,
    ImportKind,
    LaidOut,
    Present,
    Say,
    Together,
    Values,
    Wish,
)
from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column, Words
from domain.shared.sheets.records import Headings, Reading, Record
from domain.shared.statements import Statement
from domain.shared.tile_version import NEXT_TILE_VERSION
from geo.map_imports import said
from geo.map_imports.ground_ranks import CLASS_COLUMNS, NAME_COLUMNS, ROADS, WATER, rank_of
from geo.map_imports.import_columns import GROUND_COLUMNS, ROADS_TITLE, WATER_TITLE
from geo.map_imports.layer_sizes import layer_size
from geo.map_imports.outlines import source_outline
from geo.map_imports.records import features_of, inner_point_text, notes_of, rows_of
from geo.map_imports.said import MapRefused
from geo.reading import columns as maps
from geo.reading import said as read
from geo.reading.features import Feature, Wanted
from geo.writing import web_mercator, web_mercator_ewkb

MOST_LINES, MOST_CORNERS = 30_000, 1_000_000
"""Of a layer, once its pieces are joined: what a tile can choose from while somebody waits."""
BESIDE_DEG = 0.05
"""Some 5 km: roads lead on beyond the outline."""
_LONGEST_NAME = 60
_A_TIME = 500


@dataclass(frozen=True)
class Drawn:
    """`rank` and `size_m` as in `GroundFeature`; the shape is WGS 84."""

    name: str | None
    rank: int
    shape: shapely.Geometry

    @property
    def size_m(self) -> float:
        flat = shapely.transform(self.shape, web_mercator)
        return float(np.sqrt(flat.area)) if flat.area > 0.0 else float(flat.length)


def drawn_of(layer: str, features: Sequence[Feature]) -> list[Drawn]:
    """Areas as they are; lines of one name and class joined end to end, for maps cut them at every crossing."""
    areas: list[Drawn] = []
    lines: dict[tuple[str | None, int], list[shapely.Geometry]] = {}
    for one in features:
        name = one.first((*maps.NAME, *NAME_COLUMNS))[:_LONGEST_NAME] or None
        if one.shape.geom_type.endswith("Polygon"):
            areas.append(Drawn(name, 1, one.shape))
        else:
            rank = rank_of(layer, one.first(CLASS_COLUMNS))
            lines.setdefault((name, rank), []).extend(shapely.get_parts(one.shape).tolist())
    for (name, rank), parts in lines.items():
        joined = shapely.line_merge(shapely.MultiLineString(parts))
        areas += [Drawn(name, rank, line) for line in shapely.get_parts(joined).tolist()]
    return areas


def _open(brought: Brought, columns: Sequence[Column], *, layer: str) -> Reading:
    """One row for the file, and one with its problem for each feature that cannot be drawn."""
    found = features_of(brought, Wanted.LINES_OR_AREAS)
    rows = rows_of(found, columns)
    records = list(rows.records)
    bad = [one for one in records if one.problems]
    if not found.features:
        return Reading(iter(bad), rows.notes)
    good = [one for one in records if not one.problems]
    texts = {key: _in_common([one.values.get(key, "") for one in good]) for key in ("source", "as_of")}
    texts["source"] = texts["source"] or PurePath(brought.name.replace("\\", "/")).name[:_LONGEST_NAME]
    drawn = drawn_of(layer, found.features)
    texts[SHAPE] = json.dumps([[one.name, one.rank, shapely.to_wkb(one.shape, hex=True)] for one in drawn])
    notes = [*notes_of(found.mended)]
    if len(drawn) < len(found.features):
        notes.append(said.GROUND_JOINED(features=len(found.features), lines=len(drawn)))
    if not any(one.name for one in drawn):
        notes.append(said.GROUND_WITHOUT_NAMES())
    first = Record(Headings(good[0].headings.sheet, {}, ()), good[0].row, texts)
    return Reading(iter([first, *bad]), notes)


def _in_common(texts: Sequence[str]) -> str:
    """What all features say that say anything."""
    different = {one for one in texts if one}
    return different.pop() if len(different) == 1 else ""


def _read(texts: Mapping[str, str], _known: object, say: Say, *, layer: str) -> Values:
    if not texts.get(SHAPE):
        return {"layer": layer}
    return {
        "layer": layer,
        "source": values.short(texts["source"], "source", _LONGEST_NAME, say),
        "as_of": values.day(texts["as_of"], "as_of", say) if texts["as_of"] else None,
        SHAPE: texts[SHAPE],
    }


def _lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """The content under its fingerprint. Raises `MapRefused` for what does not touch the outline, or is too much."""
    if not wishes:
        return LaidOut(())
    (wish,) = wishes
    outline = source_outline(rows)
    if outline is None:
        raise MapRefused(said.GROUND_BEFORE_OUTLINE())
    drawn = [Drawn(name, rank, shapely.from_wkb(wkb)) for name, rank, wkb in json.loads(wish.given[SHAPE])]
    near, notes = _near(drawn, outline)
    fingerprint, beside, size = _kept(near)
    before = together.present.get(wish.key)
    is_same = before is not None and before[SHAPE] == fingerprint
    as_of = wish.given["as_of"] or (
        before["as_of"] if before and is_same else together.brought.day.isoformat()
    )
    given = {**wish.given, "as_of": as_of, **size, SHAPE: fingerprint}
    notes.append(read.MAP_DATUM_NOT_CHECKED(said=together.brought.datum or ""))
    return LaidOut([Wish(wish.key, given, wish.place)], notes=notes, beside={} if is_same else beside)


def _near(drawn: Sequence[Drawn], outline: shapely.Geometry) -> tuple[list[Drawn], list[Statement]]:
    shapes = np.array([one.shape for one in drawn], dtype=object)
    shapely.prepare(outline)
    if not shapely.intersects(outline, shapes).any():
        whole = shapely.box(*shapely.total_bounds(shapes))
        raise MapRefused(said.GROUND_ELSEWHERE(features=len(drawn), at=inner_point_text(whole)))
    west, south, east, north = outline.bounds
    around = shapely.box(west - BESIDE_DEG, south - BESIDE_DEG, east + BESIDE_DEG, north + BESIDE_DEG)
    is_near = shapely.intersects(around, shapes)
    near = [one for one, is_here in zip(drawn, is_near, strict=True) if is_here]
    corners = int(shapely.get_num_coordinates(shapes[is_near]).sum())
    if len(near) > MOST_LINES or corners > MOST_CORNERS:
        raise MapRefused(
            said.GROUND_TOO_MUCH(
                lines=len(near), corners=corners, most_lines=MOST_LINES, most_corners=MOST_CORNERS
            )
        )
    far = len(drawn) - len(near)
    return near, [said.GROUND_LEFT_ASIDE(features=far)] if far else []


def _kept(drawn: Sequence[Drawn]) -> tuple[str, dict[str, str], Values]:
    """The fingerprint of a content, its features in portions by `<fingerprint>/<first position>`, and its size."""
    listed: list[dict[str, Any]] = [
        {"name": one.name, "rank": one.rank, "size_m": one.size_m, "shape": web_mercator_ewkb(one.shape)}
        for one in drawn
    ]
    listed.sort(key=lambda one: (one["rank"], -one["size_m"], one["shape"]))
    digest = hashlib.md5(as_json(listed).encode(), usedforsecurity=False).hexdigest()
    portions = range(0, len(listed), _A_TIME)
    beside = {f"{digest}/{at}": as_json(listed[at : at + _A_TIME]) for at in portions}
    return digest, beside, layer_size(shapely.from_wkb([one["shape"] for one in listed]))


_VERSION = """
insert into ground_versions (fingerprint) values (%(fingerprint)s)
    on conflict (fingerprint) do update set kept_at = now()
"""
_FEATURES = """
insert into ground_features (fingerprint, position, name, rank, size_m, shape_3857)
select %(fingerprint)s, %(first)s + given.position, (given.one ->> 'name'), cast(given.one ->> 'rank' as smallint),
       cast(given.one ->> 'size_m' as float8), cast(given.one ->> 'shape' as geometry)
  from jsonb_array_elements(cast(%(features)s as jsonb)) with ordinality as given (one, position)
    on conflict do nothing
"""


def _keep_beside(rows: Rows, beside: Mapping[str, str]) -> None:
    for name, features in beside.items():
        fingerprint, first = name.split("/")
        rows.execute(_VERSION, {"fingerprint": fingerprint})
        rows.execute(_FEATURES, {"fingerprint": fingerprint, "first": int(first), "features": features})


_PRESENT = "select source, as_of, fingerprint from ground_layers where layer = %(layer)s"
_SHAPES = "select st_asbinary(shape_3857) from ground_features where fingerprint = %(fingerprint)s order by position"
_PUT = """
insert into ground_layers (layer, fingerprint, source, as_of, features)
values (%(layer)s, %(fingerprint)s, %(source)s, cast(%(as_of)s as date), %(features)s)
    on conflict (layer) do update
   set fingerprint = excluded.fingerprint, source = excluded.source, as_of = excluded.as_of,
       features = excluded.features
"""
_REMOVE = "delete from ground_layers where layer = %(layer)s"


def _present(rows: Rows, _day: date, *, layer: str) -> Present:
    found = rows.execute(_PRESENT, {"layer": layer})
    if not found:
        return {}
    source, as_of, fingerprint = found[0]
    # From what is kept, as the file's is: so the same again is as long to the last bit.
    shapes = shapely.from_wkb(
        [bytes(shape) for (shape,) in rows.execute(_SHAPES, {"fingerprint": fingerprint})]
    )
    there = {"source": source, "as_of": as_of.isoformat(), **layer_size(shapes), SHAPE: fingerprint}
    return {(layer,): there}


def _put(rows: Rows, layer: str, wanted: Values | None) -> None:
    """Draw this content from now on, or none."""
    if wanted is None:
        rows.execute(_REMOVE, {"layer": layer})
    else:
        given = {name: wanted[name] for name in ("source", "as_of", FEATURES)}
        rows.execute(_PUT, {**given, "layer": layer, "fingerprint": wanted[SHAPE]})
    rows.execute(NEXT_TILE_VERSION)


def _write(rows: Rows, changes: Sequence[Change], _day: date, *, layer: str) -> None:
    for change in changes:
        _put(rows, layer, change.after)


def _take_back(rows: Rows, changes: Sequence[Change], _day: date, *, layer: str) -> None:
    for change in changes:
        _put(rows, layer, change.before)


def _kind(name: str, layer: str, title: Words) -> ImportKind:
    def of_layer(function: Any) -> Any:
        return partial(function, layer=layer)

    return ImportKind(
        name,
        title,
        GROUND_COLUMNS,
        ("layer",),
        "ground_layers",
        known=lambda _rows, _day: None,
        read=of_layer(_read),
        present=of_layer(_present),
        write=of_layer(_write),
        take_back=of_layer(_take_back),
        ids=lambda _rows, _keys: {},
        open=of_layer(_open),
        lay_out=_lay_out,
        keep_beside=_keep_beside,
        is_map=True,
    )


WATER_KIND = _kind("water", WATER, WATER_TITLE)
ROADS_KIND = _kind("roads", ROADS, ROADS_TITLE)
