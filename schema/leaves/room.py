"""Leave of people, with today's walks that follow it, and how much of full time they work."""

import strawberry
from sqlalchemy import BigInteger, ColumnElement, not_, or_, select

from domain.grids.full_time import set_full_time
from domain.grids.permissions import GIVE_CUSTOMERS
from domain.shared.models import StaffLeave as Leave
from domain.tasks.leave import end_leave, enter_leave
from geo.following_leave import walks_follow_leave
from schema.context import Info
from schema.engine.mapping import One, TypeMap, column
from schema.engine.scope import Row
from schema.leaves.types import (
    EndLeaveInput,
    EnterLeaveInput,
    FullTimeNotSet,
    FullTimeResult,
    FullTimeSuccess,
    LeaveNotEntered,
    LeaveResult,
    LeaveSuccess,
    OfStaff,
    SetFullTimeInput,
)
from schema.permissions import write
from schema.rooms import Addition, SchemaRoom
from schema.view import TODAY, View, payload


def _lasts(leave: Row) -> ColumnElement[bool]:
    return or_(leave.c.to_on.is_(None), leave.c.to_on > TODAY)


def _next_leaves(_view: View) -> Row:
    leave, earlier = Leave.__table__.alias(), Leave.__table__.alias()  # type: ignore[attr-defined]
    before = select(earlier.c.staff_id).where(
        earlier.c.staff_id == leave.c.staff_id, earlier.c.from_on < leave.c.from_on, _lasts(earlier)
    )
    return select(leave).where(_lasts(leave), not_(before.correlate(leave).exists())).subquery()


LEAVE = TypeMap(
    "StaffLeave", {"from": column("from_on"), "to": column("to_on")}, rows=_next_leaves, key="staff_id"
)
_STAFF_NOW = {"staff": One("Staff", lambda _payload, staff, _: staff.c.id == payload(BigInteger()))}
DONE = tuple(TypeMap(name, _STAFF_NOW, is_root=True) for name in ("LeaveSuccess", "FullTimeSuccess"))


@strawberry.type
class LeaveMutations:
    @write(
        GIVE_CUSTOMERS,
        "登记休假: somebody is away from a day on; from today, B has what is open of his walk.",
    )
    async def enter_leave(self, info: Info, input: EnterLeaveInput) -> LeaveResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            staff = await enter_leave(
                uow,
                context.who(),
                input.staff_number.strip(),
                input.from_on,
                input.to_on or None,
                walks_follow_leave,
                key=input.idempotency_key,
                today=context.today,
            )
        return LeaveSuccess(key=staff)

    @write(GIVE_CUSTOMERS, "销假: takes a leave back; what is still open of his walk is his again.")
    async def end_leave(self, info: Info, input: EndLeaveInput) -> LeaveResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            staff = await end_leave(
                uow,
                context.who(),
                input.staff_number.strip(),
                walks_follow_leave,
                key=input.idempotency_key,
                today=context.today,
            )
        return LeaveSuccess(key=staff)

    @write(
        GIVE_CUSTOMERS,
        "登记全职比例: how much of full time somebody works, from today on.",
    )
    async def set_full_time(self, info: Info, input: SetFullTimeInput) -> FullTimeResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            staff = await set_full_time(
                uow,
                context.who(),
                input.staff_number.strip(),
                input.percent,
                key=input.idempotency_key,
                today=context.today,
            )
        return FullTimeSuccess(key=staff)


LEAVES = SchemaRoom(
    "leaves",
    types=(LEAVE, *DONE),
    mutations=LeaveMutations,
    refusals=(LeaveNotEntered, FullTimeNotSet),
    additions=(
        Addition(
            "Staff",
            contract=OfStaff,
            fields={
                "leave": One("StaffLeave", lambda staff, leave, _: leave.c.staff_id == staff.c.id),
                "fullTimePercent": column("full_time_percent"),
            },
        ),
    ),
)
