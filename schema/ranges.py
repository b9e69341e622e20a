"""Half-open ranges of which an input asks."""

from datetime import date

import strawberry
from strawberry import UNSET

from schema.scalars import Fen


@strawberry.input(description="Half-open: from `gte` up to but not including `lt`.")
class FenRange:
    gte: Fen | None = UNSET
    lt: Fen | None = UNSET


@strawberry.input(description="Half-open: from `gte` up to but not including `lt`.")
class FloatRange:
    gte: float | None = UNSET
    lt: float | None = UNSET


@strawberry.input(description="Half-open: from `gte` up to but not including `lt`.")
class DateRange:
    gte: date | None = UNSET
    lt: date | None = UNSET
