"""Workers and a Redis of a test's own, as child processes that may be killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
from redis import Redis

from domain.shared.nights import open_night_sync

ROOT = Path(__file__).resolve().parents[2]
REAL_WORKER = "api.worker"
SMALL_WORKER = "tests.faults.small_worker"


def wait_until(
    is_so: Callable[[], bool], seconds: float, what: str, *, tell: Callable[[], str] = str
) -> float:
    """Wait; gives the seconds it took. `tell` says what was to be seen at the end of a wait in vain."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what}: not within {seconds} s\n{tell()}")
        time.sleep(0.05)
    return time.monotonic() - began


@contextlib.contextmanager
def own_redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; FLUSHALL there disturbs no other test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        with Redis(port=port) as client:
            wait_until(lambda: _answers(client), 10, "Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except OSError:
        return False
    except Exception as error:
        if "Connection" in type(error).__name__:
            return False
        raise


@dataclass
class Fleet:
    """Workers side by side on one database, with a log each; whoever died by a fail point can be started again."""

    database_url: str
    redis_url: str
    landing: Path
    folder: Path
    module: str = REAL_WORKER
    night_at: str | None = None
    """When their clock opens the night; None: they have no clock."""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    deaths: int = 0

    def start(self, count: int = 1, *, fault: str | None = None) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "YUNGE_LANDING": str(self.landing),
            "YUNGE_FILES": str(self.folder / "files"),
            "YUNGE_STATE": str(self.folder / "no-state.json"),
            "YUNGE_SECRET": "a secret of the tests, long enough for all",
            "FAULT_ONCE": str(self.folder),
        }
        if fault is not None:
            environment["FAULT"] = fault
        if self.night_at is not None:
            environment["YUNGE_NIGHT_AT"] = self.night_at
        for _ in range(count):
            # Whoever takes a dead one's place has a log of its own: both may be asked why.
            with (self.folder / f"worker-{self.deaths + len(self.workers)}.log").open("wb") as log:
                self.workers.append(
                    subprocess.Popen(
                        [
                            sys.executable,
                            "-m",
                            self.module,
                            *(["--no-cron"] if self.night_at is None else []),
                        ],
                        cwd=ROOT,
                        env=environment,
                        stderr=log,
                    )
                )

    def dead(self) -> int:
        """A fail point leaves its mark a moment before the process is gone; this counts processes that are gone."""
        return sum(worker.poll() is not None for worker in self.workers)

    def revive(self, *, fault: str | None = None) -> int:
        """What a supervisor does: start anew whoever is gone, and how many that were."""
        gone = [worker for worker in self.workers if worker.poll() is not None]
        for worker in gone:
            assert worker.returncode == 137, self.logs()
            self.workers.remove(worker)
            self.deaths += 1
        self.start(len(gone), fault=fault)
        return len(gone)

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
                worker.kill()
            worker.wait()

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))

    def looks(self) -> int:
        """How many of its workers' clocks have looked."""
        return self.logs().count("clock.started")


@dataclass(frozen=True)
class Watch:
    """One night on a database, seen from outside."""

    database_url: str
    run_id: int

    def ask(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(statement, {"run": self.run_id}).fetchall()

    def state(self) -> str:
        return self.ask("select state from night_runs where id = %(run)s")[0][0]

    def is_over(self) -> bool:
        return self.state() != "RUNNING"

    def attempts(self, step: str) -> int:
        rows = self.ask(
            "select args->>'step', attempts from outbox where (args->>'run_id')::bigint = %(run)s"
        )
        return dict(rows).get(step, 0)

    def in_hand(self) -> str:
        """What is not done yet, and what the server is doing: the first questions about a night that hangs."""
        jobs = self.ask(
            "select state, attempts, args->>'step', lease_until - clock_timestamp(), error from outbox"
            " where state <> 'DONE' and (args->>'run_id')::bigint = %(run)s"
        )
        sessions = self.ask(
            "select application_name, state, wait_event, clock_timestamp() - query_start, query from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'"
        )
        return "\n".join(map(str, [*jobs, *sessions]))

    def message_of(self, step: str) -> str:
        """The code that a step says."""
        rows = self.ask("select name, message ->> 'code' from night_steps where night_run_id = %(run)s")
        return str({name: code for name, code in rows}.get(step))  # noqa: C416

    def message(self) -> str:
        return str(self.ask("select failure from night_runs where id = %(run)s")[0][0])


def open_night(database_url: str, data_date: date) -> Watch:
    with psycopg.connect(database_url) as connection:
        return Watch(database_url, open_night_sync(connection, data_date))
