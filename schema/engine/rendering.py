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
        reads.append(_read(name, parameters.readers, compiled.params, process if callable(process) else None))
    return Statement(compiled.string, tuple(reads))


def _read(
    name: str, readers: Mapping[str, Fact], constants: Mapping[str, Any], process: Callable[[Any], Any] | None
) -> _Read:
    given = readers.get(name)
    if given is None and constants[name] is not None:
        constant = constants[name] if process is None else process(constants[name])
        return lambda _variables, _values: constant

    def raw(variables: Variables, values: Values) -> Any:
        return values[name] if given is None else given(variables)

    if process is None:
        return raw

    def processed(variables: Variables, values: Values) -> Any:
        value = raw(variables, values)
        return None if value is None else process(value)

    return processed
