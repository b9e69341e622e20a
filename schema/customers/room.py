"""Customers: who they are, what they were put together from, how they are found and counted."""

from domain.customers.permissions import PERMISSIONS
from schema.customers.areas import AREA_SAMPLE, AREA_SCALAR, Area
from schema.customers.mapping import ROOT, TYPES
from schema.customers.mutations import CustomerMutations
from schema.customers.queries import CustomerQueries
from schema.customers.types import Customer, LinkNotCut
from schema.rooms import SchemaRoom

CUSTOMERS = SchemaRoom(
    "customers",
    types=TYPES,
    queries=CustomerQueries,
    root=ROOT,
    mutations=CustomerMutations,
    nodes=(Customer,),
    refusals=(LinkNotCut,),
    scalars={Area: AREA_SCALAR},
    samples={"Area": AREA_SAMPLE},
    permissions=PERMISSIONS,
)
