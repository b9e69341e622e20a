"""A rule as a value: a tree of conditions over declared fields. `reading` makes it of JSON, `as_json` writes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.shared.rules.fields import Field, Link, Operator, Subject

Path = tuple[str | int, ...]
"""Where in the JSON a part stands: `("all", 0, "not")`."""


@dataclass(frozen=True)
class Constant:
    value: Any


@dataclass(frozen=True)
class Parameter:
    """A parameter of the bank, as of the data date."""

    name: str


@dataclass(frozen=True)
class Relative:
    """Days or months from the data date; negative ones lie before it."""

    days: int = 0
    months: int = 0


Value = Constant | Parameter | Relative


@dataclass(frozen=True)
class Leaf:
    field: Field
    operator: Operator
    value: Value
    path: Path


@dataclass(frozen=True)
class Every:
    """All of them hold; none given holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """One of them holds; none given does not."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """Holds where the part does not; unknown counts as "does not hold"."""

    part: "Node"


@dataclass(frozen=True)
class Some:
    """There is one at the other end of the link for which the part holds."""

    link: Link
    part: "Node"
    path: Path


Node = Every | Either | Not | Some | Leaf


@dataclass(frozen=True)
class Rule:
    subject: Subject
    root: Node


def leaves(node: Node) -> Iterator[Leaf | Some]:
    """What can be explained for one subject, in the order of the rule: leaves, and each `some` as a whole."""
    if isinstance(node, Leaf | Some):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        for part in node.parts:
            yield from leaves(part)


def as_json(node: Node) -> dict[str, Any]:
    """The rule as `reading` takes it."""
    if isinstance(node, Leaf):
        return {"field": node.field.name, "operator": node.operator.value, "value": value_as_json(node.value)}
    if isinstance(node, Some):
        return {"some": node.link.name, "where": as_json(node.part)}
    if isinstance(node, Not):
        return {"not": as_json(node.part)}
    return {"all" if isinstance(node, Every) else "any": [as_json(part) for part in node.parts]}


def value_as_json(value: Value) -> Any:
    if isinstance(value, Parameter):
        return {"parameter": value.name}
    if isinstance(value, Relative):
        return {"months": value.months} if value.months else {"days": value.days}
    return value.value.isoformat() if isinstance(value.value, date) else value.value
