"""How exceptions, and the reason why a customer is somebody's, are read."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, select, true

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.grids.ownership_models import ListGrid, OwnerException, OwnershipClaim, OwnershipRule
from domain.shared.models import Staff
from domain.tasks.scope import with_its_customer
from schema.engine.given import Given
from schema.engine.keys import bigint_key
from schema.engine.mapping import Field, Many, One, TypeMap, column, global_id
from schema.engine.scope import Row, Scope
from schema.view import TODAY, View, branches, payload


def _claims(_view: View) -> Row:
    claim, rule = OwnershipClaim.__table__.alias(), OwnershipRule.__table__.alias()  # type: ignore[attr-defined]
    exception, listed = OwnerException.__table__.alias(), ListGrid.__table__.alias()  # type: ignore[attr-defined]
    joined = (
        claim.outerjoin(rule, and_(claim.c.cause == "RULE", rule.c.id == claim.c.source_id))
        .outerjoin(exception, and_(claim.c.cause == "EXCEPTION", exception.c.id == claim.c.source_id))
        .outerjoin(listed, and_(claim.c.cause == "LIST", listed.c.id == claim.c.source_id))
    )
    return (
        select(
            claim.c.customer_id,
            claim.c.cause,
            func.coalesce(rule.c.name, listed.c.name).label("name"),
            exception.c.reason,
            func.coalesce(rule.c.to_on, exception.c.to_on, listed.c.to_on).label("to_on"),
        )
        .select_from(joined)
        .subquery()
    )


OWNERSHIP = TypeMap(
    "Ownership",
    {"cause": column("cause"), "name": column("name"), "reason": column("reason"), "to": column("to_on")},
    rows=_claims,
    key="customer_id",
)


def _exceptions(_view: View) -> Row:
    exception = OwnerException.__table__.alias()  # type: ignore[attr-defined]
    maker, ender = Staff.__table__.alias(), Staff.__table__.alias()  # type: ignore[attr-defined]
    joined = exception.join(maker, maker.c.id == exception.c.made_by_id).outerjoin(
        ender, ender.c.id == exception.c.ended_by_id
    )
    is_open: ColumnElement[Any] = case((exception.c.to_on > TODAY, true()), else_=~true())
    return (
        select(
            exception,
            is_open.label("is_open"),
            maker.c.name.label("made_by"),
            ender.c.name.label("ended_by"),
        )
        .select_from(joined)
        .subquery()
    )


def _scope(view: View) -> Scope:
    return branches(with_its_customer(view.scope), VIEW_CUSTOMERS)


EXCEPTION = TypeMap(
    "OwnerException",
    {
        "id": global_id("OwnerException"),
        "customer": One("Customer", lambda row, customer, _: customer.c.id == row.c.customer_id),
        "staff": One("Staff", lambda row, staff, _: staff.c.id == row.c.staff_id),
        "reason": column("reason"),
        "from": column("from_on"),
        "to": column("to_on"),
        "isOpen": column("is_open"),
        "madeBy": column("made_by"),
        "madeAt": column("made_at"),
        "endedBy": column("ended_by"),
    },
    rows=_exceptions,
    scope=_scope,
    read_key=bigint_key,
)


def _asked(_root: Row, row: Row, arguments: Given) -> ColumnElement[bool]:
    # The ended ones are asked for by name: what one works with is the short list.
    ended = arguments["ended"].known() if "ended" in arguments else False
    return true() if ended else row.c.is_open == true()


ROOT: dict[str, Field] = {
    "ownerExceptions": Many("OwnerException", _asked, order=lambda row: [row.c.to_on, row.c.id], weight=200),
}
EXCEPTION_DONE = TypeMap(
    "OwnerExceptionSuccess",
    {"exception": One("OwnerException", lambda _payload, row, _: row.c.id == payload(BigInteger()))},
    is_root=True,
)
TYPES = (OWNERSHIP, EXCEPTION, EXCEPTION_DONE)
