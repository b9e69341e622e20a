"""全职比例: how much of full time somebody works, from today on; work is compared by full-time post."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.grids.own_people import note_of_staff, own_staff
from domain.shared.actor import Actor
from domain.shared.errors import DomainError
from domain.shared.imports.history import begin_days, end_days
from domain.shared.imports.staff import HISTORY
from domain.shared.models import FULL_TIME
from domain.shared.rows import Rows
from domain.shared.statements import NUMBER
from domain.shared.unit_of_work import UnitOfWork


class FullTimeNotValid(DomainError):
    """A share of full time is 1 % to 100 %."""

    code = "FULL_TIME_NOT_VALID"
    takes: ClassVar = {"percent": NUMBER}

    def __init__(self, percent: int) -> None:
        super().__init__(percent=percent)


# Somebody whose days begin later has them so from their first day.
_NOW = """
select s.full_time_percent, cast(greatest(cast(%(today)s as date), d.from_on) as text)
  from staff s left join staff_days d on d.staff_id = s.id and d.to_on = 'infinity' where s.id = %(staff)s
"""


async def set_full_time(
    uow: UnitOfWork, actor: Actor, number: str, percent: int, *, key: UUID, today: date
) -> int:
    """Note how much somebody of the actor's units works from today on, in percents; gives his id."""

    def note(rows: Rows) -> int:
        if not 1 <= percent <= FULL_TIME:
            raise FullTimeNotValid(percent)
        staff = own_staff(rows, actor, number, today)
        before, since = rows.execute(_NOW, {"staff": staff, "today": today})[0]
        if before != percent:
            end_days(rows, HISTORY, [(staff, since)])
            rows.execute(
                "update staff set full_time_percent = %(percent)s where id = %(staff)s",
                {"staff": staff, "percent": percent},
            )
            begin_days(rows, HISTORY, [(staff, since)])
        return staff

    body: dict[str, object] = {"number": number, "percent": percent}
    return await note_of_staff(uow, actor, "staff.full_time", body, note, key)
