"""What dashboards and groups are read from: sums of the customers whom the list shows too."""

from typing import Any

import strawberry
from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Select,
    String,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    select,
    true,
    union_all,
)
from sqlalchemy import (
    column as plain_column,
)
from sqlalchemy.dialects.postgresql import array

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.customers.scope import area_scope
from domain.performance.funnel import FIGURES, FUNNEL, MOST_DENOMINATORS
from domain.performance.models import CUSTOMER_SUMS
from domain.shared import row_scope as domain
from domain.shared.actor import ScopeForm
from domain.shared.row_scope import ACTOR_ORG
from schema.customers.groups import summed
from schema.engine.mapping import Rollup, Unnested, Value, column
from schema.engine.scope import Row, Scope
from schema.field_classes import c1
from schema.organisation.mapping import is_bank, is_below
from schema.performance.single_customers import figures_of_single_customers
from schema.performance.types import FunnelStep as FunnelStepType
from schema.rooms import Addition
from schema.view import View, branches, may


@strawberry.type
class OfDashboard:
    customers: int = c1("Active customers within the scope.")
    grid_coverage: float = c1("入格率: the share of customers who are in a grid; 0 without customers.")
    visits_due: int = c1("应访客户: active customers whom last night found a reason to see.")
    funnel: list[FunnelStepType] = c1("漏斗.")


_ZERO: ColumnElement[Any] = literal_column("0", Integer)
_NOTHING: ColumnElement[Any] = literal_column("null::integer", Integer)
# Not a parameter: a plan for any value could not use the index of active customers.
_ACTIVE: ColumnElement[Any] = literal_column("'ACTIVE'", String)
SUMMED = ("customers", "in_grid", "due", "visited", "filed", "granted", "drawn")


def _with_figures(unit: Row, view: View) -> Row:
    """Each unit with the figures of the viewer's active customers there, all of them from one pass over their sums."""
    if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return select(unit, *(_ZERO.label(name) for name in SUMMED)).subquery()
    counted = union_all(*(one.correlate(unit) for one in _counted(unit, view.scope))).lateral()
    totals = select(*(_total(counted, name) for name in SUMMED)).select_from(counted).lateral("figures")
    return select(unit, *totals.c).select_from(unit.join(totals, true())).subquery()


def _counted(unit: Row, form: ScopeForm) -> list[Select[Any]]:
    """Rows that are added up, in branches that do not overlap: one that is not asked for is never begun.

    Who has units and grids is shown all that is his where he works, and the part below it at any other unit.
    """
    if form is ScopeForm.BANK:
        whole = is_bank(unit)
        return [_active(domain.EVERY_ROW[0], whole), _active(domain.Only(is_below(unit)), not_(whole))]
    own = [_active(branch) for branch in area_scope(form)]
    if form in (ScopeForm.UNIT, ScopeForm.GRIDS):
        return own
    whole = unit.c.id == ACTOR_ORG
    own = [_active(branch, whole) for branch in area_scope(form)]
    if form is ScopeForm.MIXED:
        own.append(figures_of_single_customers().where(may(VIEW_CUSTOMERS), whole))
    return [*own, _active(domain.Only(is_below(unit)), not_(whole))]


def _active(branch: domain.Only | domain.Each, *conditions: ColumnElement[bool]) -> Select[Any]:
    sums = CUSTOMER_SUMS.alias()
    return select(*(sums.c[name] for name in SUMMED)).where(
        may(VIEW_CUSTOMERS), *conditions, sums.c.status == _ACTIVE, domain.within(sums, (branch,))
    )


def _total(counted: Row, name: str) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(counted.c[name]), _ZERO), Integer).label(name)


def _share_in_grid(unit: Row, _view: View) -> ColumnElement[Any]:
    """入格率, 0 without customers."""
    share = cast(unit.c.in_grid, Numeric) / func.nullif(unit.c.customers, _ZERO)
    return func.coalesce(func.round(share, literal_column("4")), _ZERO, type_=Numeric)


def _funnel(unit: Row, view: View) -> Row:
    """The steps of `domain/performance/funnel.py`, over the figures of the unit."""
    columns: list[ColumnElement[Any]] = [
        array([literal(step.name.value, String) for step in FUNNEL]),
        array([unit.c[FIGURES[step.name]] for step in FUNNEL]),
    ]
    names: list[Any] = [plain_column("step", String), plain_column("count", Integer)]
    for place in range(MOST_DENOMINATORS):
        given = [step.denominators[place] if place < len(step.denominators) else None for step in FUNNEL]
        columns += [
            array([literal(one and one.value, String) for one in given]),
            array([_NOTHING if one is None else unit.c[FIGURES[one]] for one in given]),
        ]
        names += [plain_column(f"of_{place}", String), plain_column(f"of_{place}_count", Integer)]
    steps = func.unnest(*columns).table_valued(*names, with_ordinality="position").render_derived()
    is_shown = false() if view.scope in (ScopeForm.NOTHING, ScopeForm.NOBODY) else may(VIEW_CUSTOMERS)
    return select(steps).where(is_shown).order_by(steps.c.position).correlate(unit).lateral()


def _scope(view: View) -> Scope:
    return branches(area_scope(view.scope), VIEW_CUSTOMERS)


def _sums(_view: View) -> Row:
    return CUSTOMER_SUMS.alias()


ROLLUP = Rollup(
    rows=_sums,
    scope=_scope,
    # Sums know no single customer.
    serves=lambda view: view.scope is not ScopeForm.MIXED,
    dimensions={"ORG_UNIT", "GRID", "KIND", "TIER", "STATUS", "ATTRITION_BAND"},
    measures={
        **{name: summed(name, Integer) for name in ("customers", "located", "due")},
        "withLoan": summed("with_loan", Integer),
        "depositFen": summed("deposit_fen"),
        "loanFen": summed("loan_fen"),
        "lineFen": summed("line_fen"),
    },
    filters={"kind", "tier", "status", "gridId", "orgUnitId", "attritionBand"},
)
ADDITIONS = (
    Addition("Customer", rollup=ROLLUP),
    Addition(
        "Dashboard",
        contract=OfDashboard,
        fields={
            "customers": column("customers"),
            "gridCoverage": Value(_share_in_grid),
            "visitsDue": column("due"),
            "funnel": Unnested("FunnelStep", _funnel),
        },
        rows=_with_figures,
    ),
)
