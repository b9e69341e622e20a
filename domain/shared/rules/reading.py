"""From JSON to a rule whose fields, operators and values are known to fit. Anything else is refused with its path."""

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from domain.shared.rules.errors import (
    FieldForbidden,
    RuleTooLarge,
    RuleUnreadable,
    UnknownField,
    UnknownOperator,
    WrongValue,
)
from domain.shared.rules.fields import Field, FieldType, Link, Operator, Subject
from domain.shared.rules.tree import (
    Constant,
    Either,
    Every,
    Leaf,
    Node,
    Not,
    Parameter,
    Path,
    Relative,
    Some,
    Value,
)
from domain.shared.rules.values import LISTS, LONGEST_TEXT, Parameters, fitting, parameter

MOST_LEAVES = 50
DEEPEST = 6
FARTHEST_DAYS = 36_500
FARTHEST_MONTHS = 1_200

_SHAPES = ("all", "any", "not", "some", "field")


@dataclass
class Reader:
    """Reads one rule. `permissions` is None for the bank itself, which may ask everything."""

    fields: dict[tuple[str, str], Field]
    links: dict[tuple[str, str], Link]
    parameters: Parameters
    permissions: Set[str] | None
    leaves: int = field(default=0, init=False)

    def node(self, data: Any, subject: Subject, path: Path = (), depth: int = 1) -> Node:
        if depth > DEEPEST:
            raise RuleTooLarge(path)
        if not isinstance(data, dict):
            raise RuleUnreadable(path, "OBJECT")
        shape = next((name for name in _SHAPES if name in data), None)
        if shape in ("all", "any"):
            parts = self._parts(_only(data, {shape}, path)[shape], subject, (*path, shape), depth)
            return Every(parts) if shape == "all" else Either(parts)
        if shape == "not":
            return Not(self.node(_only(data, {"not"}, path)["not"], subject, (*path, "not"), depth + 1))
        if shape == "some":
            return self._some(_only(data, {"some", "where"}, path), subject, path, depth)
        return self._leaf(_only(data, {"field", "operator", "value"}, path), subject, path)

    def _parts(self, data: Any, subject: Subject, path: Path, depth: int) -> tuple[Node, ...]:
        if not isinstance(data, list):
            raise RuleUnreadable(path, "LIST")
        if len(data) > MOST_LEAVES:
            raise RuleTooLarge(path)
        return tuple(self.node(one, subject, (*path, at), depth + 1) for at, one in enumerate(data))

    def _some(self, data: dict[str, Any], subject: Subject, path: Path, depth: int) -> Node:
        self._count(path)
        name = data["some"]
        link = self.links.get((subject.name, name)) if isinstance(name, str) else None
        if link is None:
            raise UnknownField(path, name=_shown(name))
        return Some(link, self.node(data["where"], link.to, (*path, "where"), depth + 1), path)

    def _leaf(self, data: dict[str, Any], subject: Subject, path: Path) -> Leaf:
        self._count(path)
        name = data["field"]
        found = self.fields.get((subject.name, name)) if isinstance(name, str) else None
        if found is None:
            raise UnknownField(path, name=_shown(name))
        if not may_ask(found, self.permissions):
            raise FieldForbidden(path, name=found.name)
        operator = next((one for one in found.operators if one == data["operator"]), None)
        if operator is None:
            raise UnknownOperator(path, name=found.name, allowed=",".join(sorted(found.operators)))
        return Leaf(found, operator, self._value(found, operator, data["value"], path), path)

    def _value(self, found: Field, operator: Operator, data: Any, path: Path) -> Value:
        if not isinstance(data, dict):
            return Constant(fitting(found, operator, data, path))
        if set(data) == {"parameter"} and isinstance(data["parameter"], str):
            fitting(found, operator, parameter(self.parameters, data["parameter"], path), path)
            return Parameter(data["parameter"])
        is_day = found.type is FieldType.DATE and operator not in LISTS | {Operator.KNOWN}
        if is_day and set(data) == {"days"}:
            return Relative(days=_whole(data["days"], FARTHEST_DAYS, path))
        if is_day and set(data) == {"months"}:
            return Relative(months=_whole(data["months"], FARTHEST_MONTHS, path))
        raise WrongValue(path, expected="CONSTANT")

    def _count(self, path: Path) -> None:
        self.leaves += 1
        if self.leaves > MOST_LEAVES:
            raise RuleTooLarge(path)


def may_ask(found: Field, permissions: Set[str] | None) -> bool:
    return permissions is None or found.permission is None or found.permission in permissions


def _only(data: dict[str, Any], names: set[str], path: Path) -> dict[str, Any]:
    if set(data) != names:
        raise RuleUnreadable(path, names)
    return data


def _whole(number: Any, farthest: int, path: Path) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or abs(number) > farthest:
        raise WrongValue(path, expected="WHOLE_NUMBER")
    return number


def _shown(name: Any) -> str:
    """A name as a refusal repeats it: whatever somebody wrote, in part."""
    return str(name)[:LONGEST_TEXT]
