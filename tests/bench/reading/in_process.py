"""Compiled reads in the benchmark's own process, and what a request costs: for ratios that HTTP would blur.

Readers ask in turn, one request each, so that whatever else the machine does meets all of them alike. Each has a
connection of his own, as `api.app.reading_pool` opens it. Processor time is that of this process around the request
(variables, statement, driver) and that of the process of PostgreSQL behind the connection.
"""

import json
import statistics
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from time import monotonic, process_time
from typing import Any

import asyncpg

from api.app import reading_pool, settled
from api.auth.known import Known, KnownSessions
from api.auth.sessions import actor_of_token
from domain.shared.calendar import bank_day
from domain.shared.sign_in import token_sha256
from schema.documents import register
from schema.engine.compiled.document import CompiledDocument, Compiler, is_whole
from schema.root import COMPILER, CONTRACT
from schema.view import View
from tests.bench.reading.county import token_of
from tests.bench.reading.load import processor_s

PAGES = 20
Variables = dict[str, Any]


@dataclass(frozen=True)
class Cost:
    """Of one request, the mean of a round."""

    own_ms: float
    database_ms: float

    @property
    def processor_ms(self) -> float:
        return self.own_ms + self.database_ms


@dataclass(frozen=True)
class Reader:
    """Somebody who asks one document, one set of variables after the other."""

    connection: asyncpg.Connection
    document: CompiledDocument
    view: View
    values: Mapping[str, Any]
    requests: Sequence[Variables] = ({},)

    async def read(self, variables: Variables) -> bytes:
        """Ends the benchmark where the product would answer by its ordinary executor."""
        coerced = self.document.coerced(variables)
        assert coerced is not None
        statement = self.document.statement(self.view, coerced)
        answer: bytes | None = await self.connection.fetchval(
            statement.text, *statement.parameters(coerced, self.values)
        )
        if answer is None or not is_whole(answer):
            raise SystemExit(f"No answer for {self.view} with {variables}: {answer!r}")
        return answer

    async def read_all(self) -> list[bytes]:
        """Every request once, so that nothing is read for the first time while it is measured."""
        return [await self.read(variables) for variables in self.requests]

    async def full_pages(self) -> list[Variables]:
        """Variables of the first pages, as long as another page follows; of the first one where none does."""
        found: list[Variables] = []
        after = None
        while len(found) < PAGES:
            page = page_of(await self.read({"after": after}))["pageInfo"]
            if not page["hasNextPage"]:
                break
            found.append({"after": after})
            after = page["endCursor"]
        return found or [{"after": None}]


def page_of(answer: bytes) -> Any:
    """The connection that is the only root field of an answer."""
    (connection,) = json.loads(answer)["data"].values()
    return connection


def compiled(text: str, compiler: Compiler = COMPILER) -> CompiledDocument:
    document = register(CONTRACT, text, compiler)
    if document.compiled is None:
        raise SystemExit(f"{document.name} is not compiled: {document.not_compiled}")
    return document.compiled


@asynccontextmanager
async def reading(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """One connection with the settings of the product's."""
    async with reading_pool(database_url) as pool, pool.acquire() as connection:
        yield connection


async def known(connection: asyncpg.Connection, account: str) -> Known:
    """Who an account of the prepared county is, as the product remembers it."""
    token, today = token_of(account), bank_day(datetime.now(UTC))
    actor = await actor_of_token(connection, token, today)
    if actor is None:
        raise SystemExit(f"{account} is not signed in.")
    return KnownSessions().keep(token_sha256(token), today, actor)


async def in_turn(readers: Mapping[str, Reader], seconds: float) -> dict[str, Cost]:
    """One round of about so many seconds a reader."""
    processes = {name: [reader.connection.get_server_pid()] for name, reader in readers.items()}
    before = {name: processor_s(pids) for name, pids in processes.items()}
    own_s = dict.fromkeys(readers, 0.0)
    until = monotonic() + seconds * len(readers)
    for turn in count(1):
        for name, reader in readers.items():
            began = process_time()
            await reader.read(reader.requests[turn % len(reader.requests)])
            own_s[name] += process_time() - began
        if monotonic() >= until:
            break
    return {
        name: Cost(own_s[name] * 1000 / turn, (processor_s(pids) - before[name]) * 1000 / turn)
        for name, pids in processes.items()
    }


@dataclass(frozen=True)
class Rounds:
    """By reader, a cost a round."""

    costs: Mapping[str, Sequence[Cost]]

    def ratio(self, one: str, other: str) -> float:
        """The median of the rounds' own ratios: readers took turns within each."""
        pairs = zip(self.costs[one], self.costs[other], strict=True)
        return statistics.median(a.processor_ms / b.processor_ms for a, b in pairs)

    def processor_ms(self, reader: str) -> float:
        return statistics.median(cost.processor_ms for cost in self.costs[reader])


async def take_rounds(name: str, readers: Mapping[str, Reader], rounds: int, seconds: float) -> Rounds:
    for reader in readers.values():
        await reader.read_all()
    costs: dict[str, list[Cost]] = {who: [] for who in readers}
    with settled():
        for turn in range(rounds):
            for who, cost in (await in_turn(readers, seconds)).items():
                costs[who].append(cost)
                print(
                    f"  {turn + 1}/{rounds} {name:22} {who:24}"
                    f" {cost.processor_ms:8.3f} ms ({cost.own_ms:.3f} + {cost.database_ms:.3f})",
                    flush=True,
                )
    return Rounds(costs)
