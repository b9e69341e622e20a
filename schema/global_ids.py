"""Ids across all types: `Customer:123`. They carry no rights."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, cast, literal, literal_column

from schema.engine.arguments import Arguments, bigint_key, key_of
from schema.engine.mapping import Value


def global_id(type_name: str, key: str = "id") -> Value:
    """The field `id` of a type."""
    return Value(lambda row, _view: literal_column(f"'{type_name}:'") + cast(row.c[key], String))


def named(arguments: Arguments, name: str, type_name: str) -> ColumnElement[Any]:
    """The key inside an argument that is a global id; null, which equals nothing, when it names no such row."""
    return literal(key_of(arguments[name], type_name, bigint_key), BigInteger)


def keys_named(global_ids: list[str], type_name: str) -> list[int]:
    """The keys inside a list of global ids; those that name no such row are left out."""
    keys = (key_of(one, type_name, bigint_key) for one in global_ids)
    return [key for key in keys if key is not None]


def key_named(one: str, type_name: str) -> int | None:
    """The key inside a global id; None when it names no such row."""
    return key_of(one, type_name, bigint_key)
