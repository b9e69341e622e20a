"""Scalars and lists of scalars as JSON text, by the pair of GraphQL type and SQL type.

What comes out equals what the ordinary executor serialises. A pair that is not here cannot be compiled: its document
runs in the ordinary executor and says so.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLOutputType, GraphQLScalarType
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    not_,
)
from sqlalchemy import Text as TextType
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from schema.engine.compiled.text import MISSING, NULL, Text, constant, or_else


class NotCompilable(Exception):
    """The message says what of a document the compiled executor cannot do."""


@dataclass(frozen=True)
class Leaf:
    """A value of a row with what is known of it."""

    sql: ColumnElement[Any]
    is_plain: bool = False
    is_never_null: bool = False
    prefix: str = ""
    """Plain text before the value: `Album:` in a global id."""

    @property
    def type(self) -> TypeEngine[Any]:
        """What PostgreSQL knows it as, without what Python adds to it."""
        type_ = self.sql.type
        return type_.impl_instance if isinstance(type_, TypeDecorator) else type_


@dataclass(frozen=True)
class _Form:
    """An expression whose output is JSON text between two quotation marks or bare."""

    sql: ColumnElement[Any]
    before: str = ""
    after: str = ""
    is_json: bool = False
    is_checked: bool = False
    """Whether it is text already, because a check stands round the value."""


def leaf_text(leaf: Leaf, output: GraphQLOutputType, passing: Set[str]) -> Text:
    """The JSON text of a leaf. `passing` are custom scalars that GraphQL lets through as they come from JSON."""
    is_required = isinstance(output, GraphQLNonNull)
    kind = output.of_type if isinstance(output, GraphQLNonNull) else output
    form = _list(leaf, kind) if isinstance(kind, GraphQLList) else _scalar(leaf, kind, passing)
    if leaf.is_never_null:
        return (form.before, form.sql, form.after)
    missing = MISSING if is_required else NULL
    if form.is_json and missing == NULL:
        return (func.coalesce(form.sql, literal_column("'null'::json")),)
    is_text = form.is_checked or (form.sql is leaf.sql and _is_text(leaf.type))
    text = form.sql if is_text else cast(form.sql, TextType)
    if form.before:
        text = constant(form.before).op("||", return_type=String())(text)
    if form.after:
        text = text.op("||", return_type=String())(constant(form.after))
    return (or_else(text, missing),)


def _scalar(leaf: Leaf, kind: Any, passing: Set[str]) -> _Form:
    if isinstance(kind, GraphQLEnumType):
        return _quoted(leaf) if _is_text(leaf.type) else _refuse(kind, leaf)
    assert isinstance(kind, GraphQLScalarType)
    form = None
    if kind.name in ("ID", "String"):
        form = _text(leaf)
    elif kind.name == "Int":
        form = _integer(leaf)
    elif kind.name == "Float":
        form = _number(leaf)
    elif kind.name == "Boolean":
        form = _Form(leaf.sql) if isinstance(leaf.type, Boolean) else None
        if form is not None:
            form = _Form(cast(leaf.sql, TextType), is_checked=True)
    elif kind.name in passing:
        form = _as_it_is(leaf)
    else:
        raise NotCompilable(f"the scalar {kind.name} is serialised in Python")
    return form or _refuse(kind, leaf)


def _refuse(kind: Any, leaf: Leaf) -> _Form:
    raise NotCompilable(f"{kind} made of SQL's {leaf.type!r}")


def _text(leaf: Leaf) -> _Form | None:
    """ID and String."""
    type_ = leaf.type
    if isinstance(type_, Integer | Uuid | Date):
        return _quoted(leaf)
    if not _is_text(type_):
        return None
    if leaf.is_plain or leaf.prefix:
        return _quoted(leaf)
    # The cast names the type of a constant; for a column it costs nothing.
    return _Form(func.to_json(cast(leaf.sql, TextType)), is_json=True)


def _integer(leaf: Leaf) -> _Form | None:
    """Int has 32 bits: what is wider is GraphQL's error."""
    type_ = leaf.type
    if isinstance(type_, BigInteger):
        fits = leaf.sql.between(literal_column("-2147483648"), literal_column("2147483647"))
        return _checked(leaf.sql, not_(fits))
    return _Form(leaf.sql) if isinstance(type_, Integer | SmallInteger) else None


def _number(leaf: Leaf) -> _Form | None:
    """Float is finite; NaN and infinity less themselves are not zero."""
    type_ = leaf.type
    if isinstance(type_, Integer):
        return _Form(leaf.sql)
    if not isinstance(type_, Float | Numeric):
        return None
    return _checked(leaf.sql, (leaf.sql - leaf.sql) != literal_column("0"))


def _as_it_is(leaf: Leaf) -> _Form | None:
    type_ = leaf.type
    if isinstance(type_, JSON):
        return _Form(leaf.sql, is_json=not isinstance(type_, JSONB))
    if isinstance(type_, Boolean):
        return _Form(cast(leaf.sql, TextType), is_checked=True)
    if isinstance(type_, Integer):
        return _Form(leaf.sql)
    if isinstance(type_, Date | Uuid) and not isinstance(type_, DateTime):
        return _quoted(leaf)
    if isinstance(type_, DateTime):
        return _Form(func.to_json(leaf.sql), is_json=True)
    return _text(leaf) or _number(leaf)


def _quoted(leaf: Leaf) -> _Form:
    return _Form(leaf.sql, before=f'"{leaf.prefix}', after='"')


def _checked(sql: ColumnElement[Any], is_wrong: ColumnElement[bool]) -> _Form:
    return _Form(case((is_wrong, constant(MISSING)), else_=cast(sql, TextType)), is_checked=True)


def _list(leaf: Leaf, kind: GraphQLList[Any]) -> _Form:
    """A list of scalars out of a JSON column or an array; GraphQL looks at each item, so a null in it does not pass."""
    item, type_ = kind.of_type, leaf.type
    inner = item.of_type if isinstance(item, GraphQLNonNull) else item
    if not isinstance(inner, GraphQLScalarType | GraphQLEnumType) or not isinstance(type_, JSON | ARRAY):
        raise NotCompilable(f"{kind} made of SQL's {type_!r}")
    if isinstance(type_, ARRAY):
        made: ColumnElement[Any] = func.to_json(leaf.sql)
        has_null = func.array_position(leaf.sql, literal_column("null")).is_not(None)
    else:
        made = leaf.sql
        looked_at = leaf.sql if isinstance(type_, JSONB) else cast(leaf.sql, JSONB)
        has_null = looked_at.op("@>", return_type=Boolean())(literal_column("'[null]'::jsonb"))
    if not isinstance(item, GraphQLNonNull):
        return _Form(cast(made, TextType), is_checked=True)
    return _Form(
        case((and_(leaf.sql.is_not(None), has_null), constant(MISSING)), else_=cast(made, TextType)),
        is_checked=True,
    )


def _is_text(type_: TypeEngine[Any]) -> bool:
    return isinstance(type_, String) and not isinstance(type_, Uuid)
