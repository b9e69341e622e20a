"""The schema: every type of the contract, joined."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.customers.mutations import CustomerMutations
from schema.customers.queries import CustomerQueries
from schema.customers.types import Customer
from schema.grids.queries import GridQueries
from schema.grids.types import Grid
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
from schema.scalars import SCALARS
from schema.tasks.mutations import TaskMutations
from schema.tasks.queries import TaskQueries
from schema.tasks.types import Visit


@strawberry.type(description="Everything that can be read, within the viewer's scope.")
class Query(
    OrganisationQueries,
    CustomerQueries,
    GridQueries,
    TaskQueries,
    PerformanceQueries,
    NightQueries,
    ModelQueries,
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
)
