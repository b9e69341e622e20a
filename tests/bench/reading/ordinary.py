"""How many lists a second the ordinary executor answers: what a document that cannot be compiled would get."""

import asyncio
import statistics
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, at_least
from tests.bench.reading import servers
from tests.bench.reading.county import token_of
from tests.bench.reading.documents import LIST
from tests.bench.reading.in_process import Reader, Variables, compiled, known, reading
from tests.bench.reading.load import Measured, as_body, run_load

ACCOUNT = "outlet1"
CLIENTS = 16


def figures(database_url: str, redis_url: str, rounds: int, seconds: float) -> list[Figure]:
    bodies = [
        as_body(documentId="bench-list", variables=variables)
        for variables in asyncio.run(_pages(database_url))
    ]
    with (
        tempfile.TemporaryDirectory(prefix="yunge-bench-") as folder,
        servers.yunge(database_url, redis_url, Path(folder), "ordinary") as server,
    ):
        found = [_round(turn, server, bodies, seconds, database_url) for turn in range(rounds)]
    return _figures(found)


def _round(
    turn: int, server: servers.Server, bodies: list[str], seconds: float, database_url: str
) -> Measured:
    measured = run_load(
        server.url + "/graphql",
        bodies,
        clients=CLIENTS,
        seconds=seconds,
        server=server.pid,
        database_url=database_url,
        token=token_of(ACCOUNT),
    )
    print(
        f"  {turn + 1}: ordinary executor, {measured.per_second:.0f}/s,"
        f" {measured.processor_ms:.3f} ms ({measured.server_ms:.3f} + {measured.database_ms:.3f})",
        flush=True,
    )
    return measured


def _figures(found: list[Measured]) -> list[Figure]:
    per_second = statistics.median(one.per_second for one in found)
    processor_ms = statistics.median(one.processor_ms for one in found)
    return [
        at_least(f"list of 50: the ordinary executor, {CLIENTS} clients", per_second, "a second", 100),
        Figure("list of 50: processor time of the ordinary executor", processor_ms, "ms"),
    ]


async def _pages(database_url: str) -> list[Variables]:
    """Both executors read the same cursors."""
    async with reading(database_url) as connection:
        who = await known(connection, ACCOUNT)
        return await Reader(connection, compiled(LIST), who.view, who.values).full_pages()
