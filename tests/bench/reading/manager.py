"""What a scope of many branches costs: a customer manager's page, merged over his grids, beside the bank-wide one."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from tests.bench.figures import Figure, at_most
from tests.bench.reading.documents import LIST
from tests.bench.reading.in_process import Reader, compiled, known, reading, take_rounds

MANAGER, HEAD = "manager1", "head"


def figures(database_url: str, rounds: int, seconds: float) -> list[Figure]:
    return asyncio.run(_measured(database_url, rounds, seconds))


async def _measured(database_url: str, rounds: int, seconds: float) -> list[Figure]:
    document = compiled(LIST)
    readers = {}
    grids = 0
    async with AsyncExitStack() as stack:
        for account in (MANAGER, HEAD):
            connection = await stack.enter_async_context(reading(database_url))
            who = await known(connection, account)
            assert who.actor is not None
            grids = max(grids, len(who.actor.scope.grid_ids))
            reader = Reader(connection, document, who.view, who.values)
            readers[account] = replace(reader, requests=await reader.full_pages())
        found = await take_rounds("list of 50", readers, rounds, seconds)
    name = f"list of 50: a manager's page over {grids} grids / the bank-wide page"
    return [
        at_most(name, found.ratio(MANAGER, HEAD), "×", 2),
        Figure("list of 50: the bank-wide page, in the process", found.processor_ms(HEAD), "ms"),
    ]
