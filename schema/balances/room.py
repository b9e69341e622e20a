"""Proposals of balance over drafts of plans."""

from schema.balances.mapping import ROOT, TYPES
from schema.balances.mutations import BalanceMutations
from schema.balances.queries import BalanceQueries
from schema.balances.types import PlanBalance, PlanBalanceNotDone, PlanProposal
from schema.rooms import SchemaRoom

BALANCES = SchemaRoom(
    "balances",
    types=TYPES,
    queries=BalanceQueries,
    root=ROOT,
    mutations=BalanceMutations,
    nodes=(PlanBalance, PlanProposal),
    refusals=(PlanBalanceNotDone,),
)
