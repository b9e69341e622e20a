"""How far a step is, written through a connection of its own so that people see it before the step commits."""

import time
from types import TracebackType
from typing import Self

import psycopg

from domain.shared.outbox import LeasedJob
from domain.shared.statements import Statement, jsonb

_BETWEEN_SECONDS = 0.5

# Only the holder of the lease may speak for the step: a worker that lost it falls silent.
_HOLDS_LEASE = "exists (select from outbox where id = %(job)s and lease_token = %(token)s)"
_BEGIN = f"""
update night_steps set state = 'RUNNING', progress = 0, message = null, started_at = clock_timestamp()
 where night_run_id = %(run)s and name = %(step)s and state <> 'DONE' and {_HOLDS_LEASE}
"""  # noqa: S608
_TELL = f"""
update night_steps set progress = greatest(progress, %(fraction)s), message = %(message)s
 where night_run_id = %(run)s and name = %(step)s and state = 'RUNNING' and {_HOLDS_LEASE}
"""  # noqa: S608


class Progress:
    """A `Report`: called with a fraction and what the step does, it writes at most twice a second."""

    def __init__(self, database_url: str, run_id: int, step: str, job: LeasedJob) -> None:
        self._row = {"run": run_id, "step": step, "job": job.id, "token": job.token}
        self._connection = psycopg.connect(database_url, autocommit=True)
        self._told_at = 0.0

    def __enter__(self) -> Self:
        self._connection.execute(_BEGIN, self._row)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __call__(self, fraction: float, message: Statement | None = None) -> None:
        now = time.monotonic()
        if now - self._told_at < _BETWEEN_SECONDS:
            return
        self._told_at = now
        self._connection.execute(
            _TELL, {**self._row, "fraction": min(max(fraction, 0.0), 1.0), "message": jsonb(message)}
        )
