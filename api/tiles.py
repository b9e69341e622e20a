"""GET /tiles/{version}/…: vector tiles for whoever is signed in, kept by his browser under their version."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import asyncpg
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api.auth.sessions import actor_of_token, credentials_of
from api.metrics import TILES
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from domain.shared.permissions import Permission
from geo.tiles import (
    HIGHEST_ZOOM,
    LOWEST_ZOOM,
    POINTS_UP_TO,
    Tile,
    cells_tile,
    customers_in_tile,
    grids_tile,
    points_tile,
)

LEVELS = ("SMALL", "LARGE")
# What a version shows never changes, but rights do: one day, and only in the browser of whoever asked.
KEPT = "private, max-age=86400, immutable"
VARY = "Cookie, Authorization, Accept-Encoding"
_LONGEST_VERSION = 80


class Tiles:
    """Both kinds of tiles over the pool of reads."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock

    async def grids(self, request: Request) -> Response:
        level = request.query_params.get("level", "SMALL")
        if level not in LEVELS:
            return _plain(400, "level 应为 SMALL 或 LARGE。")
        tile, refusal = _tile_of(request)
        if tile is None:
            return refusal
        actor = await self._actor(request)
        if actor is None or not actor.can(Permission.VIEW_GRIDS):
            return _not_allowed(actor)
        statement = grids_tile(actor, tile, level)
        pool: asyncpg.Pool = request.app.state.pool
        return await _served(request, "grids", await pool.fetchval(statement.text, *statement.parameters))

    async def customers(self, request: Request) -> Response:
        tile, refusal = _tile_of(request)
        if tile is None:
            return refusal
        actor = await self._actor(request)
        if actor is None or not actor.can(Permission.VIEW_CUSTOMERS):
            return _not_allowed(actor)
        pool: asyncpg.Pool = request.app.state.pool
        counted = customers_in_tile(actor, tile)
        many = await pool.fetchval(counted.text, *counted.parameters) > POINTS_UP_TO
        statement = cells_tile(actor, tile) if many else points_tile(actor, tile)
        return await _served(request, "customers", await pool.fetchval(statement.text, *statement.parameters))

    async def _actor(self, request: Request) -> Actor | None:
        token = credentials_of(request).token
        return await actor_of_token(request.app.state.pool, token, bank_day(self._clock()))


def _tile_of(request: Request) -> tuple[Tile | None, Response]:
    """The tile of the path; numbers have been checked by the route."""
    path = request.path_params
    if len(path["version"]) > _LONGEST_VERSION:
        return None, _plain(404, "没有这个版本。")
    tile = Tile(min(path["z"], 99), path["x"], path["y"])
    if not tile.is_valid:
        return None, _plain(404, f"瓦片不存在：层级 {LOWEST_ZOOM} 到 {HIGHEST_ZOOM},行列在该层级之内。")
    return tile, _plain(200, "")


async def _served(request: Request, layer: str, data: bytes) -> Response:
    """gzip for who takes it; an ETag over the bytes, so that a new version with the same picture costs nothing."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"Cache-Control": KEPT, "ETag": etag, "Vary": VARY, "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == etag:
        TILES.labels(layer, "unchanged").inc()
        return Response(status_code=304, headers=headers)
    TILES.labels(layer, "served").inc()
    if not data:
        return Response(status_code=204, headers=headers)
    headers["Content-Type"] = "application/vnd.mapbox-vector-tile"
    if "gzip" in request.headers.get("accept-encoding", ""):
        data = await run_in_threadpool(gzip.compress, data, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(data, headers=headers)


def _not_allowed(actor: Actor | None) -> Response:
    return _plain(401, "请先登录。") if actor is None else _plain(403, "您没有查看地图的权限。")


def _plain(status: int, sentence: str) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return PlainTextResponse(sentence, status_code=status, headers=headers)
