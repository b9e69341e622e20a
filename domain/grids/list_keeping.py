"""名单网格 made and changed by hand: its name, its outlet, its days, and who works it from today on."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.grids.lists import lay_lists
from domain.grids.ownership_errors import (
    LONGEST_NAME,
    ListGridMadeMeanwhile,
    ListGridNotFound,
    ListGridNotValid,
    OwnerNotInScope,
    OwnershipDaysNotValid,
    OwnershipNotAllowed,
    OwnershipUnitNotFound,
)
from domain.grids.ownership_models import LIST_KINDS, PERSON
from domain.grids.permissions import GIVE_CUSTOMERS
from domain.shared.actor import Actor, ScopeForm
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

MARK = "@"
"""Codes of lists begin with it, codes of spatial grids do not."""
_CODE = re.compile(r"\w[\w.\-]*")


@dataclass(frozen=True)
class ListWish:
    """A list as it is to be. `a` and `b` are numbers of staff, or none; it ends on `to_on`, if it ends."""

    code: str
    name: str
    kind: str
    outlet_code: str
    a: str | None = None
    b: str | None = None
    position: int = 100
    to_on: date | None = None


async def keep_list(uow: UnitOfWork, actor: Actor, wish: ListWish, *, key: UUID, today: date) -> str:
    """Make a list, or change the one of its code, within the actor's units; gives its code."""

    async def act() -> Answer:
        if not actor.can(GIVE_CUSTOMERS):
            raise OwnershipNotAllowed
        code = checked(wish, today)
        await uow.session.run_sync(lambda session: _keep(SessionRows(session), actor, wish, code, today))
        # Whoever sits on a post sees the customers of the list.
        seats = {
            "outlet": wish.outlet_code,
            "a": wish.a,
            "b": wish.b,
            "to_on": wish.to_on and wish.to_on.isoformat(),
        }
        await record(uow, by=actor.principal, action="ownership.list", subject=f"ListGrid:{code}", **seats)
        return {"list": code}

    body: dict[str, Any] = vars(wish)
    answer = await answer_once(uow, by=actor.principal, key=key, operation="keepListGrid", body=body, act=act)
    return str(answer["list"])


async def cover_list(
    uow: UnitOfWork, actor: Actor, given: str, b: str | None, *, key: UUID, today: date
) -> str:
    """Who stands in on B of a list from today on, or nobody; also of somebody's own list, where A is always he himself.

    `given` is the list's code, or the number of the person whose list it is; gives the code.
    """
    code = MARK + given.strip().removeprefix(MARK)

    def cover(rows: Rows) -> None:
        there = rows.execute(_THERE, {"code": code, "day": today})
        if not there or not _is_his(actor, there[0][0]):
            raise ListGridNotFound(code)
        staff = _staff(rows, actor, b, _sitting(rows, code, "B", today), today)
        if staff is not None and staff in _sitting(rows, code, "A", today):
            raise OwnerNotInScope(str(b))
        for (plan,) in rows.execute("select id from plan_in_force"):
            _seat(rows, {"plan": plan, "code": code, "role": "B", "staff": staff, "today": today})

    async def act() -> Answer:
        if not actor.can(GIVE_CUSTOMERS):
            raise OwnershipNotAllowed
        await uow.session.run_sync(lambda session: cover(SessionRows(session)))
        await record(
            uow, by=actor.principal, action="ownership.list_covered", subject=f"ListGrid:{code}", b=b or ""
        )
        return {"list": code}

    answer = await answer_once(
        uow, by=actor.principal, key=key, operation="coverListGrid", body={"code": code, "b": b}, act=act
    )
    return str(answer["list"])


def checked(wish: ListWish, today: date) -> str:
    """The code with its mark. Raises where code, name, kind or the last day are none."""
    code = wish.code.strip().removeprefix(MARK)
    is_named = 0 < len(wish.name.strip()) <= LONGEST_NAME
    is_kind = wish.kind in LIST_KINDS and wish.kind != PERSON
    if not (_CODE.fullmatch(code) and len(code) < LONGEST_NAME and is_named and is_kind):
        raise ListGridNotValid
    if not 1 <= wish.position <= 9_999:
        raise ListGridNotValid
    if wish.a is not None and wish.a == wish.b:
        raise OwnerNotInScope(wish.a)
    if wish.to_on is not None and wish.to_on < today:
        raise OwnershipDaysNotValid
    return MARK + code


def _keep(rows: Rows, actor: Actor, wish: ListWish, code: str, today: date) -> None:
    unit = rows.execute(_UNIT, {"code": wish.outlet_code, "day": today})
    if not unit or not _is_his(actor, unit[0][0]):
        raise OwnershipUnitNotFound(wish.outlet_code)
    there = rows.execute(
        "select kind, org_unit_id from list_grids where code = %(code)s for update", {"code": code}
    )
    if there and (there[0][0] == PERSON or not _is_his(actor, there[0][1])):
        raise ListGridNotFound(code)
    plans = rows.execute("select id from plan_in_force")
    sits = {role: _sitting(rows, code, role, today) for role in ("A", "B")}
    staff = {
        role: _staff(rows, actor, number, sits[role], today)
        for role, number in (("A", wish.a), ("B", wish.b))
    }
    given = {
        "code": code,
        "name": wish.name.strip(),
        "kind": wish.kind,
        "unit": unit[0][0],
        "position": wish.position,
        "today": today,
        "to_on": wish.to_on,
        "by": actor.staff_id,
    }
    if not rows.execute(_CHANGE if there else _MAKE, given):
        raise ListGridMadeMeanwhile(code)
    for (plan,) in plans:
        lay_lists(rows, plan, today)
        for role, person in staff.items():
            _seat(rows, {"plan": plan, "code": code, "role": role, "staff": person, "today": today})


def _is_his(actor: Actor, unit: int) -> bool:
    return actor.form is ScopeForm.BANK or unit in actor.scope.unit_ids


def _sitting(rows: Rows, code: str, role: str, today: date) -> frozenset[int]:
    found = rows.execute(_SITTING, {"code": code, "role": role, "today": today})
    return frozenset(int(staff) for (staff,) in found)


def _staff(rows: Rows, actor: Actor, number: str | None, sits: frozenset[int], today: date) -> int | None:
    """Somebody of the actor's units, or who sits there already: head office may have put others there."""
    if number is None:
        return None
    found = rows.execute(_STAFF, {"number": number, "day": today})
    if not found or not (_is_his(actor, found[0][1]) or found[0][0] in sits):
        raise OwnerNotInScope(number)
    return int(found[0][0])


def _seat(rows: Rows, given: dict[str, Any]) -> None:
    """Whoever sat there goes on until today, unless it is he; on his very first day he never sat there."""
    for statement in (_NEVER_SAT, _LEAVES, *((_SITS,) if given["staff"] is not None else ())):
        rows.execute(statement, given)


_THERE = """
select org_unit_id from list_grids
 where code = %(code)s and (to_on is null or to_on > cast(%(day)s as date)) for update
"""
_UNIT = """
select id from org_units
 where code = %(code)s and (from_on is null or from_on <= %(day)s) and (to_on is null or to_on > %(day)s)
"""
_STAFF = f"""
select s.id, s.org_unit_id from staff s where s.number = %(number)s and {is_in_service("s", "cast(%(day)s as date)")}
"""  # noqa: S608
_SITTING = """
select p.staff_id from posts p join grids g on g.id = p.grid_id join plan_in_force f on f.id = g.plan_id
 where g.code = %(code)s and p.role = %(role)s and (p.to_on is null or p.to_on > cast(%(today)s as date))
"""
# Another may make the code at this moment: this waits for him, and then does nothing.
_MAKE = """
insert into list_grids (code, name, kind, org_unit_id, position, from_on, to_on, made_by_id)
values (cast(%(code)s as text), %(name)s, %(kind)s, cast(%(unit)s as bigint),
        %(position)s, cast(%(today)s as date), cast(%(to_on)s as date), %(by)s)
on conflict (code) do nothing returning id
"""
_CHANGE = """
update list_grids
   set name = %(name)s, kind = %(kind)s, org_unit_id = cast(%(unit)s as bigint), position = %(position)s,
       to_on = case when cast(%(to_on)s as date) is not null then greatest(cast(%(to_on)s as date), from_on) end
 where code = cast(%(code)s as text) returning id
"""
_SAT = """
posts p using grids g
 where g.id = p.grid_id and g.plan_id = cast(%(plan)s as bigint) and g.code = cast(%(code)s as text)
   and p.role = cast(%(role)s as text)
   and (p.to_on is null or p.to_on > cast(%(today)s as date)) and p.staff_id is distinct from cast(%(staff)s as bigint)
"""
_NEVER_SAT = f"delete from {_SAT} and p.from_on >= cast(%(today)s as date)"  # noqa: S608
_LEAVES = """
update posts p set to_on = cast(%(today)s as date) from grids g
 where g.id = p.grid_id and g.plan_id = cast(%(plan)s as bigint) and g.code = cast(%(code)s as text)
   and p.role = cast(%(role)s as text)
   and (p.to_on is null or p.to_on > cast(%(today)s as date)) and p.staff_id is distinct from cast(%(staff)s as bigint)
"""
_SITS = """
insert into posts (grid_id, staff_id, role, from_on)
select g.id, cast(%(staff)s as bigint), cast(%(role)s as text), cast(%(today)s as date)
  from grids g where g.plan_id = cast(%(plan)s as bigint) and g.code = cast(%(code)s as text)
   and not exists (select from posts p where p.grid_id = g.id and p.role = cast(%(role)s as text)
                      and (p.to_on is null or p.to_on > cast(%(today)s as date)))
"""
