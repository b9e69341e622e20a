"""Writing waits for nobody without end: what hangs is refused honestly, leaves nothing, and may be sent again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from api import wiring
from api.settings import Mode, Settings
from domain.shared.unit_of_work import units_of_work
from tests.api.conftest import Serve, sign_in
from tests.servers import redis_url

RECORD = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { __typename } }"""
WRITTEN = ("visits", "activities", "audit", "idempotency_keys")


def visit() -> dict[str, Any]:
    return {
        "idempotencyKey": str(uuid4()),
        "customerId": "Customer:1001",
        "startedAt": datetime.now(UTC).isoformat(),
        "outcome": "INTERESTED",
    }


def record(client: TestClient, given: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post("/graphql", json={"query": RECORD, "variables": {"input": given}})
    return answer.status_code, answer.json()


def counts(address: str) -> list[int]:
    with psycopg.connect(address) as connection:
        return [
            connection.execute(f"select count(*) from {table}").fetchone()[0]  # type: ignore[arg-type, index]
            for table in WRITTEN
        ]


@contextmanager
def a_trigger_that_hangs(address: str) -> Iterator[None]:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            """create function hang() returns trigger language plpgsql as
               $$ begin perform pg_sleep(60); return new; end $$"""
        )
        connection.execute(
            "create trigger hang before insert on activities for each row execute function hang()"
        )
        yield
        connection.execute("drop function hang cascade")


@contextmanager
def somebody_else_s_lock(address: str) -> Iterator[None]:
    with psycopg.connect(address) as connection:
        connection.execute("select from customers where id = 1001 for update")
        yield


@pytest.mark.parametrize("hold", [a_trigger_that_hangs, somebody_else_s_lock], ids=["statement", "lock"])
def test_a_visit_that_hangs_is_refused_and_recorded_when_it_is_sent_again(
    serve: Serve, own_address: str, monkeypatch: pytest.MonkeyPatch, hold: Any
) -> None:
    monkeypatch.setattr(wiring, "STATEMENT_TAKES_AT_MOST_MS", 600)
    monkeypatch.setattr(wiring, "LOCK_WAITS_AT_MOST_MS", 300)
    client = serve(mode=Mode.DEVELOPMENT, address=own_address)
    sign_in(client, "a1")
    given, before = visit(), counts(own_address)
    with hold(own_address):
        status, answer = record(client, given)
    assert status == 503
    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert answer["errors"][0]["path"] == ["recordVisit"], (
        "by its own limit, before that of the whole operation"
    )
    assert counts(own_address) == before
    assert record(client, given) == (200, {"data": {"recordVisit": {"__typename": "RecordVisitSuccess"}}})
    assert counts(own_address) == [number + 1 for number in before]


def writing(address: str, folder: Path) -> Settings:
    return Settings(database_url=address, redis_url=redis_url(), landing=folder)


async def test_the_limits_of_writing(database_url: str, tmp_path: Path) -> None:
    engine = wiring.writing_engine(writing(database_url, tmp_path))
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    async with engine.connect() as connection:
        found = [await connection.scalar(text(f"show {name}")) for name in names]
    await engine.dispose()
    assert found == ["5s", "3s", "10s"]


async def test_a_transaction_in_which_nothing_happens_is_ended_by_the_server(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was frozen in the middle of a mutation keeps no locks."""
    monkeypatch.setattr(wiring, "IDLES_AT_MOST_MS", 200)
    engine = wiring.writing_engine(writing(database_url, tmp_path))
    open_unit_of_work = units_of_work(wiring.writing_sessions(engine))
    insert = text("insert into settings (name, value) values (:name, '1')")

    async def write(name: str, pause_seconds: float) -> None:
        async with open_unit_of_work() as uow:
            await uow.session.execute(insert, {"name": name})
            await asyncio.sleep(pause_seconds)
            await uow.session.execute(text("select 1"))

    with pytest.raises(DBAPIError):
        await write("frozen", 0.6)
    await write("awake", 0)
    await engine.dispose()
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select name from settings").fetchall() == [("awake",)]


async def test_a_pool_that_is_used_up_is_told_as_such(
    serve: Serve, own_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "WRITERS", 1)
    monkeypatch.setattr(wiring, "WRITER_IS_AWAITED_SECONDS", 0.2)
    client = serve(mode=Mode.DEVELOPMENT, address=own_address)
    sign_in(client, "a1")
    with somebody_else_s_lock(own_address):
        first = asyncio.create_task(asyncio.to_thread(record, client, visit()))
        await asyncio.sleep(0.5)
        status, answer = await asyncio.to_thread(record, client, visit())
        assert (status, answer["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
    assert (await first)[0] == 200
