"""Map tiles over HTTP: the busiest tiles of a county at zooms 10, 12 and 14, for each role.

    ./yunge bench tiles [--county N] [--rounds N] [--keep] [--out FILE]

The county is the one that `./yunge bench county N --keep` (or `bench night --customers N --keep`) left; where there is
none it is made first by its nights, and `--keep` leaves it. The program answers as `./yunge up` runs it, in a process
of its own, over a connection that stays open; PostgreSQL's share is the same statement on one of the program's own
connections. Of every tile the median of the rounds is taken, and of those the slowest is shown: the promise is about
each tile.
"""

import argparse
import asyncio
import gzip
import http.client
import os
import secrets
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import psycopg

from api.app import reading_pool
from api.auth.sessions import actor_of_token
from domain.shared.actor import Actor, ScopeForm
from domain.shared.calendar import bank_day
from domain.shared.sign_in import token_sha256
from geo.customer_tiles import customers_tile
from geo.tiles import Tile, grids_tile
from schema.root import CONTRACT
from tests.bench import night
from tests.bench.counties import database_of, kept_county
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.browser.product import running
from tests.faults.processes import own_redis

ZOOMS = (10, 12, 14)
TILES_A_ZOOM = 5
ROUNDS = 7
LONGEST_MS, LARGEST_KB = 25, 100
ROLES = ("HEAD_OFFICE", "OUTLET_MANAGER", "CUSTOMER_MANAGER")

# Of the accounts that there are, the one of each role that sees most customers.
BUSIEST_ACCOUNTS = """
select distinct on (s.role) s.role, a.id
  from accounts a join staff s on s.id = a.staff_id
  left join lateral (
       select sum(c.customers) as seen from customer_cells c
        where c.zoom = 6 and case s.role when 'OUTLET_MANAGER' then c.org_unit_id = s.org_unit_id
                                         else c.grid_id in (select grid_id from posts p where p.staff_id = s.id) end
       ) as cells on true
 where s.is_active
 order by s.role, cells.seen desc nulls last, a.id
"""
BUSIEST_TILES = """
select tile_x, tile_y from customer_cells
 where zoom = $1::int and {scope} group by tile_x, tile_y order by sum(customers) desc limit $3::int
"""
SCOPES = {
    ScopeForm.BANK: "$2::bigint[] is null",
    ScopeForm.UNIT: "org_unit_id = any($2::bigint[])",
    ScopeForm.GRIDS: "grid_id = any($2::bigint[])",
}


@dataclass
class Reader:
    """Who asks: the role, what its rights are, and a connection that stays open."""

    actor: Actor
    token: str
    connection: http.client.HTTPConnection

    def get(self, path: str) -> tuple[float, bytes]:
        """(milliseconds until the last byte, body as it came over the wire)."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"}
        began = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        milliseconds = (time.perf_counter() - began) * 1000
        if response.status not in (200, 204):
            raise SystemExit(f"{path} answers {response.status}")
        return milliseconds, body


@dataclass(frozen=True)
class Measured:
    """One tile: medians in milliseconds; bytes of the tile and over the wire."""

    request_ms: float
    database_ms: float
    size: int
    sent: int


def county(server_url: str, customers: int) -> str:
    """The address of the county, at the newest migration; made where no benchmark has left one."""
    if kept_county(server_url, customers) is None:
        with tempfile.TemporaryDirectory(prefix="yunge-bench-") as folder:
            night.figures(server_url, customers, Path(folder), rooms=False, keep=True)
    url = kept_county(server_url, customers)
    assert url is not None
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze customer_cells, customer_points")
    return url


def open_sessions(url: str) -> dict[str, str]:
    """A token for each role; whoever carries it is signed in for an hour."""
    tokens = {role: secrets.token_urlsafe(32) for role in ROLES}
    with psycopg.connect(url) as connection:
        for role, account_id in connection.execute(BUSIEST_ACCOUNTS).fetchall():
            if role in tokens:
                connection.execute(
                    "insert into sessions (token_sha256, account_id, expires_at)"
                    " values (%s, %s, now() + interval '1 hour')",
                    [token_sha256(tokens[role]), account_id],
                )
    return tokens


def close_sessions(url: str, tokens: dict[str, str]) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "delete from sessions where token_sha256 = any(%s)", [list(map(token_sha256, tokens.values()))]
        )


async def busiest(pool: Any, actor: Actor, zoom: int) -> list[Tile]:
    keys = {ScopeForm.UNIT: list(actor.scope.unit_ids), ScopeForm.GRIDS: list(actor.scope.grid_ids)}
    rows = await pool.fetch(
        BUSIEST_TILES.format(scope=SCOPES[actor.form]), zoom, keys.get(actor.form), TILES_A_ZOOM
    )
    return [Tile(zoom, row["tile_x"], row["tile_y"]) for row in rows]


async def measure(
    pool: asyncpg.Pool, reader: Reader, version: str, layer: str, tile: Tile, rounds: int
) -> Measured:
    """Request and statement take turns; the first of each is not counted."""
    actor, path = reader.actor, f"/tiles/{version}/{layer}/{tile.z}/{tile.x}/{tile.y}.mvt"
    asked = (
        customers_tile(actor, tile)
        if layer == "customers"
        else grids_tile(actor, tile, "SMALL", CONTRACT.map_measures)
    )
    statement = asked.of_version(version)
    requests, statements, body = [], [], b""
    for number in range(rounds + 1):
        milliseconds, body = reader.get(path)
        began = time.perf_counter()
        await pool.fetchrow(statement.text, *statement.parameters)
        if number:
            requests.append(milliseconds)
            statements.append((time.perf_counter() - began) * 1000)
    size = len(gzip.decompress(body)) if body else 0
    return Measured(statistics.median(requests), statistics.median(statements), size, len(body))


async def figures_of(url: str, address: str, tokens: dict[str, str], rounds: int) -> list[Figure]:
    found: list[Figure] = []
    place = urlsplit(address)
    async with reading_pool(url) as pool:
        version = await pool.fetchval("select value #>> '{}' from settings where name = 'tile_version'")
        for role in ROLES:
            actor = await actor_of_token(pool, tokens[role], bank_day(datetime.now(UTC)))
            assert actor is not None
            assert place.hostname is not None
            reader = Reader(actor, tokens[role], http.client.HTTPConnection(place.hostname, place.port))
            for zoom in ZOOMS:
                tiles = await busiest(pool, actor, zoom)
                for layer in ("customers", "grids"):
                    measured = [await measure(pool, reader, version, layer, tile, rounds) for tile in tiles]
                    found += shown(f"{role}, z{zoom}, {layer}", measured)
    return found


def shown(name: str, measured: list[Measured]) -> list[Figure]:
    """The slowest and the largest of some tiles."""
    return [
        at_most(f"{name}: request", max(tile.request_ms for tile in measured), "ms", LONGEST_MS),
        Figure(f"{name}: PostgreSQL", max(tile.database_ms for tile in measured), "ms"),
        at_most(f"{name}: tile", max(tile.size for tile in measured) / 1000, "kB", LARGEST_KB),
        Figure(f"{name}: over the wire", max(tile.sent for tile in measured) / 1000, "kB"),
    ]


def figures(server_url: str, customers: int, rounds: int) -> list[Figure]:
    url = county(server_url, customers)
    tokens = open_sessions(url)
    try:
        with tempfile.TemporaryDirectory(prefix="yunge-bench-") as name:
            folder = Path(name)
            with own_redis(folder) as redis_url, running(url, redis_url, folder, folder) as product:
                return asyncio.run(figures_of(url, product.address, tokens, rounds))
    finally:
        close_sessions(url, tokens)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--county", "--customers", dest="customers", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    server_url = os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"]
    is_found = kept_county(server_url, given.customers) is not None
    found = figures(server_url, given.customers, given.rounds)
    if not is_found and not given.keep:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f'drop database "{database_of(given.customers)}" with (force)')
    title = f"Tiles of {given.customers:,} customers, slowest of {TILES_A_ZOOM} busiest tiles ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
