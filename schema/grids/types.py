"""Grids, their posts and figures."""

from datetime import date
from enum import Enum
from typing import Optional

import strawberry

from schema.field_classes import c1
from schema.nodes import Node
from schema.organisation.types import OrgUnit, Staff
from schema.scalars import GeoJSON


@strawberry.enum(description="大网格, 小网格 or 名单网格, which has no shape.")
class GridLevel(Enum):
    LARGE = "LARGE"
    SMALL = "SMALL"
    LIST = "LIST"


@strawberry.enum(description="A/B 岗: A is responsible, B covers.")
class PostRole(Enum):
    A = "A"
    B = "B"


@strawberry.type(description="A/B 岗: who works a small grid.")
class Post:
    role: PostRole = c1("A is responsible, B covers.")
    staff: Staff = c1("Who sits on the post.")
    from_: date = c1("The first day.", name="from")
    to: date | None = c1("The day from which on it is no longer so; null while open.")


@strawberry.enum(description="Why a customer's placement began.")
class PlacementCause(Enum):
    FIRST = strawberry.enum_value("FIRST", description="The customer is new, or days began to be kept.")
    FILES = strawberry.enum_value("FILES", description="The night's files.")
    CUT = strawberry.enum_value("CUT", description="Somebody cut a link of records, or took a cut back.")
    PLAN = strawberry.enum_value(
        "PLAN", description="Another plan came in force, or another outlet works the grid."
    )
    PLACE = strawberry.enum_value("PLACE", description="The customer's place is another one.")
    POST = strawberry.enum_value("POST", description="Somebody else sits on the post.")
    CLAIM = strawberry.enum_value(
        "CLAIM",
        description="An exception, a list or a rule gives the customer to somebody, or no longer does.",
    )
    BOOKS = strawberry.enum_value("BOOKS", description="Outside every grid: the books name somebody else.")


@strawberry.type(description="归属沿革: whose a customer was, and under which plan.")
class Placement:
    from_: date = c1("The first day.", name="from")
    to: date | None = c1("The day on which it was so no longer; null while it is.")
    plan: str | None = c1(
        "The plan of the first day; null outside every grid. The grid may go on under later ones."
    )
    grid_code: str | None = c1("The grid's code.")
    grid_name: str | None = c1("The grid's name in that plan.")
    org_unit: OrgUnit | None = c1("The outlet.")
    owner: Staff | None = c1("Who owned the customer.")
    cause: PlacementCause = c1("Why it began.")


@strawberry.type(description="网格指标, rebuilt by the night and when another plan begins.")
class GridStatistics:
    customers: int = c1("Customers of the grid.")
    located: int = c1("Customers with a point.")


@strawberry.type(description="网格: a union of atoms (small) or of small grids (large).")
class Grid(Node):
    code: str = c1("The code within the plan.")
    name: str = c1("The name people use.")
    level: GridLevel = c1("大网格 or 小网格.")
    parent: Optional["Grid"] = c1("The large grid, where it is within the scope.")
    children: list["Grid"] = c1("Small grids within the scope.")
    org_unit: OrgUnit = c1("The outlet that works the grid.")
    boundary: GeoJSON = c1("The outline, always a MultiPolygon; of a 名单网格 one of no polygon.")
    area_m2: float = c1("The area.", name="areaM2")
    posts: list[Post] = c1("Who works the grid today.")
    statistics: GridStatistics = c1("Figures of the data date.")


@strawberry.enum(description="岗位提醒, the most pressing first.")
class PostNoticeKind(Enum):
    NOBODY = strawberry.enum_value("NOBODY", description="Nobody is there today, neither on A nor on B.")
    NOBODY_ON_A = strawberry.enum_value(
        "NOBODY_ON_A", description="Nobody sits on A; who sits on B stands in."
    )
    AWAY = strawberry.enum_value("AWAY", description="Who sits on A is on leave; B works for him.")
    ROTATION = strawberry.enum_value(
        "ROTATION", description="轮岗: who sits on A has sat there as long as the bank allows, or soon will."
    )


@strawberry.type(description="岗位提醒: a grid of the plan in force that wants its outlet manager's hand.")
class PostNotice:
    kind: PostNoticeKind = c1("What it is about.")
    grid: Grid | None = c1("The grid.")
    staff: Staff | None = c1("Whom it concerns; null where nobody is there.")
    since: date | None = c1("Since when he sits there, counted over plans.")
    due_on: date | None = c1("When he is back, or by when somebody else is to sit there.")
