"""Whose a customer is otherwise than by his place: rules, lists, exceptions, and why."""

import strawberry

from schema.engine.mapping import One
from schema.field_classes import c1
from schema.ownership.mapping import ROOT, TYPES
from schema.ownership.mutations import OwnershipMutations
from schema.ownership.queries import OwnershipQueries
from schema.ownership.types import Ownership, OwnershipNotChanged
from schema.rooms import Addition, SchemaRoom


@strawberry.type
class OfCustomer:
    ownership: Ownership | None = c1("Why he belongs to his owner; null where his place or the books say so.")


OWNERSHIP = SchemaRoom(
    "ownership",
    types=TYPES,
    queries=OwnershipQueries,
    root=ROOT,
    mutations=OwnershipMutations,
    refusals=(OwnershipNotChanged,),
    additions=(
        Addition(
            "Customer",
            contract=OfCustomer,
            fields={
                "ownership": One("Ownership", lambda customer, row, _: row.c.customer_id == customer.c.id)
            },
        ),
    ),
)
