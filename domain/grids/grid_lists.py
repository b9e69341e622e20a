"""Grids from a list: what a draft has to be so that its grids are those of the list, and what it was before.

A list makes a draft of its own (nobody's, until somebody changes it), beside the plan in force if there is one. The
same list again finds that draft and changes nothing; once somebody has drawn in it, or it was approved, it is people's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.grids.acts import tidied
from domain.grids.drafting import carry_out, make_draft, note_findings, read_draft
from domain.grids.drafts import LARGE, SMALL, Draft, DraftGrid, as_it_was, between
from domain.grids.lifecycle import discard_plan
from domain.grids.plan_reading import GridRead, read_grids
from domain.grids.plans import EDITED_STATES, TAKE_CHECK_BACK
from domain.shared.imports.kinds import Change, Key, Present, Together, Values, Wish
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place
from domain.shared.statements import NUMBER, TEXT, Statement, declare

_OWN_DRAFT = f"""
select id from plans
 where state in {EDITED_STATES} and made_by_id is null and made_at is not null and last_change = 0
 order by id desc limit 1
"""  # noqa: S608
_IN_FORCE = "select id from plan_in_force"
DRAFT_MADE = declare("IMPORT_DRAFT_MADE", number=NUMBER, plan=TEXT)
_MEMBERS = """
select g.code, array_agg(a.code order by a.code)
  from plan_atoms pa join grids g on g.id = pa.grid_id join atoms a on a.id = pa.atom_id
 where pa.plan_id = %(plan)s group by g.code
"""


def present_grids(rows: Rows, _day: date) -> Present:
    """Grids of the draft that lists made, else of the plan in force; none where there is neither."""
    plan = _one(rows, _OWN_DRAFT) or _one(rows, _IN_FORCE)
    if plan is None:
        return {}
    members: dict[str, list[str]] = dict(rows.execute(_MEMBERS, {"plan": plan}))
    return {(grid.code,): _values(grid, members.get(grid.code, [])) for grid in read_grids(rows, plan)}


def _one(rows: Rows, query: str) -> int | None:
    found = rows.execute(query)
    return int(found[0][0]) if found else None


def _values(grid: GridRead, atoms: Sequence[str]) -> Values:
    return {
        "name": grid.name,
        "level": grid.level,
        "parent": grid.parent,
        "outlet": grid.outlet_code,
        "a": grid.a and grid.a[0],
        "b": grid.b and grid.b[0],
        "atoms": " ".join(atoms) or None,
    }


def completed(_rows: Rows, changes: Sequence[Change], _present: Present) -> Sequence[Change]:
    """A new grid with all that a grid has."""
    return [_whole(one) for one in changes]


def giving_away(wishes: Sequence[Wish], together: Together) -> list[Wish]:
    """Grids that a part of a list does not name, without the atoms that those of the list take; an empty one ends."""
    named = {one.key for one in wishes} | together.spared
    taken = {atom for one in wishes for atom in atoms_in(one.given)}
    found = []
    for key, values in together.present.items():
        atoms = atoms_in(values)
        left = [atom for atom in atoms if atom not in taken]
        if key in named or len(left) == len(atoms):
            continue
        given = {"atoms": " ".join(left)} if left else {"to_on": together.brought.day.isoformat()}
        found.append(Wish(key, given, Place("", 0)))
    return found


def _whole(change: Change) -> Change:
    if change.before is not None:
        return change
    name, level = change.after.get("name") or change.key[0], change.after.get("level") or SMALL
    return replace(change, after={**change.after, "name": name, "level": level})


def atoms_in(values: Mapping[str, Any]) -> list[str]:
    return (values.get("atoms") or "").split()


def tell_draft_made(rows: Rows, kind: str, _day: date) -> Sequence[Statement]:
    """After a list of grids: which draft has it now, since it works on nothing until somebody takes it further."""
    if kind != "grids" or (plan := _one(rows, _OWN_DRAFT)) is None:
        return ()
    ((name,),) = rows.execute("select name from plans where id = %(plan)s", {"plan": plan})
    return [DRAFT_MADE(number=plan, plan=name)]


def write_grids(rows: Rows, changes: Sequence[Change], day: date) -> None:
    """Make the list's own draft so, or a new one."""
    _make(rows, {one.key: None if _is_over(one) else one.after for one in changes}, day)


def take_grids_back(rows: Rows, changes: Sequence[Change], day: date) -> None:
    """Make it as it was; a draft that is no other than the plan in force, or empty, is given up."""
    plan = _make(rows, {one.key: one.before for one in changes}, day)
    base = _one(rows, _IN_FORCE)
    draft, before = read_draft(rows, plan), None if base is None else read_draft(rows, base)
    if draft.grid_of == ({} if before is None else before.grid_of) and (
        before is None or {*draft.grids} == {*before.grids}
    ):
        discard_plan(rows, plan)


def _is_over(change: Change) -> bool:
    return bool(change.after.get("to_on"))


def _make(rows: Rows, wanted: Mapping[Key, Values | None], day: date) -> int:
    plan, base = _one(rows, _OWN_DRAFT), _one(rows, _IN_FORCE)
    if plan is None:
        plan = make_draft(rows, day.isoformat(), None, base)
    rows.execute(f"{TAKE_CHECK_BACK} and id = %(plan)s", {"plan": plan})
    draft = read_draft(rows, plan)
    after = tidied(_with(draft, wanted, _Named.read(rows, base)))
    edit = between(draft, after)
    carry_out(rows, plan, edit, as_it_was(draft, edit))
    note_findings(rows, plan, after)
    return plan


class _Named:
    """What codes and numbers stand for, and who sits on the posts of the plan in force."""

    def __init__(self, units: dict[str, int], staff: dict[str, int], sitting: Mapping[str, GridRead]) -> None:
        self.units, self.staff, self.sitting = units, staff, sitting

    @classmethod
    def read(cls, rows: Rows, base: int | None) -> "_Named":
        units: dict[str, int] = dict(rows.execute("select code, id from org_units"))
        staff: dict[str, int] = dict(rows.execute("select number, id from staff"))
        return cls(units, staff, {} if base is None else {one.code: one for one in read_grids(rows, base)})

    def grid(self, code: str, values: Values, before: DraftGrid | None) -> DraftGrid:
        sits = self.sitting.get(before.origin if before and before.origin else code)
        posts = {
            f"{post}_id": self._named(values.get(post), None if sits is None else getattr(sits, post))
            for post in ("a", "b")
        }
        return DraftGrid(
            values["name"],
            values["level"],
            self.units[values["outlet"]],
            before.town_code if before else "",
            parent=values.get("parent"),
            origin=None if sits is None else sits.code,
            **posts,
        )

    def _named(self, number: str | None, sits: tuple[str, str] | None) -> int | None:
        """Nobody is named where whoever sits there goes on."""
        return None if number is None or (sits is not None and sits[0] == number) else self.staff[number]


def _with(draft: Draft, wanted: Mapping[Key, Values | None], named: _Named) -> Draft:
    grids, ids = dict(draft.grids), {atom.code: key for key, atom in draft.atoms.items()}
    codes = {code for (code,) in wanted}
    grid_of = {atom: grid for atom, grid in draft.grid_of.items() if grid not in codes}
    for (code,), values in wanted.items():
        if values is None:
            grids.pop(code, None)
            continue
        grids[code] = named.grid(code, values, draft.grids.get(code))
        grid_of |= {ids[atom]: code for atom in atoms_in(values) if atom in ids}
    known = {code for code, grid in grids.items() if grid.level == LARGE}
    grids = {
        c: g if g.parent is None or g.parent in known else replace(g, parent=None) for c, g in grids.items()
    }
    return replace(draft, grids=grids, grid_of=grid_of)
