"""A template database with the small bank; each test that writes takes a clone of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import psycopg
import pytest
from graphql import ExecutionResult, execute, parse, validate
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from domain.shared.actor import Actor
from domain.shared.rooms import House
from domain.shared.unit_of_work import units_of_work
from schema.context import Context
from schema.contract import Contract
from schema.house import HOUSE
from schema.root import CONTRACT
from schema.view import values_of, view_of
from tests.databases import database_of
from tests.schema.bank import NOW, Bank, fill
from tests.schema.both_ways import Asked, Compared, answer_compiled, compare


@pytest.fixture(scope="session")
def small_bank(make_database: Callable[..., str]) -> tuple[str, Bank]:
    """The address of a database with the small bank, for tests that only read."""
    address = make_database()
    with psycopg.connect(address) as connection:
        bank = fill(connection)
    return address, bank


@dataclass
class Ask:
    """Runs operations as somebody and keeps every statement that was run."""

    bank: Bank
    pool: asyncpg.Pool
    engine: AsyncEngine
    now: datetime = NOW
    contract: Contract = CONTRACT
    house: House = HOUSE
    landing: Path | None = None
    statements: list[str] = field(default_factory=list)

    async def __call__(self, who: str | Actor | None, document: str, **variables: Any) -> ExecutionResult:
        actor = self.bank.actor(who) if isinstance(who, str) else who
        parsed = parse(document)
        schema = self.contract.graphql
        wrong = validate(schema, parsed)
        assert wrong == [], wrong
        result = execute(schema, parsed, context_value=self.context(actor), variable_values=variables)
        return await result if isinstance(result, Awaitable) else result

    async def data(self, who: str | Actor | None, document: str, **variables: Any) -> Any:
        result = await self(who, document, **variables)
        assert result.errors is None, [error.original_error or error for error in result.errors]
        return result.data

    async def both_ways(self, who: str, document: str, **variables: Any) -> Compared:
        """The common answer of both executors, or the errors for which the compiled one gave way."""
        compiler = replace(self.contract.compiler, guard=lambda _view: None, views=())
        asked = Asked.of(compiler, document, variables)
        actor = self.bank.actor(who)
        context = self.context(actor)
        made = compiler.document(asked.node, asked.operation)
        values = values_of(actor, context.today)
        compiled = await answer_compiled(made, asked, view_of(actor), values, context.fetch)
        return compare(asked, compiled, await self(who, document, **variables))

    def context(self, actor: Actor | None) -> Context:
        async def fetch(text: str, parameters: list[Any]) -> str | None:
            self.statements.append(text)
            answer: str | None = await self.pool.fetchval(text, *parameters)
            return answer

        async def carry_out(text: str, parameters: list[Any]) -> asyncpg.Record | None:
            return await self.pool.fetchrow(text, *parameters)

        async def nobody_signs_in(_account: str, _password: str) -> Actor:
            raise AssertionError("signing in is tested through HTTP")

        async def sign_out() -> bool:
            return False

        return Context(
            actor=actor,
            now=self.now,
            open_unit_of_work=units_of_work(async_sessionmaker(self.engine, expire_on_commit=False)),
            carry_out=carry_out,
            fetch=fetch,
            sign_in_with=nobody_signs_in,
            sign_out_of=sign_out,
            landing=self.landing,
            house=self.house,
        )


@pytest.fixture
async def ask(small_bank: tuple[str, Bank]) -> AsyncIterator[Ask]:
    address, bank = small_bank
    async for one in asking(address, bank):
        yield one


@pytest.fixture
async def ask_own(small_bank: tuple[str, Bank], lend_database: Callable[..., str]) -> AsyncIterator[Ask]:
    """The same bank in a database of the test's own."""
    address, bank = small_bank
    async for one in asking(lend_database(database_of(address)), bank):
        yield one


async def asking(address: str, bank: Bank) -> AsyncIterator[Ask]:
    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with asyncpg.create_pool(
        address, min_size=1, max_size=4, server_settings={"timezone": "UTC"}
    ) as pool:
        yield Ask(bank, pool, engine)
    await engine.dispose()
