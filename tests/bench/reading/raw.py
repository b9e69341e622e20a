"""A peer of the reads: SQL written by hand, bare asyncpg, bare ASGI; no framework, no GraphQL, the same rights."""

import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from api.app import READERS
from api.wiring import STATEMENT_TAKES_AT_MOST_MS
from domain.feeds.contracts import FEEDS
from domain.shared.calendar import BANK_ZONE, bank_day
from tests.bench.reading import raw_sql

_FEEDS = list(FEEDS)
_pools: dict[str, asyncpg.Pool] = {}


def _today() -> date:
    return bank_day(datetime.now(UTC))


async def _view_360(token: bytes, body: dict[str, Any]) -> bytes:
    return await _text(raw_sql.VIEW_360, token, body["id"], _today())


async def _list(token: bytes, body: dict[str, Any]) -> bytes:
    if body["after"] is None:
        return await _text(raw_sql.FIRST_PAGE, token)
    score, _, key = body["after"].partition(" ")
    return await _text(raw_sql.LATER_PAGE, token, float(score), int(key))


async def _wide(token: bytes, body: dict[str, Any]) -> bytes:
    rows = await _pools["reading"].fetch(raw_sql.WIDE, token, body["after"])
    edges = [
        {
            "node": {
                "id": f"Customer:{key}",
                "name": name,
                "kind": kind,
                "tier": tier,
                "status": status,
                "phone": phone,
                "address": address,
                "industry": industry,
                "depositFen": deposit_fen,
                "loanFen": loan_fen,
                "lineFen": line_fen,
                "attritionScore": score,
            }
        }
        for key, name, kind, tier, status, phone, address, industry, deposit_fen, loan_fen, line_fen, score in rows[
            :500
        ]
    ]
    page = {"hasNextPage": len(rows) > 500, "endCursor": rows[:500][-1][0] if rows else None}
    return orjson.dumps({"data": {"customers": {"edges": edges, "pageInfo": page}}})


def _month() -> datetime:
    return datetime.now(BANK_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


async def _dashboard(token: bytes, _body: dict[str, Any]) -> bytes:
    return await _text(raw_sql.DASHBOARD, token, _month(), _FEEDS)


async def _live_dashboard(token: bytes, _body: dict[str, Any]) -> bytes:
    return await _text(raw_sql.LIVE_DASHBOARD, token, _month(), _FEEDS)


async def _record_visit(token: bytes, body: dict[str, Any]) -> bytes:
    key, started_at = UUID(body["key"]), datetime.fromisoformat(body["startedAt"])
    sha256 = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).digest()
    async with _pools["writing"].acquire() as connection:
        found = await connection.fetchval(
            raw_sql.RECORD_VISIT,
            token,
            body["customerId"],
            key,
            sha256,
            started_at,
            body["outcome"],
            body["note"],
            body["lonDeg"],
            body["latDeg"],
            body["accuracyM"],
            bank_day(started_at),
        )
    return _whole(found)


async def _text(statement: str, *given: Any) -> bytes:
    found = await _pools["reading"].fetchval(statement, *given)
    return b'{"errors":[]}' if found is None else _whole(found)


def _whole(data: str) -> bytes:
    return b'{"data":' + data.encode() + b"}"


ROUTES: dict[str, Callable[[bytes, dict[str, Any]], Awaitable[bytes]]] = {
    "/view360": _view_360,
    "/list": _list,
    "/wide": _wide,
    "/dashboard": _dashboard,
    "/dashboard/live": _live_dashboard,
    "/visit": _record_visit,
}


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    bearer = next(value for name, value in scope["headers"] if name == b"authorization")
    token = hashlib.sha256(bearer.removeprefix(b"Bearer ")).digest()
    answer = await ROUTES[scope["path"]](token, orjson.loads(body))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


async def _live(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            settings = {
                "timezone": "UTC",
                "jit": "off",
                "plan_cache_mode": "force_generic_plan",
                "statement_timeout": str(STATEMENT_TAKES_AT_MOST_MS),
            }
            for name in ("reading", "writing"):
                _pools[name] = await asyncpg.create_pool(
                    os.environ["DATABASE_URL"],
                    min_size=2,
                    max_size=READERS,
                    max_cacheable_statement_size=0,
                    max_cached_statement_lifetime=0,
                    server_settings=settings,
                    reset=_no_reset,
                )
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            for pool in _pools.values():
                await pool.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _no_reset(_connection: Any) -> None:
    """As the product's own pool of readers has it."""
