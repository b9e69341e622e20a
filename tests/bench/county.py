"""A county of N customers by copies of the one of 60,000, kept for benchmarks that want it (`bench reads --county N`).

    ./yunge bench county N [--keep] [--night] [--landing FOLDER] [--out FILE]

The county of 60,000 is made by its nights and kept; one that is there is migrated instead. N is rounded up to whole
copies, so that shops keep their owners. What was made is checked: each grid has its share of the customers, and a night
without news changes nothing. `--night` carries out the next day's night from files that `--landing` keeps (one deposit
of a hundred has a yuan more). Without `--keep` the county goes when it is measured.
"""

import argparse
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import psycopg

from api.county.generator import write_feeds
from domain.shared.night import silent
from tests.bench.copies.checking import fingerprint, shares_of_grids, unlike
from tests.bench.copies.copying import MOST_COPIES, multiply
from tests.bench.copies.lines import write_landing
from tests.bench.counties import copy_county, database_of, drop_county, is_migrated, keep_county, kept_county
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.bench.night import AS_OF, database, night, print_steps
from tests.bench.reading.load import backends, processor_s
from tests.faults.processes import Fleet, own_redis

ORIGINAL = 60_000
MINUTES_10 = 600


def original(server_url: str, folder: Path) -> str:
    """The address of the county of 60,000, made by two nights where none is kept."""
    is_as_now = is_migrated(server_url, ORIGINAL)
    kept = kept_county(server_url, ORIGINAL)
    if kept is not None:
        if not is_as_now:
            _again(kept, folder)
        return kept
    landing, truth = folder / "landing", folder / "truth"
    for made in (landing, truth):
        made.mkdir()
    write_feeds(landing, truth, customers=ORIGINAL, seed=1, as_of=AS_OF, report=silent)
    with database(server_url) as url, own_redis(folder) as redis_url:
        fleet = Fleet(url, redis_url, landing, folder)
        for day in (AS_OF - timedelta(days=1), AS_OF):
            print_steps(f"the original's night of {day}", night(fleet, day))
        keep_county(server_url, url, ORIGINAL)
    found = kept_county(server_url, ORIGINAL)
    assert found is not None
    return found


def _again(url: str, folder: Path) -> None:
    """The last day's night by this release: what an earlier one wrote may be written otherwise now."""
    empty = folder / "no files"
    empty.mkdir()
    with own_redis(folder) as redis_url:
        print_steps("the original's last day again", night(Fleet(url, redis_url, empty, folder), AS_OF))


def make(server_url: str, customers: int, folder: Path) -> tuple[str, list[Figure]]:
    """The county's address, and how long it took to make with what it holds."""
    copies = -(-customers // ORIGINAL)
    if copies > MOST_COPIES:
        raise SystemExit(
            f"At most {MOST_COPIES * ORIGINAL:,} customers can be told apart by their copies' letters."
        )
    of_one = original(server_url, folder)
    if customers == ORIGINAL:
        # It is not copied over itself, and stays for whoever copies it next.
        return of_one, held(of_one)
    shares = shares_of_grids(of_one)
    began, server_s, own_s = time.monotonic(), processor_s(backends(of_one)), time.process_time()
    url = copy_county(server_url, ORIGINAL, customers)
    try:
        multiply(url, copies, lambda said: print(f"  {time.monotonic() - began:6.1f} s  {said}", flush=True))
    except BaseException:
        drop_county(server_url, customers)
        raise
    took = time.monotonic() - began
    computed = processor_s(backends(url)) - server_s + time.process_time() - own_s
    different = unlike(shares, shares_of_grids(url), copies)
    return url, [
        at_most(f"county of {copies * ORIGINAL:,} customers by {copies} copies", took, "s", MINUTES_10),
        Figure("processor time of PostgreSQL and of the benchmark", computed, "s"),
        *held(url),
        at_most("grids whose customers are not that many times the original's", float(different), "", 0),
    ]


def held(url: str) -> list[Figure]:
    """What a county holds."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*), pg_database_size(current_database()) / 2^30 from customers"
        ).fetchone()
    assert row is not None
    return [
        Figure("golden customers", float(row[0]), ""),
        Figure("size of the database", float(row[1]), "GiB"),
    ]


def nights(url: str, folder: Path, landing: Path | None) -> list[Figure]:
    """The same day again, which must change nothing; with files of the next day, its night."""
    with own_redis(folder) as redis_url:
        empty = folder / "nothing"
        empty.mkdir()
        before = fingerprint(url)
        again = night(Fleet(url, redis_url, empty, folder), AS_OF)
        print_steps("the same day again, without a file", again)
        after = fingerprint(url)
        for table in before:
            if before[table] != after[table]:
                print(f"  {table}: {before[table]} before, {after[table]} after")
        found = [
            Figure("the same day again", again.seconds, "s"),
            at_most("tables that it changed", float(sum(before[t] != after[t] for t in before)), "", 0),
        ]
        if landing is not None:
            with psycopg.connect(url) as connection:
                write_landing(connection, landing, AS_OF + timedelta(days=1), changed_every=100)
            next_day = night(Fleet(url, redis_url, landing, folder), AS_OF + timedelta(days=1))
            print_steps("the next day", next_day)
            found.append(Figure("the next day, one deposit of a hundred changed", next_day.seconds, "s"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("customers", type=int)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--night", action="store_true")
    parser.add_argument("--landing", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    server_url = os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="yunge-bench-") as name:
        folder = Path(name)
        kept = kept_county(server_url, given.customers)
        url, found = (kept, []) if kept is not None else make(server_url, given.customers, folder)
        try:
            landing = given.landing or (folder / "next" if given.night else None)
            if kept is None or landing is not None:
                found += nights(url, folder, landing)
        finally:
            if kept is None and not given.keep and given.customers != ORIGINAL:
                drop_county(server_url, given.customers)
    title = f"County of {given.customers:,} customers, {database_of(given.customers)} ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
