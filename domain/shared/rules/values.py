"""Values of leaves: whether they fit the field, and what is bound for them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.shared.calendar import day_of
from domain.shared.rules.errors import UnknownParameter, WrongValue
from domain.shared.rules.fields import Field, FieldType, Operator
from domain.shared.rules.tree import Path

Parameters = Mapping[str, Any]
"""The bank's parameters by name, as of the data date."""

MOST_VALUES = 500
LONGEST_TEXT = 100
_WIDTH = {FieldType.INTEGER: 31, FieldType.FEN: 63, FieldType.KEY: 63}
LISTS = frozenset({Operator.IN, Operator.BEGINS})


def fitting(field: Field, operator: Operator, value: Any, path: Path) -> Any:
    """The value as Python holds it: dates are read, numbers stay. Raises WrongValue."""
    if operator is Operator.KNOWN:
        return _flag(value, path)
    if operator not in LISTS:
        return _single(field, value, path)
    if not isinstance(value, list | tuple) or len(value) > MOST_VALUES:
        raise WrongValue(path, expected="LIST")
    return [_single(field, one, path, is_closed=operator is Operator.IN) for one in value]


def _single(field: Field, value: Any, path: Path, *, is_closed: bool = True) -> Any:
    if field.type is FieldType.FLAG:
        return _flag(value, path)
    if field.type is FieldType.DATE:
        return _date(value, path)
    if field.type is FieldType.TEXT:
        return _text(field, value, path, is_closed)
    if field.type is FieldType.NUMBER:
        return _number(value, path)
    limit = 1 << _WIDTH[field.type]
    if isinstance(value, bool) or not isinstance(value, int) or not -limit <= value < limit:
        raise WrongValue(path, expected="WHOLE_NUMBER")
    return value


def _flag(value: Any, path: Path) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(path, expected="FLAG")
    return value


def _number(value: Any, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise WrongValue(path, expected="NUMBER")
    return value


def _date(value: Any, path: Path) -> date:
    try:
        return value if isinstance(value, date) else day_of(value)
    except (TypeError, ValueError):
        raise WrongValue(path, expected="DATE") from None


def _text(field: Field, value: Any, path: Path, is_closed: bool) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        raise WrongValue(path, expected="TEXT")
    if is_closed and field.values and value not in field.values:
        raise WrongValue(path, expected=",".join(field.values))
    return value


def parameter(parameters: Parameters, name: str, path: Path) -> Any:
    """The value of a parameter, which must be known on the day."""
    if name not in parameters:
        raise UnknownParameter(path, name=name)
    return parameters[name]


def bound_for(operator: Operator, value: Any) -> Any:
    """What is bound for a value that fits: a beginning becomes a pattern."""
    return [escaped(one) + "%" for one in value] if operator is Operator.BEGINS else value


def escaped(text: str) -> str:
    """Text as LIKE takes it literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
