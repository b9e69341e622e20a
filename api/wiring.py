"""What processes are made of, from their settings: plain functions, no container."""

import hashlib
import hmac

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from api.jobs.context import JobContext
from api.settings import Settings


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
    return create_async_engine(settings.sqlalchemy_url, pool_size=10, max_overflow=0, pool_timeout=2)


def writing_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)
