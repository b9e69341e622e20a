"""The arguments of one field, as declarations read them: given or not, and as bound parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlalchemy.types import TypeEngine

from schema.engine.errors import BadRequest

MAXIMUM_KEY = 2**63 - 1


@dataclass(frozen=True)
class Arguments:
    """Coerced by GraphQL already; null counts as not given."""

    values: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def __getitem__(self, name: str) -> Any:
        value = self.values[name]
        return value.value if isinstance(value, Enum) else value

    def bind(self, name: str, type_: TypeEngine[Any]) -> ColumnElement[Any]:
        return literal(self[name], type_)


def bigint_key(text: str) -> int:
    """The key of rows numbered by the database."""
    if not (text.isascii() and text.isdigit() and text == str(int(text[:20]))):
        raise ValueError(text)
    number = int(text)
    if number > MAXIMUM_KEY:
        raise ValueError(text)
    return number


def key_of(global_id: str, type_name: str, read_key: Callable[[str], Any]) -> Any | None:
    """The key inside a global id; None when it names nothing of this type."""
    name, colon, rest = global_id.partition(":")
    if not colon or name != type_name:
        return None
    try:
        return read_key(rest)
    except ValueError:
        return None


@dataclass(frozen=True)
class Paging:
    """Which page of a connection is asked for."""

    size: int
    is_backward: bool
    cursor: str | None


DEFAULT_PAGE = 50
LARGEST_PAGE = 200


def paging_of(arguments: Mapping[str, Any]) -> Paging:
    """`first` and `after`, or `last` and `before`; both ways at once are refused."""
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if (first is not None or after is not None) and (last is not None or before is not None):
        raise BadRequest("BAD_PAGE", "first/after 与 last/before 不能同时使用。")
    is_backward = last is not None or before is not None
    size = last if is_backward else first
    size = DEFAULT_PAGE if size is None else size
    if not 0 <= size <= LARGEST_PAGE:
        raise BadRequest("BAD_PAGE", f"每页条数应在 0 到 {LARGEST_PAGE} 之间。")
    return Paging(size, is_backward, before if is_backward else after)
