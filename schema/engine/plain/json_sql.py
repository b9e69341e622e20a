"""JSON expressions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

_PAIRS_A_CALL = 50
"""PostgreSQL takes a hundred arguments a call."""


def json_object(pairs: Sequence[tuple[str, ColumnElement[Any]]]) -> ColumnElement[Any]:
    """A JSON object; keys are GraphQL names, so they need no escaping."""
    calls = [
        _flat(pairs[start : start + _PAIRS_A_CALL]) for start in range(0, len(pairs) or 1, _PAIRS_A_CALL)
    ]
    if len(calls) == 1:
        return func.json_build_object(*calls[0])
    whole: ColumnElement[Any] = func.jsonb_build_object(*calls[0], type_=JSONB)
    for call in calls[1:]:
        whole = whole.op("||")(func.jsonb_build_object(*call, type_=JSONB))
    return whole


def json_list(
    item: ColumnElement[Any],
    order: Sequence[ColumnElement[Any]] = (),
    where: ColumnElement[bool] | None = None,
) -> ColumnElement[Any]:
    """An aggregate: all items as a JSON list, an empty one when there are none."""
    collected = func.json_agg(aggregate_order_by(item, *order) if order else item)
    listed = collected if where is None else collected.filter(where)
    return func.coalesce(listed, literal_column("'[]'::json"))


def constant(text: str) -> ColumnElement[Any]:
    """A name of the schema as part of the text; it needs no escaping."""
    return literal_column(f"'{text}'", String)


def _flat(pairs: Sequence[tuple[str, ColumnElement[Any]]]) -> list[ColumnElement[Any]]:
    flat: list[ColumnElement[Any]] = []
    for key, value in pairs:
        flat += [constant(key), value]
    return flat
