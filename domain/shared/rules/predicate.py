"""A rule as a SQL predicate over one row of its subject.

Unknown means "does not hold", so a rule and its `not` together are everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    and_,
    any_,
    bindparam,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from domain.shared.rules.fields import Day, Field, FieldType, Operator, Row
from domain.shared.rules.tree import Every, Leaf, Node, Not, Parameter, Relative, Some
from domain.shared.rules.values import LISTS, Parameters, bound_for, fitting, parameter

_Wanted = ColumnElement[Any] | bool


@dataclass(frozen=True)
class AsOf:
    """The data date, or SQL that gives it, and the bank's parameters on it."""

    day: date | Day
    parameters: Parameters = field(default_factory=dict)

    @property
    def sql(self) -> Day:
        return bindparam("rule_day", self.day, Date) if isinstance(self.day, date) else self.day


def holds(node: Node, row: Row, as_of: AsOf, joined: Mapping[str, Row] | None = None) -> ColumnElement[bool]:
    """`joined` are rows of what lies beside the subject, by name, that the statement has joined; others are looked up.

    Null stands for false, except below a `not`, where it is made so.
    """
    if isinstance(node, Leaf):
        return _leaf(node, row, as_of, joined or {})
    if isinstance(node, Some):
        found: ColumnElement[bool] = _others(node, row, as_of).exists()
        return found
    if isinstance(node, Not):
        return not_(func.coalesce(holds(node.part, row, as_of, joined), false()))
    parts = [holds(part, row, as_of, joined) for part in node.parts]
    return and_(true(), *parts) if isinstance(node, Every) else or_(false(), *parts)


def _others(node: Some, row: Row, as_of: AsOf) -> Any:
    other = node.link.to.table.alias()
    return (
        select(literal(1))
        .select_from(other)
        .where(node.link.on(row, other), holds(node.part, other, as_of))
        .correlate(row)
    )


def how_many(node: Some, row: Row, as_of: AsOf) -> ColumnElement[Any]:
    """How many at the other end there are for which the part holds."""
    counted: ColumnElement[Any] = _others(node, row, as_of).with_only_columns(func.count()).scalar_subquery()
    return counted


def _leaf(leaf: Leaf, row: Row, as_of: AsOf, joined: Mapping[str, Row]) -> ColumnElement[bool]:
    value = value_of(leaf.field, row, as_of.sql, joined)
    return compared(value, leaf.operator, wanted(leaf, as_of))


def value_of(asked: Field, row: Row, day: Day, joined: Mapping[str, Row] | None = None) -> ColumnElement[Any]:
    """The field's value for the row; what lies beside is looked up unless it is joined."""
    beside = asked.beside
    if beside is None:
        return asked.sql(row, day)
    if joined and beside.name in joined:
        found = joined[beside.name]
        value = asked.sql(found, day)
        # Where there is no row beside the subject, a flag is false.
        return and_(found.c[beside.column].is_not(None), value) if _is_flag(asked) else value
    other = beside.rows(day)
    is_of_subject = other.c[beside.column] == row.c[asked.subject.key]
    if _is_flag(asked):
        raised = select(other.c[beside.column]).where(is_of_subject, asked.sql(other, day))
        return raised.correlate(row).exists()
    # One row in any case, as a join has it: what no row means is the field's to say.
    looked_up = select(literal_column("1", Integer)).subquery().outerjoin(other, is_of_subject)
    return select(asked.sql(other, day)).select_from(looked_up).correlate(row).scalar_subquery()


def _is_flag(asked: Field) -> bool:
    return asked.type is FieldType.FLAG


def compared(value: ColumnElement[Any], operator: Operator, wanted: _Wanted) -> ColumnElement[bool]:
    """`wanted` is SQL of the type that `bound_type` says, or a boolean that is known."""
    if isinstance(wanted, bool):
        found = value.is_not(None) if operator is Operator.KNOWN else value
        return found if wanted else not_(found)
    if operator is Operator.IN:
        return value == any_(wanted)
    if operator is Operator.BEGINS:
        return value.op("like", return_type=Boolean())(any_(wanted))
    return {
        Operator.EQ: value.__eq__,
        Operator.GTE: value.__ge__,
        Operator.GT: value.__gt__,
        Operator.LTE: value.__le__,
        Operator.LT: value.__lt__,
    }[operator](wanted)


def bound_type(asked: Field, operator: Operator) -> TypeEngine[Any]:
    return ARRAY(type(asked.type.sql)) if operator in LISTS else asked.type.sql


def wanted_value(leaf: Leaf, as_of: AsOf) -> Any:
    """The value of the leaf as of the day, but for days relative to it. Raises WrongValue for a parameter that no
    longer fits."""
    assert not isinstance(leaf.value, Relative), "a relative day is SQL"
    if isinstance(leaf.value, Parameter):
        given = parameter(as_of.parameters, leaf.value.name, leaf.path)
        return fitting(leaf.field, leaf.operator, given, leaf.path)
    return leaf.value.value


def wanted(leaf: Leaf, as_of: AsOf) -> _Wanted:
    """What the leaf compares with, as SQL; a flag as it is."""
    if isinstance(leaf.value, Relative):
        return relative_day(leaf.value, as_of.sql)
    value = wanted_value(leaf, as_of)
    if isinstance(value, bool):
        return value
    return bindparam(
        "rule", bound_for(leaf.operator, value), bound_type(leaf.field, leaf.operator), unique=True
    )


def relative_day(value: Relative, day: Day) -> ColumnElement[Any]:
    if value.months:
        # As PostgreSQL adds months: the last day of a shorter month.
        return cast(day + func.make_interval(0, literal(value.months, Integer)), Date)
    return cast(day + literal(value.days, Integer), Date)
