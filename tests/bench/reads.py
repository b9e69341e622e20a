"""Reads of the contract beside PostGraphile and beside SQL written by hand: processor time a request, and how many.

    ./yunge bench reads [--county N] [--rounds N] [--seconds S] [--only WORK] [--out FILE]

WORK is a read ("360 view") or what is measured of the product alone: scope, manager, growth, ordinary.
The county is one that `./yunge bench county N --keep` left (or `bench night --customers N --alone --keep`). Every
server is one process; peers take turns within each round; medians over the rounds. Processor time is the kernel's
account of the server and of all processes of PostgreSQL. A peer whose answers differ in values is refused before
anything is measured.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import psycopg

from api.app import MANIFEST
from tests.bench.counties import kept_county
from tests.bench.figures import Figure, at_least, at_most, machine, markdown, print_figures
from tests.bench.reading import growth, manager, ordinary, scope, servers, works
from tests.bench.reading.county import prepared, token_of
from tests.bench.reading.documents import DOCUMENTS
from tests.bench.reading.load import Measured, resident_mib, run_load
from tests.bench.reading.servers import Server
from tests.bench.reading.works import Asked, Work

CLIENTS = (1, 16)
PAGES = 20
LIVE_TAKES = 5
"""Counting an outlet live takes most of a second: it is asked by one client, for longer."""
COMPARED = 10
"""Answers of each peer that are held against one another before the measuring."""


@dataclass
class Results:
    """By work, peer and number of clients, a measurement a round."""

    rounds: dict[tuple[str, str, int], list[Measured]] = field(default_factory=dict)
    memory_mib: dict[str, float] = field(default_factory=dict)

    def add(self, work: str, peer: str, clients: int, measured: Measured) -> None:
        self.rounds.setdefault((work, peer, clients), []).append(measured)

    def median(self, work: str, peer: str, clients: int, of: str) -> float:
        found: float = statistics.median(getattr(one, of) for one in self.rounds[work, peer, clients])
        return found

    def ratio(self, work: str, peer: str, to: str, of: str = "processor_ms", clients: int = 16) -> float:
        one, other = self.median(work, peer, clients, of), self.median(work, to, clients, of)
        return one / other


def ask(server: Server, asked: Asked, account: str, body: str) -> Any:
    """One answer, as every client would get it."""
    given = body.replace("@UUID@", str(uuid4()))
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token_of(account)}"}
    try:
        with urlopen(Request(server.url + asked.path, given.encode(), headers), timeout=60) as response:
            text = response.read().decode()
    except HTTPError as error:
        text = error.read().decode()
    answer = json.loads(text)
    if "errors" in answer:
        raise SystemExit(f"{asked.path} answers: {text[:2000]}\n{given[:500]}")
    return answer


def check_alike(peers: dict[str, Server], work: Work) -> None:
    """Every peer gives the values that the first one gives, or the benchmark ends."""
    for position in range(min(COMPARED, min(len(asked.bodies) for asked in work.asked.values()))):
        given = {
            peer: ask(peers[peer.removeprefix("live, ")], asked, work.account, asked.bodies[position])
            for peer, asked in work.asked.items()
        }
        _check(work.name, {peer: asked.values(given[peer]) for peer, asked in work.asked.items()})
        _check(
            work.name, {peer: asked.masked(given[peer]) for peer, asked in work.asked.items() if asked.masked}
        )


def _check(name: str, found: dict[str, Any]) -> None:
    for peer, values in found.items():
        if values != found["yunge"]:
            raise SystemExit(f"{name}: {peer} differs from yunge\n{_difference(found['yunge'], values)}")


def _difference(one: Any, other: Any, at: str = "") -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        return "\n".join(
            _difference(one.get(k), other.get(k), f"{at}.{k}") for k in one if one.get(k) != other.get(k)
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        return "\n".join(
            _difference(a, b, f"{at}[{n}]") for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b
        )
    return f"{at}: {str(one)[:600]}\n   {str(other)[:600]}"


def cursors(peers: dict[str, Server], work: Work) -> dict[str, list[Any]]:
    """Where the first pages begin, of each peer's own making; of a small county those that are full for every peer."""
    bodies = {peer: json.loads(asked.bodies[0]) for peer, asked in work.asked.items()}
    given = {peer: body if peer == "by hand" else body["variables"] for peer, body in bodies.items()}
    first = {peer: one["after"] for peer, one in given.items()}
    found: dict[str, list[Any]] = {peer: [] for peer in bodies}
    for _ in range(PAGES):
        pages = {
            peer: _page_info(ask(peers[peer], asked, work.account, json.dumps(bodies[peer])))
            for peer, asked in work.asked.items()
        }
        if not all(page["hasNextPage"] for page in pages.values()):
            break
        for peer, page in pages.items():
            found[peer].append(given[peer]["after"])
            given[peer]["after"] = page["endCursor"]
    return {peer: found[peer] or [first[peer]] for peer in found}


def _page_info(answer: Any) -> Any:
    (connection,) = answer["data"].values()
    return connection["pageInfo"]


def paged(
    peers: dict[str, Server], name: str, ours: str, by_hand: str, graphile: str, org: int, first: Any
) -> Work:
    start: dict[str, list[Any]] = {"yunge": [None], "by hand": [first], "postgraphile": [None]}
    found = cursors(peers, works.pages(name, ours, by_hand, graphile, start, org))
    return works.pages(name, ours, by_hand, graphile, found, org)


def all_works(connection: psycopg.Connection, peers: dict[str, Server]) -> Iterator[Work]:
    manifest = {**json.loads(MANIFEST.read_text(encoding="utf-8")), **DOCUMENTS}
    row = connection.execute(
        "select s.org_unit_id from staff s join accounts a on a.staff_id = s.id where a.account = 'outlet1'"
    ).fetchone()
    assert row is not None
    started_at = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    yield works.view_360(connection, manifest, row[0])
    yield paged(peers, "list of 50", "bench-list", "/list", works.GRAPHILE_LIST, row[0], None)
    yield paged(peers, "500 × 12", "bench-wide", "/wide", works.GRAPHILE_WIDE, row[0], 0)
    yield works.dashboard(manifest)
    yield works.visit(connection, manifest, started_at)


def measure(
    database_url: str, peers: dict[str, Server], works_: list[Work], rounds: int, seconds: float
) -> Results:
    results = Results()
    for turn in range(rounds):
        for work in works_:
            for clients in CLIENTS:
                names = list(work.asked)
                # Who is first in one round is last in the next.
                for peer in names[turn % len(names) :] + names[: turn % len(names)]:
                    asked = work.asked[peer]
                    if peer.startswith("live") and clients > 1:
                        continue
                    server = peers[peer.removeprefix("live, ")]
                    measured = run_load(
                        server.url + asked.path,
                        asked.bodies,
                        clients=clients,
                        seconds=seconds * (LIVE_TAKES if peer.startswith("live") else 1),
                        server=server.pid,
                        database_url=database_url,
                        token=token_of(work.account),
                    )
                    results.add(work.name, peer, clients, measured)
                    print(
                        f"  {turn + 1}/{rounds} {work.name:22} {peer:14} {clients:2} clients"
                        f" {measured.processor_ms:8.3f} ms ({measured.server_ms:.3f} + {measured.database_ms:.3f})"
                        f" {measured.per_second:7.0f}/s p99 {measured.p99_ms:7.1f} ms",
                        flush=True,
                    )
    results.memory_mib = {name: resident_mib(server.pid) for name, server in peers.items()}
    return results


TO_POSTGRAPHILE = {"360 view": 2.5, "list of 50": 2.2, "500 × 12": 3.0, "visit": 1.2}
TO_HAND = {"360 view": 0.85, "list of 50": 0.85, "500 × 12": 0.8, "dashboard of an outlet": 0.85}


def figures(results: Results, names: list[str]) -> Iterator[Figure]:
    """The table of what was promised, then everything that was measured."""
    for name in names:
        if name in TO_POSTGRAPHILE:
            ratio = results.ratio(name, "postgraphile", "yunge")
            yield at_least(
                f"{name}: processor time of PostGraphile's / ours", ratio, "×", TO_POSTGRAPHILE[name]
            )
        if name in TO_HAND:
            ratio = results.ratio(name, "by hand", "yunge")
            yield at_least(f"{name}: of SQL by hand / ours", ratio, "×", TO_HAND[name])
        if name == "list of 50":
            ratio = results.ratio(name, "yunge", "postgraphile", of="p99_ms")
            yield at_most("list of 50: p99 of ours / PostGraphile's", ratio, "×", 0.5)
        if name == "dashboard of an outlet":
            ratio = results.ratio(name, "live, by hand", "yunge", clients=1)
            yield at_least("dashboard: counted live by hand / ours", ratio, "×", 8)
    if "postgraphile" in results.memory_mib:
        ratio = results.memory_mib["yunge"] / results.memory_mib["postgraphile"]
        yield at_most("memory of the server, ours / PostGraphile's", ratio, "×", 0.7)
    for peer, mib in results.memory_mib.items():
        yield Figure(f"memory of {peer}", mib, "MiB")


def table(results: Results) -> str:
    """Everything, as Markdown: medians over the rounds."""
    lines = [
        "| read | peer | clients | processor ms | server | PostgreSQL | requests/s | p50 ms | p99 ms | kB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for work, peer, clients in results.rounds:
        m = {of: results.median(work, peer, clients, of) for of in (
            "processor_ms", "server_ms", "database_ms", "per_second", "p50_ms", "p99_ms", "kib")}  # fmt: skip
        lines.append(
            f"| {work} | {peer} | {clients} | {m['processor_ms']:.3f} | {m['server_ms']:.3f} | {m['database_ms']:.3f} |"
            f" {m['per_second']:,.0f} | {m['p50_ms']:.2f} | {m['p99_ms']:.2f} | {m['kib']:.1f} |"
        )
    return "\n".join(lines) + "\n"


FURTHER = ("scope", "manager", "growth", "ordinary")
"""Of the product alone, without a peer."""


def further(name: str, database_url: str, redis_url: str, given: argparse.Namespace) -> list[Figure]:
    if name == "ordinary":
        return ordinary.figures(database_url, redis_url, given.rounds, given.seconds)
    measured = {"scope": scope.figures, "manager": manager.figures, "growth": growth.figures}[name]
    return measured(database_url, given.rounds, given.seconds)


def beside_peers(
    connection: psycopg.Connection, database_url: str, redis_url: str, given: argparse.Namespace
) -> tuple[Results, list[str]]:
    with tempfile.TemporaryDirectory(prefix="yunge-bench-") as folder, ExitStack() as stack:
        peers = {
            "yunge": stack.enter_context(servers.yunge(database_url, redis_url, Path(folder))),
            "by hand": stack.enter_context(servers.raw(database_url, Path(folder))),
            "postgraphile": stack.enter_context(servers.postgraphile(database_url, Path(folder))),
        }
        asked = [work for work in all_works(connection, peers) if given.only in (None, work.name)]
        for work in asked:
            check_alike(peers, work)
            print(f"  {work.name}: every peer gives the same values", flush=True)
        results = measure(database_url, peers, asked, given.rounds, given.seconds)
    return results, [work.name for work in asked]


def run(database_url: str, redis_url: str, given: argparse.Namespace) -> tuple[Results, list[Figure]]:
    results, found = Results(), []
    with prepared(database_url) as connection:
        # Before the peers, whose visits leave work behind for PostgreSQL.
        for name in FURTHER:
            if given.only in (None, name):
                found += further(name, database_url, redis_url, given)
        if given.only not in FURTHER:
            results, names = beside_peers(connection, database_url, redis_url, given)
            found = [*figures(results, names), *found]
    return results, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--county", "--customers", dest="customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--only")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    server_url = os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"]
    redis_url = os.environ.get("TEST_REDIS_URL") or os.environ["REDIS_URL"]
    county = kept_county(server_url, given.customers)
    if county is None:
        raise SystemExit(f"No county of {given.customers:,} customers is kept. First:"
                         f" ./yunge bench county {given.customers} --keep")  # fmt: skip
    results, found = run(county, redis_url, given)
    title = (
        f"Reads at {given.customers:,} customers ({machine()}, {given.rounds} rounds of {given.seconds:g} s)"
    )
    print_figures(title, found)
    measured = table(results) if results.rounds else ""
    print(measured)
    if given.out is not None:
        given.out.write_text(markdown(title, found) + "\n" + measured, encoding="utf-8")


if __name__ == "__main__":
    main()
