"""休假 and 全职比例: who is away and who works how much, entered by the outlet manager."""

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
    full_time_percent: int = c1("全职比例: how much of full time he works, in percents.")
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


@strawberry.input(
    description="How much of full time somebody of one's units works from today on: 1 to 100 percents."
)
class SetFullTimeInput:
    idempotency_key: UUID
    staff_number: str
    percent: int


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


@strawberry.type(description="The member of staff as he stands now.")
class FullTimeSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The member of staff.")
    def staff(self) -> Staff:
        read_by_the_engine()


@strawberry.type(
    description="OWNERSHIP_NOT_ALLOWED, OWNER_NOT_IN_SCOPE, FULL_TIME_NOT_VALID, IDEMPOTENCY_KEY_REUSED."
)
class FullTimeNotSet(Refusal):
    pass


FullTimeResult = Annotated[FullTimeSuccess | FullTimeNotSet, strawberry.union("FullTimeResult")]
