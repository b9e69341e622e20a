"""分组: customers counted by what they have in common."""

from collections.abc import Callable
from typing import Any

import strawberry
from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, func, literal_column

from schema.customers.inputs import CustomerKind, CustomerStatus
from schema.engine.mapping import Expression, One, TypeMap, columns, plain_column
from schema.engine.scope import Row
from schema.field_classes import c1
from schema.organisation.types import OrgUnit


@strawberry.type(description="客户分组: what the group's customers have in common, and how many they are.")
class CustomerGroup:
    org_unit: OrgUnit | None = c1("The outlet, where it is grouped by; null for customers without one.")
    kind: CustomerKind | None = c1("客户类别, where it is grouped by.")
    status: CustomerStatus | None = c1("客户状态, where it is grouped by.")
    customers: int = c1("How many customers.")
    located: int = c1("Those with a point.")


def counted(of: Callable[[Row], ColumnElement[Any]] | None = None) -> Expression:
    """How many rows, or for how many of them there is a value."""

    def count(row: Row, _view: Any) -> ColumnElement[Any]:
        return cast(func.count() if of is None else func.count(of(row)), Integer)

    return count


def summed(name: str, type_: Any = BigInteger) -> Expression:
    """The sum of a column; 0 of no rows."""
    return lambda row, _view: cast(func.coalesce(func.sum(row.c[name]), literal_column("0")), type_)


def one_if(condition: Callable[[Row], ColumnElement[bool]]) -> Callable[[Row], ColumnElement[Any]]:
    """A value for the rows for which it holds, which can be counted."""
    one: ColumnElement[Any] = literal_column("1")
    return lambda row: case((condition(row), one))


DIMENSIONS: dict[str, Expression] = {
    "ORG_UNIT": lambda row, _view: cast(row.c.org_unit_id, BigInteger),
    "KIND": lambda row, _view: row.c.kind,
    "STATUS": lambda row, _view: row.c.status,
}
MEASURES: dict[str, Expression] = {
    "customers": counted(),
    "located": counted(lambda row: row.c.lon_deg_wgs84),
}
CUSTOMER_GROUP = TypeMap(
    "CustomerGroup",
    {
        "orgUnit": One("OrgUnit", lambda group, unit, _: unit.c.id == group.c.ORG_UNIT),
        "kind": plain_column("KIND"),
        "status": plain_column("STATUS"),
        **columns(*MEASURES),
    },
)
