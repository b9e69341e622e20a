"""休假 entered by the outlet manager: from a day up to the day on which somebody is back; B has his walk at once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.grids.own_people import note_of_staff, own_staff
from domain.shared.actor import Actor
from domain.shared.errors import DomainError
from domain.shared.rows import Rows
from domain.shared.statements import DATE
from domain.shared.unit_of_work import UnitOfWork

Follow = Callable[[Rows, Sequence[int], date], object]
"""Gives today's stops to whoever walks them now (`geo/following_leave.py`)."""
_TODAY = "cast(%(today)s as date)"


class LeaveDaysNotValid(DomainError):
    """It begins today at the earliest, and he is back after its first day."""

    code = "LEAVE_DAYS_NOT_VALID"


class LeaveThere(DomainError):
    """Another leave of his has a day of this one."""

    code = "LEAVE_THERE"
    takes: ClassVar = {"from_on": DATE}

    def __init__(self, from_on: date) -> None:
        super().__init__(from_on=from_on)


class LeaveNotFound(DomainError):
    code = "LEAVE_NOT_FOUND"


async def enter_leave(
    uow: UnitOfWork,
    actor: Actor,
    number: str,
    from_on: date,
    to_on: date | None,
    follow: Follow,
    *,
    key: UUID,
    today: date,
) -> int:
    """Note a leave of somebody of the actor's units; gives his id. `to_on` is the day on which he is back."""

    def enter(rows: Rows) -> int:
        check_days(from_on, to_on, today)
        staff = own_staff(rows, actor, number, today)
        there = rows.execute(_OVERLAPPING, {"staff": staff, "from_on": from_on, "to_on": to_on})
        if there:
            raise LeaveThere(there[0][0])
        rows.execute(_ENTER, {"staff": staff, "from_on": from_on, "to_on": to_on})
        follow(rows, [staff], today)
        return staff

    body = {"number": number, "from": from_on, "to": to_on}
    return await note_of_staff(uow, actor, "leave.entered", body, enter, key)


async def end_leave(
    uow: UnitOfWork, actor: Actor, number: str, follow: Follow, *, key: UUID, today: date
) -> int:
    """Take the leave back that lasts today, or the next one: he is back today, or was never to go. Gives his id."""

    def end(rows: Rows) -> int:
        staff = own_staff(rows, actor, number, today)
        found = rows.execute(_NEXT, {"staff": staff, "today": today})
        if not found:
            raise LeaveNotFound
        from_on: date = found[0][0]
        rows.execute(
            _END if from_on < today else _REMOVE, {"staff": staff, "from_on": from_on, "today": today}
        )
        follow(rows, [staff], today)
        return staff

    return await note_of_staff(uow, actor, "leave.ended", {"number": number}, end, key)


def check_days(from_on: date, to_on: date | None, today: date) -> None:
    if from_on < today or (to_on is not None and to_on <= from_on):
        raise LeaveDaysNotValid


_OVERLAPPING = """
select from_on from staff_leaves
 where staff_id = %(staff)s and from_on < coalesce(cast(%(to_on)s as date), 'infinity')
   and coalesce(to_on, 'infinity') > cast(%(from_on)s as date)
 order by from_on limit 1
"""
_ENTER = """
insert into staff_leaves (staff_id, from_on, to_on)
values (%(staff)s, cast(%(from_on)s as date), cast(%(to_on)s as date))
"""
_NEXT = f"""
select from_on from staff_leaves
 where staff_id = %(staff)s and (to_on is null or to_on > {_TODAY}) order by from_on limit 1
"""  # noqa: S608
_END = f"update staff_leaves set to_on = {_TODAY} where staff_id = %(staff)s and from_on = %(from_on)s"  # noqa: S608
_REMOVE = "delete from staff_leaves where staff_id = %(staff)s and from_on = %(from_on)s"
