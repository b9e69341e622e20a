"""From which morning on a rule holds when nothing happens but that days pass: what is asked of today, asked of the day.

So the day by which something is to be done follows from the rule that asks for it, and is written nowhere else.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, case, cast, func, literal, literal_column

from domain.shared.rules.fields import FieldType, Operator, Row
from domain.shared.rules.predicate import AsOf, holds, value_of, wanted
from domain.shared.rules.tree import Every, Leaf, Node, Not, Relative, Some

_EVER: ColumnElement[Any] = cast(literal_column("'-infinity'"), Date)
_NEVER: ColumnElement[Any] = cast(literal_column("'infinity'"), Date)


def begins_on(
    node: Node, row: Row, as_of: AsOf, joined: Mapping[str, Row] | None = None
) -> ColumnElement[Any]:
    """The first morning (the day after a data date) on which the rule holds; `-infinity` where it holds whatever the
    day, `infinity` where days alone do not bring it about.

    Days move a leaf that asks for at least so much of a field which says when it gets there (`reached_on`), and one
    that asks for a date up to so many days from the data date. All other conditions stay as they are. Raises ValueError
    for `not` and `some`: what holds until a day has no first one.
    """
    if isinstance(node, Leaf):
        return _of_leaf(node, row, as_of, joined or {})
    if isinstance(node, Not | Some):
        raise ValueError("a rule with `not` or `some` does not begin on one day")
    parts = [begins_on(part, row, as_of, joined) for part in node.parts]
    # Of nothing at all everything holds, and no one thing.
    return func.greatest(_EVER, *parts) if isinstance(node, Every) else func.least(_NEVER, *parts)


def _of_leaf(leaf: Leaf, row: Row, as_of: AsOf, joined: Mapping[str, Row]) -> ColumnElement[Any]:
    if leaf.operator is Operator.GTE and leaf.field.reached_on is not None:
        number = wanted(leaf, as_of)
        assert not isinstance(number, bool), "only flags are compared with a boolean"
        return func.coalesce(leaf.field.reached_on(row, number), _NEVER)
    if leaf.operator is Operator.LTE and _is_days_from(leaf):
        assert isinstance(leaf.value, Relative)
        # `value <= day + n`, and the morning is the day after.
        before = literal(1 - leaf.value.days, Integer)
        return func.coalesce(value_of(leaf.field, row, as_of.sql, joined) + before, _NEVER)
    return case((holds(leaf, row, as_of, joined), _EVER), else_=_NEVER)


def _is_days_from(leaf: Leaf) -> bool:
    return leaf.field.type is FieldType.DATE and isinstance(leaf.value, Relative) and not leaf.value.months
