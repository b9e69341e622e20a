"""Carry a night from its first step to its last: the handlers behind the jobs `night.begin` and `night.step`.

A step's effect, its DONE, and the jobs of the steps it was the last to hold back are one transaction. Two steps that
end at the same moment look at each other through a lock on the run's row: the last of them opens what waits for both.
"""

import time

import structlog
from psycopg import sql

from api.jobs.context import JobContext
from api.night.progress import Progress
from domain.shared.night import Connection, Night, NightStep, StepResult
from domain.shared.outbox import Job, LeasedJob, add_job
from domain.shared.parameters import parameters_on

log = structlog.get_logger()


def begin_night(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Lay out the steps as rows and open those that wait for nothing."""
    run_id: int = job.args["run_id"]
    with connection.cursor() as cursor:
        cursor.executemany(
            """insert into night_steps (night_run_id, name, position, state, progress)
               values (%s, %s, %s, 'WAITING', 0) on conflict do nothing""",
            [(run_id, step.name, position) for position, step in enumerate(context.steps, start=1)],
        )
    _open_ready(connection, run_id, context.steps)


def run_step(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Carry out one step; a night that has failed meanwhile is left alone."""
    night = _night(connection, job.args["run_id"], context)
    if night is None:
        return
    step = next(step for step in context.steps if step.name == job.args["step"])
    started = time.monotonic()
    _number_on(connection, step)
    with Progress(context.database_url, night.run_id, step.name, job) as progress:
        result = step.run(connection, night, progress)
    if result.rows:
        _refresh_statistics(connection, step)
    _close_step(connection, night.run_id, step, result, time.monotonic() - started)
    _open_ready(connection, night.run_id, context.steps)


def fail_night(connection: Connection, job: LeasedJob, reason: str) -> None:
    """The run has failed; what its finished steps committed stays, the others never start."""
    run_id, step = job.args["run_id"], job.args.get("step", "begin")
    sentence = (
        f"步骤 {step} 未能完成：{reason} 已完成步骤的结果保留，其余步骤未执行；排除原因后重新启动本夜即可。"
    )
    connection.execute(
        "update night_steps set state = 'FAILED', message = %s where night_run_id = %s and name = %s",
        [reason, run_id, step],
    )
    connection.execute(
        """update night_runs set state = 'FAILED', message = %s, ended_at = clock_timestamp()
            where id = %s and state = 'RUNNING'""",
        [sentence, run_id],
    )
    log.error("night.failed", run=run_id, step=step)


def note_waiting(connection: Connection, job: LeasedJob, reason: str) -> None:
    """The step waits for something that only people can bring; the run goes on as soon as it is there."""
    connection.execute(
        "update night_steps set message = %s where night_run_id = %s and name = %s and state = 'RUNNING'",
        [reason, job.args["run_id"], job.args["step"]],
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


def _close_step(
    connection: Connection, run_id: int, step: NightStep, result: StepResult, seconds: float
) -> None:
    # No key: rows that refer to the run (batches) hold a key lock on it until their own step ends.
    connection.execute("select from night_runs where id = %s for no key update", [run_id])
    connection.execute(
        """update night_steps set state = 'DONE', rows = %s, seconds = %s, progress = 1, message = %s
            where night_run_id = %s and name = %s""",
        [result.rows, round(seconds, 3), result.message, run_id, step.name],
    )
    log.info(
        "night.step",
        run=run_id,
        step=step.name,
        rows=result.rows,
        seconds=round(seconds, 3),
        **result.figures,
    )


def _open_ready(connection: Connection, run_id: int, steps: tuple[NightStep, ...]) -> None:
    """Queue every step whose prerequisites are done; close the night when all are."""
    rows = connection.execute("select name, state from night_steps where night_run_id = %s", [run_id])
    states: dict[str, str] = {name: state for name, state in rows}  # noqa: C416
    for step in steps:
        if states[step.name] != "DONE" and all(states[name] == "DONE" for name in step.after):
            add_job(connection, step_job(run_id, step.name))
    if all(states[step.name] == "DONE" for step in steps):
        connection.execute(
            """update night_runs set state = 'DONE', ended_at = clock_timestamp()
                where id = %s and state = 'RUNNING'""",
            [run_id],
        )
        log.info("night.done", run=run_id)


def step_job(run_id: int, step: str) -> Job:
    return Job("night.step", key=f"night:{run_id}:{step}", args={"run_id": run_id, "step": step})
