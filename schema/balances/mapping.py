"""How balances and their proposals are read: by whoever draws up plans."""

from sqlalchemy import BigInteger, ColumnElement

from domain.grids.balance_models import (
    PlanBalance,
    PlanProposal,
    ProposalHands,
    ProposalOutlet,
    ProposalPerson,
)
from domain.grids.permissions import EDIT_GRIDS
from schema.engine.given import Given
from schema.engine.keys import bigint_key
from schema.engine.mapping import ByGlobalId, Field, Many, One, TypeMap, column, global_id
from schema.engine.scope import Row
from schema.global_ids import named
from schema.statements import statement
from schema.view import of_the_bank, payload, rows_of

_OUTLETS, _PEOPLE = 40, 120


def _staff(name: str) -> One:
    return One("Staff", lambda row, staff, _: staff.c.id == row.c[name])


_UNIT = One("OrgUnit", lambda row, unit, _: unit.c.id == row.c.org_unit_id)

OUTLET = TypeMap(
    "ProposalOutlet",
    {
        "orgUnit": _UNIT,
        "evennessBefore": column("evenness_before"),
        "evennessAfter": column("evenness_after"),
        "obstacle": column("obstacle"),
        "obstacleWhat": column("obstacle_what"),
        "obstacleIsProven": column("obstacle_is_proven"),
        "obstacleMinutes": column("obstacle_minutes"),
        "obstacleOthers": column("obstacle_others"),
    },
    rows=rows_of(ProposalOutlet),
    key="org_unit_id",
)
PERSON = TypeMap(
    "ProposalPerson",
    {
        "staff": _staff("staff_id"),
        "orgUnit": _UNIT,
        "percent": column("percent"),
        "minutesBefore": column("minutes_before"),
        "minutesAfter": column("minutes_after"),
    },
    rows=rows_of(ProposalPerson),
    key="staff_id",
)
HANDS = TypeMap(
    "ProposalHands",
    {
        "from": _staff("from_id"),
        "to": _staff("to_id"),
        "customers": column("customers"),
        "atoms": column("atoms"),
    },
    rows=rows_of(ProposalHands),
)
PROPOSAL = TypeMap(
    "PlanProposal",
    {
        "id": global_id("PlanProposal"),
        "character": column("character"),
        "outlets": column("outlets"),
        "evenBefore": column("even_before"),
        "evenAfter": column("even_after"),
        "customers": column("customers"),
        "atomsMoved": column("atoms_moved"),
        "postsChanged": column("posts_changed"),
        "awayMBefore": column("away_m_before"),
        "awayMAfter": column("away_m_after"),
        "moves": column("atoms"),
        "appliedVersion": column("applied_version"),
        "byOutlet": Many(
            "ProposalOutlet",
            lambda proposal, outlet, _: outlet.c.proposal_id == proposal.c.id,
            order=lambda outlet: [outlet.c.evenness_after.desc(), outlet.c.org_unit_id],
            weight=_OUTLETS,
        ),
        "people": Many(
            "ProposalPerson",
            lambda proposal, person, _: person.c.proposal_id == proposal.c.id,
            order=lambda person: [person.c.org_unit_id, person.c.staff_id],
            weight=_PEOPLE,
        ),
        "hands": Many(
            "ProposalHands",
            lambda proposal, hands, _: hands.c.proposal_id == proposal.c.id,
            order=lambda hands: [hands.c.customers.desc(), hands.c.id],
            weight=_PEOPLE,
        ),
    },
    rows=rows_of(PlanProposal),
    scope=of_the_bank(EDIT_GRIDS),
    read_key=bigint_key,
)
BALANCE = TypeMap(
    "PlanBalance",
    {
        "id": global_id("PlanBalance"),
        "planVersion": column("plan_version"),
        "even": column("even"),
        "few": column("few"),
        "short": column("short"),
        "seed": column("seed"),
        "wish": column("wish"),
        "state": column("state"),
        "progress": column("progress"),
        "error": statement("error"),
        "askedBy": _staff("asked_by_id"),
        "askedAt": column("asked_at"),
        "endedAt": column("ended_at"),
        "proposals": Many(
            "PlanProposal",
            lambda balance, proposal, _: proposal.c.balance_id == balance.c.id,
            order=lambda proposal: [proposal.c.id],
            weight=3,
        ),
    },
    rows=rows_of(PlanBalance),
    scope=of_the_bank(EDIT_GRIDS),
    read_key=bigint_key,
)


def _of_plan(_root: Row, balance: Row, arguments: Given) -> ColumnElement[bool]:
    return balance.c.plan_id == named(arguments, "planId", "Plan")


ROOT: dict[str, Field] = {
    "planBalances": Many("PlanBalance", _of_plan, order=lambda balance: [balance.c.id.desc()], weight=5),
    "planBalance": ByGlobalId("PlanBalance"),
}
SUCCESS = TypeMap(
    "PlanBalanceSuccess",
    {"balance": One("PlanBalance", lambda _payload, balance, _: balance.c.id == payload(BigInteger()))},
    is_root=True,
)
APPLIED = TypeMap(
    "PlanProposalSuccess",
    {"proposal": One("PlanProposal", lambda _payload, proposal, _: proposal.c.id == payload(BigInteger()))},
    is_root=True,
)
TYPES = (OUTLET, PERSON, HANDS, PROPOSAL, BALANCE, SUCCESS, APPLIED)
