"""The bell that wakes workers. Redis carries it and nothing else: a bell that is not heard costs a second."""

import asyncio
from typing import Any

import orjson
import structlog
from arq.connections import ArqRedis, RedisSettings, create_pool
from redis.exceptions import RedisError

log = structlog.get_logger()

QUEUE = "yunge:bell"
POKE = "poke"
_PATIENCE_SECONDS = 1.0


def redis_settings(redis_url: str) -> RedisSettings:
    """One attempt, one second: nobody waits for a bell."""
    settings = RedisSettings.from_dsn(redis_url)
    settings.conn_timeout, settings.conn_retries = 1, 1
    return settings


def to_json(job: dict[str, Any]) -> bytes:
    """arq's default is pickle, which hands the process to whoever can write to Redis."""
    return orjson.dumps(job, default=str)


def from_json(data: bytes) -> dict[str, Any]:
    job: dict[str, Any] = orjson.loads(data)
    return job


class Bell:
    """`await bell()` after a commit that left jobs; a Redis that is away is a line in the log."""

    def __init__(self, redis_url: str) -> None:
        self._settings = redis_settings(redis_url)
        self._pool: ArqRedis | None = None

    async def __call__(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if self._pool is None:
                    self._pool = await create_pool(
                        self._settings,
                        job_serializer=to_json,
                        job_deserializer=from_json,
                        default_queue_name=QUEUE,
                    )
                # One bell at a time: a thousand commits while no worker lives must not pile up in Redis.
                await self._pool.enqueue_job(POKE, _job_id=POKE)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("bell.not_heard", error=type(error).__name__)

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()
