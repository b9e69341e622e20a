"""Carry a night from its first step to its last: the handlers behind the jobs `night.begin` and `night.step`.

A step's effect, its DONE, and the jobs of the steps it was the last to hold back are one transaction. Two steps that
end at the same moment look at each other through a lock on the run's row: the last of them opens what waits for both.
"""

import time

import structlog
from psycopg import sql

from api.jobs.context import JobContext
from api.night.laid_out import (
    WAITS_FOR_ITS_RELEASE_SECONDS,
    StepUnknown,
    known_as,
    lay_out,
    list_of,
    ready,
)
from api.night.progress import Progress
from api.night.statements import STEP_FAILED
from domain.shared.night import Connection, Night, NightStep, StepResult
from domain.shared.outbox import Job, LeasedJob, LeftToOthers, add_job, left_for_seconds
from domain.shared.parameters import parameters_on
from domain.shared.statements import Statement, jsonb

log = structlog.get_logger()


def begin_night(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Lay out the steps as rows and open those that wait for nothing."""
    run_id: int = job.args["run_id"]
    steps = [
        one for one in context.steps if one.is_wanted is None or one.is_wanted(connection, context.landing)
    ]
    lay_out(connection, run_id, steps)
    _open_ready(connection, run_id, context.steps)


def run_step(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Carry out one step; a night that has failed meanwhile is left alone, and a step without a function to others."""
    night = _night(connection, job.args["run_id"], context)
    if night is None:
        return
    name: str = job.args["step"]
    step = known_as(name, context.steps)
    if step is None:
        raise _not_of_this_release(connection, job, name)
    started = time.monotonic()
    _number_on(connection, step)
    with Progress(context.database_url, night.run_id, name, job) as progress:
        result = step.run(connection, night, progress)
    if result.rows:
        _refresh_statistics(connection, step)
    _close_step(connection, night.run_id, name, result, time.monotonic() - started)
    _open_ready(connection, night.run_id, context.steps)


def _not_of_this_release(connection: Connection, job: LeasedJob, name: str) -> LeftToOthers | StepUnknown:
    """What becomes of a step without a function: others may have it, for as long as there may be others."""
    reason = f"NIGHT_STEP_UNKNOWN step={name}"
    left_s = left_for_seconds(connection, job, reason)
    if left_s is None or left_s < WAITS_FOR_ITS_RELEASE_SECONDS or _is_another_running(connection, job):
        return LeftToOthers(reason)
    return StepUnknown(step=name, seconds=WAITS_FOR_ITS_RELEASE_SECONDS)


def _is_another_running(connection: Connection, job: LeasedJob) -> bool:
    """Whether a worker has another step of this night in hand; it may be the one that knows this step as well."""
    row = connection.execute(
        """select exists (select from outbox where name = 'night.step' and state = 'RUNNING' and id <> %s
                             and lease_until > clock_timestamp() and args ->> 'run_id' = %s)""",
        [job.id, str(job.args["run_id"])],
    ).fetchone()
    return row is not None and bool(row[0])


def fail_night(connection: Connection, job: LeasedJob, reason: Statement) -> None:
    """The run has failed; what its finished steps committed stays, the others never start."""
    run_id, step = job.args["run_id"], job.args.get("step", "begin")
    told = connection.execute(
        "update night_steps set state = 'FAILED', message = %s where night_run_id = %s and name = %s",
        [jsonb(reason), run_id, step],
    ).rowcount
    # Before its steps are laid out a night has nowhere else to say why.
    failure = STEP_FAILED(step=step) if told else reason
    connection.execute(
        """update night_runs set state = 'FAILED', failure = %s, ended_at = clock_timestamp()
            where id = %s and state = 'RUNNING'""",
        [jsonb(failure), run_id],
    )
    log.error("night.failed", run=run_id, step=step)


def note_waiting(connection: Connection, job: LeasedJob, reason: Statement) -> None:
    """The step waits for something that only people can bring; the run goes on as soon as it is there."""
    connection.execute(
        "update night_steps set message = %s where night_run_id = %s and name = %s and state = 'RUNNING'",
        [jsonb(reason), job.args["run_id"], job.args["step"]],
    )


def _night(connection: Connection, run_id: int, context: JobContext) -> Night | None:
    row = connection.execute(
        "select data_date, is_full, retrain from night_runs where id = %s and state = 'RUNNING'", [run_id]
    ).fetchone()
    if row is None:
        return None
    data_date, is_full, retrain = row
    values = parameters_on(connection, data_date, context.parameters)
    return Night(run_id, data_date, context.landing, is_full, retrain, values)


def _number_on(connection: Connection, step: NightStep) -> None:
    """Go on numbering where the rows end, so that an interrupted step comes to the same numbers as an undisturbed one.

    Sequences do not roll back. Nobody else inserts into these tables.
    """
    for table in step.numbers:
        connection.execute(
            sql.SQL(
                "select setval(pg_get_serial_sequence({name}, 'id'), coalesce(max(id), 0) + 1, false) from {table}"
            ).format(name=sql.Literal(table), table=sql.Identifier(table))
        )


def _refresh_statistics(connection: Connection, step: NightStep) -> None:
    """The next step plans with what this one wrote; autovacuum would come a minute too late."""
    for table in step.writes:
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))


def _close_step(connection: Connection, run_id: int, step: str, result: StepResult, seconds: float) -> None:
    # No key: rows that refer to the run (batches) hold a key lock on it until their own step ends.
    connection.execute("select from night_runs where id = %s for no key update", [run_id])
    connection.execute(
        """update night_steps set state = 'DONE', rows = %s, seconds = %s, progress = 1, message = %s
            where night_run_id = %s and name = %s""",
        [result.rows, round(seconds, 3), jsonb(result.message), run_id, step],
    )
    log.info(
        "night.step",
        run=run_id,
        step=step,
        rows=result.rows,
        seconds=round(seconds, 3),
        **result.figures,
    )


def _open_ready(connection: Connection, run_id: int, steps: tuple[NightStep, ...]) -> None:
    """Queue every step of the night's own list that waits for nothing more; close the night when all are done."""
    laid_out = list_of(connection, run_id)
    for name in ready(laid_out, steps):
        add_job(connection, step_job(run_id, name))
    if all(step.state == "DONE" for step in laid_out):
        connection.execute(
            """update night_runs set state = 'DONE', ended_at = clock_timestamp()
                where id = %s and state = 'RUNNING'""",
            [run_id],
        )
        log.info("night.done", run=run_id)


def step_job(run_id: int, step: str) -> Job:
    return Job("night.step", key=f"night:{run_id}:{step}", args={"run_id": run_id, "step": step})
