"""Visits and walks."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain.tasks.cadence import DueReason
from schema.customers.types import Customer
from schema.field_classes import c1, c2
from schema.geometry import Location, PointInput
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.statements import Statement


@strawberry.enum(description="走访结果.")
class VisitOutcome(Enum):
    INTERESTED = "INTERESTED"
    NOT_NOW = "NOT_NOW"
    REFUSED = "REFUSED"
    NOT_FOUND = "NOT_FOUND"
    FOLLOW_UP = "FOLLOW_UP"


strawberry.enum(DueReason, description="走访理由, the strongest first.")


@strawberry.type(description="走访: somebody saw (or sought) a customer.")
class Visit(Node):
    customer: Customer = c1("The customer.")
    staff: Staff = c1("Who went.")
    counted_at: datetime = c1(
        "When it counts, by the server's clock: the device's start, corrected by its last contact and never after the "
        "receipt. Lists are in its order, and months and days go by it."
    )
    started_at: datetime = c1("By the device's clock.")
    ended_at: datetime | None = c1("By the device's clock.")
    received_at: datetime = c1("When the server received it.")
    outcome: VisitOutcome = c1("走访结果.")
    note: str | None = c2("What was said; null where the role sees masked values.")
    location: Location | None = c2("Where it was recorded; null where the role sees masked values.")
    distance_m: float | None = c1("Metres from the customer's own point.", name="distanceM")
    next_on: date | None = c1("The next date agreed.")


@strawberry.type(description="A visit in a list.")
class VisitEdge:
    node: Visit = c1("The visit.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of visits, the latest first.")
class VisitConnection:
    edges: list[VisitEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many visits there are within the scope.")


@strawberry.enum(description="旧系统记录: a visit, or an entry of the customer's file.")
class OldVisitKind(Enum):
    VISIT = "VISIT"
    FILE = "FILE"


@strawberry.type(description="旧系统记录: what the bank's former system kept; nobody made it here.")
class OldVisit:
    source: str = c1("The system that kept it.")
    made_on: date = c1("The day it says.")
    kind: OldVisitKind = c1("A visit, or an entry of the customer's file.")
    outcome: VisitOutcome | None = c1("走访结果; null where it kept none.")
    by_whom: str | None = c1("Who it says went or wrote.")
    content: str | None = c2("What it kept; null where the role sees masked values.")


@strawberry.type(description="One stop of a walk.")
class Stop:
    order: int = c1("From 1, in walking order.")
    customer: Customer = c1("Whom to see.")
    reason: DueReason = c1("Why.")
    statement: Statement = c2("Why, and what to say.")
    figures: list[Statement] = c2("Three figures of the customer's own.")
    due_on: date | None = c1("By when.")
    stands_in_for: Staff | None = c1("代谁走访: whose customer it is, where he is away.")


@strawberry.type(description="今日: the planned walk of one customer manager on one day.")
class Walk:
    walk_on: date = c1("The day.", name="date")
    staff: Staff = c1("Who walks.")
    stops: list[Stop] = c1("Stops in walking order; customers outside the scope are absent.")
    length_m: float = c1("The length of the walk.", name="lengthM")


@strawberry.input(
    description="The device's last answer from the server before or at the start of the visit: what it makes of the "
    "device's clock. Without it a visit counts when it is received."
)
class DeviceContactInput:
    device_at: datetime = strawberry.field(description="The device's clock when the answer came.")
    server_at: datetime = strawberry.field(description="The server's clock: the answer's Date header.")


@strawberry.input(
    description="A visit as the phone has it; the key makes it one visit however often it is sent."
)
class RecordVisitInput:
    idempotency_key: UUID
    customer_id: strawberry.ID
    started_at: datetime
    ended_at: datetime | None = UNSET
    point: PointInput | None = UNSET
    outcome: VisitOutcome
    note: str | None = UNSET
    next_on: date | None = UNSET
    contact: DeviceContactInput | None = UNSET


@strawberry.type(description="The visit is recorded, whether or not the viewer may still see it.")
class RecordVisitSuccess:
    key: strawberry.Private[UUID]

    @strawberry.field(description="The visit's id.")
    def id(self) -> strawberry.ID:
        return strawberry.ID(f"Visit:{self.key}")

    @strawberry.field(description="The visit; null where it lies outside the viewer's scope by now.")
    def visit(self) -> Visit | None:
        read_by_the_engine()


@strawberry.type(
    description="CUSTOMER_NOT_FOUND, NEXT_DATE_IN_PAST, NOTE_TOO_LONG, POINT_NOT_VALID, IDEMPOTENCY_KEY_REUSED."
)
class VisitNotRecorded(Refusal):
    pass


RecordVisitResult = Annotated[RecordVisitSuccess | VisitNotRecorded, strawberry.union("RecordVisitResult")]
