"""How dashboards are read: from sums of the customers whom the list shows too, the funnel from the night's rollup."""

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
    select,
    union_all,
    values,
)
from sqlalchemy import (
    column as plain_column,
)

from domain.customers.feeds import FEEDS
from domain.customers.models import Batch, Customer, SourceRecord
from domain.customers.scope import customer_scope
from domain.performance.models import CUSTOMER_SUMS, FunnelCount
from domain.shared.actor import ScopeKind
from domain.shared.models import OrgUnit, Staff
from domain.shared.permissions import Permission
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, within
from domain.tasks.cadence import MONTHS_BETWEEN_VISITS
from domain.tasks.models import Visit
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


def _over_sums(measure: Callable[[Row], ColumnElement[Any]], unit: Row, view: View) -> ColumnElement[Any]:
    """A measure of active customers, from their sums: a manager's own, the outlet's (an index range), or the bank's."""
    if not view.may(Permission.VIEW_CUSTOMERS):
        return _ZERO

    def over(*where: Callable[[Row], ColumnElement[bool]]) -> ColumnElement[Any]:
        sums = CUSTOMER_SUMS.alias()
        found = select(measure(sums)).where(sums.c.status == _ACTIVE, *(one(sums) for one in where))
        return found.correlate(unit).scalar_subquery()

    if view.scope is ScopeKind.OWN_GRIDS:
        return over(lambda sums: within(sums, customer_scope(view.scope)))
    return case((_is_bank(unit), over()), else_=over(lambda sums: sums.c.org_unit_id == unit.c.id))


def _whole(name: str) -> Callable[[Row], ColumnElement[Any]]:
    return lambda sums: cast(func.coalesce(func.sum(sums.c[name]), _ZERO), Integer)


def _share_in_grid(sums: Row) -> ColumnElement[Any]:
    """入格率, 0 without customers."""
    in_grid = func.sum(sums.c.customers).filter(sums.c.grid_id.is_not(None))
    share = func.coalesce(in_grid, _ZERO) / func.nullif(func.sum(sums.c.customers), _ZERO)
    return func.coalesce(func.round(share, literal_column("4")), _ZERO, type_=Numeric)


def _visits_done(unit: Row, view: View) -> ColumnElement[Any]:
    """Visits of this month: a manager's own, or those of the unit's staff."""
    if not view.may(Permission.VIEW_CUSTOMERS):
        return _ZERO
    visit, staff = _table(Visit), _table(Staff)
    done = select(func.count()).select_from(visit).where(visit.c.started_at >= MONTH_BEGAN_AT)
    if view.scope is ScopeKind.OWN_GRIDS:
        return done.where(visit.c.staff_id == ACTOR_STAFF).scalar_subquery()
    of_unit = done.join_from(visit, staff, staff.c.id == visit.c.staff_id).where(
        staff.c.org_unit_id == unit.c.id
    )
    return case((_is_bank(unit), done.scalar_subquery()), else_=of_unit.correlate(unit).scalar_subquery())


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
        "customers": Value(lambda unit, view: _over_sums(_whole("customers"), unit, view)),
        "gridCoverage": Value(lambda unit, view: _over_sums(_share_in_grid, unit, view)),
        "visitsDue": Value(lambda unit, view: _over_sums(_whole("due"), unit, view)),
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
