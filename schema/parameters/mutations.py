"""Proposing, deciding and taking back. What may be proposed is given; who may decide it is the kind's to say."""

from collections.abc import Sequence

import strawberry

from domain.shared.parameter_changes import PARAMETER, change_of
from domain.shared.permissions import PROPOSE_PARAMETERS, VIEW_PROPOSALS
from domain.shared.proposals import ProposalKind, decide, propose, withdraw
from schema.context import Info
from schema.global_ids import key_named
from schema.parameters.types import (
    DecideProposalInput,
    ProposalResult,
    ProposalSuccess,
    ProposeParameterInput,
    WithdrawProposalInput,
)
from schema.permissions import write


def mutations_of(kinds: Sequence[ProposalKind]) -> type:
    parameter = next(kind for kind in kinds if kind.name == PARAMETER)

    @strawberry.type
    class ProposalMutations:
        @write(PROPOSE_PARAMETERS, "Proposes a value of a parameter from a day on.")
        async def propose_parameter(self, info: Info, input: ProposeParameterInput) -> ProposalResult:
            async with info.context.open_unit_of_work() as uow:
                proposal_id = await propose(
                    uow,
                    info.context.who(),
                    parameter,
                    change_of(input.name, input.value, input.from_on, input.to_on or None),
                    key=input.idempotency_key,
                    reason=input.reason,
                    until=input.until or None,
                    now=info.context.now,
                )
            return ProposalSuccess(key=proposal_id)

        @write(VIEW_PROPOSALS, "Agrees to somebody else's proposal or refuses it.")
        async def decide_proposal(self, info: Info, input: DecideProposalInput) -> ProposalResult:
            async with info.context.open_unit_of_work() as uow:
                proposal_id = await decide(
                    uow,
                    info.context.who(),
                    kinds,
                    key_named(input.proposal_id, "Proposal"),
                    key=input.idempotency_key,
                    agrees=input.agrees,
                    reason=input.reason or "",
                    now=info.context.now,
                )
            return ProposalSuccess(key=proposal_id)

        @write(VIEW_PROPOSALS, "Takes back one's own proposal.")
        async def withdraw_proposal(self, info: Info, input: WithdrawProposalInput) -> ProposalResult:
            async with info.context.open_unit_of_work() as uow:
                proposal_id = await withdraw(
                    uow,
                    info.context.who(),
                    kinds,
                    key_named(input.proposal_id, "Proposal"),
                    key=input.idempotency_key,
                    now=info.context.now,
                )
            return ProposalSuccess(key=proposal_id)

    return ProposalMutations
