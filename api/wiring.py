"""What processes are made of, from their settings: plain functions, no container."""

import hashlib
import hmac

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from api.jobs.context import JobContext
from api.settings import Settings

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
    return JobContext(settings.database_url, settings.landing)


def audit_key(settings: Settings) -> bytes | None:
    """The sealer's key, derived from the secret and so never in the database; None where there is no secret."""
    if not settings.secret:
        return None
    return hmac.new(settings.secret.encode(), b"audit seal", hashlib.sha256).digest()


def writing_engine(settings: Settings) -> AsyncEngine:
    """The pool of mutations. Reads go through the engine's own pool."""
    limits = {
        "application_name": "yunge api",
        "statement_timeout": str(STATEMENT_TAKES_AT_MOST_MS),
        "lock_timeout": str(LOCK_WAITS_AT_MOST_MS),
        "idle_in_transaction_session_timeout": str(IDLES_AT_MOST_MS),
    }
    return create_async_engine(
        settings.sqlalchemy_url,
        pool_size=WRITERS,
        max_overflow=0,
        pool_timeout=WRITER_IS_AWAITED_SECONDS,
        connect_args={"server_settings": limits, "timeout": CONNECTING_TAKES_AT_MOST_SECONDS},
    )


def writing_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)
