"""How dashboards are read: figures over the customers whom the list shows too, the funnel from the night's rollup."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Interval,
    Numeric,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy import (
    column as plain_column,
)

from domain.customers.feeds import FEEDS
from domain.customers.models import Batch, Customer, SourceRecord
from domain.customers.scope import customer_scope
from domain.performance.models import FunnelCount
from domain.shared.actor import ScopeKind
from domain.shared.models import OrgUnit, Staff
from domain.shared.permissions import Permission
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, within
from domain.tasks.cadence import MONTHS_BETWEEN_VISITS
from domain.tasks.models import Visit
from schema.customers.filters import has_due_visit
from schema.engine.given import Given
from schema.engine.mapping import One, TypeMap, Unnested, Value, column
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.global_ids import named
from schema.organisation.mapping import data_date
from schema.view import MONTH_BEGAN_AT, TODAY, View, rows_of

_ZERO: ColumnElement[Any] = literal_column("0", Integer)
# Not a parameter: a plan for any value could not use the index of active customers.
_ACTIVE: ColumnElement[Any] = literal_column("'ACTIVE'", String)


def _table(model: Any) -> Any:
    return model.__table__.alias()


def _is_bank(unit: Row) -> ColumnElement[bool]:
    return unit.c.kind == literal_column("'HEAD_OFFICE'", String)


def _units(view: View) -> Scope:
    """A customer manager's dashboard hangs on his own outlet and counts his own customers."""
    if not view.may(Permission.VIEW_DASHBOARD):
        return NOTHING
    own = (Only(lambda unit: unit.c.id == ACTOR_ORG),)
    return (
        own if view.scope in (ScopeKind.OUTLETS, ScopeKind.OWN_GRIDS) else (Only(lambda unit: unit.c.id > 0),)
    )


def _asked(_root: Row, unit: Row, arguments: Given) -> ColumnElement[bool]:
    wanted = named(arguments, "orgUnitId", "OrgUnit") if "orgUnitId" in arguments else ACTOR_ORG
    return unit.c.id == wanted


def _own_customers(view: View) -> Any:
    """(customer, condition): active customers of a manager's own scope."""
    customer = _table(Customer)
    return customer, and_(within(customer, customer_scope(view.scope)), customer.c.status == _ACTIVE)


def _over_customers(
    measure: Callable[[Row], ColumnElement[Any]],
    unit: Row,
    view: View,
    only: Callable[[Row], ColumnElement[bool]] = lambda _customer: true(),
) -> ColumnElement[Any]:
    """A measure of active customers: a manager's own, the outlet's (an index range), or the bank's."""
    if not view.may(Permission.VIEW_CUSTOMERS):
        return _ZERO
    if view.scope is ScopeKind.OWN_GRIDS:
        customer, own = _own_customers(view)
        return select(measure(customer)).where(own, only(customer)).scalar_subquery()
    all_of_them, of_outlet = _table(Customer), _table(Customer)
    bank = select(measure(all_of_them)).where(all_of_them.c.status == _ACTIVE, only(all_of_them))
    outlet = select(measure(of_outlet)).where(
        of_outlet.c.org_unit_id == unit.c.id, of_outlet.c.status == _ACTIVE, only(of_outlet)
    )
    return case((_is_bank(unit), bank.scalar_subquery()), else_=outlet.correlate(unit).scalar_subquery())


def _customers(unit: Row, view: View) -> ColumnElement[Any]:
    return _over_customers(lambda row: func.count(row.c.id), unit, view)


def _coverage(unit: Row, view: View) -> ColumnElement[Any]:
    """入格率."""

    def share(row: Row) -> ColumnElement[Any]:
        in_grid = case((row.c.grid_id.is_not(None), literal_column("1.0")), else_=literal_column("0.0"))
        return func.coalesce(func.round(func.avg(in_grid), literal_column("4"), type_=Numeric), _ZERO)

    return _over_customers(share, unit, view)


def _visits_due(unit: Row, view: View) -> ColumnElement[Any]:
    """应访: the rows of the list filtered by `due`, with or without a grid."""
    return _over_customers(lambda row: func.count(row.c.id), unit, view, only=has_due_visit)


def _visits_done(unit: Row, view: View) -> ColumnElement[Any]:
    """Visits of this month: a manager's own, or those of the unit's staff."""
    if not view.may(Permission.VIEW_CUSTOMERS):
        return _ZERO
    visit, staff = _table(Visit), _table(Staff)
    done = select(func.count()).select_from(visit).where(visit.c.started_at >= MONTH_BEGAN_AT)
    if view.scope is ScopeKind.OWN_GRIDS:
        return done.where(visit.c.staff_id == ACTOR_STAFF).scalar_subquery()
    of_unit = done.join_from(visit, staff, staff.c.id == visit.c.staff_id).where(
        or_(_is_bank(unit), staff.c.org_unit_id == unit.c.id)
    )
    return of_unit.correlate(unit).scalar_subquery()


def _funnel(unit: Row, view: View) -> Row:
    if not view.may(Permission.VIEW_CUSTOMERS):
        nothing = _table(FunnelCount)
        return select(nothing).where(literal_column("false")).subquery()
    if view.scope is ScopeKind.OWN_GRIDS:
        return _own_funnel(view)
    kept = _table(FunnelCount)
    of_unit = select(kept).where(kept.c.org_unit_id == unit.c.id).order_by(kept.c.position)
    return of_unit.correlate(unit).lateral()


def _own_funnel(view: View) -> Row:
    """The same steps as `domain/performance/funnel.py`, counted over a manager's own customers."""
    customer, own = _own_customers(view)
    record = _table(SourceRecord)
    filed = (
        select(record.c.id)
        .where(record.c.customer_id == customer.c.id, record.c.feed == "sunshine_credit")
        .correlate(customer)
        .exists()
    )
    half_year = literal(f"{MONTHS_BETWEEN_VISITS['GENERAL']} months", String).cast(Interval)
    since = cast(func.coalesce(data_date(), TODAY) - half_year, Date)
    gridded = customer.c.grid_id.is_not(None)
    counted = (
        select(
            func.count().label("listed"),
            func.count().filter(gridded).label("in_grid"),
            func.count().filter(gridded, customer.c.last_visit_on > since).label("visited"),
            func.count().filter(gridded, filed).label("filed"),
            func.count().filter(customer.c.line_fen > 0).label("granted"),
            func.count().filter(customer.c.line_fen > 0, customer.c.loan_fen > 0).label("drawn"),
        )
        .select_from(customer)
        .where(own)
        .cte("own_counts")
    )
    c = counted.c
    steps = [
        ("入格", c.in_grid, c.listed, func.concat("名单内客户 ", c.listed, " 户")),
        ("走访", c.visited, c.in_grid, func.concat("应走访（网格内）客户 ", c.in_grid, " 户")),
        ("建档", c.filed, c.in_grid, func.concat("网格内客户 ", c.in_grid, " 户")),
        ("授信", c.granted, c.filed, func.concat("建档客户 ", c.filed, " 户；网格内客户 ", c.in_grid, " 户")),
        ("用信", c.drawn, c.granted, func.concat("有效授信客户 ", c.granted, " 户")),
    ]
    return union_all(
        *(
            select(
                literal(step, String).label("step"),
                count.label("count"),
                denominator.label("denominator"),
                of.label("denominator_count"),
            )
            for step, count, of, denominator in steps
        )
    ).subquery()


def _feeds(_unit: Row, _view: View) -> Row:
    names = values(plain_column("feed", String), plain_column("position"), name="named_feeds").data(
        [(feed, position) for position, feed in enumerate(FEEDS)]
    )
    batch = _table(Batch)
    latest = (
        select(func.max(batch.c.data_date))
        .where(batch.c.feed == names.c.feed, batch.c.state == "LOADED")
        .correlate(names)
        .scalar_subquery()
    )
    known = select(names.c.feed, latest.label("data_date"), names.c.position).subquery()
    is_late = func.coalesce(known.c.data_date < data_date(), literal_column("true"))
    return select(known, is_late.label("late")).order_by(known.c.position).subquery()


DASHBOARD = TypeMap(
    "Dashboard",
    {
        "dataDate": Value(lambda _unit, _view: func.coalesce(data_date(), TODAY - literal_column("1"))),
        "customers": Value(_customers),
        "gridCoverage": Value(_coverage),
        "visitsDue": Value(_visits_due),
        "visitsDone": Value(_visits_done),
        "funnel": Unnested("FunnelStep", _funnel),
        "feeds": Unnested("FeedState", _feeds),
    },
    rows=rows_of(OrgUnit),
    scope=_units,
)
FUNNEL_STEP = TypeMap(
    "FunnelStep",
    {
        "step": column("step"),
        "count": column("count"),
        "denominator": column("denominator"),
        "denominatorCount": column("denominator_count"),
    },
)
FEED_STATE = TypeMap(
    "FeedState", {"feed": column("feed"), "dataDate": column("data_date"), "late": column("late")}
)

ROOT = {"dashboard": One("Dashboard", _asked)}
TYPES = (DASHBOARD, FUNNEL_STEP, FEED_STATE)
