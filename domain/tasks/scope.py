"""Which walks and visits an actor may see. A visit is seen by whoever sees its customer."""

from sqlalchemy import ColumnElement, FromClause, select

from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.shared.actor import ScopeKind
from domain.shared.models import Staff
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, EVERY_ROW, NO_ROW, Only, RowScope, within


def with_its_customer(kind: ScopeKind, column: str = "customer_id") -> RowScope:
    """Rows about a customer: seen by whoever sees the customer."""
    if kind is ScopeKind.NOTHING:
        return NO_ROW

    def has_customer(row: FromClause) -> ColumnElement[bool]:
        customer = Customer.__table__.alias()  # type: ignore[attr-defined]
        seen = select(customer.c.id).where(
            customer.c.id == row.c[column], within(customer, customer_scope(kind))
        )
        return seen.correlate_except(customer).exists()

    return (Only(has_customer),)


def _of_staff_of_the_outlet(row: FromClause) -> ColumnElement[bool]:
    staff = Staff.__table__.alias()  # type: ignore[attr-defined]
    colleague = select(staff.c.id).where(staff.c.id == row.c.staff_id, staff.c.org_unit_id == ACTOR_ORG)
    return colleague.correlate_except(staff).exists()


def walk_scope(kind: ScopeKind) -> RowScope:
    """Customer manager: his own walk. Outlet manager: walks of the outlet's staff. Head office: all."""
    return {
        ScopeKind.BANK: EVERY_ROW,
        ScopeKind.OUTLETS: (Only(_of_staff_of_the_outlet),),
        ScopeKind.OWN_GRIDS: (Only(lambda row: row.c.staff_id == ACTOR_STAFF),),
        ScopeKind.NOTHING: NO_ROW,
    }[kind]
