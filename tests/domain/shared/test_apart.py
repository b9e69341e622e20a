"""Work in a thread: the loop is free meanwhile, and nothing runs on after whoever waited has gone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from domain.shared.apart import Abandoned, in_a_thread
from domain.shared.rows import Rows

LIMIT = "select current_setting('idle_in_transaction_session_timeout')"


@pytest.fixture(scope="module")
def url(make_database: Callable[..., str]) -> str:
    return make_database()


@pytest.fixture
async def session(url: str) -> AsyncIterator[AsyncSession]:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with AsyncSession(engine) as session:
        yield session
    await engine.dispose()


async def test_the_loop_is_free_and_statements_are_of_the_transaction(session: AsyncSession) -> None:
    is_free = threading.Event()

    def act(rows: Rows) -> list[object]:
        rows.execute("create temp table noted on commit drop as select 1 as n")
        assert is_free.wait(10), "whoever else asks is answered meanwhile"
        return [rows.execute("select n + %(more)s from noted", {"more": 1}), rows.execute(LIMIT)]

    async def another() -> None:
        is_free.set()

    found, _ = await asyncio.gather(in_a_thread(session, act), another())
    assert found == [[(2,)], [("2min",)]]
    with pytest.raises(ZeroDivisionError):
        await in_a_thread(session, lambda _rows: 1 // 0)


async def test_whoever_has_gone_leaves_no_statement_behind(session: AsyncSession) -> None:
    has_begun, has_gone = asyncio.Event(), threading.Event()
    loop, ended = asyncio.get_running_loop(), []

    def act(rows: Rows) -> None:
        loop.call_soon_threadsafe(has_begun.set)
        assert has_gone.wait(10)
        try:
            rows.execute("select 1")
        except Abandoned:
            ended.append("abandoned")
            raise

    waiting = asyncio.create_task(in_a_thread(session, act))
    await has_begun.wait()
    waiting.cancel()
    loop.call_soon(has_gone.set)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended == ["abandoned"]
