"""A hand takes one job after another: claim, hold the lease, carry out, mark done in the effect's own transaction."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import structlog

from api.jobs.context import JobContext
from api.jobs.faults import fail_point
from api.jobs.handlers import HANDLERS, ON_DEAD, ON_PUT_OFF
from api.jobs.kept import Kept
from api.night.statements import DISK_FULL, FAILED_BEFORE, PROGRAM_ERROR, WORKER_VANISHED
from domain.shared import outbox
from domain.shared.errors import DomainError
from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob
from domain.shared.statements import Statement

log = structlog.get_logger()

_ROOT = Path(__file__).resolve().parents[2]

# The server notices within a second that a killed worker's socket is gone, even in the middle of a long statement;
# set-wise steps sort and hash whole tables.
_EFFECT_OPTIONS = "-c client_connection_check_interval=1000 -c work_mem=128MB -c jit=off"


LEFT_SECONDS = 5.0


class Hand:
    """One job at a time. The lease is kept through a connection of its own, which also claims."""

    def __init__(self, context: JobContext, names: list[str]) -> None:
        self._context = context
        self._names = names
        self._kept = Kept(context.database_url)
        self._lock = threading.Lock()
        self._job: LeasedJob | None = None
        self._is_stopping = False
        self._left: dict[int, float] = {}

    def work_off_one(self) -> bool:
        """Take a job and carry it out; False when there is none. Raises psycopg.Error when the server is away."""
        leases = self._kept()
        if not self._is_anything_due(leases):
            return False
        leases.execute(outbox.FENCE_EXPIRED)
        self._bury(leases)
        with self._lock:
            if self._is_stopping:
                return False
            job = self._job = outbox.claim(leases, self._names, self._left_to_others())
        if job is None:
            return False
        try:
            self._end_earlier_sessions(leases, job)
            self._carry_out(leases, job)
        finally:
            self._job = None
        return True

    def stop(self) -> None:
        """Give back the lease of the job in hand and end its session. Called from another thread at SIGTERM."""
        with self._lock:
            self._is_stopping = True
            job = self._job
        if job is not None:
            with psycopg.connect(self._context.database_url, autocommit=True) as connection:
                self._end_earlier_sessions(connection, job)
                outbox.give_back(connection, job)
            log.info("job.given_back", job=job.key)

    def close(self) -> None:
        self._kept.close()

    def due_in_seconds(self) -> float | None:
        """When there is something to look for again; None when nothing is open."""
        return outbox.next_in_seconds(self._kept(), self._names)

    def _is_anything_due(self, leases: Connection) -> bool:
        """One cheap look that most sweeps end with."""
        due = outbox.next_in_seconds(leases, self._names)
        return due is not None and due <= 0

    def _left_to_others(self) -> list[int]:
        """Jobs that this hand does not look at again for a while, so that whoever knows them is first."""
        now = time.monotonic()
        self._left = {job: until for job, until in self._left.items() if until > now}
        return list(self._left)

    def _bury(self, leases: Connection) -> None:
        with leases.transaction():
            dead = outbox.bury_exhausted(leases)
            if dead is not None:
                job, error = dead
                vanished = error == outbox.VANISHED
                self._tell_dead(leases, job, WORKER_VANISHED() if vanished else FAILED_BEFORE(error=error))

    def _end_earlier_sessions(self, leases: Connection, job: LeasedJob) -> None:
        leases.execute(outbox.FENCE, {"name": outbox.session_name(job.id)})

    def _carry_out(self, leases: Connection, job: LeasedJob) -> None:
        started = time.monotonic()
        try:
            with _renewed(leases, job):
                self._run(job)
        except outbox.LeaseLost:
            log.warning("job.lease_lost", job=job.key, attempt=job.attempts)
        except outbox.LeftToOthers as left:
            log.warning("job.left", job=job.key, reason=left.reason)
            self._left[job.id] = time.monotonic() + LEFT_SECONDS
            outbox.leave(leases, job, left.reason)
        except psycopg.errors.DiskFull:
            if not self._is_stopping:
                self._wait_for_room(leases, job)
        except (Exception, SystemExit) as error:
            if not self._is_stopping:
                self._note_failure(leases, job, error)
        else:
            log.info("job.done", job=job.key, seconds=round(time.monotonic() - started, 3))

    def _run(self, job: LeasedJob) -> None:
        """The effect and its DONE, in one transaction."""
        with psycopg.connect(
            self._context.database_url, application_name=outbox.session_name(job.id), options=_EFFECT_OPTIONS
        ) as connection:
            HANDLERS[job.name](connection, job, self._context)
            outbox.finish(connection, job)
            fail_point(f"before_commit:{job.args.get('step', job.name)}")

    def _wait_for_room(self, leases: Connection, job: LeasedJob) -> None:
        """A full disk is nothing that a third attempt could mend, and the files still lie where they lay."""
        log.error("job.waits_for_room", job=job.key)
        with leases.transaction():
            outbox.put_off(leases, job, str(DISK_FULL()))
            if job.name in ON_PUT_OFF:
                ON_PUT_OFF[job.name](leases, job, DISK_FULL())

    def _note_failure(self, leases: Connection, job: LeasedJob, error: BaseException) -> None:
        # A refusal will not change its mind: no second attempt.
        reason, is_final = reason_of(error), isinstance(error, DomainError)
        log.error("job.failed", job=job.key, attempt=job.attempts, reason=str(reason))
        with leases.transaction():
            if outbox.fail(leases, job, str(reason), is_final=is_final):
                self._tell_dead(leases, job, reason)

    def _tell_dead(self, leases: Connection, job: LeasedJob, reason: Statement) -> None:
        log.error("job.dead", job=job.key, reason=str(reason))
        if job.name not in ON_DEAD:
            return
        try:
            with leases.transaction():
                ON_DEAD[job.name](leases, job, reason)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            # It stays dead all the same: a job that could not be buried would keep everybody from what is behind it.
            log.error("job.nobody_told", job=job.key, reason=str(reason_of(error)))


@contextmanager
def _renewed(leases: Connection, job: LeasedJob) -> Iterator[None]:
    """Keep the lease for as long as the block runs."""
    is_over = threading.Event()

    def keep() -> None:
        while not is_over.wait(outbox.RENEW_SECONDS):
            # A server that is away for a moment is no reason to give up: the token decides at the end.
            with suppress(psycopg.Error):
                if not outbox.renew(leases, job):
                    log.warning("job.lease_lost", job=job.key, attempt=job.attempts)
                    return

    keeper = threading.Thread(target=keep, name=f"lease of {job.key}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def reason_of(error: BaseException) -> Statement:
    """Why it failed, for people and logs: never a value of a row (a driver's DETAIL line would hold one)."""
    if isinstance(error, DomainError):
        return error.statement
    frame, trace = "", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(_ROOT) and ".venv" not in file.parts:
            frame = f"{file.relative_to(_ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next
    detail = ""
    if isinstance(error, psycopg.Error):
        state = error.sqlstate or ""
        # Class 22 is about data: its message quotes the value. The others name tables, columns and rules.
        said = "" if state.startswith("22") else error.diag.message_primary or ""
        detail = f" {state} {said}".rstrip()
    return PROGRAM_ERROR(error=f"{type(error).__name__}{detail}", where=frame)
