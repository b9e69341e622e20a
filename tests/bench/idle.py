"""What workers cost that have nothing to do: processor time of two of them, and of PostgreSQL and Redis for them.

    ./yunge bench idle [--seconds N] [--out FILE]

A fresh migrated database without a county; both workers keep the nights' clock, seal the audit and hear the bells. The
account is the kernel's (user and system). PostgreSQL's own housekeeping, before the workers begin, is shown beside.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import psycopg

from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.bench.night import migrated
from tests.bench.reading.load import backends, family, processor_s
from tests.faults.processes import Fleet, own_redis, wait_until

WORKERS = 2
SETTLING_S = 10.0
"""Plans are prepared and modules loaded before it counts."""


def redis_pid(redis_url: str) -> int:
    """The process of a Redis that runs here."""
    from redis import Redis

    with Redis.from_url(redis_url) as client:
        pid: int = client.info("server")["process_id"]
    return pid


def share(pids: list[int], began: float, since_s: float) -> float:
    """Percent of one core since an earlier account."""
    return 100 * (processor_s(pids) - began) / since_s


def figures(server_url: str, seconds: float, folder: Path) -> list[Figure]:
    with migrated(server_url) as url, own_redis(folder) as redis_url:
        alone_s = processor_s(backends(url))
        time.sleep(seconds)
        housekeeping = share(backends(url), alone_s, seconds)
        fleet = Fleet(url, redis_url, folder, folder, night_at="23:59")
        fleet.start(WORKERS)
        try:
            wait_until(lambda: fleet.logs().count("worker.ready") >= WORKERS, 120, "the workers")
            time.sleep(SETTLING_S)
            workers, redis = (
                [pid for worker in fleet.workers for pid in family(worker.pid)],
                [redis_pid(redis_url)],
            )
            before = processor_s(workers), processor_s(backends(url)), processor_s(redis)
            began = time.monotonic()
            time.sleep(seconds)
            took = time.monotonic() - began
            return [
                at_most("two idle workers", share(workers, before[0], took), "% of a core", 1.0),
                Figure("PostgreSQL beside them", share(backends(url), before[1], took), "% of a core"),
                Figure("PostgreSQL without them", housekeeping, "% of a core"),
                Figure("Redis", share(redis, before[2], took), "% of a core"),
                Figure("sessions of PostgreSQL", float(_sessions(url)), ""),
            ]
        finally:
            fleet.stop()


def _sessions(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) - 1 from pg_stat_activity where datname = current_database()"
        ).fetchone()
    assert row is not None
    return int(row[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    server_url = os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="yunge-bench-") as folder:
        found = figures(server_url, given.seconds, Path(folder))
    title = f"Two idle workers over {given.seconds:g} s ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
