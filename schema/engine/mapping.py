"""How GraphQL types are written in SQL: declarations only. Nothing here knows how they are executed.

A type that reads from a table declares its key, its fields, and which rows a reader may see. Every declaration is a
function of aliases: the row of the type, the row of its parent, and the `View` (a hashable value that says what the
text of a statement depends on: the form of the scope, the masking profile). What differs from request to request
(whose rows, which day, what was given) is a bound parameter, so that one statement serves every reader with the same
view.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause, true

from schema.engine.given import Given
from schema.engine.scope import EVERYTHING, Row, Scope

View = Any
"""Hashable; made by the application, understood by its declarations alone."""

Join = Callable[[Row, Row, Given], ColumnElement[bool]]
"""(parent, child, arguments) -> which children belong to the parent. The parent of a root field has no columns."""

Expression = Callable[[Row, View], ColumnElement[Any]]

FEW = 10
"""How many objects a list is taken for when the cost of a document is counted, unless its declaration says."""


@dataclass(frozen=True)
class Value:
    """A scalar or a list of scalars.

    `is_plain` promises that a text needs no escaping in JSON: ids, names out of a closed set that the table checks.
    `prefix` is plain text that stands before the value, as in a global id.
    """

    sql: Expression
    is_plain: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Part:
    """An object made of the same row; null unless `when` holds. `of` gives the row as the part's type reads it."""

    type_name: str
    when: Callable[[Row, View], ColumnElement[bool]] | None = None
    of: Callable[[Row], Row] = lambda row: row


@dataclass(frozen=True)
class One:
    """The row that belongs to the parent, or null where there is none within the scope."""

    type_name: str
    on: Join


@dataclass(frozen=True)
class Many:
    """All rows that belong to the parent, in order. `weight` is about how many there are, for the document's cost."""

    type_name: str
    on: Join
    order: Callable[[Row], Sequence[ColumnElement[Any]]]
    weight: int = FEW


@dataclass(frozen=True)
class Unnested:
    """Rows made of the parent's row (a JSON array, a union of figures), masked with it."""

    type_name: str
    rows: Callable[[Row, View], FromClause]
    weight: int = FEW


@dataclass(frozen=True)
class ByGlobalId:
    """The row named by the argument `id`; any type of the mapping with an id when no type is given."""

    type_name: str | None = None


@dataclass(frozen=True)
class OrderKey:
    """One key of an order. Ascending puts the unknown first, descending last, so that one index serves both."""

    sql: Expression
    read: Callable[[Any], Any] = lambda value: value
    """Makes a parameter of what the cursor holds (JSON has no dates)."""
    is_nullable: bool = False
    indexes: Callable[[View], Sequence[str]] = lambda _view: ()
    """Names of the indexes that give the rows within a view's scope in this order. Where there are none, only so many
    rows are ordered by it as can be sorted for each request."""
    is_sparse: bool = False
    """Whether the indexes leave out the rows whose value is unknown, because most of them are."""


Filter = Callable[[Row, Given, View], ColumnElement[bool]]
"""(row, the value of the input field, view) -> which rows it keeps."""


def everything(_parent: Row, _child: Row, _arguments: Given) -> ColumnElement[bool]:
    return true()


@dataclass(frozen=True)
class Page:
    """A connection: a page of the rows that belong to the parent, with cursors and a capped count.

    Filters and orders that its arguments may ask for are declared by the type of its rows.
    """

    type_name: str
    on: Join = everything
    newest_first: OrderKey | None = None
    """The order without `orderBy`; the key alone when None."""


@dataclass(frozen=True)
class Rollup:
    """Sums that are kept beside the rows of a type. They serve what they know, and equal the live rows.

    Dimensions and filters are those of the type, over columns that the sums have in common with the rows.
    """

    rows: Callable[[View], Row]
    scope: Callable[[View], Scope]
    dimensions: Set[str]
    measures: Mapping[str, Expression]
    filters: Set[str]
    serves: Callable[[View], bool] = lambda _view: True
    """Whether the sums can tell this reader's rows from others'."""


@dataclass(frozen=True)
class Groups:
    """Aggregates: one object for each group of a type's rows that match, within its scope.

    The argument `by` names dimensions of the type `of`, `filter` its rows. The object's row has a column for each
    dimension (null where it is not grouped by) and for each measure that is asked for, under their names.
    """

    type_name: str
    of: str
    on: Join = everything
    weight: int = 100


Field = Value | Part | One | Many | Unnested | ByGlobalId | Page | Groups


@dataclass(frozen=True)
class TypeMap:
    """One GraphQL type. `rows` gives a new alias of its table; parts of another row and root types have none."""

    name: str
    fields: Mapping[str, Field]
    rows: Callable[[View], Row] | None = None
    key: str = "id"
    scope: Callable[[View], Scope] = lambda _view: EVERYTHING
    read_key: Callable[[str], Any] | None = None
    """Makes the key of the part of a global id after the colon; ValueError when it cannot be one."""
    is_root: bool = False
    """Whether each of its fields stands by itself: Query, and payloads of mutations."""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    """By the name of the field of `filter`; `and`, `or` and `not` are the engine's."""
    orders: Mapping[str, OrderKey] = field(default_factory=dict)
    """By the value of `orderBy.by`."""
    dimensions: Mapping[str, Expression] = field(default_factory=dict)
    """What its rows can be grouped by, by the value of `by`, which is the column's name too."""
    measures: Mapping[str, Expression] = field(default_factory=dict)
    """What groups of its rows count and sum, by the name of the group's field, which is the column's name too."""
    rollup: Rollup | None = None


@dataclass(frozen=True)
class OneOf:
    """An interface or a union: a row says by itself of which type it is."""

    name: str
    kind: Callable[[Row], ColumnElement[Any]]
    types: Mapping[str, str]
    """Names of types by the value of `kind`."""
    rows: Callable[[View], Row] | None = None
    key: str = "id"
    scope: Callable[[View], Scope] = lambda _view: EVERYTHING
    read_key: Callable[[str], Any] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, OrderKey] = field(default_factory=dict)


Types = Mapping[str, TypeMap | OneOf]
"""All types by name."""


def types_of(*types: TypeMap | OneOf) -> Types:
    return {one.name: one for one in types}


def column(name: str) -> Value:
    """A field that is a column as it stands."""
    return Value(lambda row, _view: row.c[name])


def plain_column(name: str) -> Value:
    """A column of names out of a closed set that the table checks."""
    return Value(lambda row, _view: row.c[name], is_plain=True)


def columns(*names: str) -> dict[str, Value]:
    """Fields that are columns of the same name, such as the measures of a group."""
    return {name: column(name) for name in names}


def global_id(type_name: str, key: str = "id") -> Value:
    """The field `id` of a type: `Album:12`."""
    return Value(lambda row, _view: row.c[key], is_plain=True, prefix=f"{type_name}:")


def weights_of(types: Types) -> Mapping[str, int]:
    """About how many objects the lists of a name hold: the largest, where types differ."""
    weights: dict[str, int] = {}
    for one in types.values():
        for name, declared in one.fields.items() if isinstance(one, TypeMap) else ():
            if isinstance(declared, Many | Unnested | Groups):
                weights[name] = max(declared.weight, weights.get(name, 0))
    return weights
