"""A grant as a kind of proposal: what one member of staff sees beside what his role gives, from a day to a day.

To end a grant is to propose its days anew. Whom it is for neither proposes it nor agrees to it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import insert, text, update
from sqlmodel import col

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.errors import DomainError
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.models import ScopeGrant
from domain.shared.permissions import DECIDE_RIGHTS, PROPOSE_RIGHTS, VIEW_RIGHTS
from domain.shared.proposals import Asked, Change, Decided, Json, ProposalKind
from domain.shared.role_changes import OwnRights
from domain.shared.statements import TEXT
from domain.shared.unit_of_work import UnitOfWork

GRANT = "grant"
"""The name of the kind."""


class GrantOf(StrEnum):
    UNIT = "UNIT"
    """By its number: the unit and all below it."""
    GRID = "GRID"
    """By its code, in whichever plan is in force; of a large one all small ones below it."""
    CUSTOMER = "CUSTOMER"
    """By his id."""


class StaffNotFound(DomainError):
    code = "STAFF_NOT_FOUND"
    takes: ClassVar = {"number": TEXT}

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class GrantSubjectNotFound(DomainError):
    """There is no such unit, grid of the plan in force, or customer."""

    code = "GRANT_SUBJECT_NOT_FOUND"
    takes: ClassVar = {"granted": TEXT}

    def __init__(self, granted: str) -> None:
        super().__init__(granted=granted)


class GrantDaysNotValid(DomainError):
    """It ends before it has held for a day, or on a day that has passed."""

    code = "GRANT_DAYS_NOT_VALID"


@dataclass(frozen=True)
class Granted:
    """What is granted, and the column of `scope_grants` that names it."""

    of: GrantOf
    code: str


_FOUND = {
    GrantOf.UNIT: "select id as key, name from org_units where code = :code",
    GrantOf.GRID: """select grid.code as key, grid.name
                       from grids grid join plan_in_force plan on plan.id = grid.plan_id where grid.code = :code""",
    # His name is nobody's business before he is granted.
    GrantOf.CUSTOMER: """select id as key, null as name from customers
                          where id = case when cast(:code as text) ~ '^[0-9]{1,18}$'
                                          then cast(cast(:code as text) as bigint) end""",
}
_COLUMN = {GrantOf.UNIT: "unit_id", GrantOf.GRID: "grid_code", GrantOf.CUSTOMER: "customer_id"}


_TODAY = "select cast(now() at time zone 'Asia/Shanghai' as date)"


def grant_asked(
    uow: UnitOfWork, number: str, granted: Granted, from_on: date | None, to_on: date | None, *, today: date
) -> Asked:
    """What is proposed; completed with the names that people know. That raises StaffNotFound and GrantSubjectNotFound.

    Without a first day it is that of the grant that holds or is to come, so that an end is enough; else today.
    """
    sent = {"staff": number, "of": granted.of, "code": granted.code, "from_on": from_on, "to_on": to_on}
    return Asked(sent, lambda: _completed(uow, number, granted, from_on, to_on, today))


async def _completed(
    uow: UnitOfWork, number: str, granted: Granted, from_on: date | None, to_on: date | None, today: date
) -> Change:
    _, staff_name = await _staff(uow, number)
    _, name = await _subject(uow, granted)
    after = {
        "staff": number,
        "staff_name": staff_name,
        "of": granted.of.value,
        "code": granted.code,
        "name": name,
        "from_on": (from_on or today).isoformat(),
        "to_on": to_on and to_on.isoformat(),
    }
    change = Change(f"Grant:{number}:{granted.of}:{granted.code}", after)
    held = await _row(uow, change) if from_on is None else None
    if held is not None:
        after["from_on"] = held.from_on.isoformat()
    return change


async def _staff(uow: UnitOfWork, number: str) -> tuple[int, str]:
    found = text(
        f"select s.id, s.name from staff s where s.number = :number and {is_in_service('s', TODAY)}"  # noqa: S608
    )
    row = (await uow.session.execute(found, {"number": number})).one_or_none()
    if row is None:
        raise StaffNotFound(number)
    return row.id, row.name


async def _subject(uow: UnitOfWork, granted: Granted) -> tuple[Any, str | None]:
    found = await uow.session.execute(text(_FOUND[granted.of]), {"code": granted.code})
    row = found.one_or_none()
    if row is None:
        raise GrantSubjectNotFound(granted.code)
    return row.key, row.name


async def _row(uow: UnitOfWork, change: Change) -> ScopeGrant | None:
    """The grant of this to him that begins on the proposed day, else the latest that those days meet; locked.

    One that has ended is no longer there to be changed: who saw whom on past days stays as it was.
    """
    staff, _ = await _staff(uow, change.after["staff"])
    granted = _granted(change)
    key, _ = await _subject(uow, granted)
    found = text(f"""
        select id, from_on, to_on from scope_grants
         where staff_id = :staff and {_COLUMN[granted.of]} = :key
           and (to_on is null or to_on > greatest(cast(:from_on as date), ({_TODAY})))
           and (from_on = :from_on or cast(:to_on as date) is null or from_on < cast(:to_on as date))
         order by from_on = :from_on desc, from_on desc, id desc limit 1 for update""")  # noqa: S608
    from_on, to_on = _days(change)
    given = {"staff": staff, "key": key, "from_on": from_on, "to_on": to_on}
    row = (await uow.session.execute(found, given)).one_or_none()
    return (
        None if row is None else ScopeGrant(id=row.id, staff_id=staff, from_on=row.from_on, to_on=row.to_on)
    )


async def _check(uow: UnitOfWork, change: Change, now: datetime) -> None:
    from_on, to_on = _days(change)
    held = await _row(uow, change)
    first = max(from_on, bank_day(now))
    # One that is held may end today, or on its first day; a new one holds for a day at least.
    is_held = held is not None and held.from_on == from_on
    if to_on is not None and (to_on < first or (to_on == first and not is_held)):
        raise GrantDaysNotValid


async def _present(uow: UnitOfWork, change: Change) -> Json:
    held = await _row(uow, change)
    if held is None:
        return {"from_on": None, "to_on": None}
    return {"from_on": held.from_on.isoformat(), "to_on": held.to_on and held.to_on.isoformat()}


async def _refuse_whom_it_is_for(uow: UnitOfWork, change: Change, actor: Actor) -> None:
    staff, _ = await _staff(uow, change.after["staff"])
    if staff == actor.staff_id:
        raise OwnRights


async def _apply(uow: UnitOfWork, decided: Decided) -> None:
    """Days that have passed stay as they were: what is agreed to late begins on the day of the decision, and what
    begins anew ends the grant before it."""
    change, (from_on, to_on) = decided.change, _days(decided.change)
    held = await _row(uow, change)
    if held is None or held.from_on != from_on:
        from_on = max(from_on, await uow.session.scalar(text(_TODAY)))
    days = {"from_on": from_on, "to_on": to_on, "proposal_id": decided.proposal_id}
    if held is not None and held.from_on >= from_on:
        await _write(uow, held, days)
    else:
        if held is not None:
            await _write(uow, held, {"to_on": from_on})
        staff, _ = await _staff(uow, change.after["staff"])
        granted = _granted(change)
        key, _ = await _subject(uow, granted)
        row = {"staff_id": staff, _COLUMN[granted.of]: key, **days}
        await uow.session.execute(insert(ScopeGrant).values(row))
    by, subject = decided.decided_by.principal, change.subject
    noted = {"from_on": from_on.isoformat(), "to_on": change.after["to_on"]}
    await record(uow, by=by, action="grant.changed", subject=subject, **noted)


async def _write(uow: UnitOfWork, held: ScopeGrant, row: dict[str, Any]) -> None:
    await uow.session.execute(update(ScopeGrant).where(col(ScopeGrant.id) == held.id).values(row))


def _granted(change: Change) -> Granted:
    return Granted(GrantOf(change.after["of"]), change.after["code"])


def _days(change: Change) -> tuple[date, date | None]:
    to_on = change.after["to_on"]
    return date.fromisoformat(change.after["from_on"]), None if to_on is None else date.fromisoformat(to_on)


GRANT_KIND = ProposalKind(
    GRANT,
    VIEW_RIGHTS,
    PROPOSE_RIGHTS,
    DECIDE_RIGHTS,
    _check,
    _present,
    _apply,
    check_person=_refuse_whom_it_is_for,
)
