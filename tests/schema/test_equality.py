"""Both executors on the same bank: every registered document, and documents that nobody wrote.

`YUNGE_SEED` repeats a run; it is printed, and a failure is shrunk to the smallest document that still fails.
"""

import asyncio
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import asyncpg
import psycopg
import pytest
from graphql import OperationType
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import create_async_engine

from api.app import MANIFEST
from domain.performance.sums import sum_customers
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from schema.customers.areas import AREA_SAMPLE
from schema.documents import load_registry
from schema.engine.compiled.document import CompiledDocument
from schema.rights import check_permissions
from schema.root import COMPILER, CONTRACT, TYPES, schema
from schema.view import values_of, view_of
from tests.databases import database_of
from tests.people import actor_in
from tests.schema.bank import DATA_DATE, NOW, Bank
from tests.schema.both_ways import Asked, Compared, answer_compiled, compare
from tests.schema.conftest import Ask
from tests.schema.documents import World, documents, variables_of

SEED = int(os.environ.get("YUNGE_SEED", random.randrange(2**32)))
UNGUARDED = replace(COMPILER, guard=lambda _view: None, views=())
"""Who asks is given by the test; the guard of the sessions is tested through HTTP."""
VARIABLES_A_DOCUMENT = 3
REGISTRY = load_registry(CONTRACT, MANIFEST)
WORKED_OUT = {
    "MapRouteDaysQuery",
    "MapRouteInsideQuery",
    "OpeningRouteQuery",
    "OwnershipRouteQuery",
    "PlanRouteQuery",
    "PlansRouteQuery",
    "SourcesRouteAdapterQuery",
    "SourcesRouteQuery",
    "SourcesRouteVersionsQuery",
    "useAdapterCheckQuery",
    "useMapRouteDaysQuery",
    "usePlanNewsQuery",
    "useTrialQuery",
}
"""Documents with a field that a function answers, so that there is no second executor to hold against it. None of them
is a page that everybody opens in the morning."""
READS = {
    document.name: document
    for document in REGISTRY.documents.values()
    if document.operation.operation is OperationType.QUERY and document.name not in WORKED_OUT
}
ACTORS = ("head", "outlet_a", "outlet_b", "outlet_d", "a1", "b1", "c1", "d1", "bare", "admin")
"""Ten people in the head office and four outlets."""


@dataclass(frozen=True)
class WideBank:
    """The small bank with a fourth outlet, and everybody who asks."""

    address: str
    bank: Bank
    actors: dict[str, Actor]
    ids: list[str]


@pytest.fixture(scope="session")
def wide_bank(small_bank: tuple[str, Bank], make_database: Callable[..., str]) -> WideBank:
    address, bank = small_bank
    wide = make_database(database_of(address))
    with psycopg.connect(wide) as connection:
        grid, staff, unit = _fourth_outlet(connection, bank)
        _awkward_texts(connection)
        actors = {name: bank.actor(name) for name in ACTORS if not name.endswith(("_d", "d1"))}
        for name, account in _accounts(connection, staff).items():
            actors[name] = actor_in(connection, account, bank_day(NOW))
    ids = [
        *(f"Customer:{key}" for key in (1000, 1001, 1003, 1055, 3003, 4010, 9000, 9001, 77777777)),
        *(f"Grid:{key}" for key in (*bank.grids.values(), grid)),
        *(f"Visit:{key}" for key in bank.visits.values()),
        *(f"OrgUnit:{key}" for key in (*bank.units.values(), unit)),
        *(f"Staff:{key}" for key in (bank.staff["a1"], bank.staff["c1"], staff["d1"])),
        "Batch:1",
        "NightRun:1",
        "Nothing:1",
        "Customer:x",
        "",
    ]
    return WideBank(wide, bank, actors, ids)


def _accounts(connection: psycopg.Connection, staff: dict[str, int]) -> dict[str, int]:
    rows = connection.execute(
        """insert into accounts (account, staff_id, password_hash, failed_attempts)
           select number, id, '$unusable', 0 from staff where id = any(%s) returning account, id""",
        [list(staff.values())],
    )
    return dict(rows.fetchall())


def _fourth_outlet(connection: psycopg.Connection, bank: Bank) -> tuple[int, dict[str, int], int]:
    """Outlet D takes over twenty customers of outlet C."""

    def one(sql: str, *values: Any) -> int:
        row = connection.execute(sql, values).fetchone()
        assert row is not None
        key: int = row[0]
        return key

    unit = one(
        "insert into org_units (code, name, kind, parent_id) values ('0004', 'D支行', 'OUTLET', %s) returning id",
        bank.units["head"],
    )
    staff = {
        name: one(
            "insert into staff (number, name, role, org_unit_id, is_active) values (%s, %s, %s, %s, true) returning id",
            name,
            f"员工{name}",
            role,
            unit,
        )
        for name, role in (("outlet_d", "OUTLET_MANAGER"), ("d1", "CUSTOMER_MANAGER"))
    }
    grid = one(
        """insert into grids (plan_id, code, name, level, parent_id, org_unit_id, town_code, area_m2)
           select plan_id, 'S-9', '网格g9', 'SMALL', parent_id, %s, town_code, area_m2 from grids where id = %s
           returning id""",
        unit,
        bank.grids["g4"],
    )
    connection.execute(
        "insert into grid_boundaries select %s, boundary_wgs84, boundary_3857 from grid_boundaries where grid_id = %s",
        [grid, bank.grids["g4"]],
    )
    connection.execute(
        "insert into posts (grid_id, staff_id, role, from_on) values (%s, %s, 'A', '2026-01-01')",
        [grid, staff["d1"]],
    )
    connection.execute(
        "update customers set grid_id = %s, org_unit_id = %s, owner_id = %s where id between 4000 and 4019",
        [grid, unit, staff["d1"]],
    )
    sum_customers(connection, DATA_DATE, 6)
    return grid, staff, unit


def _awkward_texts(connection: psycopg.Connection) -> None:
    """What a careless writer of JSON would break on."""
    for key, name in ((1001, 'quo"te'), (2001, "back\\slash"), (3001, "tab\tline\n"), (4001, "🏦\x7f\x1f")):
        connection.execute("update customers set name = %s where id = %s", [name, key])


@dataclass(frozen=True)
class BothWays:
    """One bank on a loop of its own: hypothesis draws in plain functions."""

    wide: WideBank
    ask: Ask
    run: Callable[[Any], Any]

    def compare(self, asked: Asked, document: CompiledDocument, who: str) -> Compared:
        return self.run(self._compare(asked, document, who))  # type: ignore[no-any-return]

    async def _compare(self, asked: Asked, document: CompiledDocument, who: str) -> Compared:
        actor = self.wide.actors[who]
        context = self.ask.context(actor)
        compiled = await answer_compiled(
            document, asked, view_of(actor), values_of(actor, context.today), self._fetch
        )
        return compare(asked, compiled, await self.ask(actor, asked.text, **asked.variables))

    async def _fetch(self, text: str, parameters: list[Any]) -> Any:
        return await self.ask.pool.fetchval(text, *parameters)


@contextmanager
def both_ways(wide: WideBank) -> Iterator[BothWays]:
    async def open_pool() -> Any:
        return await asyncpg.create_pool(
            wide.address, min_size=1, max_size=4, server_settings={"timezone": "UTC"}
        )

    engine = create_async_engine(wide.address.replace("postgresql://", "postgresql+asyncpg://", 1))
    with asyncio.Runner() as runner:
        pool = runner.run(open_pool())
        try:
            yield BothWays(wide, Ask(wide.bank, pool, engine, NOW), runner.run)
        finally:
            runner.run(pool.close())


def world_of(wide: WideBank) -> World:
    scalars = {
        "Fen": st.sampled_from([0, 1, 10_000_000, 2**40]),
        "Date": st.sampled_from(["2026-11-20", "2026-11-21", "2026-10-01"]),
        "DateTime": st.just("2026-11-20T09:30:00+08:00"),
        "UUID": st.uuids().map(str),
        "Area": st.sampled_from([AREA_SAMPLE, {"type": "Point"}]),
    }
    texts = ["客户", "王客户1", "贸易", "1001", "13800001001", "%", "", "新桥村", '"', "A"]
    return World(schema._schema, TYPES, wide.ids, texts, scalars, ["WyJrZXkrIiwgMTAxMF0=", "x"])


def may_ask(wide: WideBank, who: str, permissions: tuple[str, ...]) -> bool:
    try:
        check_permissions(wide.actors[who], permissions)
    except Exception:
        return False
    return True


QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
PHASES = (Phase.generate, Phase.shrink)


@pytest.mark.parametrize("name", READS)
def test_every_registered_document_is_answered_alike(wide_bank: WideBank, name: str) -> None:
    """Three sets of variables, for everybody who may ask it."""
    print(f"YUNGE_SEED={SEED}")
    registered = READS[name]
    text = text_of(name)
    document = UNGUARDED.document(registered.node, registered.operation)
    definitions = registered.operation.variable_definitions or ()
    rounds = VARIABLES_A_DOCUMENT if definitions else 1
    with both_ways(wide_bank) as both:

        @seed(SEED)
        @settings(max_examples=rounds, phases=PHASES, **QUIET)
        @given(variables_of(world_of(wide_bank), definitions))
        def agree(variables: dict[str, Any]) -> None:
            note(f"YUNGE_SEED={SEED}")
            for who in ACTORS:
                if may_ask(wide_bank, who, registered.permissions):
                    both.compare(Asked.of(UNGUARDED, text, variables), document, who)

        agree()


def text_of(name: str) -> str:
    texts = json.loads(MANIFEST.read_text()).values()
    return next(text for text in texts if f"query {name}" in text)


def test_all_documents_of_desk_and_phone_but_these_are_compiled() -> None:
    compiled = load_registry(CONTRACT, MANIFEST, compiler=COMPILER)
    reasons = {
        document.name: document.not_compiled
        for document in compiled.documents.values()
        if document.compiled is None and document.operation.operation is OperationType.QUERY
    }
    assert reasons.keys() == WORKED_OUT
    assert all(reason and reason.endswith("is not read from tables") for reason in reasons.values())
    assert len(READS) >= 20


def agree_on_random_documents(wide: WideBank, people: list[str], count: int) -> None:
    with both_ways(wide) as both:

        @seed(SEED)
        @settings(max_examples=count, phases=PHASES, **QUIET)
        @given(documents(world_of(wide)))
        def agree(drawn: tuple[str, dict[str, Any]]) -> None:
            text, variables = drawn
            note(f"YUNGE_SEED={SEED}")
            asked = Asked.of(UNGUARDED, text, variables)
            document = UNGUARDED.document(asked.node, asked.operation)
            for who in people:
                note(f"as {who}")
                both.compare(asked, document, who)

        agree()


def test_random_documents_are_answered_alike(wide_bank: WideBank) -> None:
    """60 documents for two people."""
    print(f"YUNGE_SEED={SEED}")
    agree_on_random_documents(wide_bank, ["a1", "head"], 60)


@pytest.mark.slow("documents")
def test_many_random_documents_are_answered_alike(wide_bank: WideBank) -> None:
    """2,000 documents."""
    print(f"YUNGE_SEED={SEED}")
    agree_on_random_documents(wide_bank, ["a1", "outlet_b"], 2_000)
