"""Liveness says that the process answers; readiness that its database does, is migrated, and that every registered
document fits: a release whose pages would get no answer is told before it takes the place of another."""

import asyncio
from typing import Any

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.settings import Mode
from schema.documents import Registry
from schema.words.wording import language_of

_PATIENCE_SECONDS = 2.0


async def alive(_request: Request) -> Response:
    return _answer({"status": "ok"})


class About:
    """What anybody may know before signing in: whether this is a demonstration, whose data are fictional."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode

    async def __call__(self, _request: Request) -> Response:
        return _answer({"mode": self._mode.value})


async def ready(request: Request) -> Response:
    """503 says why: `documents` names each that does not fit, with a sentence in the caller's language."""
    pool: asyncpg.Pool = request.app.state.pool
    registry: Registry = request.app.state.registry
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            migrated = await pool.fetchval("select version_num from alembic_version")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return _answer({"status": "no database"}, 503)
    if not registry.unfit:
        return _answer({"status": "ok", "migration": migrated})
    language = language_of(request.headers.get("accept-language"))
    documents = [
        {"id": document_id, "name": unfit.name, "message": unfit.sentence(language)}
        for document_id, unfit in registry.unfit.items()
    ]
    return _answer({"status": "documents do not fit", "migration": migrated, "documents": documents}, 503)


def _answer(said: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(said, status_code=status, headers={"Cache-Control": "no-store"})
