"""Parameters with their versions, and proposals that another person decides."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, NewType
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff

JsonValue = NewType("JsonValue", object)


def _json(value: Any) -> Any:
    return value


JSON_SCALAR = strawberry.scalar(
    name="JSON",
    description="A JSON value; the field says what it holds.",
    serialize=_json,
    parse_value=_json,
)
JSON_SAMPLE = 12


@strawberry.enum(description="参数类型: whole numbers of a unit, a text, a list of either, or a rule.")
class ParameterType(Enum):
    INTEGER = "INTEGER"
    FEN = "FEN"
    DAYS = "DAYS"
    MONTHS = "MONTHS"
    BPS = "BPS"
    TEXT = "TEXT"
    LIST = "LIST"
    RULE = "RULE"


@strawberry.enum(description="提案状态: OPEN until somebody decides, takes it back, or its time is over.")
class ProposalState(Enum):
    OPEN = "OPEN"
    APPLIED = "APPLIED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


@strawberry.type(
    description="提案: what somebody wants changed; another person decides, and it is done as he does."
)
class Proposal(Node):
    kind: str = c1("What is done when it is agreed to.")
    subject: str = c1("What is changed, such as Parameter:tasks.walk_stops or Role:AUDITOR.")
    before: JsonValue = c1("What the proposer saw, as an object.")
    after: JsonValue = c1("What is to be, as an object; its names are those of the kind.")
    reason: str = c1("Why.")
    proposed_by: Staff = c1("Who proposed it.")
    proposed_at: datetime = c1("When it was proposed.")
    until: datetime = c1("When it expires undecided.")
    state: ProposalState = c1("Where it stands.")
    decided_by: Staff | None = c1("Who agreed or refused.")
    decided_at: datetime | None = c1("When.")
    decision_reason: str | None = c1("Why it was agreed to or refused.")
    mine: bool = c1("Whether the viewer proposed it.")
    decidable: bool = c1(
        "Whether the viewer may decide it now: open, of another person, of a kind he decides."
    )


@strawberry.type(description="A proposal in a list.")
class ProposalEdge:
    node: Proposal = c1("The proposal.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of proposals, the latest first.")
class ProposalConnection:
    edges: list[ProposalEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many proposals match.")


@strawberry.type(description="参数版本: what a parameter is from a day on.")
class ParameterVersion:
    value: JsonValue = c1("The value.")
    from_on: date = c1("The first data date for which it holds.")
    to_on: date | None = c1("The first for which it holds no longer; null where it has no end.")
    recorded_at: datetime = c1("When it was agreed to.")
    proposal: Proposal | None = c1("The proposal it came of: who, why.")


@strawberry.type(description="参数: a figure that the bank decides.")
class Parameter:
    name: str = c1("Its name, and the code under which the reader words it.")
    type: ParameterType = c1("What kind of value.")
    unit: str = c1("The code of its unit; empty where there is none.")
    default_value: JsonValue = c1("What holds where nothing was decided.")
    value: JsonValue = c1("What holds on the data date in force.")
    held_from: date | None = c1("Since when; null while the default holds.")
    lowest: JsonValue | None = c1("The least whole number that may stand, also in a list.")
    highest: JsonValue | None = c1("The largest.")
    allowed: list[str] = c1("The only texts that may stand; empty where any may.")
    readers: list[str] = c1("Steps of the night and acts whose figures move with it.")
    next: ParameterVersion | None = c1("The next version that is agreed and does not hold yet.")
    history: list[ParameterVersion] = c1("All versions, the latest day first.")


@strawberry.input(description="Proposes a value of a parameter from a day on.")
class ProposeParameterInput:
    idempotency_key: UUID
    name: str
    value: JsonValue
    from_on: date
    to_on: date | None = UNSET
    reason: str
    until: datetime | None = UNSET


@strawberry.input(description="Agrees to a proposal, which carries it out, or refuses it with a reason.")
class DecideProposalInput:
    idempotency_key: UUID
    proposal_id: strawberry.ID
    agrees: bool
    reason: str | None = UNSET


@strawberry.input(description="Takes back one's own proposal.")
class WithdrawProposalInput:
    idempotency_key: UUID
    proposal_id: strawberry.ID


@strawberry.type(description="The proposal as it stands now.")
class ProposalSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The proposal.")
    def proposal(self) -> Proposal:
        read_by_the_engine()


@strawberry.type(
    description=(
        "PARAMETER_NOT_FOUND, PARAMETER_NOT_VALID, PARAMETER_DAY_PAST, PARAMETER_DAYS_NOT_VALID, NOTHING_CHANGES, "
        "ROLE_NAME_NOT_VALID, PERMISSIONS_NOT_KNOWN, LAST_DECIDER, STAFF_NOT_FOUND, GRANT_SUBJECT_NOT_FOUND, "
        "GRANT_DAYS_NOT_VALID, OWN_RIGHTS, PLAN_NOT_FOUND, PLAN_NOT_CHECKED, PLAN_DAY_NOT_POSSIBLE, PLAN_DAY_TAKEN, "
        "ADAPTER_NOT_VALID, ADAPTER_NOT_FOUND, LAST_FEED_DECIDER, "
        "REASON_MISSING, UNTIL_NOT_VALID, PROPOSAL_NOT_FOUND, PROPOSAL_NOT_ALLOWED, "
        "PROPOSER_DECIDES, PROPOSAL_CLOSED, PROPOSAL_EXPIRED, PROPOSAL_STALE, PROPOSAL_NOT_YOURS, "
        "IDEMPOTENCY_KEY_REUSED."
    )
)
class ProposalNotDone(Refusal):
    pass


ProposalResult = Annotated[ProposalSuccess | ProposalNotDone, strawberry.union("ProposalResult")]
