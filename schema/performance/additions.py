"""What dashboards and groups are read from: sums of the customers whom the list shows too."""

from collections.abc import Callable
from typing import Any

import strawberry
from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    String,
    and_,
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

from domain.customers.scope import customer_scope
from domain.performance.funnel import FIGURES, FUNNEL, MOST_DENOMINATORS
from domain.performance.models import CUSTOMER_SUMS
from domain.shared.actor import ScopeKind
from domain.shared.permissions import Permission
from domain.shared.row_scope import within
from schema.customers.groups import summed
from schema.engine.mapping import Rollup, Unnested, Value, column
from schema.engine.scope import NOTHING, Row, Scope
from schema.field_classes import c1
from schema.organisation.mapping import is_bank
from schema.performance.types import FunnelStep as FunnelStepType
from schema.rooms import Addition
from schema.view import View, branches


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
    if not view.may(Permission.VIEW_CUSTOMERS):
        return select(unit, *(_ZERO.label(name) for name in SUMMED)).subquery()
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
            active(lambda _sums: is_bank(unit)),
            active(lambda sums: and_(not_(is_bank(unit)), sums.c.org_unit_id == unit.c.id)),
        ).lateral()
    return select(*(_total(counted, name) for name in SUMMED)).select_from(counted).lateral("figures")


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
    shown = select(steps).order_by(steps.c.position)
    if not view.may(Permission.VIEW_CUSTOMERS):
        shown = shown.where(false())
    return shown.correlate(unit).lateral()


def _scope(view: View) -> Scope:
    return branches(customer_scope(view.scope)) if view.may(Permission.VIEW_CUSTOMERS) else NOTHING


def _sums(_view: View) -> Row:
    return CUSTOMER_SUMS.alias()


ROLLUP = Rollup(
    rows=_sums,
    scope=_scope,
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
