"""Rules inside statements that the night and a cut write as text: SQL with parameters written `%(name)s`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg


class _Compiler(PGCompiler_psycopg):
    def render_bind_cast(self, _type: Any, dbapi_type: Any, sqltext: str) -> str:
        """`cast(x as type)`: beside `::` the session's `:name` would not be found (domain/shared/rows.py)."""
        written = self.dialect.type_compiler_instance.process(dbapi_type, identifier_preparer=self.preparer)
        return f"cast({sqltext} as {written})"


class _Dialect(PGDialect_psycopg):
    statement_compiler = _Compiler
    supports_statement_cache = True


_DIALECT = _Dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Rendered:
    """A statement, or a part of one, and what its parameters stand for. Their names begin with `rule`."""

    text: str
    parameters: Mapping[str, Any]


def rendered(expression: ClauseElement) -> Rendered:
    compiled = expression.compile(dialect=_DIALECT)
    return Rendered(str(compiled), compiled.params)
