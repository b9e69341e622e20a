"""How well source records are put together, over pairs of records of one real party, against the generator's truth.

What waits for review counts as missed. A record of a household (`household.household`) is joined to the truth by its
hukou number, every other one by feed and key; `*.operator` and `*.head` records have no row of their own in the truth
and are left out.
"""

import csv
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import psycopg

from api.county.generator.write import write_feeds
from api.county.load import load_county
from domain.customers.identity.places import distance_m
from domain.feeds.contracts import FEEDS
from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.shared.night import Night, silent
from domain.shared.rooms import followers_of
from geo.identity import resolve_identity_with_datums
from schema.house import ROOMS
from tests.bench.figures import Figure, at_least, machine, print_figures, rows_asked
from tests.bench.intake import DAY, migrate
from tests.bench.linking.files import Evidence, Truth, lines_that_nobody_can_take
from tests.bench.linking.quality import Parties, Quality, Record, by_kind, quality
from tests.bench.progress import told
from tests.bench.scratch import scratch

MOST_PRECISE = 0.9995
MOST_RECALL = 0.985


def true_party_of(truth: Path, found: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Who each record is. A household that is not in the register has no record there."""
    with (truth / "links.csv").open(encoding="utf-8") as file:
        parties = {(row["feed"], row["key"]): int(row["party_id"]) for row in csv.DictReader(file)}
    with (truth / "households.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if ("household.household", row["hukou_no"]) in found:
                parties["household.household", row["hukou_no"]] = int(row["party_id"])
    return parties


def customer_of(connection: psycopg.Connection[Any]) -> dict[tuple[str, str], int]:
    return {
        (feed, key): customer_id
        for feed, key, customer_id in connection.execute("select feed, key, customer_id from source_records")
    }


def missed_pairs(found: Parties, truth: Parties) -> Iterator[tuple[Record, Record]]:
    """Pairs of one party that are apart."""
    members: defaultdict[int, list[Record]] = defaultdict(list)
    for record, party in truth.items():
        members[party].append(record)
    for records in members.values():
        for one, other in combinations(sorted(records), 2):
            if found.get(one) is None or found.get(one) != found.get(other):
                yield one, other


def missed_by_feed(found: Parties, truth: Parties, reachable: Parties) -> list[str]:
    """Which pairs of feeds are apart though they are one party, and how many of these the evidence brings together."""
    missed: Counter[tuple[str, str]] = Counter()
    enough: Counter[tuple[str, str]] = Counter()
    for one, other in missed_pairs(found, truth):
        feeds = one[0], other[0]
        missed[feeds] += 1
        enough[feeds] += one in reachable and reachable[one] == reachable.get(other)
    return [
        f"    漏合 {one} – {other}: {count}，其中证据足够的 {enough[one, other]}"
        for (one, other), count in missed.most_common(8)
    ]


KIND_COLUMNS = ("脏数据", "记录", "对", "误合", "漏合", "精确率", "召回率", "上限")


def kinds_table(product: dict[str, Quality], ceiling: dict[str, Quality]) -> list[str]:
    """By kind of dirt: records touched, pairs with one of them, and the recall that the evidence allows."""
    lines = ["  " + f"{KIND_COLUMNS[0]:<32}" + "".join(f"{word:>8}" for word in KIND_COLUMNS[1:])]
    for kind, of in sorted(product.items()):
        figures = f"{of.records:>10}{of.pairs:>10}{of.wrong:>10}{of.missed:>10}"
        shares = f"{of.precision:>10.5f}{of.recall:>10.4f}{ceiling[kind].recall:>10.4f}" if of.pairs else ""
        lines.append(f"  {kind:<32}{figures}{shares}")
    return lines


def measure(
    connection: psycopg.Connection[Any], landing: Path, truth: Path, staff: frozenset[str]
) -> tuple[Quality, Quality]:
    """What stands in the database and what the evidence allows, printed by kind of dirt and with the missed pairs."""
    found = customer_of(connection)
    parties = true_party_of(truth, found)
    known = Truth(truth)
    reachable = Evidence(landing, known, DAY, staff).ceiling()
    touched = known.touched()
    result, ceiling = quality(found, parties), quality(reachable, parties)
    print(f"  {result.records} 条来源记录；精确率 {result.precision:.5f}，召回率 {result.recall:.5f}")
    print(f"  同一客户的记录对：合并正确 {result.right}，误合 {result.wrong}，漏合 {result.missed}")
    print(
        f"  证据上限：召回率 {ceiling.recall:.5f}（文件中的证据连不到的 {ceiling.missed} 对，任何人都合不上）"
    )
    print("\n".join(missed_by_feed(found, parties, reachable)))
    print("\n".join(kinds_table(by_kind(found, parties, touched), by_kind(reachable, parties, touched))))
    return result, ceiling


def pos_errors_m(connection: psycopg.Connection[Any], truth: Path) -> list[float]:
    """Distance of each shop that its POS places from where it really is: wrong datums would show as 500 m."""
    with (truth / "places.csv").open(encoding="utf-8") as file:
        places = {
            int(row["party_id"]): (float(row["lon_deg_wgs84"]), float(row["lat_deg_wgs84"]))
            for row in csv.DictReader(file)
        }
    parties = true_party_of(truth, {})
    branched = {parties[record] for record in Truth(truth).touched().get("second_branch", ())}
    found = connection.execute(
        "select r.key, c.lon_deg_wgs84, c.lat_deg_wgs84 from source_records r join customers c on c.id = r.customer_id"
        " where r.feed = 'pos_merchant' and c.location_method = 'POS'"
    )
    places = {party: place for party, place in places.items() if party not in branched}  # these have two
    of_parties = ((parties["pos_merchant", key], lon, lat) for key, lon, lat in found)
    return [distance_m(lon, lat, *places[party]) for party, lon, lat in of_parties if party in places]


def aside(connection: psycopg.Connection[Any], landing: Path) -> tuple[int, int]:
    """(lines that were set aside or refused, lines that nobody can take), printed by feed where they differ."""
    found = dict(
        connection.execute(
            "select feed, sum(quarantined + refused)::int from batches group by feed"
        ).fetchall()
    )
    expected = lines_that_nobody_can_take(landing, DAY)
    for feed, count in expected.items():
        if found.get(feed, 0) != count:
            print(f"    隔离或退回 {feed}: {found.get(feed, 0)} 行，应为 {count} 行")
    return sum(found.values()), sum(expected.values())


def keep_the_night_alone(landing: Path) -> None:
    """Each file is whole, so the year before it says nothing of who is who; taking it was most of the waiting."""
    for file in landing.iterdir():
        if f"_{DAY:%Y%m%d}_" not in file.name:
            file.unlink()


def carry_out_identity(connection: psycopg.Connection[Any], landing: Path) -> float:
    """A first night up to the golden customers; gives the seconds of identity alone."""
    run = connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false) returning id",
        [DAY],
    ).fetchone()
    assert run is not None
    night = Night(run[0], DAY, landing)
    find_batches(connection, night, silent)
    for feed in FEEDS:
        with told(f"intake of {feed}") as report:
            take_feed(connection, night, report, feed=feed)
    connection.commit()
    started = time.monotonic()
    with told("identity") as report:
        resolve_identity_with_datums(connection, night, report, followers=followers_of(ROOMS))
    connection.commit()
    return time.monotonic() - started


def figures(server_url: str, customers: int = 60_000, seed: int = 1) -> list[Figure]:
    """A county from its files: the whole identity of a first night, and how good it is."""
    with tempfile.TemporaryDirectory() as folder, scratch(server_url) as connection:
        landing, truth = Path(folder, "landing"), Path(folder, "truth")
        with told(f"files of {customers:,} customers") as report:
            write_feeds(landing, truth, customers=customers, seed=seed, as_of=DAY, report=report)
        keep_the_night_alone(landing)
        with told("tables and county") as report:
            migrate(connection, server_url)
            load_county(connection, DAY, report)
        seconds = carry_out_identity(connection, landing)
        staff = frozenset(phone for (phone,) in connection.execute("select phone from staff") if phone)
        result, ceiling = measure(connection, landing, truth, staff)
        errors = sorted(pos_errors_m(connection, truth))
        set_aside, expected = aside(connection, landing)
    return [
        at_least("identity precision over pairs", result.precision, "", MOST_PRECISE),
        Figure("ceiling of the evidence", ceiling.recall, ""),
        at_least(
            "automatic recall over pairs, reviews counted as missed",
            result.recall,
            "",
            min(MOST_RECALL, ceiling.recall),
        ),
        Figure("lines set aside", set_aside, "lines", f"= {expected}", set_aside == expected),
        Figure("pairs joined wrongly", result.wrong, "pairs"),
        Figure(f"full identity of {customers:,} customers", seconds, "s"),
        Figure("POS places, median error", errors[len(errors) // 2], "m"),
        Figure("POS places off by more than 300 m", 100 * sum(e > 300 for e in errors) / len(errors), "%"),
    ]


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 60_000)
    print_figures(
        f"Identity of {wanted:,} customers ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted)
    )
