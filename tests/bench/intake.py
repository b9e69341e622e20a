"""How fast a GBK `|@|` file with mostly unchanged rows gets from the landing folder into the snapshot.

    ./yunge bench intake [ROWS]

The file is drawn, a million rows when none are named; no county is read.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from domain.feeds.contracts import FEEDS
from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.shared.night import Night, silent
from tests.bench.figures import Figure, at_least, machine, print_figures, rows_asked
from tests.bench.progress import told
from tests.bench.scratch import scratch

FEED = FEEDS["core_deposit"]
DAY = date(2026, 6, 30)
PRODUCTS = ("活期储蓄", "定期储蓄", "单位活期", "单位定期")


def lines(rows: int, changed_share: float, seed: int) -> Iterator[str]:
    """Deposits of which `changed_share` differ from those of another seed."""
    steady, tonight = random.Random(1), random.Random(seed)
    for number in range(rows):
        balance = steady.randrange(10_000_000)
        if tonight.random() < changed_share:
            balance += seed
        yield (
            f"3209{number:014d}|@|C{number % 600_000:010d}|@|2110101|@|{PRODUCTS[number % 4]}|@|CNY|@|"
            f"{balance / 100:.2f}|@|{balance / 110:.2f}|@|{balance / 120:.2f}|@|20190412|@|99991231|@|320923001|@|1\n"
        )


def write(landing: Path, rows: int, changed_share: float, seed: int, day: date) -> int:
    """Writes a batch with its control file; returns its bytes."""
    stem = f"{FEED.name}_{day:%Y%m%d}_1"
    digest, total, size = sha256(), 0, 0
    with open(landing / f"{stem}.dat", "wb") as file:
        for line in lines(rows, changed_share, seed):
            raw = line.encode("gbk")
            total += round(float(line.split("|@|")[5]) * 100)
            digest.update(raw)
            size += file.write(raw)
    (landing / f"{stem}.ctl").write_text(
        f"rows={rows}\namount_sum={total / 100:.2f}\nsha256={digest.hexdigest()}\nencoding=GBK\nmode=full\n"
    )
    return size


def take(connection: psycopg.Connection[Any], landing: Path, day: date) -> float:
    """Seconds from file to merged, commit included: finding (which hashes the file) and taking it."""
    run = connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false) returning id",
        [day],
    ).fetchone()
    assert run is not None
    night = Night(run[0], day, landing)
    started = time.monotonic()
    find_batches(connection, night, silent)
    result = take_feed(connection, night, silent, feed=FEED.name)
    connection.commit()
    seconds = time.monotonic() - started
    print(f"  {day}: {result.message}, {seconds:.2f} s")
    return seconds


def migrate(connection: psycopg.Connection[Any], server_url: str) -> None:
    """The product's tables in a fresh database."""
    connection.execute("create extension postgis")
    connection.commit()
    address = server_url.rsplit("/", 1)[0] + "/" + connection.info.dbname
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        check=True,
        env={**os.environ, "DATABASE_URL": address},
    )


def measure(connection: psycopg.Connection[Any], rows: int, changed_share: float) -> list[float]:
    """Seconds of the first load, and of three following nights' files with `changed_share` changed."""
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder)
        found = []
        for night in range(4):
            day = DAY + timedelta(days=night)
            with told(f"file of {day}"):
                write(landing, rows, changed_share if night else 0.0, night + 1, day)
            found.append(take(connection, landing, day))
            if night == 0:
                connection.autocommit = True
                connection.execute("vacuum analyze src_core_deposit")
                connection.autocommit = False
    return found


def copy_limit(connection: psycopg.Connection[Any], rows: int) -> float:
    """Seconds to COPY lines as long as the file's into an unlogged table without index: what nothing can beat."""
    connection.execute("create unlogged table bench_lines (raw text)")
    text = "".join(lines(rows, 0.0, 1)).encode()
    started = time.monotonic()
    with connection.cursor().copy("copy bench_lines from stdin") as copy:
        copy.write(text)
    connection.rollback()
    return time.monotonic() - started


def figures(server_url: str, rows: int = 1_000_000, changed_share: float = 0.05) -> list[Figure]:
    with scratch(server_url) as connection:
        migrate(connection, server_url)
        first, *nights = measure(connection, rows, changed_share)
        limit = copy_limit(connection, rows)
    usual = median(nights)
    return [
        Figure(f"first load of {rows:,} rows", rows / first, "rows/s"),
        at_least("GBK file to merged, 5 % changed", rows / usual, "rows/s", 80_000),
        Figure("share of the bare COPY of the same lines in this run", limit / usual, "×"),
        Figure(
            "peak memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB"
        ),
    ]


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 1_000_000)
    print_figures(
        f"Intake of {wanted:,} rows ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted)
    )
