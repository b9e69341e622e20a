"""How fast a GBK `|@|` file with mostly unchanged rows gets from the landing folder into the snapshot."""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg

from domain.customers.feeds import FEEDS
from domain.customers.intake import take_feed
from domain.customers.landing import find_batches
from domain.shared.night import Night, silent

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


def take(connection: psycopg.Connection, landing: Path, day: date) -> float:
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


def measure(database_url: str, rows: int = 1_000_000, changed_share: float = 0.05) -> tuple[float, float]:
    """Rows a second of the first load, and of the next night's file with `changed_share` changed."""
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(database_url) as connection:
        landing = Path(folder)
        write(landing, rows, changed_share, 1, DAY)
        first = take(connection, landing, DAY)
        connection.autocommit = True
        connection.execute("vacuum analyze src_core_deposit")
        connection.autocommit = False
        write(landing, rows, changed_share, 2, DAY + timedelta(days=1))
        second = take(connection, landing, DAY + timedelta(days=1))
    return rows / first, rows / second
