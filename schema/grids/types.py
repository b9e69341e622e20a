"""Grids, their posts and figures."""

from datetime import date
from enum import Enum
from typing import Optional

import strawberry

from schema.field_classes import c1
from schema.nodes import Node
from schema.organisation.types import OrgUnit, Staff
from schema.scalars import GeoJSON


@strawberry.enum(description="大网格 or 小网格.")
class GridLevel(Enum):
    LARGE = "LARGE"
    SMALL = "SMALL"


@strawberry.enum(description="A/B 岗: A is responsible, B covers.")
class PostRole(Enum):
    A = "A"
    B = "B"


@strawberry.type(description="A/B 岗: who works a small grid.")
class Post:
    role: PostRole = c1("A is responsible, B covers.")
    staff: Staff = c1("Who sits on the post.")
    from_: date = c1("The first day.", name="from")
    to: date | None = c1("The last day; null while in force.")


@strawberry.type(description="网格指标, rebuilt by the night.")
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
    boundary: GeoJSON = c1("The outline, always a MultiPolygon.")
    area_m2: float = c1("The area.", name="areaM2")
    posts: list[Post] = c1("Who works the grid today.")
    statistics: GridStatistics = c1("Figures of the data date.")
