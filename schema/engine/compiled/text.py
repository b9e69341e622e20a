"""JSON text put together in SQL: constants and expressions side by side in one `concat`.

Measured on a page of 500 rows by 12 values: `concat` 2.1 ms of processor, `json_build_object` 3.5. `concat` takes each
value through its own output function and leaves nulls out; so an expression that may be null stands inside a
`coalesce`, and a list without items is `[` beside `]`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, func, literal_column

Text = tuple[str | ColumnElement[Any], ...]
"""Pieces of JSON: constant text, and expressions whose output is JSON text."""

NULL = "null"
MISSING = "\x01"
"""Stands where GraphQL demands a value and there is none. JSON never holds it raw: whoever finds it in an answer lets
the ordinary executor answer, which says what is missing and where, and lets null propagate."""

_MOST_ARGUMENTS = 90
"""PostgreSQL takes a hundred arguments a call."""


def constant(text: str) -> ColumnElement[str]:
    escaped = text.replace("'", "''")
    if MISSING in escaped:
        return literal_column("E'" + escaped.replace("\\", "\\\\").replace(MISSING, "\\x01") + "'", String)
    return literal_column(f"'{escaped}'", String)


def together(pieces: Iterable[str | ColumnElement[Any]]) -> ColumnElement[str]:
    """One expression of type text; never null."""
    merged: list[str | ColumnElement[Any]] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "" or not isinstance(piece, str):
            merged.append(piece)
    if len(merged) == 1 and isinstance(merged[0], str):
        return constant(merged[0])
    made = [constant(piece) if isinstance(piece, str) else piece for piece in merged]
    while len(made) > _MOST_ARGUMENTS:
        starts = range(0, len(made), _MOST_ARGUMENTS)
        made = [_concat(made[start : start + _MOST_ARGUMENTS]) for start in starts]
    return _concat(made)


def _concat(arguments: list[ColumnElement[Any]]) -> ColumnElement[str]:
    return func.concat(*arguments, type_=String)


def or_else(text: ColumnElement[Any], missing: str) -> ColumnElement[str]:
    """The text, or a constant where it is null."""
    return func.coalesce(text, constant(missing), type_=String)


def object_text(pairs: Iterable[tuple[str, Text]]) -> Text:
    """A JSON object; keys are GraphQL names, so they need no escaping."""
    pieces: list[str | ColumnElement[Any]] = []
    for key, value in pairs:
        pieces += [f'{"," if pieces else "{"}"{key}":', *value]
    return (*pieces, "}") if pieces else ("{}",)


def list_text(items: ColumnElement[Any]) -> Text:
    """A JSON list of the items that `string_agg` joined; null where there are none."""
    return ("[", items, "]")
