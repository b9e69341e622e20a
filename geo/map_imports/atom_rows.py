"""Atoms as rows: made, changed, ended and brought back, with everything that hangs on their ground.

What hangs on it: the outline, which is their union; borders; plans that are not over, in which a new atom belongs to
the grid of the ground that it lies on; the shapes of these grids; and the tiles that browsers keep.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely

from domain.grids.drafting import note_findings, read_draft
from domain.grids.plans import EDITED_STATES, OPEN_STATES, TAKE_CHECK_BACK
from domain.shared.imports.borders import SHAPE
from domain.shared.imports.errors import ImportStoodOn
from domain.shared.imports.history import History, begin_days, end_days, take_days_back
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Change, Values
from domain.shared.imports.taking_away import take_away
from domain.shared.rows import Rows
from geo.borders import keep_borders
from geo.coverage import difference_m2, union
from geo.importing import as_multipolygon
from geo.map_imports.outlines import source_outline
from geo.measuring import LocalPlane, area_m2, hausdorff_m_of
from geo.place_names import keep_place_names
from geo.writing import wgs84_ewkb

DATED = ("name", "village_code", "village", "town_code", "town", "is_urban")
HISTORY = History("atom_days", "atoms", "atom_id", DATED)

_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as g (code text, name text, village_code text, village text,
 town_code text, town text, is_urban bool, lon float8, lat float8, to_on date, shape text)"""
_INSERT = f"""
insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in, lon_deg_wgs84,
                   lat_deg_wgs84, area_m2)
select g.code, g.name, g.village_code, g.village, g.town_code, g.town, g.is_urban, false, g.lon, g.lat, 0 from {_GIVEN}
"""  # noqa: S608
_UPDATE = f"""
update atoms a
   set name = g.name, village_code = g.village_code, village = g.village, town_code = g.town_code, town = g.town,
       is_urban = g.is_urban, lon_deg_wgs84 = g.lon, lat_deg_wgs84 = g.lat, to_on = g.to_on,
       successor_code = case when g.to_on is null then null else a.successor_code end
  from {_GIVEN} where a.code = g.code
"""  # noqa: S608
_FORGET = f"""
delete from atom_boundaries b using atoms a, {_GIVEN}
 where a.code = g.code and b.atom_id = a.id
"""  # noqa: S608
_BOUND = f"""
insert into atom_boundaries (atom_id, boundary_wgs84)
select a.id, s.boundary_wgs84
  from {_GIVEN} join atoms a on a.code = g.code join import_shapes s on s.fingerprint = g.shape
 where g.to_on is null
"""  # noqa: S608
_IDS = "select code, id from atoms where code = any(%(codes)s)"
_SHAPES = """
select a.id, st_asbinary(b.boundary_wgs84) from atoms a join atom_boundaries b on b.atom_id = a.id
 where a.code = any(%(codes)s)
"""
_AREAS = """
update atoms a set area_m2 = g.area_m2
  from jsonb_to_recordset(cast(%(areas)s as jsonb)) as g (id bigint, area_m2 float8) where a.id = g.id
"""
_UNDER = """
select a.code, (select min(atom_id) from atoms_covering(a.lon_deg_wgs84, a.lat_deg_wgs84) as atom_id)
  from atoms a where a.code = any(%(codes)s)
"""
"""On whose ground atoms lie, before their own boundaries are written or after these are gone."""
_SUCCEEDED = """
update atoms a set successor_code = other.code
  from atoms other
 where (a.code = any(%(codes)s) or a.successor_code = any(%(codes)s)) and a.to_on is not null
   and other.id = (select min(atom_id) from atoms_covering(a.lon_deg_wgs84, a.lat_deg_wgs84) as atom_id)
"""


def revive_or_end(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    """Make atoms as the changes say."""
    new = [_row(one, one.after) for one in changes if one.before is None]
    old = [one for one in changes if one.before is not None]
    moved = [one for one in old if _is_moved(one)]
    ids = _ids(rows, changes)
    end_days(rows, HISTORY, [(ids[one.key[0]], one.after["since_on"]) for one in moved])
    with_ground = [row["code"] for row in new] + [
        one.key[0] for one in old if _comes_back(one.before, one.after)
    ]
    if new:
        rows.execute(_INSERT, {"rows": as_json(new)})
    if old:
        rows.execute(_UPDATE, {"rows": as_json([_row(one, one.after) for one in old])})
    ids = _ids(rows, changes)
    made = [one for one in changes if one.before is None]
    begin_days(rows, HISTORY, [(ids[one.key[0]], one.after.get("since_on")) for one in (*made, *moved)])
    _move_ground(rows, changes, [(one, one.after) for one in changes], with_ground)


def take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    """Make atoms as they were before the changes. Raises `ImportStoodOn` where plans have gone on without some."""
    old = [one for one in changes if one.before is not None]
    back = [one.key[0] for one in old if _comes_back(one.after, one.before or {})]
    _check_no_plan_lost(rows, back)
    new = [one for one in changes if one.before is None]
    moved = [one for one in old if _is_moved(one)]
    ids = _ids(rows, changes)
    if old:
        rows.execute(_UPDATE, {"rows": as_json([_row(one, one.before or {}) for one in old])})
    backs = [(ids[one.key[0]], one.after["since_on"], (one.before or {}).get("since_on")) for one in moved]
    take_days_back(rows, HISTORY, backs)
    gone = [ids[one.key[0]] for one in new]
    for table in ("atom_borders", "atom_boundaries", "atom_days"):
        take_away(rows, table, "atom_id", gone)
    take_away(rows, "atom_borders", "other_id", gone)
    take_away(rows, "atoms", "id", gone)
    _move_ground(rows, old, [(one, one.before or {}) for one in old], back)


def _check_no_plan_lost(rows: Rows, back: Sequence[str]) -> None:
    """With an atom that ended went its place in every plan that is not over; its ground is another grid's by now."""
    plans = int(rows.execute(f"select count(*) from plans where state in {OPEN_STATES}")[0][0])  # noqa: S608
    if back and plans:
        raise ImportStoodOn(back[0], "plan_atoms", plans)


def _row(change: Change, found: Mapping[str, Any]) -> Values:
    return {**found, "code": change.key[0]}


def _is_moved(change: Change) -> bool:
    before = change.before or {}
    return any(before.get(name) != change.after.get(name) for name in DATED)


def _comes_back(before: Values | None, after: Values) -> bool:
    """Whether an atom that had ended is there again."""
    return bool((before or {}).get("to_on")) and not after.get("to_on")


def _ids(rows: Rows, changes: Sequence[Change]) -> dict[str, int]:
    return dict(rows.execute(_IDS, {"codes": [one.key[0] for one in changes]}))


_EDITED = f"select id from plans where state in {EDITED_STATES} order by id"  # noqa: S608


def _move_ground(
    rows: Rows, changes: Sequence[Change], wanted: Sequence[tuple[Change, Values]], come: Sequence[str]
) -> None:
    """Boundaries as wanted, and everything that hangs on them. `come` are atoms that were not there before."""
    listed = [_row(change, found) for change, found in wanted if _has_other_ground(change)]
    gone = [row["code"] for row in listed if row.get("to_on")]
    under: dict[str, int | None] = dict(rows.execute(_UNDER, {"codes": list(come)}))
    given = {"rows": as_json(listed)}
    if listed:
        rows.execute(_FORGET, given)
        rows.execute(_BOUND, given)
        _measure(rows, [row["code"] for row in listed])
        rows.execute(_SUCCEEDED, {"codes": gone})
    if listed or any(one.before is None for one in changes):
        _follow_in_plans(rows, under, gone, [row["code"] for row in listed])
    settle_outline(rows)
    keep_borders(rows)
    keep_place_names(rows)
    for (plan,) in rows.execute(_EDITED):
        note_findings(rows, plan, read_draft(rows, plan))


def _has_other_ground(change: Change) -> bool:
    before = change.before or {}
    names = (SHAPE, "to_on")
    return any(before.get(name) != change.after.get(name) for name in names)


def _measure(rows: Rows, codes: Sequence[str]) -> None:
    found = rows.execute(_SHAPES, {"codes": list(codes)})
    areas = [{"id": key, "area_m2": area_m2(shapely.from_wkb(bytes(wkb)))} for key, wkb in found]
    rows.execute(_AREAS, {"areas": as_json(areas)})


_JOIN = f"""
insert into plan_atoms (plan_id, atom_id, grid_id)
select pa.plan_id, a.id, pa.grid_id
  from jsonb_to_recordset(cast(%(under)s as jsonb)) as g (code text, atom_id bigint)
  join atoms a on a.code = g.code
  join plan_atoms pa on pa.atom_id = g.atom_id
  join plans p on p.id = pa.plan_id and p.state in {OPEN_STATES}
    on conflict do nothing
"""  # noqa: S608
_LEAVE = f"""
delete from plan_atoms pa using atoms a, plans p
 where a.code = any(%(gone)s) and pa.atom_id = a.id and p.id = pa.plan_id and p.state in {OPEN_STATES}
"""  # noqa: S608
_TOUCHED = f"""
select g.id from grids g join plans p on p.id = g.plan_id and p.state in {OPEN_STATES}
 where exists (select from plan_atoms pa join grids small on small.id = pa.grid_id join atoms a on a.id = pa.atom_id
                where pa.plan_id = g.plan_id and g.id in (small.id, small.parent_id) and a.code = any(%(codes)s))
"""  # noqa: S608
_DRAWN = """
update grid_boundaries b set boundary_wgs84 = shape.wgs84, boundary_3857 = st_transform(shape.wgs84, 3857)
  from (select g.id, st_multi(st_union(a.boundary_wgs84)) as wgs84
          from grids g join grids small on g.id in (small.id, small.parent_id)
          join plan_atoms pa on pa.grid_id = small.id
          join atom_boundaries a on a.atom_id = pa.atom_id
         where g.id = any(%(grids)s) group by g.id) as shape
 where b.grid_id = shape.id
"""
_SIZED = """
update grids g set area_m2 = sized.area_m2
  from (select g.id, sum(a.area_m2) as area_m2
          from grids g join grids small on g.id in (small.id, small.parent_id)
          join plan_atoms pa on pa.grid_id = small.id
          join atoms a on a.id = pa.atom_id where g.id = any(%(grids)s) group by g.id) as sized
 where g.id = sized.id
"""


def _follow_in_plans(
    rows: Rows, under: Mapping[str, int | None], gone: Sequence[str], changed: Sequence[str]
) -> None:
    """In every plan that is not over: new atoms belong to the grid whose ground they are on, ended ones to none."""
    if not rows.execute(f"select 1 from plans where state in {OPEN_STATES} limit 1"):  # noqa: S608
        return
    before = rows.execute(_TOUCHED, {"codes": list(changed)})
    listed = [{"code": code, "atom_id": atom} for code, atom in under.items() if atom is not None]
    rows.execute(_JOIN, {"under": as_json(listed)})
    rows.execute(_LEAVE, {"gone": list(gone)})
    after = rows.execute(_TOUCHED, {"codes": [*changed, *under]})
    grids = {"grids": sorted({key for (key,) in (*before, *after)})}
    if grids["grids"]:
        rows.execute(_SIZED, grids)
        rows.execute(_DRAWN, grids)
        rows.execute(TAKE_CHECK_BACK)


_OUTLINE = """
update county_outlines
   set boundary_wgs84 = cast(%(shape)s as geometry), area_m2 = %(area)s, symmetric_difference_m2 = %(differs)s,
       hausdorff_m = %(apart)s
"""


def settle_outline(rows: Rows) -> None:
    """The outline is the union of the atoms; without atoms it is its source."""
    source = source_outline(rows)
    if source is None:
        return
    found = rows.execute("select st_asbinary(boundary_wgs84) from atom_boundaries order by atom_id")
    shapes = np.array([shapely.from_wkb(bytes(wkb)) for (wkb,) in found], dtype=object)
    whole = as_multipolygon(union(shapes)) if len(shapes) else source
    plane = LocalPlane(*shapely.get_coordinates(source.centroid)[0])
    borders = [shapely.transform(shape, plane.metres).boundary for shape in (whole, source)]
    rows.execute(
        _OUTLINE,
        {
            "shape": wgs84_ewkb(whole),
            "area": area_m2(whole),
            "differs": difference_m2(whole, source),
            "apart": hausdorff_m_of(*borders) if len(shapes) else 0.0,
        },
    )
