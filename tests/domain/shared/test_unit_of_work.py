"""One mutation, one transaction: rows, jobs, keys and audit rows together or not at all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.shared import audit
from domain.shared.errors import DomainError
from domain.shared.idempotency import IdempotencyKeyReused, answer_once
from domain.shared.nights import NightRunning, open_night
from domain.shared.outbox import Job
from domain.shared.principal import Principal, PrincipalKind
from domain.shared.unit_of_work import OpenUnitOfWork, units_of_work

DAY = date(2026, 11, 20)


class Rung:
    """Counts bells."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def bell() -> Rung:
    return Rung()


@pytest.fixture
async def open_unit_of_work(database_url: str, bell: Rung) -> AsyncIterator[OpenUnitOfWork]:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    yield units_of_work(async_sessionmaker(engine, expire_on_commit=False), bell)
    await engine.dispose()


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return row[0]


async def test_row_job_and_audit_are_committed_together_and_the_bell_rings(
    open_unit_of_work: OpenUnitOfWork, database_url: str, bell: Rung
) -> None:
    async with open_unit_of_work() as uow:
        run = await open_night(uow, DAY)
        await audit.record(uow, by=Principal.staff(1), action="nights.start", subject=f"NightRun:{run.id}")
        assert bell.times == 0
    assert run.state == "RUNNING"
    assert [count(database_url, table) for table in ("night_runs", "outbox", "audit")] == [1, 1, 1]
    assert bell.times == 1


async def test_a_refusal_leaves_nothing_and_rings_no_bell(
    open_unit_of_work: OpenUnitOfWork, database_url: str, bell: Rung
) -> None:
    async def be_refused() -> None:
        async with open_unit_of_work() as uow:
            await open_night(uow, DAY)
            raise DomainError("不行")

    with pytest.raises(DomainError, match="不行"):
        await be_refused()
    assert [count(database_url, table) for table in ("night_runs", "outbox")] == [0, 0]
    assert bell.times == 0


async def test_ten_nights_at_once_are_one(open_unit_of_work: OpenUnitOfWork, database_url: str) -> None:
    async def start() -> bool:
        try:
            async with open_unit_of_work() as uow:
                await open_night(uow, DAY)
        except NightRunning:
            return False
        return True

    assert sum(await asyncio.gather(*(start() for _ in range(10)))) == 1
    assert count(database_url, "night_runs") == 1


async def test_a_key_answers_once_even_when_ten_ask_at_once(
    open_unit_of_work: OpenUnitOfWork, database_url: str
) -> None:
    key, acted = uuid4(), []

    async def ask(body: dict[str, object]) -> dict[str, object]:
        async with open_unit_of_work() as uow:

            async def act() -> dict[str, object]:
                acted.append(body)
                uow.outbox.add(Job("work", key=str(uuid4())))
                return {"visit_id": len(acted)}

            return await answer_once(
                uow, by=Principal.staff(7), key=key, operation="recordVisit", body=body, act=act
            )

    answers = await asyncio.gather(*(ask({"a": 1, "b": 2}) for _ in range(10)))
    assert answers == [{"visit_id": 1}] * 10
    assert await ask({"b": 2, "a": 1}) == {"visit_id": 1}, "the order of fields is nothing"
    with pytest.raises(IdempotencyKeyReused, match="IDEMPOTENCY_KEY_REUSED"):
        await ask({"a": 2})
    assert len(acted) == 1
    assert count(database_url, "outbox") == 1


async def test_a_refused_act_leaves_its_key_free(open_unit_of_work: OpenUnitOfWork) -> None:
    key = uuid4()

    async def refuse() -> dict[str, object]:
        raise DomainError("今天不行")

    async def allow() -> dict[str, object]:
        return {"done": True}

    with pytest.raises(DomainError, match="今天不行"):
        async with open_unit_of_work() as uow:
            await answer_once(uow, by=Principal.staff(1), key=key, operation="x", body={}, act=refuse)
    async with open_unit_of_work() as uow:
        assert await answer_once(uow, by=Principal.staff(1), key=key, operation="x", body={}, act=allow) == {
            "done": True
        }


async def test_keys_of_two_actors_do_not_meet(open_unit_of_work: OpenUnitOfWork) -> None:
    """Nor do those of a member of staff and a partner whose ids are the same number."""
    key = uuid4()
    for actor in (Principal.staff(1), Principal.staff(2), Principal(PrincipalKind.PARTNER, 1)):

        async def act(actor: Principal = actor) -> dict[str, object]:
            return {"actor": str(actor)}

        async with open_unit_of_work() as uow:
            answer = await answer_once(uow, by=actor, key=key, operation="x", body={}, act=act)
            assert answer == {"actor": str(actor)}
