"""What types of the contract have in common."""

import strawberry

from schema.field_classes import c1


@strawberry.interface(description="Whatever can be fetched by its id. Ids carry no rights.")
class Node:
    id: strawberry.ID = c1("The id across all types, such as Customer:123.")


@strawberry.interface(
    description="A typed answer that is not a success; `code` is stable, `message` is for people."
)
class Refusal:
    code: str = strawberry.field(description="Stable; part of the contract.")
    message: str = strawberry.field(
        description="In the language of `Accept-Language`: what is wrong, what to do."
    )


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = c1("Whether rows follow this page.")
    has_previous_page: bool = c1("Whether rows lie before this page.")
    start_cursor: str | None = c1("The cursor of the first edge.")
    end_cursor: str | None = c1("The cursor of the last edge.")


@strawberry.type(description="Exact up to 10,000, then capped.")
class Count:
    value: int = c1("The count, 10,000 at most.")
    is_exact: bool = c1("False when there are more than 10,000.")
