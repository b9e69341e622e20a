"""The night as two workers carry it out: history, the night itself, a late correction; then the figures of all rooms.

    ./yunge bench night [--customers N] [--million] [--alone] [--keep] [--out FILE]

`--million` is `--customers 1000000` without the late correction; `--alone` leaves out the rooms' own figures (intake,
identity, locating, features, scores, attrition); `--keep` leaves the county for `bench reads`. Times are of one run on
the machine that is printed.
"""

import argparse
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg

from api.county.generator import write_feeds
from api.county.load import load_county
from api.local.postgres import make_extension
from domain.shared.night import silent
from domain.shared.nights import open_night_sync
from tests.bench.counties import keep_county, migrate
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.faults.dump import differences, dump
from tests.faults.processes import Fleet, Watch, own_redis, wait_until

AS_OF = date(2026, 11, 20)
HOURS_4 = 4 * 3600


@dataclass(frozen=True)
class Measured:
    """One night: wall seconds, seconds of each step, and the highest memory of any worker."""

    seconds: float
    steps: list[tuple[str, int, float]]
    peak_mib: float


@contextmanager
def migrated(server_url: str) -> Iterator[str]:
    """A migrated database without a county, gone afterwards."""
    name = f"yunge_bench_{os.getpid()}"
    url = server_url.rsplit("/", 1)[0] + "/" + name
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'create database "{name}"')
    try:
        make_extension(url)
        migrate(url)
        yield url
    finally:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f'drop database if exists "{name}" with (force)')


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """A migrated database with the county, gone afterwards."""
    with migrated(server_url) as url:
        with psycopg.connect(url) as fresh:
            load_county(fresh, AS_OF, silent)
        yield url


def night(fleet: Fleet, data_date: date, *, is_full: bool = False) -> Measured:
    """Two fresh workers carry out one night; measured from opening it to its end."""
    fleet.workers.clear()
    fleet.start(2)
    try:
        wait_until(lambda: fleet.logs().count("worker.ready") >= 2, 120, "two workers")
        with psycopg.connect(fleet.database_url) as connection:
            run_id = open_night_sync(connection, data_date, is_full=is_full)
        watch, began, peak_kib = Watch(fleet.database_url, run_id), time.monotonic(), 0
        while not watch.is_over():
            if time.monotonic() - began > HOURS_4:
                raise SystemExit("the night takes longer than four hours")
            time.sleep(0.2)
            peak_kib = max(peak_kib, *(_peak_kib(worker.pid) for worker in fleet.workers))
        seconds = time.monotonic() - began
    finally:
        # Whoever interrupts a benchmark is left without workers that nobody watches.
        fleet.stop()
    for log in fleet.folder.glob("worker-*.log"):
        log.unlink()
    if watch.state() != "DONE":
        raise SystemExit(watch.message())
    steps = watch.ask(
        "select name, coalesce(rows, 0), seconds from night_steps where night_run_id = %(run)s order by position"
    )
    return Measured(
        seconds, [(str(name), int(rows), float(took)) for name, rows, took in steps], peak_kib / 1024
    )


def _peak_kib(pid: int) -> int:
    """The kernel's own high-water mark of resident memory."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def correct_deposits(landing: Path, data_date: date, every: int = 100) -> int:
    """A second batch of the day in which one row of a hundred has a yuan more; gives the rows corrected."""
    stem = f"core_deposit_{data_date:%Y%m%d}"
    digest, total_fen, corrected, rows = hashlib.sha256(), 0, 0, 0
    control = dict(
        line.split("=", 1) for line in (landing / f"{stem}_1.ctl").read_text().splitlines() if "=" in line
    )
    with (landing / f"{stem}_1.dat").open("rb") as first, (landing / f"{stem}_2.dat").open("wb") as second:
        for line in first:
            columns = line.split(b"|@|")
            fen = _fen(columns[5])
            if fen is not None:
                if rows % every == 0:
                    fen, corrected = fen + 100, corrected + 1
                    columns[5] = f"{fen // 100}.{fen % 100:02d}".encode()
                total_fen += fen
            rows += 1
            written = b"|@|".join(columns)
            digest.update(written)
            second.write(written)
    difference = total_fen - _total(landing / f"{stem}_1.dat")
    declared = round(float(control["amount_sum"]) * 100) + difference
    control |= {"amount_sum": f"{declared / 100:.2f}", "sha256": digest.hexdigest()}
    (landing / f"{stem}_2.ctl").write_text("".join(f"{name}={value}\n" for name, value in control.items()))
    return corrected


def _fen(column: bytes) -> int | None:
    try:
        yuan, _, cents = column.decode("ascii").partition(".")
        return int(yuan) * 100 + int(cents)
    except (UnicodeDecodeError, ValueError):
        return None


def _total(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(_fen(line.split(b"|@|")[5]) or 0 for line in lines)


def print_steps(title: str, measured: Measured) -> None:
    print(f"\n{title}: {measured.seconds:.1f} s, peak {measured.peak_mib:.0f} MiB", flush=True)
    for name, rows, seconds in measured.steps:
        print(f"  {name:24} {rows:>10,} {seconds:>8.2f} s")


def figures(
    server_url: str, customers: int, folder: Path, *, rooms: bool, keep: bool = False
) -> list[Figure]:
    """Files, history with the night before, the night, and (but for a million) the late correction."""
    landing, truth = folder / "landing", folder / "truth"
    for made in (landing, truth):
        made.mkdir()
    began = time.monotonic()
    write_feeds(landing, truth, customers=customers, seed=1, as_of=AS_OF, report=silent)
    found = [Figure(f"files of {customers:,} customers written", time.monotonic() - began, "s")]
    is_million = customers >= 1_000_000
    with database(server_url) as url, own_redis(folder) as redis_url:
        fleet = Fleet(url, redis_url, landing, folder)
        before = night(fleet, AS_OF - timedelta(days=1))
        print_steps("history, the night before and the first model", before)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("vacuum analyze")
        tonight = night(fleet, AS_OF)
        print_steps(f"the night of {customers:,} customers", tonight)
        found += [
            Figure("history of a year, the night before, first model", before.seconds, "s"),
            at_most(f"the night of {customers:,} customers", tonight.seconds, "s", 600 if is_million else 90),
            at_most("highest memory of a worker", max(before.peak_mib, tonight.peak_mib), "MiB", 4096),
        ]
        if not is_million:
            found += _correction(fleet, landing, tonight)
        if rooms:
            found += _rooms(server_url, url, truth)
        if keep:
            keep_county(server_url, url, customers)
    return found


def _correction(fleet: Fleet, landing: Path, tonight: Measured) -> list[Figure]:
    """A corrected file of the same day: the rerun works on what changed and ends where a full one ends."""
    corrected = correct_deposits(landing, AS_OF)
    partly = night(fleet, AS_OF)
    print_steps(f"late correction of {corrected:,} deposits", partly)
    picture = dump(fleet.database_url)
    fully = night(fleet, AS_OF, is_full=True)
    print_steps("the same in full", fully)
    different = differences(picture, dump(fleet.database_url))
    # Lists of what was worked on, and the tiles' version that follows from them, are each night's own.
    for own in ("night_changes", "settings"):
        different.pop(own, None)
    for table, pictures in different.items():
        print(f"  {table} differs: {pictures}")
    return [
        at_most(
            "late correction of 1 % of the deposits, beside a full night",
            partly.seconds / fully.seconds,
            "×",
            0.5,
        ),
        Figure("late correction", partly.seconds, "s"),
        Figure("the same in full", fully.seconds, "s"),
        at_most("tables in which the two results differ", float(len(different)), "", 0),
    ]


def _rooms(server_url: str, url: str, truth: Path) -> list[Figure]:
    from tests.bench import attrition, features, identity, intake, locate, scores

    return [
        *intake.figures(server_url),
        *identity.figures(server_url),
        *locate.figures(server_url),
        *features.figures(server_url),
        *scores.figures(server_url),
        *attrition.figures(url, truth),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=60_000)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    customers = 1_000_000 if given.million else given.customers
    server_url = os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="yunge-bench-") as folder:
        found = figures(server_url, customers, Path(folder), rooms=not given.alone, keep=given.keep)
    title = f"Night of {customers:,} customers ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
