"""Filters: what each input field means is declared in the mapping; `and`, `or` and `not` are here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, true

from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given
from schema.engine.mapping import Filter, View
from schema.engine.scope import Row

MOST_CONDITIONS = 50
DEEPEST = 6
_TOO_MANY_CONDITIONS = complaint("FILTER_TOO_LARGE", takes=("most",))
_TOO_DEEP = complaint("FILTER_TOO_LARGE", "FILTER_TOO_DEEP", takes=("most",))


def condition(filters: Mapping[str, Filter], asked: Given, row: Row, view: View) -> ColumnElement[bool]:
    """All given conditions together; nothing given means every row."""
    if asked.is_null:
        return true()
    asked.fact(_check_size)
    return _all(filters, asked, row, view)


def _all(filters: Mapping[str, Filter], asked: Given, row: Row, view: View) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    for name, value in asked.items():
        if name == "and":
            parts += [_all(filters, one, row, view) for one in value.each()]
        elif name == "or":
            alternatives = [_all(filters, one, row, view) for one in value.each()]
            parts.append(or_(*alternatives) if alternatives else true())
        elif name == "not":
            # Unknown counts as "does not hold", so that a filter and its `not` together are everything.
            parts.append(not_(func.coalesce(_all(filters, value, row, view), False)))
        else:
            parts.append(filters[name](row, value, view))
    return and_(*parts)


def _check_size(asked: Mapping[str, Any]) -> None:
    if _count(asked, 1) > MOST_CONDITIONS:
        raise BadRequest(_TOO_MANY_CONDITIONS, most=MOST_CONDITIONS)


def _count(asked: Mapping[str, Any], depth: int) -> int:
    if depth > DEEPEST:
        raise BadRequest(_TOO_DEEP, most=DEEPEST)
    total = 0
    for name, value in asked.items():
        nested = value if name in {"and", "or"} else [value] if name == "not" else None
        if nested is None or value is None:
            total += len(value) if isinstance(value, list) and len(value) > MOST_CONDITIONS else 1
        else:
            total += sum(_count(one, depth + 1) for one in nested)
    return total
