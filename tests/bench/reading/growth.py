"""What ten times the customers cost one read: the same requests to both kept counties, in turn."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import asyncpg
import psycopg

from api.app import MANIFEST
from tests.bench.counties import customers_of, kept_county
from tests.bench.figures import Figure, at_most
from tests.bench.reading import works
from tests.bench.reading.county import UNVISITED, prepared
from tests.bench.reading.documents import LIST, WIDE
from tests.bench.reading.in_process import Reader, Rounds, Variables, compiled, known, reading, take_rounds

SMALLER = 100_000
SMALL, LARGE = "small county", "large county"
PAGED = {"list of 50": LIST, "500 × 12": WIDE}


def figures(database_url: str, rounds: int, seconds: float) -> list[Figure]:
    """None, with a sentence, where there are no two counties."""
    if customers_of(database_url) <= SMALLER:
        print(f"  Growth is left out: it is measured from {SMALLER:,} customers to more.")
        return []
    smaller = kept_county(database_url, SMALLER)
    if smaller is None:
        print(f"  Growth is left out: no county of {SMALLER:,} customers is kept. First: ./yunge bench night"
              f" --customers {SMALLER} --alone --keep")  # fmt: skip
        return []
    with prepared(smaller):
        found = asyncio.run(_measured({SMALL: smaller, LARGE: database_url}, rounds, seconds))
    return list(_figures(found))


def _figures(measured: dict[str, Rounds]) -> Iterator[Figure]:
    for name, found in measured.items():
        yield at_most(f"{name}: growth from {SMALLER:,} customers", found.ratio(LARGE, SMALL), "×", 1.5)
        yield Figure(f"{name}: at {SMALLER:,} customers, in the process", found.processor_ms(SMALL), "ms")


async def _measured(counties: dict[str, str], rounds: int, seconds: float) -> dict[str, Rounds]:
    found: dict[str, Rounds] = {}
    async with AsyncExitStack() as stack:
        asked = {}
        for county, url in counties.items():
            connection = await stack.enter_async_context(reading(url))
            asked[county] = await _readers(url, connection)
        for name in asked[SMALL]:
            pair = _alike({county: readers[name] for county, readers in asked.items()})
            found[name] = await take_rounds(name, pair, rounds, seconds)
    return found


async def _readers(database_url: str, connection: asyncpg.Connection) -> dict[str, Reader]:
    """One for each read, all of the same outlet."""
    manifest: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    who = await known(connection, UNVISITED)
    assert who.actor is not None

    def asking(text: str) -> Reader:
        return Reader(connection, compiled(text), who.view, who.values)

    def registered(name: str) -> Reader:
        return asking(manifest[works.document_id(manifest, name)])

    found = {
        "360 view": replace(
            registered("CustomerRouteQuery"), requests=_customers(database_url, who.actor.org_unit_id)
        )
    }
    for name, text in PAGED.items():
        reader = asking(text)
        found[name] = replace(reader, requests=await reader.full_pages())
    return {**found, "dashboard": registered("DashboardRouteQuery")}


def _customers(database_url: str, org_unit_id: int) -> list[Variables]:
    with psycopg.connect(database_url) as connection:
        rows: list[Any] = connection.execute(works.IDS_OF_OUTLET, [org_unit_id]).fetchall()
    return [{"id": f"Customer:{row[0]}"} for row in rows]


def _alike(pair: dict[str, Reader]) -> dict[str, Reader]:
    """As many requests of the one county as of the other: a small one has fewer pages."""
    shared = min(len(reader.requests) for reader in pair.values())
    return {county: replace(reader, requests=reader.requests[:shared]) for county, reader in pair.items()}
