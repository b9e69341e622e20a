"""Which page of a connection is asked for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer

from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given

DEFAULT_PAGE = 50
LARGEST_PAGE = 500
_BOTH_WAYS = complaint("BAD_PAGE", "PAGE_BOTH_WAYS")
_PAGE_SIZE = complaint("BAD_PAGE", "PAGE_SIZE", takes=("most",))
WINDOWS = (10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Paging:
    """`size` rows are shown. `window` is the next round number: it stands in the text as a constant, because a planner
    that does not know how few rows are wanted reads all of them."""

    size: ColumnElement[int]
    window: int
    is_backward: bool
    cursor: Given | None


def paging_of(arguments: Given) -> Paging:
    """`first` and `after`, or `last` and `before`; both ways at once are refused."""
    is_forward = "first" in arguments or "after" in arguments
    is_backward = "last" in arguments or "before" in arguments
    if is_forward and is_backward:
        raise BadRequest(_BOTH_WAYS)
    asked = arguments["last" if is_backward else "first"]
    if asked.is_null:
        asked = Given(DEFAULT_PAGE, arguments.parameters)
    cursor = arguments["before" if is_backward else "after"]
    return Paging(asked.bind(Integer()), asked.fact(_window), is_backward, None if cursor.is_null else cursor)


def _window(size: Any) -> int:
    if not 0 <= size <= LARGEST_PAGE:
        raise BadRequest(_PAGE_SIZE, most=LARGEST_PAGE)
    return next(window for window in WINDOWS if size <= window)
