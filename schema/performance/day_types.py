"""Grids on a past day, in the contract."""

from datetime import date
from enum import Enum

import strawberry

from schema.field_classes import c1
from schema.scalars import Fen


@strawberry.enum(description="按哪个方案: which plan's grids the figures of a day are summed for.")
class UnderPlan(Enum):
    IN_FORCE = strawberry.enum_value("IN_FORCE", description="重述: the plan in force today.")
    OF_THE_DAY = strawberry.enum_value("OF_THE_DAY", description="The plan that the day had.")


@strawberry.type(description="留存日: a data date of which the figures of grids are kept.")
class KeptDay:
    day: date = c1("The data date.")
    plan: str | None = c1("The name of the plan that it was seen under; null where there was none.")
    plan_is_in_force: bool = c1("Whether that is the plan in force today.")


@strawberry.type(description="某日网格: a grid with what its customers came to on a data date.")
class GridOnDay:
    grid_id: strawberry.ID = c1("The id of the grid, which belongs to one plan.")
    code: str = c1("The code, by which grids of two plans are told to be the same.")
    name: str = c1("The name in that plan.")
    area_m2: float = c1("The area; another one under the same code is another cut.", name="areaM2")
    customers: int = c1("Customers of the grid, without those of 名单网格.")
    located: int = c1("Customers with a point.")
    visited_90d: int = c1(
        "Customers visited in the 90 days before, a former system's visits among them.", name="visited90d"
    )
    visited_here_90d: int = c1(
        "Customers whom a visit recorded here had reached in the 90 days before.", name="visitedHere90d"
    )
    key_customers: int = c1("重点客户.")
    deposit_fen: Fen = c1("Deposits of all customers.")
    loan_fen: Fen = c1("Loans of all customers.")
    due_visits: int = c1("Customers whom somebody was to see.")
    at_risk: int = c1("Customers in the highest attrition bands, as the day's parameters had them.")


@strawberry.type(
    description="某日各网格: the grids of one plan within the viewer's scope, with figures of one data date."
)
class GridsOnDay:
    day: date = c1("The data date.")
    plan: str | None = c1("The name of the plan; null where the day had none.")
    grids: list[GridOnDay] = c1("By code.")
    elsewhere: int | None = c1(
        "Customers of that day whom this plan has in no grid: without a place, or on ground that is no atom of it. "
        "Null for who does not see the whole bank."
    )
