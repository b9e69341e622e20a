"""Asking for proposals, stopping, and taking one over."""

import strawberry

from domain.grids.balance_acts import ask, stop, take
from domain.grids.balances import Wish
from domain.grids.permissions import EDIT_GRIDS
from schema.balances.types import (
    ApplyPlanProposalInput,
    AskPlanBalanceInput,
    PlanBalanceResult,
    PlanBalanceSuccess,
    PlanProposalResult,
    PlanProposalSuccess,
    StopPlanBalanceInput,
)
from schema.context import Info
from schema.global_ids import key_named
from schema.permissions import write


@strawberry.type
class BalanceMutations:
    @write(EDIT_GRIDS, "Asks for three proposals of balance over a draft; a worker answers.")
    async def ask_plan_balance(self, info: Info, input: AskPlanBalanceInput) -> PlanBalanceResult:
        async with info.context.open_unit_of_work() as uow:
            plan = key_named(input.plan_id, "Plan")
            balance = await ask(uow, info.context.who(), plan, _wish(input), key=input.idempotency_key)
        return PlanBalanceSuccess(key=balance)

    @write(EDIT_GRIDS, "Stops a balance; what it has found so far is not kept.")
    async def stop_plan_balance(self, info: Info, input: StopPlanBalanceInput) -> PlanBalanceResult:
        async with info.context.open_unit_of_work() as uow:
            balance = key_named(input.balance_id, "PlanBalance")
            stopped = await stop(uow, info.context.who(), balance, key=input.idempotency_key)
        return PlanBalanceSuccess(key=stopped)

    @write(EDIT_GRIDS, "Makes the draft what a proposal says, as one act.")
    async def apply_plan_proposal(self, info: Info, input: ApplyPlanProposalInput) -> PlanProposalResult:
        async with info.context.open_unit_of_work() as uow:
            proposal = key_named(input.proposal_id, "PlanProposal")
            taken = await take(uow, info.context.who(), proposal, key=input.idempotency_key)
        return PlanProposalSuccess(key=taken)


def _wish(input: AskPlanBalanceInput) -> Wish:
    usual = Wish()
    weights = (
        default if given is strawberry.UNSET or given is None else float(given)
        for given, default in ((input.even, usual.even), (input.few, usual.few), (input.short, usual.short))
    )
    even, few, short = weights
    return Wish(
        even,
        few,
        short,
        usual.seed if input.seed is strawberry.UNSET or input.seed is None else input.seed,
        tuple(input.locked_atoms or ()),
        tuple(input.locked_grids or ()),
        tuple(input.locked_staff or ()),
        {one.staff_number: one.percent for one in input.shares or ()},
        tuple(input.also_staff or ()),
        bool(input.across_outlets),
    )
