"""Drafts of plans, their figures, and their way into force."""

from schema.plans.mutations import PlanMutations
from schema.plans.queries import PlanQueries
from schema.plans.types import PlanNotChanged
from schema.rooms import SchemaRoom

PLANS = SchemaRoom("plans", queries=PlanQueries, mutations=PlanMutations, refusals=(PlanNotChanged,))
