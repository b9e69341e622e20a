"""The types of GraphQL put together from what all rooms declare."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.schema.schema_converter import CustomGraphQLEnumType
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition
from strawberry.types.enum import EnumValue
from strawberry.types.field import StrawberryField

from schema.assembling import Clash, NotDeclared, additions_of
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
            types=[*(node for room in rooms for node in room.nodes), Refusal],
            config=StrawberryConfig(scalar_map=scalars, disable_field_suggestions=True),
            exception_handlers=[AsRefusal(kind) for room in rooms for kind in room.refusals],
        )
        for name, values in _added_values(rooms).items():
            self._widen(name, values)

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        return [*type_definition.fields, *self._added.get(type_definition.name, ())]

    def _widen(self, name: str, values: Iterable[str]) -> None:
        """An enumeration of this schema with more values; Python knows it as a class made here."""
        kind = self._schema.type_map[name]
        assert isinstance(kind, CustomGraphQLEnumType)
        for value in values:
            kind.values[value] = self.schema_converter.from_enum_value(EnumValue(value, value))
        make: Any = Enum
        kind.wrapped_cls = make(name, {value: one.value for value, one in kind.values.items()})


def _added_fields(rooms: Sequence[SchemaRoom]) -> dict[str, list[StrawberryField]]:
    """By the name of the type."""
    added: dict[str, list[StrawberryField]] = {}
    declared: dict[str, str] = {}
    for room in rooms:
        fields = _fields(room, "Mutation", room.mutations)
        for name in fields:
            first = declared.setdefault(name, room.name)
            if first is not room.name:
                raise Clash("mutation", name, first, room.name)
        added.setdefault("Mutation", []).extend(fields.values())
        added.setdefault("Query", []).extend(_root_fields(room).values())
    for room, one in additions_of(rooms):
        added.setdefault(one.to, []).extend(_fields(room, one.to, one.contract, one.fields).values())
        filter_ = f"{one.to}Filter"
        added.setdefault(filter_, []).extend(_fields(room, filter_, one.filter_input, one.filters).values())
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


def _added_values(rooms: Sequence[SchemaRoom]) -> dict[str, list[str]]:
    """Values of enumerations: of what lists are ordered and counted by, and of permissions."""
    added: dict[str, list[str]] = {}
    for _room, one in additions_of(rooms):
        for suffix, declared in (("OrderField", one.orders), ("Dimension", one.dimensions)):
            if declared:
                added.setdefault(f"{one.to}{suffix}", []).extend(declared)
    added["Permission"] = [one.name for room in rooms for one in room.permissions]
    return added
