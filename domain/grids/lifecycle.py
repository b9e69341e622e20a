"""草稿 → 已检查 → 已批准 → 生效 → 停用: a plan on its way into force, and off it.

Whoever draws a plan up has it checked; the check keeps its proof, and the next change takes both back. Then he proposes
the day from which it is to be in force, and another person decides (`domain/shared/proposals.py`). What happens on the
day is `domain/grids/plans.py`'s. An approved plan can be recalled until its day, a draft given up; one that is in force
ends where another begins.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from domain.grids.drafting import changes, lock_plan, read_draft, read_neighbours
from domain.grids.drafts import LARGE, SMALL, Draft
from domain.grids.findings import findings
from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS, VIEW_GRIDS
from domain.grids.plan_errors import (
    PlanChangedMeanwhile,
    PlanDayNotPossible,
    PlanDayTaken,
    PlanHasFindings,
    PlanNotChecked,
    PlanNotFound,
    PlanStateWrong,
    PlanVersionUnknown,
)
from domain.grids.plans import APPROVED, CHECKED, DISCARDED, IS_EDITED
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.data_date import data_date_in_force
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

PLAN = "plan"
"""The name of the kind of proposal."""
Proof = dict[str, Any]


def check_plan(rows: Rows, plan: int | None, version: int) -> Proof:
    """See that nothing is wrong with a draft at a version, and keep what was found beside it.

    Raises PlanHasFindings where something is. The shapes of its grids are the caller's to draw, in the same transaction
    (`geo/plan_drawing.py`).
    """
    draft = _stand_on(rows, plan, version)
    found = findings(draft, read_neighbours(rows))
    if found:
        raise PlanHasFindings(len(found))
    proof = _proof(rows, draft, version)
    rows.execute(_CHECK, {"plan": plan, "state": CHECKED, "proof": json.dumps(proof)})
    return proof


def _stand_on(rows: Rows, plan: int | None, version: int) -> Draft:
    """A draft that is still as somebody saw it."""
    state, now_at = lock_plan(rows, plan)
    assert plan is not None
    if state not in IS_EDITED:
        raise PlanStateWrong(state)
    if version > now_at:
        raise PlanVersionUnknown(version)
    since = changes(rows, plan, after=version)
    if since:
        raise PlanChangedMeanwhile(version, len(since), since[-1].who, since[-1].act.value, since[-1].what)
    return read_draft(rows, plan)


def _proof(rows: Rows, draft: Draft, version: int) -> Proof:
    levels = [grid.level for grid in draft.grids.values()]
    overlap = rows.execute("select value from settings where name = 'atom_overlap_m2'")
    return {
        "version": version,
        "atoms": len(draft.atoms),
        "atoms_without_grid": len(draft.atoms.keys() - draft.grid_of.keys()),
        "small_grids": levels.count(SMALL),
        "large_grids": levels.count(LARGE),
        "grids_in_pieces": 0,
        # Nobody can put an atom into two grids of a plan: the key of `plan_atoms` refuses it. Atoms themselves were
        # measured when their boundaries were written.
        "overlap_m2": float(overlap[0][0]) if overlap else 0.0,
        "may_cross": draft.may_cross,
    }


def recall_plan(rows: Rows, plan: int | None) -> None:
    """Take an approved plan back before its day; it can be changed again, and has to be approved anew."""
    state, _ = lock_plan(rows, plan)
    if state != APPROVED:
        raise PlanStateWrong(state)
    rows.execute(_RECALL, {"plan": plan, "state": CHECKED})


def discard_plan(rows: Rows, plan: int | None) -> None:
    """Give a draft up; what was done in it stays to be read."""
    state, _ = lock_plan(rows, plan)
    if state not in IS_EDITED:
        raise PlanStateWrong(state)
    rows.execute("update plans set state = %(state)s where id = %(plan)s", {"plan": plan, "state": DISCARDED})


_CHECK = "update plans set state = %(state)s, proof = cast(%(proof)s as jsonb), findings = '[]' where id = %(plan)s"
_RECALL = "update plans set state = %(state)s, from_on = null where id = %(plan)s"
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('plans come into force'))"
_STANDS = "select name, state, last_change, from_on from plans where id = %(plan)s for update"
"""Locked: an act that is just being written would otherwise be approved of unseen."""
_TAKEN = "select name from plans where state = %(state)s and from_on = %(day)s and id <> %(plan)s"
# A list of grids or of atoms changes a draft without an act: the version stays, and what was agreed to is another.
_CONTENT = """
select md5(concat(
    (select string_agg(cast(row(g.code, g.name, g.level, parent.code, g.org_unit_id, g.area_m2, g.origin_code,
                                g.post_a_id, g.post_b_id) as text), ';' order by g.code)
       from grids g left join grids parent on parent.id = g.parent_id where g.plan_id = :plan),
    (select string_agg(cast(row(pa.atom_id, g.code) as text), ';' order by pa.atom_id)
       from plan_atoms pa join grids g on g.id = pa.grid_id where pa.plan_id = :plan)))
"""
_BEGAN = "select from_on from plan_in_force"


def plan_change(plan: int, version: int, from_on: date) -> Change:
    """What is proposed: that a plan as it stands be in force from a day on."""
    return Change(f"Plan:{plan}", {"from_on": from_on.isoformat(), "version": version})


def first_day(today: date, data_date: date | None, began_on: date | None) -> date:
    """The first day from which a plan may be in force: no night has prepared it, and it is not before the plan in force
    began.

    A bank that has no plan in force changes nothing by its first one, so that may begin today: the bank that opens in
    the morning has its walks in the evening.
    """
    if began_on is None:
        return today if data_date is None else max(today, data_date + timedelta(days=1))
    latest = max(day for day in (today, data_date) if day is not None) + timedelta(days=1)
    return max(latest, began_on)


def may_begin_on(rows: Rows, today: date) -> date:
    """The first day from which a plan may be in force, as things are."""
    began = rows.execute(_BEGAN)
    return first_day(today, data_date_in_force(rows), began[0][0] if began else None)


async def _check(uow: UnitOfWork, change: Change, now: datetime) -> None:
    await uow.session.run_sync(lambda session: _check_rows(SessionRows(session), change, bank_day(now)))


def _check_rows(rows: Rows, change: Change, today: date) -> None:
    plan, day = _plan(change), date.fromisoformat(change.after["from_on"])
    rows.execute(_ONE_AT_A_TIME)
    stands = rows.execute(_STANDS, {"plan": plan})
    if not stands:
        raise PlanNotFound
    _, state, last_change, _ = stands[0]
    if state != CHECKED or last_change != change.after["version"]:
        raise PlanNotChecked
    first = may_begin_on(rows, today)
    if day < first:
        raise PlanDayNotPossible(first)
    taken = rows.execute(_TAKEN, {"state": APPROVED, "day": day, "plan": plan})
    if taken:
        raise PlanDayTaken(taken[0][0])


async def _present(uow: UnitOfWork, change: Change) -> Json:
    found = await uow.session.execute(
        text("select name, last_change, from_on from plans where id = :plan"), {"plan": _plan(change)}
    )
    name, last_change, from_on = found.one()
    content = await uow.session.scalar(text(_CONTENT), {"plan": _plan(change)})
    day = from_on and from_on.isoformat()
    return {"name": name, "version": last_change, "from_on": day, "content": content}


async def _changes(_uow: UnitOfWork, change: Change, present: Json) -> bool:
    return bool(change.after["from_on"] != present["from_on"])


async def _apply(uow: UnitOfWork, decided: Decided) -> None:
    given = {
        "plan": _plan(decided.change),
        "day": date.fromisoformat(decided.change.after["from_on"]),
        "state": APPROVED,
    }
    await uow.session.execute(text("update plans set state = :state, from_on = :day where id = :plan"), given)
    await record(
        uow,
        by=decided.decided_by.principal,
        action="plan.approved",
        subject=decided.change.subject,
        proposal=decided.proposal_id,
        from_on=decided.change.after["from_on"],
    )


def _plan(change: Change) -> int:
    return int(change.subject.removeprefix("Plan:"))


PLAN_KIND = ProposalKind(
    PLAN, VIEW_GRIDS, EDIT_GRIDS, APPROVE_GRIDS, _check, _present, _apply, _changes, of_the_bank=True
)
"""A plan that is to be in force from a day on."""
