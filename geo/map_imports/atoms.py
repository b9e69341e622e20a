"""原子 as a kind of import: areas and points over the outline, with codes, villages, towns and days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import shapely

from domain.shared.imports import problems, values
from domain.shared.imports.borders import AREA, SHAPE
from domain.shared.imports.kinds import Change, ImportKind, Key, Present, Reference, Say, Values
from domain.shared.rows import Rows
from geo.map_imports import said
from geo.map_imports.atom_rows import DATED, revive_or_end, take_back
from geo.map_imports.import_columns import ATOMS_COLUMNS, ATOMS_TITLE, URBAN_WORDS
from geo.map_imports.laying_out import lay_out
from geo.map_imports.records import open_areas_or_points
from geo.map_imports.shapes import canonical, described, keep_shapes

_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
_VILLAGE_DIGITS, TOWN_DIGITS = 12, 9
NO_TOWN = "0"
"""The town of atoms of which nobody said any: one for all, so that grids are not cut by it."""


def _read(texts: Mapping[str, str], _known: object, say: Say) -> Values:
    found: Values = {"code": values.short(texts.get("code", ""), "code", 40, say) or ""}
    if not found["code"]:
        say("code", said.NO_CODE())
    for column, most in (
        ("name", 60),
        ("village_code", 20),
        ("village", 60),
        ("town_code", 20),
        ("town", 60),
    ):
        if texts.get(column):
            found[column] = values.short(texts[column], column, most, say)
    if texts.get("is_urban"):
        found["is_urban"] = values.one_of(texts["is_urban"], "is_urban", URBAN_WORDS, say)  # type: ignore[arg-type]
    if "since_on" in texts:
        found["since_on"] = values.day(texts["since_on"], "since_on", say)
    found[SHAPE] = texts[SHAPE] or None if SHAPE in texts else point_of(texts, say)
    found["to_on"] = None
    return found


def point_of(texts: Mapping[str, str], say: Say) -> str | None:
    """A row of a sheet has its place in two columns, in the datum of the file."""
    lon = values.number(texts.get("lon", ""), "lon", say)
    lat = values.number(texts.get("lat", ""), "lat", say)
    if lon is None or lat is None:
        say("lon" if lon is None else "lat", said.NO_PLACE())
    elif _within(lon, _LATITUDES) and _within(lat, _LONGITUDES):
        say("lon", problems.PLACE_TURNED())
    elif not (_within(lon, _LONGITUDES) and _within(lat, _LATITUDES)):
        say("lon", problems.PLACE_ELSEWHERE())
    else:
        return str(shapely.to_wkb(shapely.Point(lon, lat), hex=True))
    return None


def _within(degrees: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= degrees <= limits[1]


_PRESENT = """
select a.code, a.name, a.village_code, a.village, a.town_code, a.town, a.is_urban, a.lon_deg_wgs84, a.lat_deg_wgs84,
       a.to_on, d.from_on, st_asbinary(b.boundary_wgs84)
  from atoms a left join atom_boundaries b on b.atom_id = a.id
  left join atom_days d on d.atom_id = a.id and d.to_on = 'infinity'
"""
_NAMES = (
    "name",
    "village_code",
    "village",
    "town_code",
    "town",
    "is_urban",
    "lon",
    "lat",
    "to_on",
    "since_on",
)


def _present(rows: Rows, _day: date) -> Present:
    return {
        (code,): {
            **{name: _plain(value) for name, value in zip(_NAMES, others, strict=True)},
            **({SHAPE: None} if wkb is None else described(canonical(shapely.from_wkb(bytes(wkb))))),
        }
        for code, *others, wkb in rows.execute(_PRESENT)
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _ids(rows: Rows, keys: Sequence[Key]) -> dict[Key, int]:
    found = rows.execute(
        "select code, id from atoms where code = any(%(codes)s)", {"codes": [key[0] for key in keys]}
    )
    return {(code,): number for code, number in found}


def _completed(_rows: Rows, changes: Sequence[Change], present: Present) -> Sequence[Change]:
    """What a row leaves out of something new follows from its code and its neighbours; what ends has no ground."""
    coded = [one if one.before else replace(one, after=coded_atom(one.key[0], one.after)) for one in changes]
    towns: dict[str, str] = {}
    for known in (*present.values(), *(one.after for one in coded)):
        if known.get("town"):
            towns.setdefault(known["town_code"], known["town"])
    return [replace(one, after=_named(one.after, towns)) for one in coded]


def coded_atom(code: str, given: Values) -> Values:
    """A new atom with codes of village and town, as official codes of 12 and more digits hold them."""
    digits = code if code.isdigit() and len(code) >= _VILLAGE_DIGITS else ""
    name = given.get("name") or code
    village_code = given.get("village_code") or digits[:_VILLAGE_DIGITS] or code
    town_code = given.get("town_code") or digits[:TOWN_DIGITS] or given.get("town") or NO_TOWN
    found = {"name": name, "village": given.get("village") or name, "village_code": village_code}
    return {**given, **found, "town_code": town_code, "is_urban": bool(given.get("is_urban"))}


def _named(after: Values, towns: Mapping[str, str]) -> Values:
    ground = {SHAPE: None, AREA: None} if after.get("to_on") else {}
    return {**after, **ground, "town": after.get("town") or towns.get(after["town_code"], after["town_code"])}


ATOMS_KIND = ImportKind(
    "atoms",
    ATOMS_TITLE,
    ATOMS_COLUMNS,
    ("code",),
    "atoms",
    known=lambda _rows, _day: None,
    read=_read,
    present=_present,
    write=revive_or_end,
    take_back=take_back,
    ids=_ids,
    complete=_completed,
    since="since_on",
    dated=DATED,
    own=("atom_boundaries", "atom_borders", "atom_days"),
    references=(Reference("customers", "atom_id"), Reference("atom_sums", "atom_id")),
    open=open_areas_or_points,
    lay_out=lay_out,
    keep_beside=keep_shapes,
    is_map=True,
)
