"""The schema: every type of the contract, joined."""

from typing import Any

import strawberry
from graphql import GraphQLResolveInfo, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.context import Context
from schema.customers.mutations import CustomerMutations
from schema.customers.queries import CustomerQueries
from schema.customers.types import Customer
from schema.engine.compiled.document import Compiler
from schema.engine.plain.executor import Reader, install
from schema.engine.plans import Plans
from schema.grids.queries import GridQueries
from schema.grids.types import Grid
from schema.mapping import TYPES
from schema.models.mutations import ModelMutations
from schema.models.queries import ModelQueries
from schema.nights.mutations import NightMutations
from schema.nights.queries import NightQueries
from schema.nights.types import Batch, NightRun
from schema.nodes import Refusal
from schema.organisation.mutations import SessionMutations
from schema.organisation.queries import OrganisationQueries
from schema.organisation.types import OrgUnit, Staff
from schema.performance.queries import PerformanceQueries
from schema.refusals import REFUSALS
from schema.rules.queries import RuleQueries
from schema.rules.types import RULE_SAMPLE, RULE_SCALAR, RuleText
from schema.scalars import SAMPLES
from schema.scalars import SCALARS as SHARED_SCALARS
from schema.tasks.mutations import TaskMutations
from schema.tasks.queries import TaskQueries
from schema.tasks.types import Visit
from schema.view import VIEWS, guard, values_of, view_of

SCALARS = {**SHARED_SCALARS, RuleText: RULE_SCALAR}


@strawberry.type(description="Everything that can be read, within the viewer's scope.")
class Query(
    OrganisationQueries,
    CustomerQueries,
    GridQueries,
    TaskQueries,
    PerformanceQueries,
    NightQueries,
    ModelQueries,
    RuleQueries,
):
    pass


@strawberry.type(description="Everything that can be done. One mutation is one transaction.")
class Mutation(SessionMutations, TaskMutations, NightMutations, ModelMutations, CustomerMutations):
    pass


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=[OrgUnit, Staff, Customer, Grid, Visit, Batch, NightRun, Refusal],
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    exception_handlers=REFUSALS,
)


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


install(schema._schema, TYPES, _reader_of)
COMPILER = Compiler(
    schema._schema,
    TYPES,
    passing=frozenset(one.name for one in SCALARS.values()),
    guard=guard,
    views=VIEWS,
    samples={**SAMPLES, "Rule": RULE_SAMPLE},
)
"""Compiles registered documents; every custom scalar lets through what PostgreSQL writes."""


def graphql_schema() -> GraphQLSchema:
    """The schema as the executor takes it."""
    return schema._schema
