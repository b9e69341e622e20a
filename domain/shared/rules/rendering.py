"""Rules as text with parameters written `%(name)s`, for the night and for a cut."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg

from domain.shared.rules.fields import Row


class _Compiler(PGCompiler_psycopg):
    def render_bind_cast(self, _type: Any, dbapi_type: Any, sqltext: str) -> str:
        """`cast(x as type)`: beside `::` a session's `:name` would not be found."""
        written = self.dialect.type_compiler_instance.process(dbapi_type, identifier_preparer=self.preparer)
        return f"cast({sqltext} as {written})"


class _Dialect(PGDialect_psycopg):
    statement_compiler = _Compiler
    supports_statement_cache = True


_DIALECT = _Dialect()  # type: ignore[no-untyped-call]
_PARAMETER = re.compile(r"%\((\w+)\)s")
_PART = "rule_part"


@dataclass(frozen=True)
class Rendered:
    """A statement, or a part of one, and what its parameters stand for."""

    text: str
    parameters: Mapping[str, Any]


def rendered(statement: Select[Any], values: Mapping[str, Any] | None = None) -> Rendered:
    """A whole statement. `values` are those of parameters that it leaves open: whose rows (`scope_values`)."""
    compiled = statement.compile(dialect=_DIALECT)
    return Rendered(str(compiled), compiled.construct_params(values))


def rendered_part(expression: ColumnElement[Any], *rows: Row, called: str = "rule") -> Rendered:
    """An expression inside a statement that is written as text and has `rows` in its FROM.

    It is written as the only column of a statement over those rows: what a rule looks up elsewhere would otherwise
    bring the rows along once more. `called` begins the names of its parameters.
    """
    whole = rendered(select(expression.label(_PART)).select_from(*rows))
    written = whole.text.removeprefix("SELECT ").split(f" AS {_PART} ")[0]
    names = set(_PARAMETER.findall(written))
    text = _PARAMETER.sub(rf"%({called}_\1)s", written)
    return Rendered(text, {f"{called}_{name}": whole.parameters[name] for name in names})
