"""The store on a real PostgreSQL, asked by both executors."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import psycopg
import pytest
from graphql import ExecutionResult, execute

from schema.engine.compiled.document import CompiledDocument, Compiler
from schema.engine.mapping import TypeMap, Types, types_of
from schema.engine.plain.executor import Reader, install
from schema.engine.plans import Plans
from tests.databases import url_of
from tests.schema.both_ways import Asked, Compared, answer_compiled, compare
from tests.schema.engine import store_mapping
from tests.schema.engine.store import PEOPLE, Person, make_schema, make_tables
from tests.servers import database_server_url


@pytest.fixture(scope="session")
def store_address() -> Any:
    """A database with the store's tables alone."""
    from uuid import uuid4

    name = f"yunge_store_{uuid4().hex[:12]}"
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute(f'create database "{name}"')
    make_tables(url_of(name))
    yield url_of(name)
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute(f'drop database if exists "{name}" with (force)')


@dataclass
class Store:
    """Asks as somebody, both ways."""

    pool: Any
    compiler: Compiler
    statements: list[str] = field(default_factory=list)

    async def fetch(self, text: str, parameters: list[Any]) -> Any:
        self.statements.append(text)
        return await self.pool.fetchval(text, *parameters)

    async def ordinary(self, asked: Asked, who: Person) -> ExecutionResult:
        plans = Plans.of(self.compiler.schema, asked.operation)
        context = Reader(who.view, who.values, plans, self.fetch)
        found = execute(
            self.compiler.schema, asked.node, context_value=context, variable_values=dict(asked.variables)
        )
        return found if isinstance(found, ExecutionResult) else await found

    def document(self, text: str, **variables: Any) -> tuple[Asked, CompiledDocument]:
        asked = Asked.of(self.compiler, text, variables)
        return asked, self.compiler.document(asked.node, asked.operation)

    async def both(self, who: str, text: str, **variables: Any) -> Compared:
        asked, document = self.document(text, **variables)
        person = PEOPLE[who]
        compiled = await answer_compiled(document, asked, person.view, person.values, self.fetch)
        return compare(asked, compiled, await self.ordinary(asked, person))

    async def data(self, who: str, text: str, **variables: Any) -> Any:
        """The common answer of a document that has to be compiled."""
        found = await self.both(who, text, **variables)
        assert found.is_compiled, found.errors
        return found.data


def compiler_of(types: Types) -> Compiler:
    schema = make_schema()
    install(schema, types, lambda info, _source: info.context)
    return Compiler(schema, types, store_mapping.PASSING, samples={"Date": "2020-01-01"})


def with_field(type_name: str, name: str, declared: Any) -> Types:
    """The store's types with one declaration replaced."""
    from dataclasses import replace

    types = dict(store_mapping.TYPES)
    found = types[type_name]
    assert isinstance(found, TypeMap)
    types[type_name] = replace(found, fields={**found.fields, name: declared})
    return types_of(*types.values())


@pytest.fixture
async def store(store_address: str) -> AsyncIterator[Store]:
    async with asyncpg.create_pool(store_address, min_size=1, max_size=2) as pool:
        yield Store(pool, compiler_of(store_mapping.TYPES))


OpenStore = Callable[[Types], Store]


@pytest.fixture
def store_of(store: Store) -> OpenStore:
    """The same rows behind other declarations."""
    return lambda types: Store(store.pool, compiler_of(types))
