"""A name that two rooms declare, or that is declared by half, ends the start and is told with the rooms."""

from typing import Any

import pytest
import strawberry
from sqlalchemy import true

from domain.shared.permissions import Permission
from geo.map_measures import MapMeasure
from schema.assembling import Clash, NotDeclared
from schema.contract import build
from schema.engine.mapping import Many, OrderKey, Rollup, TypeMap, column
from schema.rooms import Addition, SchemaRoom
from schema.root import ROOMS
from schema.scalars import SCALARS
from tests.house.gifts import GIFT_ROOM


@strawberry.type
class Tier:
    tier: str


@strawberry.type
class Nickname:
    nickname: str


@strawberry.input
class WithLoan:
    has_loan: bool | None = strawberry.UNSET


@strawberry.type
class CustomersAgain:
    @strawberry.field
    def customers(self) -> list[str]:
        return []


@strawberry.type
class RecordVisitAgain:
    @strawberry.mutation
    def record_visit(self) -> bool:
        return True


def _bands(name: str) -> type:
    """A type of GraphQL's under that name, in this module."""
    kind = type(name, (), {"__annotations__": {"id": str}, "__module__": __name__})
    return strawberry.type(kind)


ONE: Any = column("name").sql
SUMS = Rollup(lambda _view: None, lambda _view: (), frozenset(), {}, frozenset())  # type: ignore[arg-type, return-value]
CLASHES: dict[str, tuple[SchemaRoom, str, str]] = {
    "a permission": (
        SchemaRoom("other", permissions=(Permission("gifts.view", zh="看", en="see"),)),
        "permission GIFTS_VIEW",
        "gifts",
    ),
    "a field": (
        SchemaRoom(
            "other", additions=(Addition("Customer", contract=Tier, fields={"tier": column("tier")}),)
        ),
        "field Customer.tier",
        "products",
    ),
    "a filter": (
        SchemaRoom(
            "other", additions=(Addition("Customer", filter_input=WithLoan, filters={"hasLoan": ONE}),)
        ),
        "filter Customer.hasLoan",
        "products",
    ),
    "an order": (
        SchemaRoom("other", additions=(Addition("Customer", orders={"NAME": OrderKey(ONE)}),)),
        "order Customer.NAME",
        "customers",
    ),
    "a dimension": (
        SchemaRoom("other", additions=(Addition("Customer", dimensions={"GRID": ONE}),)),
        "dimension Customer.GRID",
        "grids",
    ),
    "a measure": (
        SchemaRoom("other", additions=(Addition("Customer", measures={"due": ONE}),)),
        "measure Customer.due",
        "tasks",
    ),
    "a rollup": (
        SchemaRoom("other", additions=(Addition("Customer", rollup=SUMS),)),
        "rollup Customer",
        "performance",
    ),
    "a mapped type": (SchemaRoom("other", types=(TypeMap("Loan", {}),)), "type Loan", "products"),
    "a root field": (SchemaRoom("other", queries=CustomersAgain), "field Query.customers", "customers"),
    "a mutation": (
        SchemaRoom("other", mutations=RecordVisitAgain),
        "field Mutation.recordVisit",
        "tasks",
    ),
    "a map measure": (
        SchemaRoom("other", map_measures=(MapMeasure("atRisk", "0"),)),
        "map measure atRisk",
        "models",
    ),
    "a scalar": (
        SchemaRoom("other", scalars={object(): next(iter(SCALARS.values()))}),
        "scalar Fen",
        "the contract's own",
    ),
}


@pytest.mark.parametrize("what", CLASHES)
def test_two_rooms_with_one_name_are_refused(what: str) -> None:
    other, name, first = CLASHES[what]
    with pytest.raises(Clash) as refused:
        build((*ROOMS, GIFT_ROOM, other))
    assert name in str(refused.value)
    assert first in str(refused.value)
    assert "other" in str(refused.value)


def test_two_rooms_with_one_type_of_graphql_are_refused() -> None:
    with pytest.raises(Clash) as refused:
        build((*ROOMS, SchemaRoom("other", nodes=(_bands("Deposit"),))))
    assert "type Deposit" in str(refused.value)
    assert "schema.products.types" in str(refused.value)
    assert __name__ in str(refused.value)


HALVES: dict[str, tuple[Addition, str]] = {
    "a field without SQL": (Addition("Customer", contract=Nickname), "nickname"),
    "SQL without a field": (Addition("Customer", fields={"nickname": column("name")}), "nickname"),
    "a filter without SQL": (Addition("Customer", filter_input=WithLoan), "hasLoan"),
    "a type that is nobody's": (Addition("Pet", contract=Nickname, fields={"nickname": ONE}), "Pet"),
    "SQL of a dimension alone": (Addition("Grid", dimensions={"LEVEL": ONE}), "GridDimension"),
}


@pytest.mark.parametrize("half", HALVES)
def test_half_a_declaration_is_refused(half: str) -> None:
    addition, name = HALVES[half]
    with pytest.raises(NotDeclared) as refused:
        build((*ROOMS, SchemaRoom("other", additions=(addition,))))
    assert name in str(refused.value)
    assert "other" in str(refused.value)


def test_a_mapped_type_has_every_field_of_its_contract() -> None:
    @strawberry.type(description="")
    class Pet:
        name: str
        age: int

    @strawberry.type
    class Pets:
        @strawberry.field
        def pets(self) -> list[Pet]:
            return []

    pets = {"pets": Many("Pet", lambda _root, _pet, _: true(), order=lambda pet: [pet.c.name])}
    room = SchemaRoom("pets", types=(TypeMap("Pet", {"name": column("name")}),), queries=Pets, root=pets)
    with pytest.raises(NotDeclared, match="age of Pet"):
        build((*ROOMS, room))
