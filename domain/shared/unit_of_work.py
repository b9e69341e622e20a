"""One mutation is one transaction; its jobs are rows of that transaction."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from domain.shared.outbox import Outbox

Wake = Callable[[], Awaitable[None]]
"""Tells sleeping workers that there is work. It may fail quietly: every worker sweeps the outbox by itself."""


class UnitOfWork:
    """One mutation or one job is one transaction; its jobs are outbox rows of that transaction.

    Nobody else calls `commit()`. An exception (a refusal is one) leaves no row and no job.
    """

    def __init__(self, session: AsyncSession, wake: Wake | None = None) -> None:
        self.session = session
        self.outbox = Outbox()
        self._wake = wake

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self.session:
            if kind is not None:
                await self.session.rollback()
                return
            has_jobs = await self.outbox.write(self.session)
            await self.session.commit()
        if has_jobs and self._wake is not None:
            await self._wake()


OpenUnitOfWork = Callable[[], UnitOfWork]


def units_of_work(sessions: async_sessionmaker[AsyncSession], wake: Wake | None = None) -> OpenUnitOfWork:
    """`async with open_unit_of_work() as uow:` for a pool of sessions."""
    return lambda: UnitOfWork(sessions(), wake)
