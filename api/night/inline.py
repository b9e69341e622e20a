"""A whole night in this process, in order and without workers: for tests, benchmarks and the command line.

The same jobs, leases and transactions as a worker's; only the hands are our own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg

from api.jobs.context import JobContext
from api.jobs.hand import Hand
from api.jobs.handlers import NIGHT_JOBS
from api.night.steps import steps_of
from domain.shared.night import NightStep
from domain.shared.nights import open_night_sync
from domain.shared.rooms import Rooms, language_of, parameters_of
from domain.shared.statements import Statement, statement_of
from schema.house import ROOMS


class NightFailed(Exception):
    """The night failed; `failure` is what its run says, `reasons` what its steps do."""

    def __init__(self, failure: Statement | None, reasons: list[Statement]) -> None:
        super().__init__("; ".join(map(str, [failure, *reasons])))
        self.failure = failure
        self.reasons = reasons


@dataclass(frozen=True)
class StepDone:
    name: str
    rows: int
    seconds: float
    message: Statement | None


@dataclass(frozen=True)
class NightDone:
    run_id: int
    seconds: float
    steps: tuple[StepDone, ...]

    def step(self, name: str) -> StepDone:
        return next(step for step in self.steps if step.name == name)


def run_night_inline(
    database_url: str,
    landing: Path,
    data_date: date,
    *,
    is_full: bool = False,
    retrain: bool = False,
    steps: tuple[NightStep, ...] | None = None,
    rooms: Rooms = ROOMS,
    tell: Callable[[str], None] | None = None,
) -> NightDone:
    """Open a night and carry it out to its end; raises NightFailed with what the run says.

    `rooms` are the house whose night it is; `steps` take the place of theirs. Workers on the same database may take
    steps of it as well: the outbox does not mind.
    """
    started = time.monotonic()
    with psycopg.connect(database_url) as connection:
        run_id = open_night_sync(connection, data_date, is_full=is_full, retrain=retrain)
    context = JobContext(
        database_url,
        landing,
        steps_of(rooms) if steps is None else steps,
        parameters_of(rooms),
        language_of(rooms),
    )
    hand = Hand(context, NIGHT_JOBS)
    told: set[str] = set()
    try:
        with psycopg.connect(database_url, autocommit=True) as watch:
            while _state(watch, run_id) == "RUNNING":
                if not hand.work_off_one():
                    time.sleep(0.1)
                for step in _done(watch, run_id):
                    if tell is not None and step.name not in told:
                        told.add(step.name)
                        tell(f"{step.name}: {step.rows:,}, {step.seconds:.1f} s")
            if _state(watch, run_id) == "FAILED":
                raise _failure(watch, run_id)
            return NightDone(run_id, time.monotonic() - started, tuple(_done(watch, run_id)))
    finally:
        hand.close()


def _state(watch: psycopg.Connection, run_id: int) -> str:
    row = watch.execute("select state from night_runs where id = %s", [run_id]).fetchone()
    assert row is not None
    state: str = row[0]
    return state


def _failure(watch: psycopg.Connection, run_id: int) -> NightFailed:
    run = watch.execute("select failure from night_runs where id = %s", [run_id]).fetchone()
    steps = watch.execute(
        "select message from night_steps where night_run_id = %s and state = 'FAILED' and message is not null",
        [run_id],
    )
    reasons = [said for (message,) in steps if (said := statement_of(message)) is not None]
    return NightFailed(None if run is None else statement_of(run[0]), reasons)


def _done(watch: psycopg.Connection, run_id: int) -> list[StepDone]:
    rows = watch.execute(
        """select name, coalesce(rows, 0), coalesce(seconds, 0), message from night_steps
            where night_run_id = %s and state = 'DONE' order by position""",
        [run_id],
    ).fetchall()
    return [StepDone(name, done, seconds, statement_of(message)) for name, done, seconds, message in rows]
