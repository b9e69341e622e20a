"""Open a night: a row that people see and the job that begins it, in one transaction."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Date, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.shared.data_date import DATA_DATE, data_date_in_force
from domain.shared.errors import DomainError
from domain.shared.models import NightRun
from domain.shared.night import Connection
from domain.shared.outbox import Job, add_job
from domain.shared.statements import DATE
from domain.shared.unit_of_work import UnitOfWork


class NightState(StrEnum):
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class NightStepState(StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class NightRunning(DomainError):
    code = "NIGHT_RUNNING"


class NightSuperseded(DomainError):
    code = "NIGHT_SUPERSEDED"
    takes: ClassVar = {"wanted_on": DATE, "in_force_on": DATE}

    def __init__(self, wanted: date, in_force: date) -> None:
        super().__init__(wanted_on=wanted, in_force_on=in_force)


def _check_not_superseded(wanted: date, in_force: date | None) -> None:
    """An older night would turn customers, walks and dashboards back; old never overwrites new."""
    if in_force is not None and wanted < in_force:
        raise NightSuperseded(wanted, in_force)


def begin_job(run_id: int) -> Job:
    """The job that lays out a night's steps."""
    return Job("night.begin", key=f"night:{run_id}:begin", args={"run_id": run_id})


async def open_night(
    uow: UnitOfWork,
    data_date: date,
    *,
    started_by_id: int | None = None,
    is_full: bool = False,
    retrain: bool = False,
) -> NightRun:
    """Open a night for a data date; refused while another one runs (one at a time is a unique index).

    After a night that failed the next one is full: what the failed one took in but did not carry through is in no
    list of changes.
    """
    _check_not_superseded(data_date, await uow.session.scalar(select(literal_column(DATA_DATE, Date))))
    last = select(col(NightRun.state)).order_by(col(NightRun.id).desc()).limit(1)
    has_failed = await uow.session.scalar(last) == "FAILED"
    row = {
        "data_date": data_date,
        "state": "RUNNING",
        "is_full": is_full or has_failed,
        "retrain": retrain,
        "started_by_id": started_by_id,
    }
    opened = insert(NightRun).values(row).on_conflict_do_nothing().returning(NightRun)
    run = await uow.session.scalar(opened)
    if run is None:
        raise NightRunning
    assert run.id is not None
    uow.outbox.add(begin_job(run.id))
    return run


def open_night_sync(
    connection: Connection, data_date: date, *, is_full: bool = False, retrain: bool = False
) -> int:
    """`open_night` for the command line and the cron; gives the run's id. The caller commits."""
    _check_not_superseded(data_date, data_date_in_force(connection))
    row = connection.execute(
        """insert into night_runs (data_date, state, is_full, retrain)
           select %s, 'RUNNING',
                  %s or coalesce((select state = 'FAILED' from night_runs order by id desc limit 1), false), %s
           on conflict do nothing returning id""",
        [data_date, is_full, retrain],
    ).fetchone()
    if row is None:
        raise NightRunning
    run_id: int = row[0]
    add_job(connection, begin_job(run_id))
    return run_id
