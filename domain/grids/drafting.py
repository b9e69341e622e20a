"""A draft in the database: made of a plan, read as a value, changed by acts.

Each act is one row of `plan_changes` under the next version, written in the transaction that changes the draft; the row
of the plan is locked for it, so that two acts never meet. Who stands on an older version is refused where somebody has
changed the same atoms or grids since, and told who and what; what others did elsewhere is in nobody's way.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from domain.grids.acts import Act, ActKind, checked_name, given_edit, tidied
from domain.grids.drafts import (
    LARGE,
    SMALL,
    Draft,
    DraftAtom,
    DraftGrid,
    Edit,
    as_it_was,
    between,
    edited,
    touched,
)
from domain.grids.findings import Neighbours, findings
from domain.grids.history import Change, to_do_again, to_take_back
from domain.grids.plan_errors import (
    NothingToUndo,
    PlanActChangesNothing,
    PlanChangedMeanwhile,
    PlanNotADraft,
    PlanNotFound,
    PlanVersionUnknown,
)
from domain.grids.plans import EDITED, IS_EDITED
from domain.shared.rows import Rows

_PLAN = "select state, last_change, may_cross from plans where id = %(plan)s"
_GRIDS = """
select g.code, g.name, g.level, g.org_unit_id, g.town_code, parent.code, g.origin_code, g.post_a_id, g.post_b_id
  from grids g left join grids parent on parent.id = g.parent_id
 where g.plan_id = %(plan)s and g.level <> 'LIST'
"""
_ATOMS = """
select a.id, a.code, a.town_code, now.org_unit_id, mine.code
  from atoms a
  left join (plan_atoms pa join grids mine on mine.id = pa.grid_id)
    on pa.atom_id = a.id and pa.plan_id = %(plan)s
  left join (plan_in_force p join plan_atoms n on n.plan_id = p.id join grids now on now.id = n.grid_id)
    on n.atom_id = a.id
 where a.to_on is null
"""
_CHANGES = """
select c.version, c.act, c.what, c.of_version, c.before, c.after, c.made_by_id, staff.name
  from plan_changes c join staff on staff.id = c.made_by_id
 where c.plan_id = %(plan)s and c.version > %(after)s
 order by c.version
"""


def make_draft(rows: Rows, name: str, by_id: int | None, based_on: int | None) -> int:
    """A draft that is as another plan is; with nothing in it where none is named. Gives its id.

    `by_id` is null for one that a list made.
    """
    if based_on is not None and not rows.execute(
        "select id from plans where id = %(plan)s", {"plan": based_on}
    ):
        raise PlanNotFound
    given = {"name": checked_name(name), "by": by_id, "source": based_on, "state": EDITED}
    plan = int(rows.execute(_MAKE, given)[0][0])
    if based_on is not None:
        rows.execute(_COPY_GRIDS, {"plan": plan, "source": based_on, "level": LARGE})
        rows.execute(_COPY_GRIDS, {"plan": plan, "source": based_on, "level": SMALL})
        rows.execute(_COPY_ATOMS, {"plan": plan, "source": based_on})
    note_findings(rows, plan, read_draft(rows, plan))
    return plan


def read_draft(rows: Rows, plan: int) -> Draft:
    """A plan as a value."""
    grids = {row[0]: DraftGrid(*row[1:]) for row in rows.execute(_GRIDS, {"plan": plan})}
    atoms, grid_of = {}, {}
    for key, code, town, unit, grid in rows.execute(_ATOMS, {"plan": plan}):
        atoms[key] = DraftAtom(code, town, unit)
        if grid is not None:
            grid_of[key] = grid
    may_cross = rows.execute(_PLAN, {"plan": plan})[0][2]
    return Draft(grids, grid_of, atoms, may_cross)


def change_draft(rows: Rows, plan: int, act: Act, *, by_id: int, version: int) -> int:
    """Carry out an act of somebody who stands on a version; gives the new one."""
    now_at = _lock_at(rows, plan, version)
    draft = read_draft(rows, plan)
    edit = act.edit(draft)
    if edit.is_empty:
        raise PlanActChangesNothing
    back = as_it_was(draft, edit)
    if version < now_at:
        _check_meanwhile(changes(rows, plan, after=version), edit, back)
    return _write(rows, _Written(plan, now_at + 1, act, edit, back, by_id), draft)


def undo(rows: Rows, plan: int, *, by_id: int, version: int) -> int:
    """Take back one's own last act that is not taken back yet, unless somebody changed the same since."""
    return _step_back(rows, plan, ActKind.UNDO, by_id, version)


def redo(rows: Rows, plan: int, *, by_id: int, version: int) -> int:
    """Do again what one took back last."""
    return _step_back(rows, plan, ActKind.REDO, by_id, version)


def _step_back(rows: Rows, plan: int, kind: ActKind, by_id: int, version: int) -> int:
    now_at = _lock_at(rows, plan, version)
    made = changes(rows, plan)
    found = (to_take_back if kind is ActKind.UNDO else to_do_again)(made, by_id)
    if found is None:
        raise NothingToUndo
    draft = read_draft(rows, plan)
    edit = _of_what_is_there(draft, found.before)
    back = as_it_was(draft, edit)
    others = [one for one in made if one.version > found.version and one.by_id != by_id]
    _check_meanwhile(others, edit, back)
    act = given_edit(kind, found.what, edit)
    return _write(rows, _Written(plan, now_at + 1, act, edit, back, by_id, found.version), draft)


def _of_what_is_there(draft: Draft, edit: Edit) -> Edit:
    """An edit without the atoms that have ended since it was made, whose ground is another atom's."""
    atoms = {atom: grid for atom, grid in edit.atoms.items() if atom in draft.atoms}
    if len(atoms) == len(edit.atoms):
        return edit
    return between(draft, tidied(edited(draft, replace(edit, atoms=atoms))))


def lock_plan(rows: Rows, plan: int | None) -> tuple[str, int]:
    """The state of a plan and the version that it stands at; nobody else changes it until the transaction ends."""
    found = rows.execute(_PLAN + " for update", {"plan": plan})
    if not found:
        raise PlanNotFound
    state, last_change, _ = found[0]
    return str(state), int(last_change)


def _lock_at(rows: Rows, plan: int, version: int) -> int:
    state, now_at = lock_plan(rows, plan)
    if state not in IS_EDITED:
        raise PlanNotADraft(state)
    if version > now_at:
        raise PlanVersionUnknown(version)
    # A state that is written raises the version of everybody's rights, so it is left alone where it stands.
    if state != EDITED:
        rows.execute(
            "update plans set state = %(state)s where id = %(plan)s", {"state": EDITED, "plan": plan}
        )
    return now_at


def changes(rows: Rows, plan: int, after: int = 0) -> list[Change]:
    """The acts on a draft after a version, the first one first."""
    return [
        Change(version, ActKind(act), what, of, Edit.of_json(before), Edit.of_json(made), by_id, who)
        for version, act, what, of, before, made, by_id, who in rows.execute(
            _CHANGES, {"plan": plan, "after": after}
        )
    ]


def _check_meanwhile(since: Collection[Change], edit: Edit, back: Edit) -> None:
    mine = touched(edit, back)
    in_the_way = [one for one in since if mine & touched(one.after, one.before)]
    if in_the_way:
        last, first = in_the_way[-1], in_the_way[0]
        raise PlanChangedMeanwhile(first.version - 1, len(in_the_way), last.who, last.act.value, last.what)


@dataclass(frozen=True)
class _Written:
    """A row of `plan_changes` that is about to be."""

    plan: int
    version: int
    act: Act
    edit: Edit
    back: Edit
    by_id: int
    of_version: int | None = None


def _write(rows: Rows, one: _Written, draft: Draft) -> int:
    carry_out(rows, one.plan, one.edit, one.back)
    rows.execute(
        _NOTE,
        {
            "plan": one.plan,
            "version": one.version,
            "act": one.act.kind.value,
            "what": one.act.what,
            "of": one.of_version,
            "before": json.dumps(one.back.as_json()),
            "after": json.dumps(one.edit.as_json()),
            "by": one.by_id,
        },
    )
    after = edited(draft, one.edit)
    rows.execute(_STANDS, {"plan": one.plan, "version": one.version, "may": after.may_cross})
    note_findings(rows, one.plan, after)
    return one.version


def carry_out(rows: Rows, plan: int, edit: Edit, back: Edit) -> None:
    """Write what an edit makes of the grids and atoms of a draft."""
    grids = [_row(code, grid) for code, grid in edit.grids.items() if grid is not None]
    given: dict[str, Any] = {
        "plan": plan,
        "grids": json.dumps(grids),
        "atoms": json.dumps([{"atom_id": atom, "code": grid} for atom, grid in edit.atoms.items()]),
        "gone": [code for code, grid in edit.grids.items() if grid is None],
        "touched": sorted(
            {code for code in {*edit.grids, *edit.atoms.values(), *back.atoms.values()} if code is not None}
        ),
    }
    if grids:
        # Large ones before the small ones that name them.
        rows.execute(_PUT_GRIDS, {**given, "level": LARGE})
        rows.execute(_PUT_GRIDS, {**given, "level": SMALL})
    if edit.atoms:
        rows.execute(_TAKE_ATOMS, given)
        rows.execute(_PUT_ATOMS, given)
    if given["gone"]:
        rows.execute(_TAKE_GRIDS, {**given, "level": SMALL})
        rows.execute(_TAKE_GRIDS, {**given, "level": LARGE})
    rows.execute(_MEASURE, {**given, "level": SMALL})
    rows.execute(_MEASURE_LARGE, given)


def note_findings(rows: Rows, plan: int, draft: Draft) -> None:
    """Keep what is still wrong with a draft beside it, so that whoever reads it need not look."""
    found = findings(draft, read_neighbours(rows))
    rows.execute(_FOUND, {"plan": plan, "found": json.dumps([one.as_json() for one in found])})


def read_neighbours(rows: Rows) -> Neighbours:
    found: dict[int, list[int]] = {}
    for atom, others in rows.execute(
        "select atom_id, array_agg(other_id) from atom_borders group by atom_id"
    ):
        found[atom] = others
    return found


def _row(code: str, grid: DraftGrid) -> dict[str, Any]:
    return {"code": code, **vars(grid)}


_MAKE = """
insert into plans (name, state, version, based_on_id, made_by_id, made_at, may_cross)
select cast(%(name)s as text), cast(%(state)s as text), coalesce(max(version), 0) + 1, cast(%(source)s as bigint),
       cast(%(by)s as bigint), now(), (select may_cross from plans where id = cast(%(source)s as bigint))
  from plans
returning id
"""
# Whose posts go on: of a plan that was ever in force its own grids', of another draft those that it names.
_COPY_GRIDS = """
insert into grids (plan_id, code, name, level, parent_id, org_unit_id, town_code, area_m2, origin_code, post_a_id,
                   post_b_id)
select cast(%(plan)s as bigint), g.code, g.name, g.level, mine.id, g.org_unit_id, g.town_code, g.area_m2,
       case when p.to_on is not null or p.id = (select id from plan_in_force) then g.code else g.origin_code end,
       case when p.to_on is null and p.id is distinct from (select id from plan_in_force) then g.post_a_id end,
       case when p.to_on is null and p.id is distinct from (select id from plan_in_force) then g.post_b_id end
  from grids g
  join plans p on p.id = g.plan_id
  left join grids parent on parent.id = g.parent_id
  left join grids mine on mine.plan_id = %(plan)s and mine.code = parent.code
 where g.plan_id = %(source)s and g.level = %(level)s
"""
_COPY_ATOMS = """
insert into plan_atoms (plan_id, atom_id, grid_id)
select cast(%(plan)s as bigint), pa.atom_id, mine.id
  from plan_atoms pa
  join grids g on g.id = pa.grid_id
  join grids mine on mine.plan_id = %(plan)s and mine.code = g.code
  join atoms a on a.id = pa.atom_id and a.to_on is null
 where pa.plan_id = %(source)s
"""
_PUT_GRIDS = """
insert into grids as g (plan_id, code, name, level, parent_id, org_unit_id, town_code, area_m2, origin_code, post_a_id,
                        post_b_id)
select cast(%(plan)s as bigint), given.code, given.name, given.level, parent.id, given.org_unit_id, given.town_code, 0,
       given.origin, given.a_id, given.b_id
  from jsonb_to_recordset(cast(%(grids)s as jsonb))
    as given (code text, name text, level text, parent text, org_unit_id bigint, town_code text, origin text,
              a_id bigint, b_id bigint)
  left join grids parent on parent.plan_id = %(plan)s and parent.code = given.parent
 where given.level = %(level)s
    on conflict (plan_id, code) do update
   set name = excluded.name, parent_id = excluded.parent_id, org_unit_id = excluded.org_unit_id,
       town_code = excluded.town_code, origin_code = excluded.origin_code, post_a_id = excluded.post_a_id,
       post_b_id = excluded.post_b_id
"""
_GIVEN_ATOMS = "jsonb_to_recordset(cast(%(atoms)s as jsonb)) as given (atom_id bigint, code text)"
_TAKE_ATOMS = f"""
delete from plan_atoms pa using {_GIVEN_ATOMS}
 where pa.plan_id = %(plan)s and pa.atom_id = given.atom_id and given.code is null
"""  # noqa: S608
_PUT_ATOMS = f"""
insert into plan_atoms (plan_id, atom_id, grid_id)
select cast(%(plan)s as bigint), given.atom_id, g.id
  from {_GIVEN_ATOMS} join grids g on g.plan_id = %(plan)s and g.code = given.code
    on conflict (plan_id, atom_id) do update set grid_id = excluded.grid_id
"""  # noqa: S608
_TAKE_GRIDS = """
delete from grids where plan_id = %(plan)s and level = %(level)s and code = any(cast(%(gone)s as text[]))
"""
_MEASURE = """
update grids g
   set area_m2 = coalesce((select sum(a.area_m2) from plan_atoms pa join atoms a on a.id = pa.atom_id
                            where pa.grid_id = g.id), 0)
 where g.plan_id = %(plan)s and g.level = %(level)s and g.code = any(cast(%(touched)s as text[]))
"""
_MEASURE_LARGE = """
update grids g set area_m2 = below.area_m2
  from (select parent_id, sum(area_m2) as area_m2 from grids where plan_id = %(plan)s group by parent_id) as below
 where g.id = below.parent_id and g.area_m2 is distinct from below.area_m2
"""
_NOTE = """
insert into plan_changes (plan_id, version, act, what, of_version, before, after, made_by_id)
values (%(plan)s, %(version)s, %(act)s, %(what)s, cast(%(of)s as int), cast(%(before)s as jsonb),
        cast(%(after)s as jsonb), %(by)s)
"""
_STANDS = """
update plans set last_change = %(version)s, may_cross = cast(%(may)s as text), proof = null
 where id = %(plan)s
"""
_FOUND = "update plans set findings = cast(%(found)s as jsonb) where id = %(plan)s"
