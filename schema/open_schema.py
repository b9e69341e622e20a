"""The types of GraphQL put together from what all rooms declare."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.schema.schema_converter import CustomGraphQLEnumType
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition
from strawberry.types.enum import EnumValue
from strawberry.types.field import StrawberryField

from schema.assembling import NotDeclared, Owners, additions_of
from schema.lists import read_by_the_engine
from schema.nodes import Node, Refusal
from schema.refusals import AsRefusal
from schema.rooms import SchemaRoom

_NAMES = NameConverter()


@strawberry.type(description="Everything that can be read, within the viewer's scope.")
class Query:
    @strawberry.field(description="Any object by its id; null where there is none within the viewer's scope.")
    def node(self, id: strawberry.ID) -> Node | None:
        read_by_the_engine(id)


@strawberry.type(description="Everything that can be done. One mutation is one transaction.")
class Mutation:
    pass


class OpenSchema(strawberry.Schema):
    """Each type with the fields that rooms add to it; classes stay as they are, so that several lists can be built."""

    def __init__(self, rooms: Sequence[SchemaRoom], scalars: Mapping[Any, Any]) -> None:
        self._added = _added_fields(rooms)
        super().__init__(
            query=Query,
            mutation=Mutation,
            types=[*(node for room in rooms for node in room.nodes), Refusal, *_map_measures(rooms)],
            config=StrawberryConfig(scalar_map=scalars, disable_field_suggestions=True),
            exception_handlers=[AsRefusal(kind) for room in rooms for kind in room.refusals],
        )
        for room, name, values in _added_values(rooms):
            self._widen(room, name, values)

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        return [*type_definition.fields, *self._added.get(type_definition.name, ())]

    def _widen(self, room: SchemaRoom, name: str, values: Iterable[str]) -> None:
        """An enumeration of this schema with more values; Python knows it as a class made here."""
        kind = self._schema.type_map.get(name)
        if not isinstance(kind, CustomGraphQLEnumType):
            raise NotDeclared(f"the room {room.name} adds to {name}, which no room declares")
        for value in values:
            kind.values[value] = self.schema_converter.from_enum_value(EnumValue(value, value))
        make: Any = Enum
        kind.wrapped_cls = make(name, {value: one.value for value, one in kind.values.items()})


def _map_measures(rooms: Sequence[SchemaRoom]) -> list[Any]:
    """What the polygons of tiles tell, as an enumeration: pages are made from the contract alone."""
    names = [one.name for room in rooms for one in room.map_measures]
    if not names:
        return []
    make: Any = Enum
    kind = make("MapMeasure", dict(zip(names, names, strict=True)))
    return [strawberry.enum(kind, description="What the grids of a tile tell, by the names of properties.")]


def _added_fields(rooms: Sequence[SchemaRoom]) -> dict[str, list[StrawberryField]]:
    """By the name of the type."""
    owners = Owners()
    owners.claim("the contract's own", "field", ["Query.node"])
    added: dict[str, list[StrawberryField]] = {}

    def add(room: SchemaRoom, to: str, fields: Mapping[str, StrawberryField]) -> None:
        owners.claim(room.name, "field", (f"{to}.{name}" for name in fields))
        added.setdefault(to, []).extend(fields.values())

    for room in rooms:
        add(room, "Query", _root_fields(room))
        add(room, "Mutation", _fields(room, "Mutation", room.mutations))
    for room, one in additions_of(rooms):
        add(room, one.to, _fields(room, one.to, one.contract, one.fields))
        filter_ = f"{one.to}Filter"
        add(room, filter_, _fields(room, filter_, one.filter_input, one.filters))
    return added


def _root_fields(room: SchemaRoom) -> dict[str, StrawberryField]:
    """Root fields that read; those without a mapping are resolved in Python."""
    found = _fields(room, "Query", room.queries)
    missing = ", ".join(sorted(set(room.root) - set(found)))
    if missing:
        raise NotDeclared(f"the room {room.name} declares {missing} of Query in the mapping alone")
    return found


def _fields(
    room: SchemaRoom, to: str, contract: type | None, mapped: Mapping[str, Any] | None = None
) -> dict[str, StrawberryField]:
    """The fields of a class by their names in GraphQL; a class and its mapping have to agree."""
    definition = get_object_definition(contract)
    found = {_NAMES.from_field(one): one for one in definition.fields} if definition else {}
    if mapped is not None and set(found) != set(mapped):
        names = ", ".join(sorted(set(found) ^ set(mapped)))
        raise NotDeclared(
            f"the room {room.name} declares {names} of {to} in the contract or in the mapping alone"
        )
    return found


def _added_values(rooms: Sequence[SchemaRoom]) -> Iterator[tuple[SchemaRoom, str, Iterable[str]]]:
    """Enumerations with the values that a room adds: of what lists are ordered and counted by, and of permissions."""
    for room, one in additions_of(rooms):
        for suffix, declared in (("OrderField", one.orders), ("Dimension", one.dimensions)):
            if declared:
                yield room, f"{one.to}{suffix}", declared
    for room in rooms:
        if room.permissions:
            yield room, "Permission", [one.name for one in room.permissions]
