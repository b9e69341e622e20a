"""Throw-away databases of a test run: what they are called, how they are cloned, lent twice and dropped.

A run is one name for all of its pytest workers. Each worker holds that name's lock, shared, for as long as it lives;
the databases of a name that nobody holds were left behind by a run that was interrupted, and the next one on the
same servers drops them.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.pq import TransactionStatus

from tests.servers import database_server_url

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "yunge_run_"
NAME = re.compile(PREFIX + "([0-9a-z]+)_.+")


def run_name() -> str:
    """The same for all workers of a run and, so that the template is made once, for runs begun by one shell."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "alone")[:12]
    migrations = hashlib.sha256()
    for file in sorted((ROOT / "migrations" / "versions").glob("*.py")):
        migrations.update(file.read_bytes())
    return f"{run}{os.getppid()}x{migrations.hexdigest()[:6]}"


def url_of(database: str) -> str:
    return database_server_url().rsplit("/", 1)[0] + "/" + database


def database_of(address: str) -> str:
    """The name of the database at an address."""
    return address.rsplit("/", 1)[1]


def landing_of(county: str) -> Path:
    """Where the files of the county after two nights lie."""
    return ROOT / ".local" / "two_nights" / county


@contextmanager
def held_run(name: str) -> Iterator[str]:
    """Hold the name of this run, and drop what runs that nobody holds any more left behind."""
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute("select pg_advisory_lock_shared(hashtext(%s))", [PREFIX + name])
        drop_abandoned(server)
        yield name


def drop_abandoned(server: psycopg.Connection) -> list[str]:
    """Drop all databases of runs whose name is held by nobody; their names. Another run that lives keeps its own."""
    found = server.execute("select datname from pg_database where datname like %s", [PREFIX + "%"]).fetchall()
    dropped = []
    for run in sorted({match[1] for (name,) in found if (match := NAME.fullmatch(name))}):
        key = PREFIX + run
        taken = server.execute("select pg_try_advisory_lock(hashtext(%s))", [key]).fetchone()
        if taken is None or not taken[0]:
            continue
        try:
            for (name,) in found:
                if name.startswith(f"{key}_"):
                    drop(server, name)
                    dropped.append(name)
        finally:
            server.execute("select pg_advisory_unlock(hashtext(%s))", [key])
    return dropped


def drop(server: psycopg.Connection, name: str) -> None:
    server.execute(f'drop database if exists "{name}" with (force)'.encode())
    shutil.rmtree(landing_of(name), ignore_errors=True)


def made_once(name: str, template: str | None, fill: Callable[[str], object]) -> str:
    """The name of a database that is made once a run, by whichever pytest worker is first; the others wait for it."""
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute("select pg_advisory_lock(hashtext(%s))", [name])
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            scratch = f"{name}_in_the_making"
            server.execute(f'drop database if exists "{scratch}" with (force)'.encode())
            server.execute(
                (
                    f'create database "{scratch}"'
                    + (f' template "{template}" strategy file_copy' if template else "")
                ).encode()
            )
            fill(url_of(scratch))
            server.execute(f'alter database "{scratch}" rename to "{name}"'.encode())
    return name


def clone(run: str, template: str) -> str:
    """The address of a new database of a run, like the template."""
    name = f"{PREFIX}{run}_{uuid4().hex[:16]}"
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        # One at a time: a template must have no other session while it is cloned.
        server.execute("select pg_advisory_lock(hashtext('yunge clone'))")
        # Copied as files: half the time of copying through the log, whose safety no test needs.
        server.execute(f'create database "{name}" template "{template}" strategy file_copy'.encode())
    return url_of(name)


class Lending:
    """Connections to clones of a template, each as if its database were new.

    Whoever ends in the transaction in which he began left nothing behind once it is rolled back, so the next one
    gets the same database; after anybody else it is dropped, and the next one gets a new clone. Copying and dropping
    takes longer than most tests.
    """

    TIMES = 40
    """Rolled-back rows stay in the files until they are vacuumed: after so many a new clone is quicker."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._address: str | None = None
        self._lent = 0

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        if self._address is None:
            self._address, self._lent = self._make(), 0
        self._lent += 1
        is_as_it_was = False
        try:
            with closing(psycopg.connect(self._address)) as opened:
                begun, numbers = _count_of_transaction(opened), _numbers(opened)
                opened.rollback()
                yield opened
                is_as_it_was = _ended_in_one(opened, begun) and self._lent < self.TIMES
                if is_as_it_was:
                    _begin_numbers_anew(opened, numbers)
        finally:
            if not is_as_it_was:
                self.end()

    def end(self) -> None:
        """Drop the database, if there is one."""
        if self._address is not None:
            with psycopg.connect(database_server_url(), autocommit=True) as server:
                drop(server, database_of(self._address))
            self._address = None


def _count_of_transaction(connection: psycopg.Connection) -> int:
    """The number of the present transaction among those of its session."""
    found = connection.execute(
        "select virtualtransaction from pg_locks where pid = pg_backend_pid() and locktype = 'virtualxid'"
    ).fetchone()
    assert found is not None
    return int(found[0].rpartition("/")[2])


def _ended_in_one(connection: psycopg.Connection, begun: int) -> bool:
    """Roll back; whether that was the only transaction since the one of the number `begun`."""
    if connection.closed:
        return False
    is_open = connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)
    if is_open:
        # Psycopg's own rollback forgets prepared statements in one transaction more.
        connection.pgconn.exec_(b"ROLLBACK")
    connection.autocommit = False
    return _count_of_transaction(connection) == begun + is_open + 1


def _numbers(connection: psycopg.Connection) -> dict[str, int | None]:
    """The last number of each sequence; None where it has not begun."""
    found = connection.execute("select schemaname || '.' || sequencename, last_value from pg_sequences")
    return dict(found.fetchall())


def _begin_numbers_anew(connection: psycopg.Connection, before: dict[str, int | None]) -> None:
    """Sequences do not go back with a transaction: the next one finds the numbers of a new database."""
    for name, last in _numbers(connection).items():
        if last != before[name]:
            connection.execute(
                "select setval(%s, %s, %s)", [name, before[name] or 1, before[name] is not None]
            )
    connection.commit()
