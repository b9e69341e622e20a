"""Liveness says that the process answers; readiness that its database does and is migrated."""

import asyncio

import asyncpg
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_PATIENCE_SECONDS = 2.0


async def alive(_request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    pool: asyncpg.Pool = request.app.state.pool
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            migrated = await pool.fetchval("select version_num from alembic_version")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return JSONResponse({"status": "no database"}, status_code=503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok", "migration": migrated}, headers={"Cache-Control": "no-store"})
