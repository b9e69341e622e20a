"""均衡建议: what was asked of a balance over a draft of a plan, and the proposals that came of it."""

from datetime import datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Node, Refusal
from schema.organisation.types import OrgUnit, Staff
from schema.parameters.types import JsonValue
from schema.statements import Statement


@strawberry.enum(description="How far the answer to a balance is.")
class BalanceState(Enum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"
    FAILED = "FAILED"


@strawberry.enum(
    description=(
        "均衡 EVEN: work as even as can be; 少动 FEW: within the goal with few hand-overs; "
        "就近 SHORT: with short ways."
    )
)
class ProposalCharacter(Enum):
    EVEN = "EVEN"
    FEW = "FEW"
    SHORT = "SHORT"


@strawberry.enum(
    description="What keeps the work of an outlet from being even: an atom, locks, a limit, or that nobody is there."
)
class BalanceObstacle(Enum):
    ATOM = "ATOM"
    LOCKED_PERSON = "LOCKED_PERSON"
    LOCKED_GRID = "LOCKED_GRID"
    LOCKED_ATOM = "LOCKED_ATOM"
    LOCKS = "LOCKS"
    TOWN_LIMIT = "TOWN_LIMIT"
    CONNECTED = "CONNECTED"
    NOBODY = "NOBODY"


@strawberry.type(description="One outlet of a proposal.")
class ProposalOutlet:
    org_unit: OrgUnit | None = c1("The outlet.")
    evenness_before: float | None = c1(
        "Heaviest to lightest work; null where somebody has none beside others."
    )
    evenness_after: float | None = c1("The same afterwards.")
    obstacle: BalanceObstacle | None = c1("What is in the way of the goal; null where it is reached.")
    obstacle_what: str | None = c1("Its code, or the number of a member of staff.")
    obstacle_is_proven: bool | None = c1("Whether that is a bound, or nothing better was found.")
    obstacle_minutes: float | None = c1("Minutes a month of who has most by it.")
    obstacle_others: float | None = c1("Minutes a month of the others.")


@strawberry.type(description="One person of a proposal, with minutes a month by full-time post.")
class ProposalPerson:
    staff: Staff | None = c1("Who.")
    org_unit: OrgUnit | None = c1("Where.")
    percent: int = c1("Of full time.")
    minutes_before: float = c1("Minutes a month.")
    minutes_after: float = c1("The same afterwards.")


@strawberry.type(description="Customers who would go from one person to another.")
class ProposalHands:
    from_staff: Staff | None = c1("From whom; null where nobody sat on A.", name="from")
    to_staff: Staff | None = c1("To whom.", name="to")
    customers: int = c1("How many.")
    atoms: int = c1("Of how many atoms.")


@strawberry.type(description="均衡建议: a division of a draft that may be taken over as one act.")
class PlanProposal(Node):
    character: ProposalCharacter = c1("What it strives for most.")
    outlets: int = c1("Outlets with grids.")
    even_before: int = c1("Outlets whose heaviest has at most 1.15 times the work of the lightest.")
    even_after: int = c1("The same afterwards.")
    customers: int = c1("Customers who would change hands.")
    atoms_moved: int = c1("Atoms that would change their grid.")
    posts_changed: int = c1("Grids on whose A post somebody else would sit.")
    away_m_before: float = c1("Metres from the middle of a person's work, the root of the mean square.")
    away_m_after: float = c1("The same afterwards.")
    moves: JsonValue = c1("The codes of the grids to which atoms would go, by the numbers of the atoms.")
    applied_version: int | None = c1("The version of the draft that took it over; null while none did.")
    by_outlet: list[ProposalOutlet] = c1("Outlets, the least even first.")
    people: list[ProposalPerson] = c1("People by outlet.")
    hands: list[ProposalHands] = c1("Who gives customers to whom, the most first.")


@strawberry.type(description="均衡: proposals asked for over a draft as it stood at a version.")
class PlanBalance(Node):
    plan_version: int = c1("The version of the draft.")
    even: float = c1("What even work matters.")
    few: float = c1("What few hand-overs matter.")
    short: float = c1("What short ways matter.")
    seed: int = c1("The same seed gives the same proposals.")
    wish: JsonValue = c1("Locks by codes, percents of full time by number of staff.")
    state: BalanceState = c1("How far it is.")
    progress: float = c1("From 0 to 1.")
    error: Statement | None = c1("Why it failed.")
    asked_by: Staff | None = c1("Who asked.")
    asked_at: datetime = c1("When.")
    ended_at: datetime | None = c1("When it ended.")
    proposals: list[PlanProposal] = c1("Even work, few hand-overs, short ways.")


@strawberry.input(description="A member of staff who does not work full time.")
class ShareInput:
    staff_number: str
    percent: int


@strawberry.input(description="Asks for proposals; locks are codes of atoms and grids and numbers of staff.")
class AskPlanBalanceInput:
    idempotency_key: UUID
    plan_id: strawberry.ID
    even: float | None = UNSET
    few: float | None = UNSET
    short: float | None = UNSET
    seed: int | None = UNSET
    locked_atoms: list[str] | None = UNSET
    locked_grids: list[str] | None = UNSET
    locked_staff: list[str] | None = UNSET
    shares: list[ShareInput] | None = UNSET
    also_staff: list[str] | None = UNSET
    across_outlets: bool | None = UNSET


@strawberry.input(description="Stops a balance that has not ended.")
class StopPlanBalanceInput:
    idempotency_key: UUID
    balance_id: strawberry.ID


@strawberry.input(description="Makes a draft what a proposal says, as one act that can be taken back.")
class ApplyPlanProposalInput:
    idempotency_key: UUID
    proposal_id: strawberry.ID


@strawberry.type(description="The balance as it stands now.")
class PlanBalanceSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The balance.")
    def balance(self) -> PlanBalance:
        read_by_the_engine()


@strawberry.type(description="The proposal with the version of the draft that took it over.")
class PlanProposalSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The proposal.")
    def proposal(self) -> PlanProposal:
        read_by_the_engine()


@strawberry.type(
    description=(
        "PLAN_NOT_FOUND, PLAN_NOT_A_DRAFT, BALANCE_WEIGHTS_NOT_VALID, BALANCE_SEED_NOT_VALID, BALANCE_SHARE_NOT_VALID, "
        "BALANCE_NAMES_UNKNOWN, BALANCE_NOT_FOUND, BALANCE_ENDED, PLAN_CHANGED_MEANWHILE, PLAN_ACT_CHANGES_NOTHING, "
        "GRID_NOT_IN_PLAN, GRID_CROSSES_TOWN, GRID_CROSSES_OUTLET, IDEMPOTENCY_KEY_REUSED."
    )
)
class PlanBalanceNotDone(Refusal):
    pass


PlanBalanceResult = Annotated[PlanBalanceSuccess | PlanBalanceNotDone, strawberry.union("PlanBalanceResult")]
PlanProposalResult = Annotated[
    PlanProposalSuccess | PlanBalanceNotDone, strawberry.union("PlanProposalResult")
]
