"""What people ask of plans: each in the transaction of a mutation, once for each key, with its audit row."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from domain.grids import acts
from domain.grids.acts import Act
from domain.grids.drafting import change_draft, make_draft, redo, undo
from domain.grids.lifecycle import Proof, check_plan, discard_plan, recall_plan
from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS
from domain.grids.plan_errors import (
    AtomNotFound,
    FirstPlanOfAnother,
    OutletNotFound,
    PlanNotAllowed,
    PlanNotFound,
    PostHolderNotFound,
)
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

RECALLED = "plan.recalled"
Ask = Callable[[Rows], Act]
"""Makes an act of what somebody sent: codes of outlets and numbers of staff are looked up in the same transaction."""
Draw = Callable[[Rows, int], int]
"""Draws the grids of a plan (`geo/plan_drawing.py`)."""


async def make_plan(
    uow: UnitOfWork,
    actor: Actor,
    name: str,
    based_on: int | None,
    *,
    key: UUID,
    first: Ask | None = None,
    body: dict[str, Any] | None = None,
) -> int:
    """A new draft; gives its id. `first` makes the act that an empty one begins with (`geo/first_plan/`), and `body`
    says what was asked of it."""
    body = {"name": name, "based_on": based_on, **(body or {})}

    def make(rows: Rows) -> int:
        if first is None:
            return make_draft(rows, name, actor.staff_id, based_on)
        if based_on is not None:
            raise FirstPlanOfAnother
        act = first(rows)
        plan = make_draft(rows, name, actor.staff_id, None)
        change_draft(rows, plan, act, by_id=actor.staff_id, version=0)
        return plan

    return await _once(uow, actor, "plan.made", body, make, key)


async def change_plan(
    uow: UnitOfWork,
    actor: Actor,
    plan: int | None,
    version: int,
    ask: Ask,
    *,
    key: UUID,
    body: dict[str, Any],
) -> int:
    """One act on a draft by somebody who stands on a version; gives the new version."""

    def change(rows: Rows) -> int:
        return change_draft(rows, _there(plan), ask(rows), by_id=actor.staff_id, version=version)

    return await _once(uow, actor, "plan.changed", {"plan": plan, "version": version, **body}, change, key)


async def step_plan(
    uow: UnitOfWork, actor: Actor, plan: int | None, version: int, *, is_redo: bool, key: UUID
) -> int:
    """Take one's own last act back, or do it again; gives the new version."""

    def step(rows: Rows) -> int:
        return (redo if is_redo else undo)(rows, _there(plan), by_id=actor.staff_id, version=version)

    body = {"plan": plan, "version": version, "redo": is_redo}
    return await _once(uow, actor, "plan.changed", body, step, key)


async def check_and_draw(
    uow: UnitOfWork, actor: Actor, plan: int | None, version: int, draw: Draw, *, key: UUID
) -> int:
    """Check a draft and draw its grids; gives the version that was checked."""

    def check(rows: Rows) -> int:
        proof: Proof = check_plan(rows, plan, version)
        draw(rows, _there(plan))
        return int(proof["version"])

    return await _once(uow, actor, "plan.checked", {"plan": plan, "version": version}, check, key)


async def end_plan(uow: UnitOfWork, actor: Actor, plan: int | None, *, is_recalled: bool, key: UUID) -> int:
    """Recall an approved plan, or give a draft up; gives its id."""

    def end(rows: Rows) -> int:
        (recall_plan if is_recalled else discard_plan)(rows, plan)
        return _there(plan)

    action = RECALLED if is_recalled else "plan.discarded"
    return await _once(uow, actor, action, {"plan": plan}, end, key)


async def _once(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    body: dict[str, Any],
    act: Callable[[Rows], int],
    key: UUID,
) -> int:
    if not actor.can(APPROVE_GRIDS if action == RECALLED else EDIT_GRIDS):
        raise PlanNotAllowed
    if not actor.sees_bank:
        raise PlanNotFound

    async def carry_out() -> Answer:
        done = await uow.session.run_sync(lambda session: _with_rows(session, act))
        subject = f"Plan:{body.get('plan') or done}"
        await record(uow, by=actor.principal, action=action, subject=subject, done=done)
        return {"done": done}

    answer = await answer_once(uow, by=actor.principal, key=key, operation=action, body=body, act=carry_out)
    return int(answer["done"])


def _with_rows(session: Session, act: Callable[[Rows], int]) -> int:
    return act(SessionRows(session))


def _there(plan: int | None) -> int:
    if plan is None:
        raise PlanNotFound
    return plan


_OUTLET = """
select id from org_units
 where code = %(code)s and (from_on is null or from_on <= %(day)s) and (to_on is null or to_on > %(day)s)
"""
_STAFF = f"select s.id from staff s where s.number = %(number)s and {is_in_service('s', TODAY)}"  # noqa: S608
_ATOMS = "select code, id from atoms where code = any(cast(%(codes)s as text[])) and to_on is null"


def outlet_of(rows: Rows, code: str, today: date) -> int:
    """The unit of a code that is there today."""
    found = rows.execute(_OUTLET, {"code": code, "day": today})
    if not found:
        raise OutletNotFound(code)
    return int(found[0][0])


def staff_of(rows: Rows, number: str | None) -> int | None:
    """Whoever is in service under a number."""
    if number is None:
        return None
    found = rows.execute(_STAFF, {"number": number})
    if not found:
        raise PostHolderNotFound(number)
    return int(found[0][0])


def atoms_of(rows: Rows, codes: list[str]) -> list[int]:
    """Atoms by their codes, for those who have no map before them."""
    found = {code: int(key) for code, key in rows.execute(_ATOMS, {"codes": codes})}
    for code in codes:
        if code not in found:
            raise AtomNotFound(code)
    return [found[code] for code in codes]


def give(rows: Rows, grid: str, outlet: str, today: date) -> Act:
    return acts.give(grid, outlet_of(rows, outlet, today))


def seat(rows: Rows, grid: str, role: str, number: str | None) -> Act:
    return acts.seat(grid, role, staff_of(rows, number))
