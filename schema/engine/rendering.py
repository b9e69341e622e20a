"""From an expression to text with numbered parameters, once; and from a request to the values of the parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from schema.engine.given import Fact, Parameters, Variables

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]

Values = Mapping[str, Any]
"""Bound parameters by name that declarations use beside what is given: whose rows, which day."""

_Read = Callable[[Variables, Values], Any]


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters; it gives one row with one value."""

    text: str
    reads: tuple[_Read, ...]

    def parameters(self, variables: Variables, values: Values) -> list[Any]:
        """Raises BadRequest for a value that a declaration refuses."""
        return [read(variables, values) for read in self.reads]


def render(statement: Select[Any], parameters: Parameters) -> Statement:
    compiled = statement.compile(dialect=_DIALECT)
    reads = []
    for name in compiled.positiontup or ():
        process = compiled._bind_processors.get(name)
        bound = compiled.binds[name]
        raw = _read(name, parameters.readers.get(name), None if bound.required else _Constant(bound.value))
        reads.append(_processed(raw, process) if callable(process) else raw)
    return Statement(compiled.string, tuple(reads))


@dataclass(frozen=True)
class _Constant:
    value: Any


def _read(name: str, given: Fact | None, constant: _Constant | None) -> _Read:
    """Given with the request, known since the text was written, or a value by name."""
    if given is not None:
        return lambda variables, _values: given(variables)
    if constant is not None:
        value = constant.value
        return lambda _variables, _values: value
    return lambda _variables, values: values[name]


def _processed(raw: _Read, process: Callable[[Any], Any]) -> _Read:
    def processed(variables: Variables, values: Values) -> Any:
        value = raw(variables, values)
        return None if value is None else process(value)

    return processed
