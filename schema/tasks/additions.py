"""What customers, grids and the dashboard show of visits and of who is to be seen."""

from datetime import date
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, Integer, any_, case, func, literal_column, or_, select
from strawberry import UNSET

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.shared.actor import ScopeForm
from domain.shared.calendar import day_of, instant_of
from domain.shared.models import Staff
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, ACTOR_UNIT, ACTOR_UNITS
from domain.tasks import fields
from domain.tasks.models import Visit
from schema.customers.edges import of_customer
from schema.customers.groups import counted, one_if
from schema.engine.mapping import Many, OrderKey, Page, Value, column, columns
from schema.engine.scope import Row
from schema.field_classes import c1, c2
from schema.grids.mapping import figure
from schema.lists import read_by_the_engine
from schema.order_indexes import indexed
from schema.organisation.mapping import is_bank, is_below
from schema.ranges import DateRange
from schema.rooms import Addition
from schema.rule_filters import asked, between, flag
from schema.tasks.types import OldVisit, VisitConnection
from schema.view import MONTH_BEGAN_AT, View, may


@strawberry.type
class OfCustomer:
    last_visit_on: date | None = c1("The day of the last visit, recorded here or in a former system.")
    due_on: date | None = c1("By when somebody is to see the customer.")

    @c2("走访, the latest first.")
    def visits(self, first: int | None = UNSET, after: str | None = UNSET) -> VisitConnection:
        read_by_the_engine(first, after)

    old_visits: list[OldVisit] = c2("旧系统的走访与档案, the latest first.")


@strawberry.input
class CustomersToSee:
    last_visit_on: DateRange | None = UNSET
    visited_here_on: DateRange | None = strawberry.field(
        default=UNSET, description="The last visit recorded here, which coverage counts."
    )
    due_on: DateRange | None = UNSET
    due: bool | None = strawberry.field(
        default=UNSET, description="应访: whether last night found a reason to see the customer now."
    )


@strawberry.type
class OfGroup:
    due: int = c1("应访: those whom last night found a reason to see.")


@strawberry.type
class OfGrid:
    visited_here90d: int = c1(
        "走访率: customers whom a visit recorded here has reached in the last 90 days.", name="visitedHere90d"
    )
    visited90d: int = c1(
        "盲区: customers visited in the last 90 days, a former system's visits among them.", name="visited90d"
    )
    due_visits: int = c1("Customers whom somebody is to see.")
    visited180d: int = c1("Customers visited in the last 180 days.", name="visited180d")
    visited365d: int = c1("Customers visited in the last 365 days.", name="visited365d")
    visited_ever: int = c1("Customers who have ever been visited.")
    median_days_unvisited: int | None = c1(
        "Days since the last visit, the median of those who have been visited; null where nobody has been."
    )


@strawberry.type
class OfDashboard:
    visits_done: int = c1("Visits of the current month within the scope.")


def _visits_done(unit: Row, view: View) -> ColumnElement[Any]:
    """Visits of this month: a manager's own, or those of the unit's staff."""
    if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return literal_column("0", Integer)
    visit, staff = Visit.__table__.alias(), Staff.__table__.alias()  # type: ignore[attr-defined]
    done = (
        select(func.count())
        .select_from(visit)
        .where(may(VIEW_CUSTOMERS), visit.c.counted_at >= MONTH_BEGAN_AT)
    )
    if view.scope is ScopeForm.GRIDS:
        return done.where(visit.c.staff_id == ACTOR_STAFF).scalar_subquery()
    by_staff = done.join_from(visit, staff, staff.c.id == visit.c.staff_id)
    if view.scope is ScopeForm.UNIT:
        return by_staff.where(staff.c.org_unit_id == ACTOR_UNIT).scalar_subquery()
    of_unit = by_staff.where(is_below(unit)(staff)).correlate(unit).scalar_subquery()
    if view.scope is ScopeForm.BANK:
        return case((is_bank(unit), done.scalar_subquery()), else_=of_unit)
    his = by_staff.where(or_(staff.c.id == ACTOR_STAFF, staff.c.org_unit_id == any_(ACTOR_UNITS)))
    return case((unit.c.id == ACTOR_ORG, his.scalar_subquery()), else_=of_unit)


ADDITIONS = (
    Addition(
        "Customer",
        contract=OfCustomer,
        fields={
            "lastVisitOn": column("last_visit_on"),
            "dueOn": column("due_on"),
            "visits": Page(
                "Visit",
                of_customer,
                newest_first=OrderKey(lambda row, _: row.c.counted_at, read=instant_of),
            ),
            "oldVisits": Many(
                "OldVisit", of_customer, order=lambda row: [row.c.made_on.desc(), row.c.id.desc()]
            ),
        },
        filter_input=CustomersToSee,
        filters={
            "lastVisitOn": between(fields.LAST_VISIT_ON),
            "visitedHereOn": between(fields.VISITED_HERE_ON),
            "dueOn": between(fields.DUE_ON),
            "due": flag(fields.DUE),
        },
        orders={
            "LAST_VISIT": OrderKey(
                lambda row, _: row.c.last_visit_on,
                read=day_of,
                is_nullable=True,
                indexes=indexed(bank=["ix_customers_visit"], units=["ix_customers_org_visit"]),
                is_sparse=True,
            )
        },
        measures={"due": counted(one_if(asked(fields.DUE)))},
    ),
    Addition("CustomerGroup", contract=OfGroup, fields=columns("due")),
    Addition(
        "GridStatistics",
        contract=OfGrid,
        fields={
            "visitedHere90d": figure("visited_here_90d"),
            "visited90d": figure("visited_90d"),
            "visited180d": figure("visited_180d"),
            "visited365d": figure("visited_365d"),
            "visitedEver": figure("visited_ever"),
            "dueVisits": figure("due_visits"),
            "medianDaysUnvisited": column("median_days_unvisited"),
        },
    ),
    Addition("Dashboard", contract=OfDashboard, fields={"visitsDone": Value(_visits_done)}),
)
