"""分组: customers counted and summed."""

from typing import Any

import strawberry
from sqlalchemy import BigInteger, ColumnElement, Integer, SmallInteger, case, cast, func, literal_column

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.customers.scope import area_scope
from domain.performance.models import CUSTOMER_SUMS
from domain.products import fields as products
from domain.shared.actor import ScopeForm
from domain.tasks import fields as tasks
from schema.customers.filters import FILTERS
from schema.customers.inputs import CustomerKind, CustomerStatus, CustomerTier
from schema.engine.mapping import Groups, One, Rollup, TypeMap, column, plain_column
from schema.engine.scope import Row, Scope
from schema.field_classes import c1
from schema.grids.types import Grid
from schema.organisation.types import OrgUnit
from schema.rule_filters import asked
from schema.scalars import Fen
from schema.view import View, branches


@strawberry.type(description="客户分组: what the group's customers have in common, and how many they are.")
class CustomerGroup:
    org_unit: OrgUnit | None = c1("The outlet, where it is grouped by; null for customers without one.")
    grid: Grid | None = c1("The small grid, where it is grouped by; null for customers without one.")
    kind: CustomerKind | None = c1("客户类别, where it is grouped by.")
    tier: CustomerTier | None = c1("客户分层, where it is grouped by.")
    status: CustomerStatus | None = c1("客户状态, where it is grouped by.")
    attrition_band: int | None = c1("The attrition band, where it is grouped by; null without a score.")
    customers: int = c1("How many customers.")
    located: int = c1("Those with a point.")
    due: int = c1("应访: those whom last night found a reason to see.")
    with_loan: int = c1("Those with a balance of loans.")
    deposit_fen: Fen = c1("Deposits of all of them.")
    loan_fen: Fen = c1("Loans of all of them.")
    line_fen: Fen = c1("Credit lines in force of all of them.")


def _scope(view: View) -> Scope:
    return branches(area_scope(view.scope), VIEW_CUSTOMERS)


def _of(name: str, type_: Any) -> Any:
    return lambda row, _view: cast(row.c[name], type_)


_DIMENSIONS = {
    "ORG_UNIT": _of("org_unit_id", BigInteger),
    "GRID": _of("grid_id", BigInteger),
    "KIND": lambda row, _view: row.c.kind,
    "TIER": lambda row, _view: row.c.tier,
    "STATUS": lambda row, _view: row.c.status,
    "ATTRITION_BAND": _of("attrition_band", SmallInteger),
}
"""Columns that customers and their sums have in common."""


def _count(of: Any = lambda row: row.c.id) -> Any:
    return lambda row, _view: cast(func.count(of(row)), Integer)


def _sum(name: str, type_: Any = BigInteger) -> Any:
    return lambda row, _view: cast(func.coalesce(func.sum(row.c[name]), literal_column("0")), type_)


def _one_if(condition: Any) -> Any:
    one: ColumnElement[Any] = literal_column("1")
    return lambda row: case((condition(row), one))


_MONEY = {name: _sum(name) for name in ("deposit_fen", "loan_fen", "line_fen")}


def _sums(_view: View) -> Row:
    return CUSTOMER_SUMS.alias()


ROLLUP = Rollup(
    rows=_sums,
    scope=_scope,
    # Sums know no single customer.
    serves=lambda view: view.scope is not ScopeForm.MIXED,
    dimensions=_DIMENSIONS,
    measures={
        **{name: _sum(name, Integer) for name in ("customers", "located", "due", "with_loan")},
        **_MONEY,
    },
    filters={
        **{name: FILTERS[name] for name in ("kind", "tier", "status", "gridId", "orgUnitId")},
        "attritionBand": FILTERS["attritionBand"],
    },
)
CUSTOMER_GROUPS = Groups(
    "CustomerGroup",
    of="Customer",
    dimensions=_DIMENSIONS,
    measures={
        "customers": _count(),
        "located": _count(lambda row: row.c.lon_deg_wgs84),
        "due": _count(_one_if(asked(tasks.DUE))),
        "with_loan": _count(_one_if(asked(products.HAS_LOAN))),
        **_MONEY,
    },
    filters=FILTERS,
    rollup=ROLLUP,
)
CUSTOMER_GROUP = TypeMap(
    "CustomerGroup",
    {
        "orgUnit": One("OrgUnit", lambda group, unit, _: unit.c.id == group.c.ORG_UNIT),
        "grid": One("Grid", lambda group, grid, _: grid.c.id == group.c.GRID),
        "kind": plain_column("KIND"),
        "tier": plain_column("TIER"),
        "status": plain_column("STATUS"),
        "attritionBand": column("ATTRITION_BAND"),
        "customers": column("customers"),
        "located": column("located"),
        "due": column("due"),
        "withLoan": column("with_loan"),
        "depositFen": column("deposit_fen"),
        "loanFen": column("loan_fen"),
        "lineFen": column("line_fen"),
    },
)
