"""The declarations of all rooms put together; two rooms that declare one name are refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from schema.engine.mapping import ByGlobalId, Field, OneOf, TypeMap, Types
from schema.engine.scope import Row
from schema.rooms import Addition, SchemaRoom
from schema.view import View


class Clash(Exception):
    """Two rooms declare one name. Found when the process starts, never by a request."""

    def __init__(self, what: str, name: str, first: str, second: str) -> None:
        super().__init__(f"the {what} {name} is declared by the room {first} and by the room {second}")


class NotDeclared(Exception):
    """A name is in the contract and not in the mapping, or the other way round."""


class Owners:
    """Which room declared which name."""

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, str], str] = {}

    def claim(self, room: str, what: str, names: Iterable[str]) -> None:
        for name in names:
            first = self._rooms.setdefault((what, name), room)
            if first != room:
                raise Clash(what, name, first, room)

    def claim_of(self, room: str, type_name: str, declared: TypeMap | OneOf | Addition) -> None:
        """Everything that has a name within a type."""
        for what in ("field", "filter", "order", "dimension", "measure"):
            names: Mapping[str, Any] = getattr(declared, f"{what}s", {})
            self.claim(room, what, (f"{type_name}.{name}" for name in names))


def types_of_rooms(rooms: Sequence[SchemaRoom]) -> Types:
    """How everything is read. Raises Clash, and NotDeclared for an addition to a type that no room declares.

    Root fields are claimed where their contract is (`schema/open_schema.py`): not all of them are read from tables.
    """
    owners = Owners()
    root: dict[str, Field] = {"node": ByGlobalId()}
    types: dict[str, TypeMap | OneOf] = {}
    for room in rooms:
        root |= room.root
        for one in room.types:
            owners.claim(room.name, "type", [one.name])
            owners.claim_of(room.name, one.name, one)
            types[one.name] = one
    for room, addition in additions_of(rooms):
        owners.claim_of(room.name, addition.to, addition)
        if addition.rollup is not None:
            owners.claim(room.name, "rollup", [addition.to])
        types[addition.to] = _widened(types, room, addition)
    return {"Query": TypeMap("Query", root, is_root=True), **types}


def additions_of(rooms: Sequence[SchemaRoom]) -> Iterator[tuple[SchemaRoom, Addition]]:
    for room in rooms:
        for addition in room.additions:
            yield room, addition


def _widened(types: Mapping[str, TypeMap | OneOf], room: SchemaRoom, addition: Addition) -> TypeMap:
    target = types.get(addition.to)
    if not isinstance(target, TypeMap):
        raise NotDeclared(f"the room {room.name} adds to {addition.to}, which no room declares")
    return replace(
        target,
        fields={**target.fields, **addition.fields},
        filters={**target.filters, **addition.filters},
        orders={**target.orders, **addition.orders},
        dimensions={**target.dimensions, **addition.dimensions},
        measures={**target.measures, **addition.measures},
        rollup=target.rollup or addition.rollup,
        rows=target.rows if addition.rows is None else _with_columns(target, addition),
    )


def _with_columns(target: TypeMap, addition: Addition) -> Any:
    rows, add = target.rows, addition.rows
    assert rows is not None, f"{target.name} has no rows"
    assert add is not None

    def widened(view: View) -> Row:
        return add(rows(view), view)

    return widened
