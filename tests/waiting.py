"""Waiting until somebody waits: for tests of what others see while a transaction is not over."""

import time

import psycopg


def wait_for_a_waiter(connection: psycopg.Connection, seconds: float = 10) -> None:
    """Return once another session waits for a lock that this one holds."""
    until = time.monotonic() + seconds
    while not _has_waiter(connection):
        assert time.monotonic() < until, "nobody waits"
        time.sleep(0.01)


def _has_waiter(connection: psycopg.Connection) -> bool:
    waiting = "select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))"
    return connection.execute(waiting).fetchone() is not None


def wait_until_somebody_waits(watch: psycopg.Connection, seconds: float = 10) -> None:
    """Return once any session of this database waits for a lock, whoever holds it."""
    until = time.monotonic() + seconds
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while watch.execute(waiting).fetchone() is None:
        assert time.monotonic() < until, "nobody waits"
        watch.rollback()
        time.sleep(0.01)
