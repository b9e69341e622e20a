"""The bell in the database: a committed job rings for every worker (a trigger of `outbox`, and NOTIFY)."""

import select
from collections.abc import Callable

from api.jobs.kept import Kept
from domain.shared.night import Connection

CHANNEL = "yunge_jobs"
WORKER_NAME = "yunge worker"
"""By which the database knows a worker, wherever it runs."""
LISTENS_SECONDS = 5.0


class Listener:
    """Called again and again by one thread of each worker; wakes the hands whenever it rings."""

    def __init__(self, database_url: str, wake: Callable[[], None]) -> None:
        self._kept = Kept(database_url)
        self._wake = wake
        self._listening: Connection | None = None

    def __call__(self) -> None:
        connection = self._kept()
        if connection is not self._listening:
            connection.execute(f"set application_name = '{WORKER_NAME}'")
            connection.execute(f"listen {CHANNEL}")
            self._listening = connection
            # What was committed while nobody listened rang for nobody.
            self._wake()
        # The kernel waits: psycopg's own wait looks up ten times a second.
        rung, _, _ = select.select([connection.fileno()], [], [], LISTENS_SECONDS)
        if rung:
            for _ring in connection.notifies(timeout=0.05, stop_after=1):
                self._wake()

    @property
    def is_listening(self) -> bool:
        """Whether the next call waits by itself; False while the server is away."""
        return self._listening is not None and not self._listening.closed

    def close(self) -> None:
        self._kept.close()
