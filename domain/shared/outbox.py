"""Jobs are rows, written in the transaction that wants them; whoever holds the lease carries one out.

A lease lasts fifteen seconds and is renewed every five. It carries a token that is new with each claim, and a job's
effect and its `DONE` are one transaction that checks the token: a worker that lost its lease cannot write. After three
attempts a job is DEAD and says why.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.shared.models import OutboxJob
from domain.shared.night import Connection

LEASE_SECONDS = 15
RENEW_SECONDS = 5
ATTEMPTS = 3
PUT_OFF_SECONDS = 15
ENDED = ("DONE", "DEAD")


@dataclass(frozen=True)
class Job:
    """What is wanted. Wanted twice, done once: `key` is unique as long as the row is kept, thirty days after its end
    (`retention.py`). `args` are ids, never rows.

    A repeatable job that ended, well or dead, is queued again when it is wanted again; it goes on being one row.
    """

    name: str
    key: str
    args: dict[str, Any] = field(default_factory=dict)
    is_repeatable: bool = False


@dataclass(frozen=True)
class LeasedJob:
    """A job in somebody's hands until the lease runs out."""

    id: int
    name: str
    key: str
    args: dict[str, Any]
    attempts: int
    token: UUID


class LeaseLost(Exception):
    """Somebody else has the job now; whatever was done under the old lease must not be committed."""


class LeftToOthers(Exception):
    """This release does not know what is to be done; a worker of the release that does takes the job at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Outbox:
    """The jobs of one unit of work; they are inserted just before its commit."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []

    def add(self, job: Job) -> None:
        self._jobs.append(job)

    @property
    def is_empty(self) -> bool:
        return not self._jobs

    async def write(self, session: AsyncSession) -> bool:
        """Insert what was added; a key that is already there is left alone. True when there was any."""
        for job in self._jobs:
            row = {"name": job.name, "key": job.key, "args": job.args, "state": "QUEUED", "attempts": 0}
            queued = insert(OutboxJob).values(row)
            await session.execute(
                queued.on_conflict_do_update(
                    index_elements=["key"],
                    set_={**row, "run_after": func.now(), "ended_at": None},
                    where=col(OutboxJob.state).in_(ENDED) & job.is_repeatable,
                )
            )
        return bool(self._jobs)


def add_job(connection: Connection, job: Job) -> bool:
    """`Outbox.add` for those who hold a psycopg connection: the steps of a night, the command line.

    False where a job of that key was left as it is.
    """
    added = connection.execute(
        """insert into outbox (name, key, args, state, attempts) values (%s, %s, %s, 'QUEUED', 0)
           on conflict (key) do update
              set args = excluded.args, state = 'QUEUED', attempts = 0, run_after = now(), ended_at = null
            where outbox.state = any(%s) and %s""",
        [job.name, job.key, Jsonb(job.args), list(ENDED), job.is_repeatable],
    )
    return added.rowcount > 0


async def has_died(session: AsyncSession, key: str) -> bool:
    """Whether a job was given up, so that whoever waits for it can be told."""
    return await session.scalar(select(col(OutboxJob.state)).where(col(OutboxJob.key) == key)) == "DEAD"


CLAIM = """
update outbox
   set state = 'RUNNING', attempts = attempts + 1, lease_token = gen_random_uuid(),
       lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
 where id = (select id from outbox
              where (state = 'QUEUED' and run_after <= now() or state = 'RUNNING' and lease_until < now())
                and attempts < %(attempts)s and name = any(%(names)s) and not id = any(%(left)s::bigint[])
              order by id for update skip locked limit 1)
returning id, name, key, args, attempts, lease_token
"""
"""Take the oldest job that nobody holds. Parameters: lease (seconds), attempts, names, left (ids not to be taken)."""

NEXT_IN = """
select extract(epoch from min(case state when 'QUEUED' then run_after else lease_until end) - clock_timestamp())
  from outbox where state = 'RUNNING' or state = 'QUEUED' and name = any(%s)
"""
"""In how many seconds the first job by these names can be claimed, or the first lease of any job runs out; null: none.

Any job's: whoever could claim it may itself wait for a lock that its frozen holder keeps, until somebody ends that one.
"""

RENEW = """
update outbox set lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
 where id = %(id)s and lease_token = %(token)s and state = 'RUNNING'
"""

GIVE_BACK = """
update outbox set state = 'QUEUED', attempts = attempts - 1, lease_token = null, lease_until = null
 where id = %(id)s and lease_token = %(token)s and state = 'RUNNING'
"""

PUT_OFF = """
update outbox set state = 'QUEUED', attempts = attempts - 1, lease_token = null, lease_until = null,
       error = %(reason)s, run_after = clock_timestamp() + make_interval(secs => %(seconds)s)
 where id = %(id)s and lease_token = %(token)s and state = 'RUNNING'
"""

LEAVE = """
update outbox set state = 'QUEUED', attempts = attempts - 1, lease_token = null, lease_until = null,
       run_after = case when error = %(reason)s then run_after else clock_timestamp() end, error = %(reason)s
 where id = %(id)s and lease_token = %(token)s and state = 'RUNNING'
"""
"""`run_after` goes on saying since when it is left."""

VANISHED = "WORKER_VANISHED"
"""What stands as the error of a job whose worker vanished three times and that nobody saw fail."""

EXHAUSTED = """
update outbox set state = 'DEAD', ended_at = now(), lease_token = null, lease_until = null,
       error = coalesce(error, 'WORKER_VANISHED')
 where id = (select id from outbox where state = 'RUNNING' and lease_until < now() and attempts >= %(attempts)s
              order by id for update skip locked limit 1)
returning id, name, key, args, attempts, error
"""
"""A job whose worker vanished at the last attempt; the reason of an earlier failure is kept."""

FENCE = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
 where application_name = %(name)s and datname = current_database() and pid <> pg_backend_pid()
"""
"""End the sessions of an earlier holder, so that a hung one keeps no locks and commits nothing."""

FENCE_EXPIRED = """
select count(pg_terminate_backend(a.pid)) from outbox o
  join pg_stat_activity a on a.application_name = 'yunge job ' || o.id and a.datname = current_database()
 where o.state = 'RUNNING' and o.lease_until < now()
"""
"""A holder that hangs between its last write and its commit locks the job's very row, so nobody could claim it."""


def session_name(job_id: int) -> str:
    """The `application_name` of the session in which a job's effect is written."""
    return f"yunge job {job_id}"


def claim(connection: Connection, names: list[str], left: Collection[int] = ()) -> LeasedJob | None:
    """Take a job by one of the names, but for those that are `left` to others. Must be a transaction of its own."""
    given = {"lease": LEASE_SECONDS, "attempts": ATTEMPTS, "names": names, "left": list(left)}
    row = connection.execute(CLAIM, given).fetchone()
    return None if row is None else LeasedJob(*row)


def next_in_seconds(connection: Connection, names: list[str]) -> float | None:
    """When there is something to do for who takes these names (negative: it is overdue), None when nothing is open."""
    row = connection.execute(NEXT_IN, [names]).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def renew(connection: Connection, job: LeasedJob) -> bool:
    """Hold the job for another lease; False when it is somebody else's."""
    done = connection.execute(RENEW, {"lease": LEASE_SECONDS, "id": job.id, "token": job.token})
    return done.rowcount == 1


def give_back(connection: Connection, job: LeasedJob) -> None:
    """Put it back untried: the worker was asked to stop."""
    connection.execute(GIVE_BACK, {"id": job.id, "token": job.token})


def leave(connection: Connection, job: LeasedJob, reason: str) -> None:
    """Put it back untried for workers of another release."""
    connection.execute(LEAVE, {"id": job.id, "token": job.token, "reason": reason})


def left_for_seconds(connection: Connection, job: LeasedJob, reason: str) -> float | None:
    """For how long it has been left to others for this reason, None when it is seen for the first time."""
    row = connection.execute(
        """select extract(epoch from clock_timestamp() - run_after) from outbox where id = %s and error = %s""",
        [job.id, reason],
    ).fetchone()
    return None if row is None else float(row[0])


def put_off(connection: Connection, job: LeasedJob, reason: str) -> None:
    """Put it back untried for a while: something is missing that no attempt can bring."""
    connection.execute(
        PUT_OFF, {"id": job.id, "token": job.token, "reason": reason, "seconds": PUT_OFF_SECONDS}
    )


def finish(connection: Connection, job: LeasedJob) -> None:
    """Mark it done, inside the transaction of its effect; raises LeaseLost and so undoes the effect."""
    done = connection.execute(
        """update outbox set state = 'DONE', ended_at = clock_timestamp(), lease_token = null, lease_until = null,
                  error = null
            where id = %s and lease_token = %s and state = 'RUNNING'""",
        [job.id, job.token],
    )
    if done.rowcount != 1:
        raise LeaseLost(job.key)


def fail(connection: Connection, job: LeasedJob, reason: str, *, is_final: bool = False) -> bool:
    """The attempt failed. Queue it again a second later, or after the last attempt declare it dead; True when dead."""
    is_dead = is_final or job.attempts >= ATTEMPTS
    done = connection.execute(
        """update outbox set state = %s, error = %s, lease_token = null, lease_until = null,
                  run_after = clock_timestamp() + interval '1 second',
                  ended_at = case when %s then clock_timestamp() end
            where id = %s and lease_token = %s and state = 'RUNNING'""",
        ["DEAD" if is_dead else "QUEUED", reason, is_dead, job.id, job.token],
    )
    return is_dead and done.rowcount == 1


def bury_exhausted(connection: Connection) -> tuple[LeasedJob, str] | None:
    """Declare one job dead whose worker vanished at the last attempt, and say which."""
    row = connection.execute(EXHAUSTED, {"attempts": ATTEMPTS}).fetchone()
    if row is None:
        return None
    job_id, name, key, args, attempts, error = row
    return LeasedJob(job_id, name, key, args, attempts, UUID(int=0)), error
