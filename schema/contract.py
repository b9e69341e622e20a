"""The contract built from a list of rooms: types for GraphQL, their mapping, and both executors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.exceptions import DuplicatedTypeName
from strawberry.types.scalar import ScalarDefinition

from domain.shared.permissions import Permission
from geo.map_measures import MapMeasure
from schema.assembling import Clash, NotDeclared, Owners, types_of_rooms
from schema.context import Context
from schema.engine.compiled.document import Compiler
from schema.engine.mapping import TypeMap, Types, weights_of
from schema.engine.plain.executor import Reader, install
from schema.engine.plans import Plans
from schema.open_schema import OpenSchema
from schema.rights import permissions_of_fields
from schema.rooms import SchemaRoom
from schema.scalars import SAMPLES, SCALARS
from schema.view import VIEWS, guard, values_of, view_of

NESTING = {"and", "or", "not"}
"""Fields of every filter, which the engine knows."""


@dataclass(frozen=True)
class Contract:
    """What the list of rooms makes."""

    schema: strawberry.Schema
    types: Types
    permissions: tuple[Permission, ...]
    """Those of all rooms: what a role may name."""
    map_measures: tuple[MapMeasure, ...]
    """Those of all rooms: figures of a grid among the properties of a tile."""
    compiler: Compiler
    """Compiles registered documents; every custom scalar lets through what PostgreSQL writes."""

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """About how many objects the lists of a name hold, for the cost of a document."""
        return weights_of(self.types)

    @property
    def graphql(self) -> GraphQLSchema:
        """The schema as the executor takes it."""
        return self.schema._schema


def build(rooms: Sequence[SchemaRoom]) -> Contract:
    """Raises Clash where two rooms declare one name, NotDeclared where contract and mapping do not agree."""
    types = types_of_rooms(rooms)
    permissions = _permissions(rooms)
    map_measures = _map_measures(rooms)
    scalars = _scalars(rooms)
    try:
        schema = OpenSchema(rooms, scalars)
    except DuplicatedTypeName as twice:
        raise _clash_of(twice) from twice
    _check(schema._schema, types)
    _check_required(schema._schema, permissions)
    install(schema._schema, types, _reader_of)
    compiler = Compiler(
        schema._schema,
        types,
        passing=frozenset(one.name for one in scalars.values()),
        guard=guard,
        views=VIEWS,
        samples={name: one for room in rooms for name, one in room.samples.items()} | SAMPLES,
    )
    return Contract(schema, types, permissions, map_measures, compiler)


def _permissions(rooms: Sequence[SchemaRoom]) -> tuple[Permission, ...]:
    owners = Owners()
    for room in rooms:
        owners.claim(room.name, "permission", (one.name for one in room.permissions))
    return tuple(one for room in rooms for one in room.permissions)


def _map_measures(rooms: Sequence[SchemaRoom]) -> tuple[MapMeasure, ...]:
    owners = Owners()
    for room in rooms:
        owners.claim(room.name, "map measure", (one.name for one in room.map_measures))
    return tuple(one for room in rooms for one in room.map_measures)


def _scalars(rooms: Sequence[SchemaRoom]) -> dict[object, ScalarDefinition]:
    owners, scalars = Owners(), dict(SCALARS)
    owners.claim("the contract's own", "scalar", (one.name for one in SCALARS.values()))
    for room in rooms:
        owners.claim(room.name, "scalar", (one.name for one in room.scalars.values()))
        scalars |= room.scalars
    return scalars


def _clash_of(twice: DuplicatedTypeName) -> Clash:
    """The rooms are told by the modules of the two classes."""
    first, second = twice.first_cls, twice.second_cls
    assert first is not None
    assert second is not None
    return Clash("type", first.__name__, first.__module__, second.__module__)


def _check(schema: GraphQLSchema, types: Types) -> None:
    """Every name of a mapped type is in the contract and in the mapping."""
    for type_map in types.values():
        if not isinstance(type_map, TypeMap):
            continue
        name = type_map.name
        kind = schema.type_map.get(name)
        if not isinstance(kind, GraphQLObjectType):
            raise NotDeclared(f"{name} is in the mapping and not in the contract")
        if not type_map.is_root:
            _agree(name, kind.fields, type_map.fields)
        filter_ = schema.type_map.get(f"{name}Filter")
        if isinstance(filter_, GraphQLInputObjectType):
            _agree(f"{name}Filter", set(filter_.fields) - NESTING, type_map.filters)
        for suffix, declared in (("OrderField", type_map.orders), ("Dimension", type_map.dimensions)):
            values = schema.type_map.get(f"{name}{suffix}")
            if isinstance(values, GraphQLEnumType):
                _agree(f"{name}{suffix}", values.values, declared)


def _check_required(schema: GraphQLSchema, permissions: Sequence[Permission]) -> None:
    """What a field requires some room declares: nobody could be given what none does."""
    for (kind, field), required in permissions_of_fields(schema).items():
        if required not in permissions:
            raise NotDeclared(f"{kind}.{field} requires {required}, a permission that no room declares")


def _agree(name: str, contract: Iterable[str], mapping: Iterable[str]) -> None:
    different = ", ".join(sorted(set(contract) ^ set(mapping)))
    if different:
        raise NotDeclared(f"{different} of {name}: in the contract or in the mapping alone")


def _reader_of(info: GraphQLResolveInfo[Any], source: Any) -> Reader:
    """Who asks; a payload of a mutation holds the key of what it made."""
    context: Context = info.context
    values = values_of(context.actor, context.today)
    return Reader(
        view_of(context.actor),
        {**values, "payload": getattr(source, "key", None)},
        # Not `or`: no statement is written yet when the first asks, and an empty one is false.
        Plans.of(info.schema, info.operation) if context.plans is None else context.plans,
        context.fetch,
    )
