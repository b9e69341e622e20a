"""Which walks and visits an actor may see. A visit is seen by whoever sees its customer."""

from sqlalchemy import ColumnElement, FromClause, and_, any_, select

from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.shared.actor import ScopeForm
from domain.shared.models import Staff
from domain.shared.row_scope import (
    ACTOR_STAFF,
    ACTOR_UNIT,
    ACTOR_UNITS,
    EVERY_ROW,
    NO_ROW,
    Only,
    Predicate,
    RowScope,
    within,
)


def with_its_customer(form: ScopeForm, column: str = "customer_id") -> RowScope:
    """Rows about a customer: seen by whoever sees the customer."""
    if form in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return NO_ROW

    def has_customer(row: FromClause) -> ColumnElement[bool]:
        customer = Customer.__table__.alias()  # type: ignore[attr-defined]
        seen = select(customer.c.id).where(
            customer.c.id == row.c[column], within(customer, customer_scope(form))
        )
        return seen.correlate_except(customer).exists()

    return (Only(has_customer),)


def _of_staff(is_one: Predicate) -> Predicate:
    def of_staff(row: FromClause) -> ColumnElement[bool]:
        staff = Staff.__table__.alias()  # type: ignore[attr-defined]
        colleague = select(staff.c.id).where(staff.c.id == row.c.staff_id, is_one(staff))
        return colleague.correlate_except(staff).exists()

    return of_staff


_OF_THE_UNIT = _of_staff(lambda staff: staff.c.org_unit_id == ACTOR_UNIT)
_OF_THE_UNITS = _of_staff(lambda staff: staff.c.org_unit_id == any_(ACTOR_UNITS))


def _own(row: FromClause) -> ColumnElement[bool]:
    return row.c.staff_id == ACTOR_STAFF


def walk_scope(form: ScopeForm) -> RowScope:
    """Whoever has grids sees his own walk, whoever has units those of their staff, the bank all."""
    return {
        ScopeForm.BANK: EVERY_ROW,
        ScopeForm.UNIT: (Only(_OF_THE_UNIT),),
        ScopeForm.UNITS: (Only(_OF_THE_UNITS),),
        ScopeForm.GRIDS: (Only(_own),),
        ScopeForm.MIXED: (
            Only(_own),
            Only(lambda row: and_(row.c.staff_id != ACTOR_STAFF, _OF_THE_UNITS(row))),
        ),
        ScopeForm.NOTHING: NO_ROW,
        ScopeForm.NOBODY: NO_ROW,
    }[form]
