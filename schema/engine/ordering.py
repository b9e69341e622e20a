"""Orders and cursors: where a page begins, written so that every part of it is one index range."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, literal, true

from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given
from schema.engine.keys import MAXIMUM_KEY, bigint_key
from schema.engine.mapping import OneOf, OrderKey, Page, TypeMap, View
from schema.engine.scope import Row

MOST_KEYS = 3
_TOO_MANY_KEYS = complaint("BAD_ORDER", "ORDER_KEYS", takes=("most",))
_KEY_TWICE = complaint("BAD_ORDER", "ORDER_KEY_TWICE")
_BAD_CURSOR = complaint("BAD_CURSOR")
_ORDER_NOT_INDEXED = complaint("ORDER_NOT_INDEXED", takes=("most",))
LONGEST_CURSOR = 2_000
MOST_SORTED = 10_000
"""Rows that are sorted for a request whose order no index gives."""


@dataclass(frozen=True)
class Key:
    """One key of the order in force; `is_descending` already counts the direction of reading."""

    name: str
    order: OrderKey
    is_descending: bool
    is_asked: bool = False
    """Whether the request names it."""


@dataclass(frozen=True)
class Order:
    """All keys, the row's own key last, so that no two rows are equal."""

    keys: tuple[Key, ...]

    @property
    def signature(self) -> str:
        """What a cursor carries, so that it is refused under another order."""
        return ",".join(f"{key.name}{'-' if key.is_descending else '+'}" for key in self.keys)

    def is_given(self, view: View) -> bool:
        """Whether the rows come in this order from an index, so that a page costs a page however many there are."""
        asked = [key for key in self.keys if key.is_asked]
        return not asked or (len(asked) == 1 and bool(asked[0].order.indexes(view)))

    def is_sparse(self, view: View) -> bool:
        return self.keys[0].order.is_sparse and self.is_given(view)

    def parts(self, columns: Sequence[ColumnElement[Any]], view: View) -> list["Part"]:
        """All rows."""
        if not self.is_sparse(view):
            return [Part(true())]
        return [Part(columns[0].is_not(None)), Part(columns[0].is_(None), is_without_first=True)]

    def columns(self, row: Row, view: View) -> list[ColumnElement[Any]]:
        return [key.order.sql(row, view) for key in self.keys]

    def by(self, columns: Sequence[ColumnElement[Any]], *, is_backward: bool) -> list[ColumnElement[Any]]:
        """ORDER BY over those columns, turned round for a page that is read from its end."""
        return [
            _directed(column, key.is_descending != is_backward, is_nullable=key.order.is_nullable)
            for key, column in zip(self.keys, columns, strict=True)
        ]


@dataclass(frozen=True)
class Part:
    """Some of the rows of a page, disjoint from its other parts: one index range."""

    predicate: ColumnElement[bool]
    is_without_first: bool = False
    """Whether its rows have no value of the first key and lie beside its index: the other keys alone order them."""

    def by(self, order: Sequence[ColumnElement[Any]]) -> Sequence[ColumnElement[Any]]:
        return order[1:] if self.is_without_first else order


def order_of(page: Page, type_map: TypeMap | OneOf, arguments: Given) -> Order:
    """The order asked for; the key follows the direction of the last key, as the indexes do."""
    own = OrderKey(lambda row, _view: row.c[type_map.key], read=_key_of(type_map))
    asked = arguments["orderBy"].each()
    if len(asked) > MOST_KEYS:
        raise BadRequest(_TOO_MANY_KEYS, most=MOST_KEYS)
    keys: list[Key] = []
    for one in asked:
        name = one["by"].known()
        keys.append(Key(name, type_map.orders[name], bool(one["descending"].known()), is_asked=True))
    if len({key.name for key in keys}) < len(keys):
        raise BadRequest(_KEY_TWICE)
    if not keys and page.newest_first is not None:
        keys = [Key("newest", page.newest_first, True)]
        return Order((*keys, Key("key", own, True)))
    # Indexes are (score desc nulls last, id): read forwards for descending, backwards for ascending.
    is_key_descending = bool(keys) and not keys[-1].is_descending and keys[-1].order.is_nullable
    return Order((*keys, Key("key", own, is_key_descending)))


def cursor_sql(order: Order, columns: Sequence[ColumnElement[Any]]) -> ColumnElement[str]:
    """The cursor of a row: its place in the order, in URL-safe text."""
    place = func.json_build_array(literal(order.signature, String), *columns)
    return func.translate(func.encode(func.convert_to(place.cast(String), "UTF8"), "base64"), "+/\n", "-_")


def place_of(order: Order, cursor: str) -> list[Any]:
    """The values a cursor holds, in the order's keys."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        held = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if not isinstance(held, list) or len(held) != len(order.keys) + 1 or held[0] != order.signature:
            raise ValueError
        return [
            None if value is None else key.order.read(value)
            for key, value in zip(order.keys, held[1:], strict=True)
        ]
    except (ValueError, TypeError, binascii.Error, UnicodeError, RecursionError):
        raise BadRequest(_BAD_CURSOR) from None


def check_cursor(order: Order, cursor: Given | None) -> None:
    """Refuses what is no place of this order, where no page is read and nobody would notice."""
    if cursor is not None:
        cursor.fact(lambda text: len(place_of(order, text)))


def after_cursor(
    order: Order, columns: Sequence[ColumnElement[Any]], cursor: Given, view: View, *, is_backward: bool
) -> list[Part]:
    """The rows after a cursor; those of each part are equal on some keys and beyond on the next."""
    # Which of its values are unknown decides how the text goes on; the values themselves are bound.
    unknown = cursor.fact(lambda text: tuple(value is None for value in place_of(order, text)))
    parts: list[Part] = []
    is_sparse = order.is_sparse(view)
    equal: list[ColumnElement[bool]] = []
    for index, (key, column) in enumerate(zip(order.keys, columns, strict=True)):
        is_descending = key.is_descending != is_backward
        value = None if unknown[index] else cursor.bind(column.type, _value_at(order, index))
        beyond = _beyond(column, value, is_descending=is_descending)
        parts += [Part(and_(true(), *equal, one), is_sparse and bool(index) and unknown[0]) for one in beyond]
        if value is not None and key.order.is_nullable and is_descending:
            parts.append(Part(and_(true(), *equal, column.is_(None)), is_sparse and not index))
        equal.append(column.is_(None) if value is None else column == value)
    return parts


def order_is_refused() -> BadRequest:
    return BadRequest(_ORDER_NOT_INDEXED, most=MOST_SORTED)


def _value_at(order: Order, index: int) -> Callable[[str], Any]:
    return lambda cursor: place_of(order, cursor)[index]


def _beyond(
    column: ColumnElement[Any], value: ColumnElement[Any] | None, *, is_descending: bool
) -> list[ColumnElement[bool]]:
    """The known values beyond. Descending puts nulls last and ascending first, each the other read backwards."""
    if value is None:
        return [] if is_descending else [column.is_not(None)]
    return [column < value] if is_descending else [column > value]


def _directed(column: ColumnElement[Any], is_descending: bool, *, is_nullable: bool) -> ColumnElement[Any]:
    directed = column.desc() if is_descending else column.asc()
    if not is_nullable:
        return directed
    return directed.nulls_last() if is_descending else directed.nulls_first()


def whole(value: Any) -> int:
    """A 64-bit integer as a cursor holds it."""
    if isinstance(value, bool) or not isinstance(value, int) or not -MAXIMUM_KEY <= value <= MAXIMUM_KEY:
        raise ValueError(value)
    return value


def words(value: Any) -> str:
    """A text as a cursor holds it; PostgreSQL takes no NUL."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def number(value: Any) -> float:
    """A finite number as a cursor holds it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(value)
    return float(value)


def _key_of(type_map: TypeMap | OneOf) -> Callable[[Any], Any]:
    """A cursor holds the row's own key as JSON has it; only keys that are read from text are texts there."""
    read_key = type_map.read_key
    if read_key is None or read_key is bigint_key:
        return whole
    return lambda value: read_key(words(value))
