"""Declared fields and explanations in the contract's types."""

from datetime import date
from typing import Any

from domain.shared.rules.explaining import Explained, Explanation
from domain.shared.rules.fields import Field, FieldType
from domain.shared.rules.tree import Leaf, Parameter
from schema.field_classes import ClassLevel
from schema.rules.types import RuleExplanation, RuleField, RuleFieldType, RuleLeaf, RuleOperator, RuleValue


def field_of(declared: Field) -> RuleField:
    return RuleField(
        name=declared.name,
        code=declared.code,
        type=RuleFieldType(declared.type.value),
        operators=[RuleOperator(one.value) for one in sorted(declared.operators)],
        values=list(declared.values),
        level=ClassLevel(declared.level),
    )


def explanation_of(found: Explanation, data_date: date) -> RuleExplanation:
    return RuleExplanation(
        data_date=data_date, holds=found.holds, leaves=[_leaf(one) for one in found.leaves]
    )


def _leaf(found: Explained) -> RuleLeaf:
    leaf = found.leaf
    given: dict[str, Any] = {
        "path": ".".join(map(str, leaf.path)),
        "source": found.source,
        "known_on": found.known_on,
        "holds": found.holds,
    }
    if not isinstance(leaf, Leaf):
        many = _value(FieldType.INTEGER, found.value)
        return RuleLeaf(**given, field=leaf.link.name, operator=None, wanted=[], parameter=None, value=many)
    wanted = found.wanted if isinstance(found.wanted, list) else [found.wanted]
    return RuleLeaf(
        **given,
        field=leaf.field.name,
        operator=RuleOperator(leaf.operator.value),
        wanted=[_value(leaf.field.type, one) for one in wanted],
        parameter=leaf.value.name if isinstance(leaf.value, Parameter) else None,
        value=None if found.value is None else _value(leaf.field.type, found.value),
    )


def _value(type_: FieldType, value: Any) -> RuleValue:
    """The one part that the type names; a value of `known` is a flag whatever the field's type."""
    part = "flag" if isinstance(value, bool) else _PARTS[type_]
    parts = dict.fromkeys(("text", "number", "fen", "date", "flag"))
    return RuleValue(**(parts | {part: value}))


_PARTS = {
    FieldType.TEXT: "text",
    FieldType.INTEGER: "number",
    FieldType.NUMBER: "number",
    FieldType.KEY: "number",
    FieldType.FEN: "fen",
    FieldType.DATE: "date",
    FieldType.FLAG: "flag",
}
