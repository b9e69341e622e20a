"""A permission is declared beside the field and printed into the SDL; it is checked once, before the operation runs."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import strawberry
from strawberry.schema_directive import Location

from domain.shared.permissions import Permission


def enum_of(name: str, members: Iterable[str], description: str) -> Any:
    """A contract's enumeration of names that the code keeps in a list of its own."""
    made: Any = Enum(name, {one: one for one in members})  # type: ignore[misc]
    return strawberry.enum(made, description=description)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requires",
    description="The permission without which an operation that selects this field is FORBIDDEN.",
)
class Requires:
    permission: str


def read(permission: Permission, description: str) -> Any:
    """A root field that reads; its resolver is the decorated method."""
    return strawberry.field(description=description, directives=[Requires(permission=str(permission))])


def write(permission: Permission, description: str) -> Any:
    """A root field that writes; its resolver is the decorated method."""
    return strawberry.mutation(description=description, directives=[Requires(permission=str(permission))])
