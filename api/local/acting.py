"""Acting from the command line as a member of staff: signed in for one act, by his password and under his rights.

Whoever may run commands on this machine is nobody to the bank. What two persons decide takes two who sign in.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import asyncpg
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from api.auth.sessions import Credentials, SessionDesk
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from domain.shared.unit_of_work import OpenUnitOfWork, units_of_work

Act = Callable[[OpenUnitOfWork, Actor, datetime], Awaitable[int]]
"""(how to open a unit of work, who acts, now) -> the proposal's id."""


def act_as(database_url: str, account: str, password: str, act: Act) -> int:
    """Do one thing as whoever the account belongs to. Raises what signing in and the act refuse."""
    return asyncio.run(_acting(database_url, account, password, act))


async def _acting(database_url: str, account: str, password: str, act: Act) -> int:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    now = datetime.now(UTC)
    try:
        open_unit_of_work = units_of_work(async_sessionmaker(engine, expire_on_commit=False))
        async with asyncpg.create_pool(database_url, min_size=1, max_size=1) as pool:
            nobody = Credentials(token=None, is_bearer=True, host="command line")
            desk = SessionDesk(pool, open_unit_of_work, nobody, bank_day(now), is_secure=True)
            actor = await desk.sign_in(account, password)
            try:
                return await act(open_unit_of_work, actor, now)
            finally:
                await desk.sign_out()
    finally:
        await engine.dispose()
