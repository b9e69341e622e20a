"""How GraphQL types are written in SQL: declarations only. Nothing here knows how they are executed.

A type that reads from a table declares its key, its fields, and which rows a reader may see. Every declaration is a
function of aliases: the row of the type, the row of its parent, and the `View` (a hashable value that says what the
text of a statement depends on: the form of the scope, the masking profile). What differs from request to request
(whose grids, which day) is a bound parameter, so that one statement serves every reader with the same view.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from schema.engine.arguments import Arguments
from schema.engine.scope import EVERYTHING, Row, Scope

View = Any
"""Hashable; made by the application, understood by its declarations alone."""

Join = Callable[[Row, Row, Arguments], ColumnElement[bool]]
"""(parent, child, arguments) -> which children belong to the parent. The parent of a root field has no columns."""


@dataclass(frozen=True)
class Value:
    """A scalar or a list of scalars."""

    sql: Callable[[Row, View], ColumnElement[Any]]


@dataclass(frozen=True)
class Part:
    """An object made of the same row; null unless `when` holds."""

    type_name: str
    when: Callable[[Row, View], ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class One:
    """The row that belongs to the parent, or null where there is none within the scope."""

    type_name: str
    on: Join


@dataclass(frozen=True)
class Many:
    """All rows that belong to the parent, in order."""

    type_name: str
    on: Join
    order: Callable[[Row], Sequence[ColumnElement[Any]]]
    limit: int | None = None


@dataclass(frozen=True)
class Unnested:
    """Rows made of a JSON array of the parent's row, masked with it."""

    type_name: str
    rows: Callable[[Row, View], FromClause]


@dataclass(frozen=True)
class ByGlobalId:
    """The row named by the argument `id`; any type of the mapping with an id when no type is given."""

    type_name: str | None = None


@dataclass(frozen=True)
class OrderKey:
    """One key of an order. Ascending puts the unknown first, descending last, so that one index serves both."""

    sql: Callable[[Row, View], ColumnElement[Any]]
    read: Callable[[Any], Any] = lambda value: value
    """Makes a parameter of what the cursor holds (JSON has no dates)."""
    is_nullable: bool = False


Filter = Callable[[Row, Any, View], ColumnElement[bool]]


@dataclass(frozen=True)
class Page:
    """A connection: a page of the rows that belong to the parent, with cursors and a capped count."""

    type_name: str
    on: Join
    orders: Mapping[str, OrderKey] = field(default_factory=dict)
    """By the value of `orderBy.by`."""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    """By the name of the input field; `and`, `or` and `not` are the engine's."""
    newest_first: OrderKey | None = None
    """The order without `orderBy`; the key alone when None."""


Field = Value | Part | One | Many | Unnested | ByGlobalId | Page


@dataclass(frozen=True)
class TypeMap:
    """One GraphQL type. `rows` gives a new alias of its table; parts of another row and root types have none."""

    name: str
    fields: Mapping[str, Field]
    rows: Callable[[], Row] | None = None
    key: str = "id"
    scope: Callable[[View], Scope] = lambda _view: EVERYTHING
    read_key: Callable[[str], Any] | None = None
    """Makes the key of the part of a global id after the colon; ValueError when it cannot be one."""
    is_root: bool = False
    """Whether each of its fields is a statement of its own: Query, and payloads of mutations."""


Types = Mapping[str, TypeMap]
"""All types by name."""


def types_of(*types: TypeMap) -> Types:
    return {one.name: one for one in types}


def column(name: str) -> Value:
    """A field that is a column as it stands."""
    return Value(lambda row, _view: row.c[name])
