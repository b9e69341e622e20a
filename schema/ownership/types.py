"""Rules of ownership, lists and exceptions, and why a customer belongs to whom."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.customers.types import Customer
from schema.field_classes import c1, c2
from schema.lists import read_by_the_engine
from schema.nodes import Refusal
from schema.organisation.types import Staff
from schema.plans.types import PlanPerson
from schema.rules.types import RuleText


@strawberry.enum(description="归属依据: what gives a customer to somebody before his place is asked.")
class OwnershipCause(Enum):
    EXCEPTION = strawberry.enum_value("EXCEPTION", description="管护例外: he was given to one person.")
    LIST = strawberry.enum_value("LIST", description="名单网格: a list names him.")
    RULE = strawberry.enum_value("RULE", description="管护规则: a condition holds for him.")


@strawberry.type(description="归属依据, as of the last night.")
class Ownership:
    cause: OwnershipCause = c1("What gives him to his owner.")
    name: str | None = c1("The rule or the list; null of an exception.")
    reason: str | None = c2("Why there is an exception.")
    to: date | None = c1("The day from which on it holds no longer; null while open.")


@strawberry.enum(description="管护对象: to whom a rule gives.")
class OwnershipTarget(Enum):
    STAFF = strawberry.enum_value("STAFF", description="A member of staff, by his number.")
    GRID = strawberry.enum_value("GRID", description="Whoever sits on the post of a small grid, by its code.")
    LIST = strawberry.enum_value("LIST", description="Whoever sits on the post of a list, by its code.")


@strawberry.type(description="管护规则: for whom a condition holds belongs to somebody.")
class OwnershipRule:
    code: str = c1("The number of the rule.")
    name: str = c1("The name.")
    position: int = c1("Rules are asked in this order, the lowest first.")
    unit_code: str | None = c1("The unit to whose customers it keeps; null for the whole bank.")
    unit: str | None = c1("The unit's name.")
    condition: RuleText = c1("The condition.")
    to_kind: OwnershipTarget = c1("What it gives to.")
    to_code: str = c1("The number or code.")
    to_name: str | None = c1("The name of whom or what it gives to; null where there is none now.")
    from_: date = c1("The first day of this version.", name="from")
    to: date | None = c1("The day from which on it is over; the first day itself where it ends then.")
    in_force: bool = c1("Whether it counts today; it is to come otherwise.")
    customers: int = c1("How many customers it has, within the viewer's scope.")
    reason: str = c1("Why it was proposed.")
    decided_by: str = c1("Who agreed.")


@strawberry.enum(description="名单类型.")
class ListGridKind(Enum):
    MARKET = strawberry.enum_value("MARKET", description="专业市场.")
    EMPLOYER = strawberry.enum_value("EMPLOYER", description="单位.")
    CHAMBER = strawberry.enum_value("CHAMBER", description="商会.")
    OTHER = strawberry.enum_value("OTHER", description="其他名单.")
    PERSON = strawberry.enum_value(
        "PERSON", description="专管户: whom rules and exceptions give to one person."
    )


@strawberry.type(description="名单网格: customers by name, over the spatial grids.")
class ListGrid:
    code: str = c1("Begins with @.")
    name: str = c1("The name.")
    kind: ListGridKind = c1("The kind.")
    outlet_code: str = c1("The outlet that works it.")
    outlet: str = c1("The outlet's name.")
    position: int = c1("Of two lists that name a customer the lower one has him.")
    from_: date = c1("The first day.", name="from")
    to: date | None = c1("The day from which on it is over; null while open.")
    grid_id: strawberry.ID | None = c1("The grid of the plan in force that stands for it, for filters.")
    a: PlanPerson | None = c1("Who sits on A.")
    b: PlanPerson | None = c1("Who sits on B.")
    named: int = c1("How many customers it names.")
    customers: int = c1("How many belong to it.")


@strawberry.type(description="管护例外: one customer to one person, for a reason, up to a day.")
class OwnerException:
    id: strawberry.ID = c1("Such as OwnerException:7.")
    customer: Customer | None = c2("The customer.")
    staff: Staff | None = c1("To whom he was given.")
    reason: str = c2("Why.")
    from_: date = c1("The first day.", name="from")
    to: date = c1("The day from which on it holds no longer.")
    is_open: bool = c1("Whether it holds, or is still to.")
    made_by: str = c1("Who gave him.")
    made_at: datetime = c1("When.")
    ended_by: str | None = c1("Who ended it early.")


@strawberry.type(description="试算人数: of one rule.")
class RuleTrialCount:
    code: str = c1("The number of the rule.")
    name: str = c1("The name.")
    holds: int = c1("Active customers for whom its condition holds.")
    has: int = c1("Of these, whom no exception, list or earlier rule has.")


@strawberry.type(description="试算重叠: customers of the tried rule whom something earlier has.")
class RuleTrialOverlap:
    code: str = c1("EXCEPTION, LIST, or the number of the earlier rule.")
    customers: int = c1("How many.")


@strawberry.type(description="试算移交: customers who would go from one person to another.")
class RuleTrialHandover:
    from_: PlanPerson | None = c1("Who would lose them; null where nobody has them.", name="from")
    to: PlanPerson | None = c1("Who would gain them; null where nobody would have them.")
    customers: int = c1("How many.")


@strawberry.type(description="规则试算: what the next night would make of the rules, on last night's data.")
class OwnershipTrial:
    day: date = c1("The day for which it is worked out.")
    rules: list[RuleTrialCount] = c1("The rules in their order.")
    overlaps: list[RuleTrialOverlap] = c1("Whom earlier claims have.")
    handovers: list[RuleTrialHandover] = c1("From whom to whom, the most first; 50 at most.")
    change_hands: int = c1("How many change hands in all.")
    without_owner: int = c1("Active customers who would have nobody.")
    gives_to_nobody: bool = c1(
        "Nobody in service stands behind the tried rule, so its customers fall through."
    )


@strawberry.input(description="A rule as it is to be.")
class OwnershipRuleInput:
    code: str
    name: str
    position: int
    condition: RuleText
    to_kind: OwnershipTarget
    to_code: str
    unit_code: str | None = UNSET


@strawberry.input(description="Proposes a rule from a day on; another person decides.")
class ProposeOwnershipRuleInput:
    idempotency_key: UUID
    rule: OwnershipRuleInput
    from_on: date
    to_on: date | None = UNSET
    reason: str


@strawberry.input(description="Proposes that a rule end on a day; another person decides.")
class EndOwnershipRuleInput:
    idempotency_key: UUID
    code: str
    on: date
    reason: str


@strawberry.input(description="Gives a customer to a member of staff up to a day.")
class GiveCustomerInput:
    idempotency_key: UUID
    customer_id: strawberry.ID
    staff_number: str
    reason: str
    to_on: date


@strawberry.input(description="Ends an exception today.")
class EndOwnerExceptionInput:
    idempotency_key: UUID
    exception_id: strawberry.ID


@strawberry.input(description="Makes a list, or changes the one of its code.")
class KeepListGridInput:
    idempotency_key: UUID
    code: str
    name: str
    kind: ListGridKind
    outlet_code: str
    a: str | None = UNSET
    b: str | None = UNSET
    position: int = 100
    to_on: date | None = UNSET


@strawberry.input(
    description="Who stands in on B of a list, somebody's own as well; nobody without a number."
)
class CoverListGridInput:
    idempotency_key: UUID
    code: str
    b: str | None = UNSET


@strawberry.type(description="The exception as it stands now.")
class OwnerExceptionSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The exception.")
    def exception(self) -> OwnerException:
        read_by_the_engine()


@strawberry.type(description="The list as it stands now.")
class ListGridSuccess:
    list_grid: ListGrid = strawberry.field(description="The list.")


@strawberry.type(description="What a trial found.")
class OwnershipTrialSuccess:
    trial: OwnershipTrial = strawberry.field(description="The trial.")


@strawberry.type(
    description=(
        "RULE_UNREADABLE, RULE_UNKNOWN_FIELD, RULE_UNKNOWN_OPERATOR, RULE_UNKNOWN_PARAMETER, RULE_WRONG_VALUE, "
        "RULE_TOO_LARGE, OWNERSHIP_RULE_CIRCULAR, OWNERSHIP_RULE_NOT_VALID, OWNERSHIP_TARGET_NOT_FOUND, "
        "OWNERSHIP_UNIT_NOT_FOUND, OWNERSHIP_DAYS_NOT_VALID, OWNER_NOT_IN_SCOPE, EXCEPTION_REASON_MISSING, "
        "EXCEPTION_DAYS_NOT_VALID, EXCEPTION_THERE, EXCEPTION_NOT_FOUND, LIST_GRID_NOT_VALID, LIST_GRID_NOT_FOUND, "
        "LIST_GRID_MADE_MEANWHILE, IDENTITY_IS_BUSY, IDEMPOTENCY_KEY_REUSED."
    )
)
class OwnershipNotChanged(Refusal):
    pass


OwnerExceptionResult = Annotated[
    OwnerExceptionSuccess | OwnershipNotChanged, strawberry.union("OwnerExceptionResult")
]
ListGridResult = Annotated[ListGridSuccess | OwnershipNotChanged, strawberry.union("ListGridResult")]
OwnershipTrialResult = Annotated[
    OwnershipTrialSuccess | OwnershipNotChanged, strawberry.union("OwnershipTrialResult")
]
