"""管护例外: one customer to one person, for a reason, up to a day; by whoever may give customers, within his scope.

It holds at once, and falls back to lists, rules and place with the night of its last day, or when it is ended.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from domain.customers.identity.one_at_a_time import take_customers, take_identity
from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.grids.ownership_errors import (
    LONGEST_EXCEPTION_DAYS,
    LONGEST_REASON,
    ExceptionDaysNotValid,
    ExceptionNotFound,
    ExceptionReasonMissing,
    ExceptionThere,
    OwnerNotInScope,
    OwnershipNotAllowed,
)
from domain.grids.permissions import GIVE_CUSTOMERS
from domain.grids.posts import DAY_OF_THE_NIGHT
from domain.shared.actor import Actor, ScopeForm
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.idempotency import Answer, answer_once
from domain.shared.in_service import is_in_service
from domain.shared.row_scope import scope_values, within
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

Give = Callable[[Rows, Sequence[int]], None]
"""Works out anew whose some customers are (`geo/giving.py`)."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants: a customer to a member of staff up to a day, which is the first that it no longer holds."""

    customer_id: int
    staff_number: str
    reason: str
    to_on: date


def check_wish(wish: Wish, today: date) -> None:
    """Raises where the reason is missing, or the end is not tomorrow at the earliest and within a year."""
    if not 0 < len(wish.reason.strip()) <= LONGEST_REASON:
        raise ExceptionReasonMissing
    if not today < wish.to_on <= today + timedelta(days=LONGEST_EXCEPTION_DAYS):
        raise ExceptionDaysNotValid


async def give_customer(
    uow: UnitOfWork, actor: Actor, wish: Wish, give: Give, *, key: UUID, now: datetime
) -> int:
    """Make an exception once for each key; gives its id."""

    async def act() -> Answer:
        _check_may(actor)
        check_wish(wish, bank_day(now))
        await uow.session.run_sync(take_identity)
        await _see(uow, actor, wish.customer_id)
        done = await uow.session.run_sync(lambda session: _make(SessionRows(session), actor, wish, give, now))
        await record(
            uow,
            by=actor.principal,
            action="ownership.exception",
            subject=f"Customer:{wish.customer_id}",
            exception=done,
            staff=wish.staff_number,
            to_on=wish.to_on.isoformat(),
        )
        return {"exception": done}

    answer = await answer_once(
        uow, by=actor.principal, key=key, operation="giveCustomer", body=vars(wish), act=act
    )
    return int(answer["exception"])


async def end_exception(
    uow: UnitOfWork, actor: Actor, exception: int | None, give: Give, *, key: UUID, now: datetime
) -> int:
    """End an exception today; gives its id. The customer falls back at once."""

    async def act() -> Answer:
        _check_may(actor)
        await uow.session.run_sync(take_identity)
        customer = await uow.session.run_sync(
            lambda session: _customer_of(SessionRows(session), exception, bank_day(now))
        )
        if customer is None or not await _is_seen(uow, actor, customer):
            raise ExceptionNotFound

        def end(rows: Rows) -> None:
            take_customers(rows, [customer])
            rows.execute(_END, {"id": exception, "today": bank_day(now), "by": actor.staff_id})
            give(rows, [customer])

        await uow.session.run_sync(lambda session: end(SessionRows(session)))
        await record(
            uow,
            by=actor.principal,
            action="ownership.exception_ended",
            subject=f"Customer:{customer}",
            exception=exception,
        )
        return {"exception": exception}

    answer = await answer_once(
        uow,
        by=actor.principal,
        key=key,
        operation="endException",
        body={"exception": exception},
        act=act,
    )
    return int(answer["exception"])


def _check_may(actor: Actor) -> None:
    if not actor.can(GIVE_CUSTOMERS):
        raise OwnershipNotAllowed


async def _is_seen(uow: UnitOfWork, actor: Actor, customer: int) -> bool:
    row = Customer.__table__  # type: ignore[attr-defined]
    found = select(col(Customer.id)).where(
        col(Customer.id) == customer, within(row, customer_scope(actor.form))
    )
    return await uow.session.scalar(found, scope_values(actor)) is not None


async def _see(uow: UnitOfWork, actor: Actor, customer: int) -> None:
    if not await _is_seen(uow, actor, customer):
        raise OwnerNotInScope(str(customer))


def _make(rows: Rows, actor: Actor, wish: Wish, give: Give, now: datetime) -> int:
    today = bank_day(now)
    found = rows.execute(_STAFF, {"number": wish.staff_number, "day": today})
    if not found or not (actor.form is ScopeForm.BANK or found[0][1] in actor.scope.unit_ids):
        raise OwnerNotInScope(wish.staff_number)
    take_customers(rows, [wish.customer_id])
    there = rows.execute(_THERE, {"customer": wish.customer_id, "day": today})
    if there:
        raise ExceptionThere(*there[0])
    given = {
        "customer": wish.customer_id,
        "staff": found[0][0],
        "reason": wish.reason.strip(),
        "today": today,
        "to_on": wish.to_on,
        "by": actor.staff_id,
    }
    made = int(rows.execute(_MAKE, given)[0][0])
    give(rows, [wish.customer_id])
    return made


def _customer_of(rows: Rows, exception: int | None, today: date) -> int | None:
    found = rows.execute(
        "select customer_id from owner_exceptions where id = %(id)s and to_on > %(day)s for update",
        {"id": exception, "day": today},
    )
    return int(found[0][0]) if found else None


_STAFF = f"""
select s.id, s.org_unit_id from staff s where s.number = %(number)s and {is_in_service("s", "cast(%(day)s as date)")}
"""  # noqa: S608
_THERE = """
select s.name, e.to_on from owner_exceptions e join staff s on s.id = e.staff_id
 where e.customer_id = %(customer)s and e.to_on > %(day)s order by e.id desc limit 1
"""
# From the day by which customers are somebody's: nights that were missed leave it before today.
_MAKE = f"""
insert into owner_exceptions (customer_id, made_for_id, staff_id, reason, from_on, to_on, made_by_id)
values (%(customer)s, %(customer)s, %(staff)s, %(reason)s, least(cast(%(today)s as date), {DAY_OF_THE_NIGHT}),
        %(to_on)s, %(by)s)
returning id
"""  # noqa: S608
_END = f"""
update owner_exceptions
   set to_on = greatest(from_on, least(cast(%(today)s as date), {DAY_OF_THE_NIGHT})), ended_by_id = %(by)s
 where id = %(id)s
"""  # noqa: S608
