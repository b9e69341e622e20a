"""From an expression to text with numbered parameters, once; and from a request to the values of the parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg, PGDialect_asyncpg

from schema.engine.given import Fact, Parameters, Variables

_MEANING = frozenset("'\\%")


class _Compiler(PGCompiler_asyncpg):
    """Writes what is known already into the text.

    A parameter costs its way through the driver and the server with each request, and the planner learns nothing of it:
    a `LIMIT` of one is planned as if it were a tenth of the rows.
    """

    def visit_bindparam(self, bindparam: Any, *given: Any, **named: Any) -> str:
        if bindparam.required or not _is_plain(bindparam.value):
            return str(super().visit_bindparam(bindparam, *given, **named))  # type: ignore[no-untyped-call]
        value = self.render_literal_value(bindparam.value, bindparam.type)  # type: ignore[no-untyped-call]
        kind = bindparam.type.dialect_impl(self.dialect)
        return str(self.render_bind_cast(bindparam.type, kind, value))  # type: ignore[no-untyped-call]


class _Dialect(PGDialect_asyncpg):
    statement_compiler = _Compiler
    supports_statement_cache = True


def _is_plain(value: Any) -> bool:
    """Numbers, and text without what means something to SQL or to the driver's templates; the rest stays bound."""
    if isinstance(value, str):
        return value.isprintable() and not _MEANING.intersection(value)
    return isinstance(value, int)


_DIALECT = _Dialect()  # type: ignore[no-untyped-call]

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
