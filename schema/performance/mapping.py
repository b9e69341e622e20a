"""How dashboards are read: from sums of the customers whom the list shows too."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Select,
    String,
    any_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy import (
    column as plain_column,
)
from sqlalchemy.dialects.postgresql import array

from domain.customers.feeds import FEEDS
from domain.customers.models import Batch
from domain.customers.permissions import VIEW_CUSTOMERS
from domain.customers.scope import area_scope
from domain.performance.funnel import FUNNEL, FunnelStep
from domain.performance.models import CUSTOMER_SUMS
from domain.performance.permissions import VIEW_DASHBOARD
from domain.shared import row_scope as domain
from domain.shared.actor import ScopeForm
from domain.shared.models import OrgUnit, Staff
from domain.shared.org_units import OrgUnitKind
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, ACTOR_UNIT, ACTOR_UNITS, Predicate
from domain.tasks.models import Visit
from schema.engine.given import Given, known_text
from schema.engine.mapping import One, TypeMap, Unnested, Value, column
from schema.engine.scope import NOTHING, Row, Scope
from schema.global_ids import named
from schema.organisation.mapping import data_date
from schema.performance.single_customers import figures_of_single_customers
from schema.view import MONTH_BEGAN_AT, TODAY, View, branches, may

_ZERO: ColumnElement[Any] = literal_column("0", Integer)
# Not a parameter: a plan for any value could not use the index of active customers.
_ACTIVE: ColumnElement[Any] = literal_column("'ACTIVE'", String)
FIGURES = ("customers", "in_grid", "due", "visited", "filed", "granted", "drawn")


def _table(model: Any) -> Any:
    return model.__table__.alias()


def _is_bank(unit: Row) -> ColumnElement[bool]:
    return unit.c.kind == known_text(OrgUnitKind.HEAD_OFFICE)


def _units(view: View) -> Scope:
    """A customer manager's dashboard hangs on his own unit and counts his own customers."""
    shown: dict[ScopeForm, Predicate] = {
        ScopeForm.UNIT: lambda unit: unit.c.id.in_([ACTOR_ORG, ACTOR_UNIT]),
        ScopeForm.UNITS: _is_his,
        ScopeForm.GRIDS: lambda unit: unit.c.id == ACTOR_ORG,
        ScopeForm.MIXED: _is_his,
    }
    if view.scope is ScopeForm.NOBODY:
        return NOTHING
    return branches((domain.Only(shown.get(view.scope, lambda unit: unit.c.id > 0)),), VIEW_DASHBOARD)


def _is_his(unit: Row) -> ColumnElement[bool]:
    return or_(unit.c.id == ACTOR_ORG, unit.c.id == any_(ACTOR_UNITS))


def _asked(_root: Row, unit: Row, arguments: Given) -> ColumnElement[bool]:
    wanted = named(arguments, "orgUnitId", "OrgUnit") if "orgUnitId" in arguments else ACTOR_ORG
    return unit.c.id == wanted


def _units_with_figures(view: View) -> Row:
    """Each unit with the figures of the viewer's active customers there, all of them from one pass over their sums."""
    unit = _table(OrgUnit)
    if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return select(unit, *(_ZERO.label(name) for name in FIGURES)).subquery()
    counted = union_all(*(one.correlate(unit) for one in _counted(unit, view.scope))).lateral()
    totals = select(*(_total(counted, name) for name in FIGURES)).select_from(counted).lateral("figures")
    return select(unit, *totals.c).select_from(unit.join(totals, true())).subquery()


def _counted(unit: Row, form: ScopeForm) -> list[Select[Any]]:
    """Rows that are added up, in branches that do not overlap: one that is not asked for is never begun.

    Who has units and grids is shown all that is his where he works, and the part below it at any other unit.
    """
    if form is ScopeForm.BANK:
        whole = _is_bank(unit)
        return [_active(domain.EVERY_ROW[0], whole), _active(domain.Only(_is_below(unit)), not_(whole))]
    own = [_active(branch) for branch in area_scope(form)]
    if form in (ScopeForm.UNIT, ScopeForm.GRIDS):
        return own
    whole = unit.c.id == ACTOR_ORG
    own = [_active(branch, whole) for branch in area_scope(form)]
    if form is ScopeForm.MIXED:
        own.append(figures_of_single_customers().where(may(VIEW_CUSTOMERS), whole))
    return [*own, _active(domain.Only(_is_below(unit)), not_(whole))]


def _active(branch: domain.Only | domain.Each, *conditions: ColumnElement[bool]) -> Select[Any]:
    sums = CUSTOMER_SUMS.alias()
    return select(*(sums.c[name] for name in FIGURES)).where(
        may(VIEW_CUSTOMERS), *conditions, sums.c.status == _ACTIVE, domain.within(sums, (branch,))
    )


def _is_below(unit: Row) -> Predicate:
    below = func.units_below(array([unit.c.id]), TODAY).table_valued("id").render_derived()
    return lambda row: row.c.org_unit_id.in_(select(below.c.id).correlate(unit))


def _total(counted: Row, name: str) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(counted.c[name]), _ZERO), Integer).label(name)


def _share_in_grid(unit: Row, _view: View) -> ColumnElement[Any]:
    """入格率, 0 without customers."""
    share = cast(unit.c.in_grid, Numeric) / func.nullif(unit.c.customers, _ZERO)
    return func.coalesce(func.round(share, literal_column("4")), _ZERO, type_=Numeric)


def _visits_done(unit: Row, view: View) -> ColumnElement[Any]:
    """Visits of this month: a manager's own, or those of the unit's staff."""
    if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return _ZERO
    visit, staff = _table(Visit), _table(Staff)
    done = (
        select(func.count())
        .select_from(visit)
        .where(may(VIEW_CUSTOMERS), visit.c.started_at >= MONTH_BEGAN_AT)
    )
    if view.scope is ScopeForm.GRIDS:
        return done.where(visit.c.staff_id == ACTOR_STAFF).scalar_subquery()
    by_staff = done.join_from(visit, staff, staff.c.id == visit.c.staff_id)
    if view.scope is ScopeForm.UNIT:
        return by_staff.where(staff.c.org_unit_id == ACTOR_UNIT).scalar_subquery()
    of_unit = by_staff.where(_is_below(unit)(staff)).correlate(unit).scalar_subquery()
    if view.scope is ScopeForm.BANK:
        return case((_is_bank(unit), done.scalar_subquery()), else_=of_unit)
    his = by_staff.where(or_(staff.c.id == ACTOR_STAFF, staff.c.org_unit_id == any_(ACTOR_UNITS)))
    return case((unit.c.id == ACTOR_ORG, his.scalar_subquery()), else_=of_unit)


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
    is_shown = false() if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY) else may(VIEW_CUSTOMERS)
    return select(steps).where(is_shown).order_by(steps.c.position).correlate(unit).lateral()


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
