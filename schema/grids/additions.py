"""What customers and the viewer show of grids."""

import strawberry
from sqlalchemy import BigInteger, and_, any_, cast
from strawberry import UNSET

from domain.grids import fields
from domain.shared.row_scope import ACTOR_GRIDS
from schema.customers.edges import of_customer
from schema.engine.mapping import Many, One
from schema.field_classes import c1
from schema.grids.mapping import in_force
from schema.grids.types import Grid, Placement, Post
from schema.organisation.types import Staff
from schema.rooms import Addition
from schema.rule_filters import named


@strawberry.type
class OfCustomer:
    grid: Grid | None = c1("The small grid; null without a point.")
    owner: Staff | None = c1("主办: who sits on the A post of the grid.")
    posts: list[Post] = c1("A and B of the customer's grid.")
    placements: list[Placement] = c1("归属沿革: whose the customer was on which days, the last first.")


@strawberry.input
class CustomersIn:
    grid_id: list[strawberry.ID] | None = UNSET


@strawberry.type
class OfGroup:
    grid: Grid | None = c1("The small grid, where it is grouped by; null for customers without one.")


@strawberry.type
class OfViewer:
    grids: list[Grid] = c1("Grids on whose A or B post he sits today, and those granted to him.")


ADDITIONS = (
    Addition(
        "Customer",
        contract=OfCustomer,
        fields={
            "grid": One("Grid", lambda customer, grid, _: grid.c.id == customer.c.grid_id),
            "owner": One("Staff", lambda customer, staff, _: staff.c.id == customer.c.owner_id),
            "posts": Many(
                "Post",
                lambda customer, post, _: and_(post.c.grid_id == customer.c.grid_id, in_force(post)),
                order=lambda post: [post.c.role, post.c.id],
            ),
            "placements": Many(
                "Placement",
                of_customer,
                order=lambda placement: [placement.c.from_on.desc()],
            ),
        },
        filter_input=CustomersIn,
        filters={"gridId": named(fields.GRID_ID, "Grid")},
        dimensions={"GRID": lambda row, _view: cast(row.c.grid_id, BigInteger)},
    ),
    Addition(
        "CustomerGroup",
        contract=OfGroup,
        fields={"grid": One("Grid", lambda group, grid, _: grid.c.id == group.c.GRID)},
    ),
    Addition(
        "Viewer",
        contract=OfViewer,
        fields={
            "grids": Many(
                "Grid",
                lambda _viewer, grid, _: grid.c.id == any_(ACTOR_GRIDS),
                order=lambda grid: [grid.c.code],
            )
        },
    ),
)
