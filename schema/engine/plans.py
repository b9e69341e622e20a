"""The statements of one document: written for the first request of each view and shape, found for every later one."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode
from sqlalchemy import Select

from schema.engine.given import Fact, Parameters, Variables
from schema.engine.rendering import Statement, render
from schema.engine.shape import VariableTypes

MOST_STATEMENTS = 256
"""Of one document. Filters may have any shape; the oldest texts go when there are more."""

Write = Callable[[Parameters, Mapping[str, Any]], Select[Any] | None]
"""(parameters, variables with slots) -> the statement, or None when the answer is null whatever the rows are."""


@dataclass
class _Question:
    """A fact on which the text depends. Which fact is asked for next may hang on the answer."""

    fact: Fact
    answers: dict[Any, "_Question | Statement | None"] = field(default_factory=dict)


_Found = _Question | Statement | None
_UNKNOWN: Any = object()


class Plans:
    """All statements of one operation."""

    def __init__(self, types: VariableTypes) -> None:
        self._types = types
        self._by_shape: dict[Hashable, _Found] = {}
        self._size = 0

    @classmethod
    def of(cls, schema: GraphQLSchema, operation: OperationDefinitionNode) -> "Plans":
        return cls(VariableTypes.of(schema, operation))

    def find(self, target: Hashable, view: Hashable, variables: Variables, write: Write) -> Statement | None:
        """`target` says what of the document is meant; `write` is called where no text is known yet.

        Raises BadRequest for variables that a declaration refuses.
        """
        key = (target, view, self._types.shape(variables))
        found: _Found = self._by_shape.get(key, _UNKNOWN)
        while isinstance(found, _Question):
            found = found.answers.get(found.fact(variables), _UNKNOWN)
        return self._write(key, variables, write) if found is _UNKNOWN else found

    def __len__(self) -> int:
        return self._size

    def statements(self) -> Iterator[tuple[Any, Statement]]:
        """Every text that was written, with (target, view, shape): for people who look at documents."""
        for key, found in self._by_shape.items():
            yield from ((key, statement) for statement in _leaves(found))

    def _write(self, key: Hashable, variables: Variables, write: Write) -> Statement | None:
        parameters = Parameters(variables)
        expression = write(parameters, self._types.marked(variables))
        statement = None if expression is None else render(expression, parameters)
        if self._size >= MOST_STATEMENTS:
            self._by_shape.clear()
            self._size = 0
        self._by_shape[key] = _with(self._by_shape.get(key, _UNKNOWN), parameters.facts, variables, statement)
        self._size += 1
        return statement


def _with(found: _Found, facts: list[Fact], variables: Variables, statement: Statement | None) -> _Found:
    """The tree with one more leaf."""
    if not facts:
        return statement
    question = found if isinstance(found, _Question) else _Question(facts[0])
    answer = facts[0](variables)
    below: _Found = question.answers.get(answer, _UNKNOWN)
    question.answers[answer] = _with(below, facts[1:], variables, statement)
    return question


def _leaves(found: _Found) -> Iterator[Statement]:
    if isinstance(found, _Question):
        for below in found.answers.values():
            yield from _leaves(below)
    elif found is not None:
        yield found
