"""The product's contract: the one list of its rooms, lower ones first."""

from graphql import GraphQLSchema

from schema.contract import build
from schema.customers.room import CUSTOMERS
from schema.grids.room import GRIDS
from schema.models.room import MODELS
from schema.nights.room import NIGHTS
from schema.organisation.room import ORGANISATION
from schema.parameters.room import PARAMETERS_ROOM
from schema.performance.room import PERFORMANCE
from schema.products.room import PRODUCTS
from schema.rules.room import RULES
from schema.statements import STATEMENTS
from schema.tasks.room import TASKS

ROOMS = (
    STATEMENTS,
    ORGANISATION,
    PARAMETERS_ROOM,
    NIGHTS,
    CUSTOMERS,
    GRIDS,
    PRODUCTS,
    MODELS,
    TASKS,
    RULES,
    PERFORMANCE,
)

CONTRACT = build(ROOMS)
schema = CONTRACT.schema
TYPES = CONTRACT.types
COMPILER = CONTRACT.compiler


def graphql_schema() -> GraphQLSchema:
    """The schema as the executor takes it."""
    return CONTRACT.graphql
