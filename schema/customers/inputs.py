"""How lists of customers are narrowed and ordered."""

from enum import Enum
from typing import Optional

import strawberry
from strawberry import UNSET

from schema.customers.areas import Area


@strawberry.enum(description="客户类别.")
class CustomerKind(Enum):
    PERSON = "PERSON"
    HOUSEHOLD = "HOUSEHOLD"
    SOLE_TRADER = "SOLE_TRADER"
    ENTERPRISE = "ENTERPRISE"
    ORGANISATION = "ORGANISATION"


@strawberry.enum(
    description="客户状态: the bank serves ACTIVE customers; the others are kept for what they left."
)
class CustomerStatus(Enum):
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    MOVED = "MOVED"
    DEAD = "DEAD"


@strawberry.enum(description="What customers can be ordered by. Descending puts the unknown last.")
class CustomerOrderField(Enum):
    NAME = "NAME"


@strawberry.input(description="All given conditions hold; `and`, `or` and `not` nest.")
class CustomerFilter:
    and_: list["CustomerFilter"] | None = strawberry.field(name="and", default=UNSET)
    or_: list["CustomerFilter"] | None = strawberry.field(name="or", default=UNSET)
    not_: Optional["CustomerFilter"] = strawberry.field(name="not", default=UNSET)
    text: str | None = strawberry.field(
        default=UNSET,
        description="Part of the name or address, or the last four or more digits of the phone.",
    )
    kind: list[CustomerKind] | None = UNSET
    status: list[CustomerStatus] | None = UNSET
    org_unit_id: list[strawberry.ID] | None = UNSET
    industry: list[str] | None = strawberry.field(
        default=UNSET, description="Codes of GB/T 4754; a shorter code means everything below it."
    )
    located: bool | None = strawberry.field(default=UNSET, description="Whether the customer has a point.")
    age_decade: list[int] | None = strawberry.field(
        default=UNSET, description="年龄段: decades of the age; 30 for 30 to 39."
    )
    area: Area | None = strawberry.field(
        default=UNSET,
        description="在图上画的区域: whom the map draws there; whole grids by their centres where places are masked.",
    )


@strawberry.input(description="One key of the order; the id breaks ties.")
class CustomerOrder:
    by: CustomerOrderField
    descending: bool | None = False


@strawberry.enum(description="分组维度: what customers are counted by.")
class CustomerDimension(Enum):
    ORG_UNIT = "ORG_UNIT"
    KIND = "KIND"
    STATUS = "STATUS"
