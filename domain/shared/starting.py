"""Start a night by hand."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.calendar import data_date_at
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.nights import open_night
from domain.shared.statements import DATE
from domain.shared.unit_of_work import UnitOfWork


class DataDateInFuture(DomainError):
    code = "DATA_DATE_IN_FUTURE"
    takes: ClassVar = {"latest_on": DATE}

    def __init__(self, latest: date) -> None:
        super().__init__(latest_on=latest)


async def start_night(
    uow: UnitOfWork, actor: Actor, *, key: UUID, data_date: date | None, now: datetime
) -> int:
    """Open a night for a data date, yesterday when none is given; gives the run's id."""
    latest = data_date_at(now)

    async def act() -> Answer:
        wanted = data_date or latest
        if wanted > latest:
            raise DataDateInFuture(latest)
        run = await open_night(uow, wanted, started_by_id=actor.staff_id)
        await record(uow, by=actor.principal, action="night.started", subject=f"NightRun:{run.id}")
        return {"night_run": run.id}

    answer = await answer_once(
        uow,
        by=actor.principal,
        key=key,
        operation="startNight",
        body={"data_date": data_date},
        act=act,
    )
    return int(answer["night_run"])
