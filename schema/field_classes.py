"""Field classes of JR/T 0171: declared beside the field, printed into the SDL, and what masking follows."""

from enum import Enum
from typing import Any

import strawberry
from strawberry.schema_directive import Location


@strawberry.enum(
    name="ClassLevel",
    description="JR/T 0171-2020: C1 internal use, C2 identity and financial facts, C3 authentication.",
)
class ClassLevel(Enum):
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="class",
    description="The class of the field's content. C2 is masked by role; C3 is never shown.",
)
class FieldClass:
    level: ClassLevel


def c1(description: str, **options: Any) -> Any:
    """A field for internal use: names of outlets, dates, counts."""
    return strawberry.field(description=description, directives=[FieldClass(level=ClassLevel.C1)], **options)


def c2(description: str, **options: Any) -> Any:
    """A field that identifies a person or tells of his money: masked by role in the statement."""
    return strawberry.field(description=description, directives=[FieldClass(level=ClassLevel.C2)], **options)
