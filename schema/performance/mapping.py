"""How dashboards are read: from sums of the customers whom the list shows too."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy import (
    column as plain_column,
)
from sqlalchemy.dialects.postgresql import array

from domain.customers.scope import customer_scope
from domain.feeds.contracts import FEEDS
from domain.feeds.models import Batch
from domain.performance.funnel import FUNNEL, FunnelStep
from domain.performance.models import CUSTOMER_SUMS
from domain.shared.actor import ScopeKind
from domain.shared.models import OrgUnit, Staff
from domain.shared.permissions import Permission
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, within
from domain.tasks.models import Visit
from schema.engine.given import Given
from schema.engine.mapping import One, TypeMap, Unnested, Value, column
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.global_ids import named
from schema.organisation.mapping import data_date
from schema.view import MONTH_BEGAN_AT, TODAY, View

_ZERO: ColumnElement[Any] = literal_column("0", Integer)
# Not a parameter: a plan for any value could not use the index of active customers.
_ACTIVE: ColumnElement[Any] = literal_column("'ACTIVE'", String)
FIGURES = ("customers", "in_grid", "due", "visited", "filed", "granted", "drawn")


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


def _units_with_figures(view: View) -> Row:
    """Each unit with the figures of the viewer's active customers there, all of them from one pass over their sums."""
    unit = _table(OrgUnit)
    if not view.may(Permission.VIEW_CUSTOMERS):
        return select(unit, *(_ZERO.label(name) for name in FIGURES)).subquery()
    figures = _figures(unit, view)
    return select(unit, *figures.c).select_from(unit.join(figures, true())).subquery()


def _figures(unit: Row, view: View) -> Row:
    """Sums of a manager's own customers, of an outlet's (an index range), or of the bank's for its head office."""

    def active(*conditions: Callable[[Row], ColumnElement[bool]]) -> Any:
        sums = CUSTOMER_SUMS.alias()
        return (
            select(sums).where(sums.c.status == _ACTIVE, *(one(sums) for one in conditions)).correlate(unit)
        )

    if view.scope is ScopeKind.OWN_GRIDS:
        counted = active(lambda sums: within(sums, customer_scope(view.scope))).lateral()
    else:
        # Not one condition with OR, which no index serves: the branch that is not asked for is never begun.
        counted = union_all(
            active(lambda _sums: _is_bank(unit)),
            active(lambda sums: and_(not_(_is_bank(unit)), sums.c.org_unit_id == unit.c.id)),
        ).lateral()
    return select(*(_total(counted, name) for name in FIGURES)).select_from(counted).lateral("figures")


def _total(counted: Row, name: str) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(counted.c[name]), _ZERO), Integer).label(name)


def _share_in_grid(unit: Row, _view: View) -> ColumnElement[Any]:
    """入格率, 0 without customers."""
    share = cast(unit.c.in_grid, Numeric) / func.nullif(unit.c.customers, _ZERO)
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
    """The steps of `domain/performance/funnel.py`, over the figures of the unit."""
    columns: list[ColumnElement[Any]] = [
        array([literal(step.name, String) for step in FUNNEL]),
        array([unit.c[step.figure] for step in FUNNEL]),
        array([_in_words(unit, step) for step in FUNNEL]),
        array([unit.c[step.denominators[0].figure] for step in FUNNEL]),
    ]
    names = (
        plain_column("step", String),
        plain_column("count", Integer),
        plain_column("denominator", String),
        plain_column("denominator_count", Integer),
    )
    steps = func.unnest(*columns).table_valued(*names, with_ordinality="position").render_derived()
    shown = select(steps).order_by(steps.c.position)
    if not view.may(Permission.VIEW_CUSTOMERS):
        shown = shown.where(false())
    return shown.correlate(unit).lateral()


def _in_words(unit: Row, step: FunnelStep) -> ColumnElement[Any]:
    """名单内客户 15 户"""
    words = [(f"{one.words} ", unit.c[one.figure], " 户；") for one in step.denominators]
    parts: list[Any] = [part for one in words for part in one]
    return func.concat(*parts[:-1], " 户")


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
        "customers": column("customers"),
        "gridCoverage": Value(_share_in_grid),
        "visitsDue": column("due"),
        "visitsDone": Value(_visits_done),
        "funnel": Unnested("FunnelStep", _funnel),
        "feeds": Unnested("FeedState", _feeds),
    },
    rows=_units_with_figures,
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
