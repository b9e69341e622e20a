"""Work of seconds inside a mutation, in a thread: the loop of the API answers others meanwhile.

The statements still run on the session's connection, which belongs to the loop: the thread has each one run there and
waits for it. Whoever computes between two of them may take longer than a transaction may otherwise lie idle.

Measured: to compare 30,000 square atoms takes 2.0 s, of which the loop waited 1.8 s, and 0.02 s beside it. Python lets
the loop in between the calls of shapely.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy import Result, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.shared.rows import Found, Parameters, Rows, for_a_session

Answer = TypeVar("Answer")

IDLES_AT_MOST = "120s"
"""Between two statements of such a transaction; elsewhere it is ten seconds."""


class Abandoned(Exception):
    """Nobody waits for the work any longer."""


class RowsApart:
    """The rows of a session for a thread that is not its loop's."""

    def __init__(self, session: AsyncSession, loop: asyncio.AbstractEventLoop) -> None:
        self._session, self._loop = session, loop
        self._is_abandoned = False

    def abandon(self) -> None:
        self._is_abandoned = True

    def execute(self, query: str, parameters: Parameters | None = None) -> list[Found]:
        statement = for_a_session(query)

        async def run() -> Result[tuple[object, ...]]:
            if self._is_abandoned:
                raise Abandoned
            return await self._session.execute(statement, dict(parameters or {}))

        result = asyncio.run_coroutine_threadsafe(run(), self._loop).result()
        return [tuple(row) for row in result] if result.returns_rows else []  # type: ignore[attr-defined]

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Found]:
        yield from self.execute(query, parameters)


async def in_a_thread(session: AsyncSession, act: Callable[[Rows], Answer]) -> Answer:
    """What `act` gives. Where the request ends before it, the thread is waited for and runs no further statement."""
    await session.execute(text(f"set local idle_in_transaction_session_timeout = '{IDLES_AT_MOST}'"))
    rows = RowsApart(session, asyncio.get_running_loop())
    work = asyncio.ensure_future(asyncio.to_thread(act, rows))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        rows.abandon()
        await asyncio.wait([work])
        work.exception()
        raise
