"""What one folder of `schema/` brings, as a value. The contract is built from a list of rooms (`schema/contract.py`).

A room knows the rooms below it and none above. What a type shows of a higher room is therefore added by that room: it
names the type and declares fields, filters, orders and groups beside its own types, in the contract and in SQL alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from strawberry.types.scalar import ScalarDefinition

from domain.shared.permissions import Permission
from geo.map_measures import MapMeasure
from schema.engine.mapping import Expression, Field, Filter, OneOf, OrderKey, Rollup, TypeMap
from schema.engine.scope import Row
from schema.view import View


@dataclass(frozen=True)
class Addition:
    """What a room adds to a type of its own or of another room.

    `contract` and `filter_input` are Strawberry classes whose fields join those of the type and of `<Type>Filter`; they
    are no types of their own. Names of `orders` join `<Type>OrderField`, those of `dimensions` `<Type>Dimension`.
    """

    to: str
    contract: type | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    filter_input: type | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, OrderKey] = field(default_factory=dict)
    dimensions: Mapping[str, Expression] = field(default_factory=dict)
    measures: Mapping[str, Expression] = field(default_factory=dict)
    rollup: Rollup | None = None
    rows: Callable[[Row, View], Row] | None = None
    """The type's rows with columns of this room beside theirs: as many rows as before."""


@dataclass(frozen=True)
class SchemaRoom:
    """One room. Everything but the name may be empty."""

    name: str
    types: tuple[TypeMap | OneOf, ...] = ()
    """How its types, and the payloads of its mutations, are read."""
    queries: type | None = None
    """A Strawberry class whose fields join Query; `root` says how each of them is read."""
    root: Mapping[str, Field] = field(default_factory=dict)
    mutations: type | None = None
    """A Strawberry class whose fields join Mutation."""
    nodes: tuple[type, ...] = ()
    """Types that are reached by `node(id:)`."""
    refusals: tuple[type, ...] = ()
    """What the refusals of its mutations become in the contract."""
    scalars: Mapping[object, ScalarDefinition] = field(default_factory=dict)
    samples: Mapping[str, Any] = field(default_factory=dict)
    """A value of each of its scalars, as a client sends it."""
    additions: tuple[Addition, ...] = ()
    map_measures: tuple[MapMeasure, ...] = ()
    """What grids can be coloured by on the map."""
    permissions: tuple[Permission, ...] = ()
    """What its fields may require; the names join the enumeration `Permission`."""
