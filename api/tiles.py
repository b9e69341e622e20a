"""GET /tiles/{version}/…: vector tiles for whoever is signed in, kept by his browser under their version."""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import asyncpg
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from api.auth.sessions import actor_of_token, credentials_of
from api.metrics import TILES
from domain.customers.permissions import VIEW_CUSTOMERS
from domain.grids.permissions import EDIT_GRIDS, VIEW_GRIDS
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from geo.customer_tiles import customers_tile
from geo.ground_tiles import ground_tile
from geo.map_measures import MapMeasure
from geo.name_tiles import names_tile
from geo.plan_tiles import plan_tile
from geo.tiles import HIGHEST_ZOOM, LOWEST_ZOOM, NO_VERSION, Tile, TileStatement, grids_tile
from schema.engine.errors import BadRequest, complaint
from schema.refusals import words_of
from schema.words.wording import language_of

LEVELS = ("SMALL", "LARGE")
# What a version shows never changes, but rights do: one day, and only in the browser of whoever asked.
KEPT = "private, max-age=86400, immutable"
ASKED_AGAIN = "private, no-cache"
VARY = "Cookie, Authorization, Accept-Encoding"
_LONGEST_VERSION = 80
_LARGEST_KEY = (1 << 63) - 1
_NO_PLAN = 0
_LAST_YEAR = 9999
_WRONG_LEVEL = BadRequest(complaint("BAD_REQUEST", "TILE_LEVEL"))
_WRONG_DAY = BadRequest(complaint("BAD_REQUEST", "TILE_DAY"))
_NO_VERSION = BadRequest(complaint("NOT_FOUND", "TILE_VERSION"))
_NO_TILE = BadRequest(
    complaint("NOT_FOUND", "TILE_PLACE", takes=("lowest", "highest")),
    lowest=LOWEST_ZOOM,
    highest=HIGHEST_ZOOM,
)
_SIGN_IN = BadRequest(complaint("UNAUTHENTICATED", "TILES_NEED_SIGN_IN"))
_NOT_ALLOWED = BadRequest(complaint("FORBIDDEN", "TILES_NEED_PERMISSION"))


class Tiles:
    """All kinds of tiles over the pool of reads."""

    def __init__(
        self, measures: Sequence[MapMeasure], clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._measures = measures
        self._clock = clock

    async def grids(self, request: Request) -> Response:
        def statement(actor: Actor, tile: Tile, level: str, of: date | None) -> TileStatement:
            return grids_tile(actor, tile, level, self._measures, of)

        return await self._of_a_level(request, "grids", statement)

    async def names(self, request: Request) -> Response:
        def statement(actor: Actor, tile: Tile, level: str, of: date | None) -> TileStatement:
            return names_tile(actor, tile, level, bank_day(self._clock()), of)

        return await self._of_a_level(request, "names", statement)

    async def _of_a_level(
        self,
        request: Request,
        layer: str,
        statement: Callable[[Actor, Tile, str, date | None], TileStatement],
    ) -> Response:
        """Of the plan in force, or with `of`, a data date, of the plan that it had."""
        level = request.query_params.get("level", "SMALL")
        if level not in LEVELS:
            return _plain(request, 400, _WRONG_LEVEL)
        try:
            of = _day_of(request)
        except ValueError:
            return _plain(request, 400, _WRONG_DAY)
        tile, refusal = _tile_of(request)
        if tile is None:
            return refusal
        actor = await self._actor(request)
        if actor is None or not actor.can(VIEW_GRIDS):
            return _not_allowed(request, actor)
        return await _answer(request, layer, statement(actor, tile, level, of))

    async def customers(self, request: Request) -> Response:
        with_visits = request.query_params.get("with") == "visits"
        tile, refusal = _tile_of(request)
        if tile is None:
            return refusal
        actor = await self._actor(request)
        if actor is None or not actor.can(VIEW_CUSTOMERS):
            return _not_allowed(request, actor)
        return await _answer(request, "customers", customers_tile(actor, tile, with_visits=with_visits))

    async def ground(self, request: Request) -> Response:
        """What lies on the ground is no secret: whoever sees the map sees all of it."""
        tile, refusal = _tile_of(request)
        if tile is None:
            return refusal
        actor = await self._actor(request)
        if actor is None or not actor.can(VIEW_GRIDS):
            return _not_allowed(request, actor)
        return await _answer(request, "ground", ground_tile(tile))

    async def plans(self, request: Request) -> Response:
        """A draft changes with every act, so its tiles are asked anew each time; the ETag makes that cheap."""
        path = request.path_params
        tile = Tile(min(path["z"], 99), path["x"], path["y"])
        if not tile.is_valid:
            return _plain(request, 404, _NO_TILE)
        actor = await self._actor(request)
        if actor is None or not actor.can(EDIT_GRIDS):
            return _not_allowed(request, actor)
        # A plan is of the whole bank: for whoever sees less of it there is none, as for a number that was made up.
        plan = min(path["plan"], _LARGEST_KEY) if actor.sees_bank else _NO_PLAN
        pool: asyncpg.Pool = request.app.state.pool
        statement = plan_tile(plan, tile)
        data = await pool.fetchval(statement.text, *statement.parameters)
        return await _served(request, "plans", data, ASKED_AGAIN)

    async def _actor(self, request: Request) -> Actor | None:
        token = credentials_of(request).token
        return await actor_of_token(request.app.state.pool, token, bank_day(self._clock()))


def _day_of(request: Request) -> date | None:
    """Raises ValueError for what is no day, and for days that no plan could have."""
    text = request.query_params.get("of")
    if text is None:
        return None
    day = date.fromisoformat(text)
    if not 1900 < day.year < _LAST_YEAR:
        raise ValueError(text)
    return day


def _tile_of(request: Request) -> tuple[Tile | None, Response]:
    """The tile of the path; numbers have been checked by the route."""
    path = request.path_params
    # PostgreSQL takes no NUL in a text.
    if len(path["version"]) > _LONGEST_VERSION or "\0" in path["version"]:
        return None, _plain(request, 404, _NO_VERSION)
    tile = Tile(min(path["z"], 99), path["x"], path["y"])
    if not tile.is_valid:
        return None, _plain(request, 404, _NO_TILE)
    return tile, Response()


async def _answer(request: Request, layer: str, statement: TileStatement) -> Response:
    """The tile of the version in force; who asks for another version is sent there."""
    pool: asyncpg.Pool = request.app.state.pool
    asked = request.path_params["version"]
    versioned = statement.of_version(asked)
    version, data = await pool.fetchrow(versioned.text, *versioned.parameters)
    if version != asked:
        TILES.labels(layer, "moved").inc()
        return _moved(request, layer, version)
    return await _served(request, layer, data, KEPT if version != NO_VERSION else ASKED_AGAIN)


def _moved(request: Request, layer: str, version: str) -> Response:
    """A map that was opened before the night goes on with what is in force; nothing is kept under the old address."""
    path = request.path_params
    address = f"/tiles/{version}/{layer}/{path['z']}/{path['x']}/{path['y']}.mvt"
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(
        address + query, 307, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    )


async def _served(request: Request, layer: str, data: bytes, kept: str) -> Response:
    """gzip for who takes it; an ETag over the bytes, so that a new version with the same picture costs nothing.

    The ETag is weak, because it names the picture and not the bytes on the wire, gzip or not.
    """
    etag = f'W/"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"Cache-Control": kept, "ETag": etag, "Vary": VARY, "X-Content-Type-Options": "nosniff"}
    if _is_known(etag, request.headers.get("if-none-match", "")):
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


def _is_known(etag: str, if_none_match: str) -> bool:
    """If-None-Match is a list, compared without looking at what is weak (RFC 9110, 13.1.2)."""
    known = [named.strip().removeprefix("W/") for named in if_none_match.split(",")]
    return "*" in known or etag.removeprefix("W/") in known


def _not_allowed(request: Request, actor: Actor | None) -> Response:
    return _plain(request, 401, _SIGN_IN) if actor is None else _plain(request, 403, _NOT_ALLOWED)


def _plain(request: Request, status: int, wrong: BadRequest) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    sentence = words_of(wrong, language_of(request.headers.get("accept-language")))
    return PlainTextResponse(sentence, status_code=status, headers=headers)
