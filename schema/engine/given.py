"""What a request gives: known when the text of a statement is written, or bound with each request.

A statement is written once and used for every request of the same shape (`shape.py`). So declarations never see the
values themselves: enumerations, booleans and nulls belong to the shape and are known; everything else is a parameter,
or a fact that a declaration asks for by name (`fact`), which then belongs to the shape too.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, literal, literal_column
from sqlalchemy.types import TypeEngine

Variables = Mapping[str, Any]
"""Coerced by GraphQL."""

_PLAIN = re.compile(r"[A-Za-z0-9_]*")


@dataclass(frozen=True)
class Slot:
    """A leaf of the variables whose value differs from request to request: a scalar or a list of scalars."""

    path: tuple[str | int, ...]

    def read(self, variables: Variables) -> Any:
        found: Any = variables
        for step in self.path:
            found = found[step]
        return found


Fact = Callable[[Variables], Any]
"""A function of the variables on whose value the text of a statement depends; hashable values."""


@dataclass
class Parameters:
    """Collects, while one text is written, what is bound with each request and what the text depends on.

    `variables` are those of the request for which the text is written.
    """

    variables: Variables
    readers: dict[str, Fact] = field(default_factory=dict)
    """By the name of the bound parameter."""
    facts: list[Fact] = field(default_factory=list)

    def bind(self, template: Any, type_: TypeEngine[Any], read: Callable[[Any], Any]) -> ColumnElement[Any]:
        if not _holds_slot(template):
            return literal(read(_plain(template)), type_)
        name = f"given_{len(self.readers)}"
        self.readers[name] = lambda variables: read(_plain(_filled(template, variables)))
        return bindparam(name, type_=type_, value=None)

    def fact(self, template: Any, read: Callable[[Any], Any]) -> Any:
        if not _holds_slot(template):
            return read(_plain(template))

        def found(variables: Variables) -> Any:
            return read(_plain(_filled(template, variables)))

        self.facts.append(found)
        return found(self.variables)


@dataclass(frozen=True)
class Given:
    """One argument, or part of one. Null counts as not given."""

    template: Any
    parameters: Parameters

    @property
    def is_null(self) -> bool:
        return self.template is None

    def __contains__(self, name: str) -> bool:
        return isinstance(self.template, Mapping) and self.template.get(name) is not None

    def __getitem__(self, name: str) -> "Given":
        return Given(self.template.get(name), self.parameters)

    def items(self) -> Iterator[tuple[str, "Given"]]:
        """The fields of an input object that were given."""
        for name, value in self.template.items():
            if value is not None:
                yield name, Given(value, self.parameters)

    def each(self) -> list["Given"]:
        """The objects of a list of input objects."""
        assert not isinstance(self.template, Slot), "a list of scalars is bound as a whole"
        return [Given(one, self.parameters) for one in self.template or ()]

    def known(self) -> Any:
        """The value of an enumeration or a boolean, which belongs to the shape."""
        assert not _holds_slot(self.template), "only enumerations and booleans are known to the text"
        return _plain(self.template)

    def bind(
        self, type_: TypeEngine[Any], read: Callable[[Any], Any] = lambda value: value
    ) -> ColumnElement[Any]:
        """The value as a parameter. `read` makes it of what was given; it may refuse with BadRequest."""
        return self.parameters.bind(self.template, type_, read)

    def fact(self, read: Callable[[Any], Any]) -> Any:
        """A fact about the value on which the text depends: whether it is empty, how it sorts."""
        return self.parameters.fact(self.template, read)


def known_text(value: str) -> ColumnElement[str]:
    """A name out of a closed set (an enumeration) as part of the text, which helps the planner."""
    assert _PLAIN.fullmatch(value), value
    return literal_column(f"'{value}'", String)


def _holds_slot(template: Any) -> bool:
    if isinstance(template, Slot):
        return True
    if isinstance(template, Mapping):
        return any(_holds_slot(one) for one in template.values())
    return isinstance(template, list | tuple) and any(_holds_slot(one) for one in template)


def _filled(template: Any, variables: Variables) -> Any:
    if isinstance(template, Slot):
        return template.read(variables)
    if isinstance(template, Mapping):
        return {name: _filled(one, variables) for name, one in template.items()}
    return [_filled(one, variables) for one in template] if isinstance(template, list | tuple) else template


def _plain(value: Any) -> Any:
    """Enumerations as their values."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(one) for one in value]
    return value
