"""The product's contract: the one list of its rooms, lower ones first."""

from graphql import GraphQLSchema

from domain.feeds.adapters.proposing import ADAPTER_KIND
from domain.grids.lifecycle import PLAN_KIND
from domain.grids.ownership_changes import ownership_kind
from domain.shared.parameter_changes import parameter_kind
from domain.shared.permissions import PARAMETERS as OF_PARAMETERS
from domain.shared.permissions import RIGHTS as OF_RIGHTS
from schema.balances.room import BALANCES
from schema.contract import build
from schema.customers.room import CUSTOMERS
from schema.files.room import FILES
from schema.grids.room import GRIDS
from schema.house import HOUSE
from schema.imports.room import IMPORTS
from schema.leaves.room import LEAVES
from schema.models.room import MODELS
from schema.nights.room import NIGHTS
from schema.opening.room import OPENING
from schema.organisation.room import ORGANISATION
from schema.ownership.room import OWNERSHIP
from schema.parameters.declared import PARAMETERS
from schema.parameters.room import parameters_room
from schema.performance.room import PERFORMANCE
from schema.plans.room import PLANS
from schema.products.room import PRODUCTS
from schema.roles.room import rights_kinds, rights_room
from schema.rules.room import RULES
from schema.sources.room import SOURCES
from schema.statements import STATEMENTS
from schema.tasks.room import TASKS

_LOWER = (STATEMENTS, ORGANISATION, FILES)
_HIGHER = (
    IMPORTS,
    NIGHTS,
    CUSTOMERS,
    GRIDS,
    BALANCES,
    PRODUCTS,
    MODELS,
    TASKS,
    RULES,
    PERFORMANCE,
    PLANS,
    OPENING,
    OWNERSHIP,
    SOURCES,
    LEAVES,
)
_KNOWN = (*OF_PARAMETERS, *OF_RIGHTS, *(one for room in (*_LOWER, *_HIGHER) for one in room.permissions))
_RIGHTS = rights_kinds(_KNOWN)

KINDS = (parameter_kind(PARAMETERS), *_RIGHTS, PLAN_KIND, ownership_kind(HOUSE.language), ADAPTER_KIND)
"""What two persons decide."""

ROOMS = (
    *_LOWER,
    parameters_room(PARAMETERS, KINDS),
    rights_room(KINDS),
    *_HIGHER,
)

CONTRACT = build(ROOMS)
schema = CONTRACT.schema
TYPES = CONTRACT.types
COMPILER = CONTRACT.compiler


def graphql_schema() -> GraphQLSchema:
    """The schema as the executor takes it."""
    return CONTRACT.graphql
