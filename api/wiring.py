"""What processes are made of, from their settings: plain functions, no container."""

import hashlib
import hmac
import secrets
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from api.jobs.context import JobContext
from api.settings import Settings
from domain.shared.at_once import CarryOut
from schema.context import Sign

STATEMENT_TAKES_AT_MOST_MS = 5_000
LOCK_WAITS_AT_MOST_MS = 3_000
"""Less than a statement may take: a mutation that waits for a row of the night's is told so, rather than slow."""
IDLES_AT_MOST_MS = 10_000
"""As long as a whole operation may take: who is silent for longer in a transaction is frozen, and keeps no locks."""
CONNECTING_TAKES_AT_MOST_SECONDS = 5.0
WRITERS = 10
WRITER_IS_AWAITED_SECONDS = 2.0


def job_context(settings: Settings) -> JobContext:
    """What the jobs of a worker are handed."""
    return JobContext(settings.database_url, settings.landing, files=settings.files)


def audit_key(settings: Settings) -> bytes | None:
    """The sealer's key, derived from the secret and so never in the database; None where there is no secret."""
    if not settings.secret:
        return None
    return hmac.new(settings.secret.encode(), b"audit seal", hashlib.sha256).digest()


_NO_SECRET = secrets.token_bytes(32)
"""Where no secret is given, what one process signs holds in this process alone, and until it ends."""


def signing(settings: Settings) -> Sign:
    """Signs addresses and one-time codes, each for its purpose, with keys that are nowhere kept."""
    secret = settings.secret.encode() or _NO_SECRET

    def sign(purpose: str, content: str) -> bytes:
        key = hmac.new(secret, purpose.encode(), hashlib.sha256).digest()
        return hmac.new(key, content.encode(), hashlib.sha256).digest()

    return sign


def _writing_limits() -> dict[str, str]:
    return {
        "application_name": "yunge api",
        "statement_timeout": str(STATEMENT_TAKES_AT_MOST_MS),
        "lock_timeout": str(LOCK_WAITS_AT_MOST_MS),
        "idle_in_transaction_session_timeout": str(IDLES_AT_MOST_MS),
    }


def writing_engine(settings: Settings) -> AsyncEngine:
    """The pool of mutations that are units of work. Reads go through the read engine's own pool."""
    return create_async_engine(
        settings.sqlalchemy_url,
        pool_size=WRITERS,
        max_overflow=0,
        pool_timeout=WRITER_IS_AWAITED_SECONDS,
        connect_args={"server_settings": _writing_limits(), "timeout": CONNECTING_TAKES_AT_MOST_SECONDS},
    )


def writing_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)


async def no_reset(_connection: Any) -> None:
    """Nothing on these pools changes session state, so nothing has to be put back (measured: 1.1 to 1.2 x)."""


def writing_pool(settings: Settings) -> Any:
    """The pool of mutations that are one statement, within the same limits."""
    return asyncpg.create_pool(
        settings.database_url,
        min_size=1,
        max_size=WRITERS,
        reset=no_reset,
        timeout=CONNECTING_TAKES_AT_MOST_SECONDS,
        max_cached_statement_lifetime=0,
        server_settings={
            **_writing_limits(),
            "timezone": "UTC",
            "jit": "off",
            # Planned once: its form never changes, and it costs more to plan than to run.
            "plan_cache_mode": "force_generic_plan",
        },
    )


def carrying_out(pool: asyncpg.Pool) -> CarryOut:
    """Statements that are transactions, each on the next writer that is free."""

    async def carry_out(text: str, parameters: list[Any]) -> Any:
        async with pool.acquire(timeout=WRITER_IS_AWAITED_SECONDS) as connection:
            return await connection.fetchrow(text, *parameters)

    return carry_out
