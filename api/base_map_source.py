"""Where pages may fetch tiles of the base map from: one place, that of the data date in force."""

import asyncio
from collections.abc import Callable
from time import monotonic

import asyncpg
import orjson
import structlog

from domain.grids.base_map import BASE_MAP, origin_of
from domain.shared.parameters import VERSIONS_IN_FORCE

log = structlog.get_logger()
KEPT_SECONDS = 30.0
_PATIENCE_SECONDS = 2.0
_IN_FORCE = f"select value from ({VERSIONS_IN_FORCE}) as held where name = '{BASE_MAP}'"  # noqa: S608


class BaseMapSource:
    """Known for half a minute, so that pages cost no statement; kept as it was while the database is away."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._looking = asyncio.Lock()
        self._origin: str | None = None
        self._known_until = float("-inf")

    async def origin(self, pool: asyncpg.Pool) -> str | None:
        """`https://host:port`, fit to stand in a Content-Security-Policy; None where nothing may be fetched."""
        if self._clock() < self._known_until:
            return self._origin
        async with self._looking:
            if self._clock() >= self._known_until:
                await self._look(pool)
        return self._origin

    async def _look(self, pool: asyncpg.Pool) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                value: str | None = await pool.fetchval(_IN_FORCE)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("base_map.not_looked_up", kind=type(error).__qualname__)
        else:
            # Looked at again: what stands in the header is what the rules let stand today.
            self._origin = None if value is None else origin_of(orjson.loads(value))
        self._known_until = self._clock() + KEPT_SECONDS
