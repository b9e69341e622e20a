"""Ids across all types: `Customer:123`. They carry no rights."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement

from schema.engine.given import Given
from schema.engine.keys import bigint_key, key_of


def named(arguments: Given, name: str, type_name: str) -> ColumnElement[Any]:
    """The key inside an argument that is a global id; null, which equals nothing, when it names no such row."""
    return arguments[name].bind(BigInteger(), lambda one: key_named(one, type_name))


def keys_named(type_name: str) -> Callable[[list[str]], list[int]]:
    """Makes keys of a list of global ids; those that name no such row are left out."""

    def read(global_ids: list[str]) -> list[int]:
        keys = (key_named(one, type_name) for one in global_ids)
        return [key for key in keys if key is not None]

    return read


def key_named(one: str, type_name: str) -> int | None:
    """The key inside a global id; None when it names no such row."""
    return key_of(one, type_name, bigint_key)
