"""Proposing roles and grants. They are decided and taken back as all proposals are (`schema/parameters`)."""

from typing import Any

import strawberry

from domain.shared.actor import RoleScope
from domain.shared.calendar import bank_day
from domain.shared.grant_changes import GRANT_KIND, Granted, GrantOf, grant_asked
from domain.shared.masks import Mask
from domain.shared.permissions import PROPOSE_RIGHTS
from domain.shared.proposals import ProposalKind, propose
from domain.shared.role_changes import role_change
from domain.shared.roles import RoleRights
from schema.context import Info
from schema.global_ids import key_named
from schema.parameters.types import ProposalResult, ProposalSuccess
from schema.permissions import write
from schema.roles.types import ProposeGrantInput, ProposeRoleInput


def mutations_of(role: ProposalKind) -> type:
    @strawberry.type
    class RightsMutations:
        @write(PROPOSE_RIGHTS, "Proposes other rights of a role, or a new role.")
        async def propose_role(self, info: Info, input: ProposeRoleInput) -> ProposalResult:
            rights = RoleRights(
                frozenset(input.permissions), Mask(_name(input.mask)), RoleScope(_name(input.scope))
            )
            async with info.context.open_unit_of_work() as uow:
                proposal_id = await propose(
                    uow,
                    info.context.who(),
                    role,
                    role_change(input.code, input.name, rights),
                    key=input.idempotency_key,
                    reason=input.reason,
                    until=input.until or None,
                    now=info.context.now,
                )
            return ProposalSuccess(key=proposal_id)

        @write(PROPOSE_RIGHTS, "Proposes a grant to one member of staff, or other days of one.")
        async def propose_grant(self, info: Info, input: ProposeGrantInput) -> ProposalResult:
            async with info.context.open_unit_of_work() as uow:
                proposal_id = await propose(
                    uow,
                    info.context.who(),
                    GRANT_KIND,
                    grant_asked(
                        uow,
                        input.staff_number,
                        _granted(input),
                        input.from_on or None,
                        input.to_on or None,
                        today=bank_day(info.context.now),
                    ),
                    key=input.idempotency_key,
                    reason=input.reason,
                    until=input.until or None,
                    now=info.context.now,
                )
            return ProposalSuccess(key=proposal_id)

    return RightsMutations


def _granted(given: ProposeGrantInput) -> Granted:
    of = GrantOf(_name(given.of))
    if of is not GrantOf.CUSTOMER:
        return Granted(of, given.code)
    return Granted(of, str(key_named(strawberry.ID(given.code), "Customer")))


def _name(member: Any) -> str:
    return str(member.value)
