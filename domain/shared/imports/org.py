"""机构 as a kind of import: a tree of any depth, with days, addresses and places."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.shared.imports import problems, values
from domain.shared.imports.history import History, begin_days, end_days, take_days_back
from domain.shared.imports.import_columns import DATUMS, ORG_COLUMNS, ORG_TITLE, UNIT_KINDS
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Present, Reference, Say, Values
from domain.shared.imports.taking_away import take_away
from domain.shared.org_units import OrgUnitKind
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place, Problem

ToWgs84 = Callable[[float, float, str], tuple[float, float]]
"""(longitude, latitude, datum) in degrees -> the same in WGS 84."""
_DIGITS = 7
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
HISTORY = History("org_unit_days", "org_units", "org_unit_id", ("name", "kind", "parent_id"))
_IN_HISTORY = ("name", "kind", "parent")
# Open days have the parent that the unit itself has, which is asked about anyhow.
_PAST_PARENTS = Reference(
    "org_unit_days", "parent_id", "(select parent_id from org_unit_days where to_on <> 'infinity')"
)


def org_kind(to_wgs84: ToWgs84) -> ImportKind:
    """The kind `org`; how a point comes to WGS 84 is geometry's to say."""

    def read(texts: Mapping[str, str], _known: object, say: Say) -> Values:
        found = _read(texts, say)
        if {"lon", "lat", "datum"} & texts.keys():
            found |= _place(texts, to_wgs84, say)
        return found

    return ImportKind(
        "org",
        ORG_TITLE,
        ORG_COLUMNS,
        ("code",),
        "org_units",
        known=lambda _rows, _day: None,
        read=read,
        present=_present,
        write=_write,
        take_back=_take_back,
        ids=_ids,
        check=_check,
        complete=_with_kinds,
        since="since_on",
        dated=_IN_HISTORY,
        own=("org_unit_days",),
        references=(
            Reference("customers", "org_unit_id"),
            Reference("placements", "org_unit_id"),
            _PAST_PARENTS,
        ),
    )


def _read(texts: Mapping[str, str], say: Say) -> Values:
    found: Values = {"code": values.needed(texts.get("code", ""), "code", 40, say)}
    if "name" in texts:
        found["name"] = values.needed(texts["name"], "name", 60, say)
    if "kind" in texts:
        kind = values.one_of(texts["kind"], "kind", UNIT_KINDS, say)
        found |= {} if kind is None else {"kind": kind}
    for column, most in (("parent", 40), ("address", 100), ("town", 12)):
        if column in texts:
            found[column] = values.short(texts[column], column, most, say)
    for column in ("from_on", "to_on", "since_on"):
        if column in texts:
            found[column] = values.day(texts[column], column, say)
    values.in_order(found.get("from_on"), found.get("to_on"), "to_on", say)
    return found


def _place(texts: Mapping[str, str], to_wgs84: ToWgs84, say: Say) -> Values:
    lon = values.number(texts.get("lon", ""), "lon", say)
    lat = values.number(texts.get("lat", ""), "lat", say)
    datum = values.one_of(texts.get("datum", ""), "datum", DATUMS, say)
    if lon is None and lat is None:
        return {"lon": None, "lat": None}
    if lon is None or lat is None or datum is None:
        say("datum" if lon is not None and lat is not None else "lon", problems.PLACE_INCOMPLETE())
    elif _within(lon, _LATITUDES) and _within(lat, _LONGITUDES):
        say("lon", problems.PLACE_TURNED())
    elif not (_within(lon, _LONGITUDES) and _within(lat, _LATITUDES)):
        say("lon", problems.PLACE_ELSEWHERE())
    else:
        lon, lat = to_wgs84(lon, lat, datum)
        return {"lon": round(lon, _DIGITS), "lat": round(lat, _DIGITS)}
    return {}


def _within(degrees: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= degrees <= limits[1]


_PRESENT = """
select o.code, o.name, o.kind, above.code, o.address, o.lon_deg_wgs84, o.lat_deg_wgs84, o.town_code, o.from_on, o.to_on,
       d.from_on
  from org_units o left join org_units above on above.id = o.parent_id
  left join org_unit_days d on d.org_unit_id = o.id and d.to_on = 'infinity'
"""
_NAMES = ("name", "kind", "parent", "address", "lon", "lat", "town", "from_on", "to_on", "since_on")


def _present(rows: Rows, _day: date) -> Present:
    found: Present = {}
    for code, *others in rows.execute(_PRESENT):
        found[(code,)] = {name: _plain(value) for name, value in zip(_NAMES, others, strict=True)}
        for name in ("lon", "lat"):
            if (degrees := found[(code,)][name]) is not None:
                found[(code,)][name] = round(degrees, _DIGITS)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _ids(rows: Rows, keys: Sequence[Key]) -> dict[Key, int]:
    found = rows.execute(
        "select code, id from org_units where code = any(%(codes)s)", {"codes": [key[0] for key in keys]}
    )
    return {(code,): number for code, number in found}


def _with_kinds(_rows: Rows, changes: Sequence[Change], present: Present) -> Sequence[Change]:
    """A new unit without a kind has the one of its place in the tree."""
    above = {one.after.get("parent") for one in changes} | {unit.get("parent") for unit in present.values()}
    for change in changes:
        if change.act is Act.NEW and not change.after.get("kind"):
            change.after["kind"] = _kind_by_place(change, above).value
    return changes


def _kind_by_place(change: Change, above: set[Any]) -> OrgUnitKind:
    if not change.after.get("parent"):
        return OrgUnitKind.HEAD_OFFICE
    return OrgUnitKind.BRANCH if change.key[0] in above else OrgUnitKind.OUTLET


# --- what is wrong with the tree as a whole


def _check(
    rows: Rows, changes: Sequence[Change], present: Present, day: date
) -> Sequence[tuple[Change, Problem]]:
    by_code = {change.key[0]: change for change in changes}
    after = {key[0]: found for key, found in present.items()} | {c: one.after for c, one in by_code.items()}
    wrong = tree_problems(after, day)
    out = [
        (by_code[code], _problem(by_code[code], "parent", said)) for code, said in wrong if code in by_code
    ]
    return out or _still_used(rows, changes, after, day)


def tree_problems(units: Mapping[str, Values], day: date) -> list[tuple[str, Any]]:
    """What is wrong with units by their codes: parents that are not there, circles, two without a parent."""
    wrong: list[tuple[str, Any]] = []
    roots = [code for code, unit in units.items() if not unit.get("parent") and not _has_ended(unit, day)]
    for code, unit in units.items():
        parent = unit.get("parent")
        if parent and (parent not in units or parent == code):
            wrong.append((code, problems.NOT_KNOWN(given=parent)))
    for code in roots[1:]:
        wrong.append((code, problems.NO_PARENT(first=roots[0])))
    return wrong or [(circle[0], problems.IN_A_CIRCLE(way=" > ".join(circle))) for circle in _circles(units)]


def _circles(units: Mapping[str, Values]) -> list[list[str]]:
    done: set[str] = set()
    found = []
    for code in units:
        way: list[str] = []
        at: str | None = code
        while at is not None and at in units and at not in done and at not in way:
            way.append(at)
            at = units[at].get("parent")
        if at is not None and at in way:
            found.append([*way[way.index(at) :], at])
        done.update(way)
    return found


def _has_ended(unit: Values, day: date) -> bool:
    ends = unit.get("to_on")
    return ends is not None and ends <= day.isoformat()


_USED = """
select o.code, (select count(*) from staff s where s.org_unit_id = o.id and s.is_active
                   and (s.to_on is null or s.to_on > cast(%(day)s as date))),
       (select count(*) from grids g join plan_in_force p on p.id = g.plan_id where g.org_unit_id = o.id)
  from org_units o where o.code = any(%(codes)s)
"""


def _still_used(
    rows: Rows, changes: Sequence[Change], after: Mapping[str, Values], day: date
) -> Sequence[tuple[Change, Problem]]:
    """A unit does not end while people, grids or other units belong to it."""
    ended = {change.key[0]: change for change in changes if _ends(change)}
    if not ended:
        return ()
    below: dict[str, int] = {}
    for unit in after.values():
        if not _has_ended(unit, day) and unit.get("parent") and not unit.get("to_on"):
            below[unit["parent"]] = below.get(unit["parent"], 0) + 1
    wrong = []
    for code, staff, grids in rows.execute(_USED, {"codes": list(ended), "day": day}):
        if staff or grids or below.get(code):
            said = problems.STILL_USED(unit=code, staff=staff, grids=grids, units=below.get(code, 0))
            wrong.append((ended[code], _problem(ended[code], "to_on", said)))
    return wrong


def _ends(change: Change) -> bool:
    return change.act is Act.ENDED and change.before is not None


def _problem(change: Change, _column: str, said: Any) -> Problem:
    return Problem(change.place or Place("", 0), said)


# --- writing

_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as g (code text, name text, kind text, parent text,
 address text, lon double precision, lat double precision, town text, from_on date, to_on date)"""
_INSERT = f"""
insert into org_units (code, name, kind, address, lon_deg_wgs84, lat_deg_wgs84, town_code, from_on, to_on)
select g.code, g.name, g.kind, g.address, g.lon, g.lat, g.town, g.from_on, g.to_on from {_GIVEN}
"""  # noqa: S608
_UPDATE = f"""
update org_units o set name = g.name, kind = g.kind, address = g.address, lon_deg_wgs84 = g.lon,
       lat_deg_wgs84 = g.lat, town_code = g.town, from_on = g.from_on, to_on = g.to_on
  from {_GIVEN} where o.code = g.code
"""  # noqa: S608
_HANG = f"""
update org_units o set parent_id = (select above.id from org_units above where above.code = g.parent)
  from {_GIVEN} where o.code = g.code
   and o.parent_id is distinct from (select above.id from org_units above where above.code = g.parent)
"""  # noqa: S608


def _write(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    new = [one for one in changes if one.act is Act.NEW]
    old = [one for one in changes if one.act is not Act.NEW]
    moved = [one for one in old if _differs_in_history(one)]
    after = [{"code": one.key[0], **one.after} for one in changes]
    ids = _ids(rows, [one.key for one in moved])
    end_days(rows, HISTORY, [(ids[one.key], one.after["since_on"]) for one in moved])
    _set(rows, [one.after | {"code": one.key[0]} for one in new], _INSERT)
    _set(rows, [one.after | {"code": one.key[0]} for one in old], _UPDATE)
    _set(rows, after, _HANG)
    ids |= _ids(rows, [one.key for one in new])
    begin_days(rows, HISTORY, [(ids[one.key], one.after["since_on"]) for one in (*new, *moved)])


def _take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    new = [one for one in changes if one.act is Act.NEW]
    old = [one for one in changes if one.before is not None]
    before = [{"code": one.key[0], **(one.before or {})} for one in old]
    _set(rows, before, _UPDATE)
    _set(rows, before, _HANG)
    moved = [one for one in old if _differs_in_history(one)]
    ids = _ids(rows, [one.key for one in moved])
    backs = [(ids[one.key], one.after["since_on"], (one.before or {}).get("since_on")) for one in moved]
    take_days_back(rows, HISTORY, backs)
    gone = list(_ids(rows, [one.key for one in new]).values())
    take_away(rows, "org_unit_days", "org_unit_id", gone)
    rows.execute(
        "update org_units set parent_id = null where id = any(cast(%(ids)s as bigint[]))", {"ids": gone}
    )
    take_away(rows, "org_units", "id", gone)


def _differs_in_history(change: Change) -> bool:
    before = change.before or {}
    return any(before.get(name) != change.after.get(name) for name in _IN_HISTORY)


def _set(rows: Rows, given: Sequence[Values], statement: str) -> None:
    if given:
        rows.execute(statement, {"rows": as_json(list(given))})
