"""A mutation that is one statement: the statement is the transaction.

For what phones do all day. Each round trip of a unit of work costs more than what it writes; a statement of common
table expressions makes the same rows with one. It leaves all of them or none, like every
statement. Whoever has jobs to leave takes a unit of work.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]

CarryOut = Callable[[str, list[Any]], Awaitable[Mapping[str, Any] | None]]
"""Runs a statement with numbered parameters as a transaction of its own and gives its only row, if there is one."""


@dataclass(frozen=True)
class WholeTransaction:
    """A statement's text with what its parameters are read from; rendered once, carried out often.

    The read engine has its own (`schema/engine/rendering.py`): it knows nothing of this layer, nor this of it.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]
    processors: Mapping[str, Callable[[Any], Any]]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        return [self._parameter(name, values) for name in self.names]

    def _parameter(self, name: str, values: Mapping[str, Any]) -> Any:
        value = values[name] if name in values else self.constants[name]
        process = self.processors.get(name)
        return value if process is None or value is None else process(value)


def render(statement: Executable) -> WholeTransaction:
    """The text of an expression. Its named parameters without a value are given with each request."""
    compiled: Any = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
    return WholeTransaction(
        compiled.string,
        tuple(compiled.positiontup or ()),
        {name: bound.value for name, bound in compiled.binds.items() if not bound.required},
        {name: one for name, one in compiled._bind_processors.items() if callable(one)},
    )
