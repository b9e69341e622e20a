"""休假: who is away, entered by the outlet manager."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Refusal
from schema.organisation.types import Staff


@strawberry.type(description="休假, which lasts today or is the next to come.")
class StaffLeave:
    from_: date = c1("The first day.", name="from")
    to: date | None = c1("The day on which he is back; null where that is open.")


@strawberry.type
class OfStaff:
    leave: StaffLeave | None = c1("The leave that lasts today, or the next one.")


@strawberry.input(description="Enters a leave of somebody of one's units.")
class EnterLeaveInput:
    idempotency_key: UUID
    staff_number: str
    from_on: date
    to_on: date | None = UNSET


@strawberry.input(description="Takes back the leave that lasts today, or the next one.")
class EndLeaveInput:
    idempotency_key: UUID
    staff_number: str


@strawberry.type(description="The member of staff as he stands now.")
class LeaveSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The member of staff.")
    def staff(self) -> Staff:
        read_by_the_engine()


@strawberry.type(
    description=(
        "OWNERSHIP_NOT_ALLOWED, OWNER_NOT_IN_SCOPE, LEAVE_DAYS_NOT_VALID, LEAVE_THERE, LEAVE_NOT_FOUND, "
        "IDEMPOTENCY_KEY_REUSED."
    )
)
class LeaveNotEntered(Refusal):
    pass


LeaveResult = Annotated[LeaveSuccess | LeaveNotEntered, strawberry.union("LeaveResult")]
