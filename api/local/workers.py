"""Whether anybody is there to carry out a night: under our supervisor, under systemd, or on another machine."""

import psycopg

from api.jobs.listening import WORKER_NAME
from api.local.supervisor import Supervisor


def are_workers_up(database_url: str, supervisor: Supervisor) -> bool:
    """A process that the supervisor keeps, also one that it is just starting, or one that the database knows."""
    return any(
        state in ("RUNNING", "STARTING", "BACKOFF")
        for name, state in supervisor.states().items()
        if name.startswith("worker")
    ) or _is_one_connected(database_url)


def _is_one_connected(database_url: str) -> bool:
    with psycopg.connect(database_url) as database:
        row = database.execute(
            "select exists (select from pg_stat_activity where datname = current_database() and application_name = %s)",
            [WORKER_NAME],
        ).fetchone()
    return row is not None and bool(row[0])
