"""Start a night by hand."""

from datetime import date, datetime
from uuid import UUID

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.calendar import data_date_at
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.nights import open_night
from domain.shared.unit_of_work import UnitOfWork


class DataDateInFuture(DomainError):
    code = "DATA_DATE_IN_FUTURE"

    def __init__(self, latest: date) -> None:
        super().__init__(
            f"这一天的数据还不完整，最近可用的数据日期是 {latest}。没有启动，请改用这一天或更早的日期。"
        )


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
