"""Pages may fetch tiles from the host of the base map in force, and from nowhere else."""

import asyncio
import json
from typing import Any

import psycopg
import pytest

from api.base_map_source import KEPT_SECONDS, BaseMapSource
from domain.grids.base_map import BASE_MAP
from tests.api.conftest import Serve
from tests.api.test_pages_and_process import made_pages

VALUE = {
    "tiles": "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
    "key": "abc123",
    "attribution": "天地图",
    "approval": "GS(2024)0568号",
    "datum": "CGCS2000",
}
HOST = "https://t0.tianditu.gov.cn"


def decide(address: str, value: dict[str, Any], from_on: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        one, other = (row[0] for row in connection.execute("select id from staff order by id limit 2"))
        (proposal,) = connection.execute(
            "insert into proposals (kind, subject, before, after, reason, state, proposed_by_id, until, decided_by_id,"
            " decided_at) values ('parameter', %s, '{}', '{}', '底图', 'APPLIED', %s, now(), %s, now()) returning id",
            [f"Parameter:{BASE_MAP}", one, other],
        ).fetchone()  # type: ignore[misc]  # one row
        connection.execute(
            "insert into parameter_versions (name, value, from_on, reason, decided_by_id, proposal_id)"
            " values (%s, %s, %s, '底图', %s, %s)",
            [BASE_MAP, json.dumps(value), from_on, other, proposal],
        )


def test_the_desk_may_fetch_from_the_host_in_force_and_the_phone_may_not(
    serve: Serve, own_address: str, tmp_path: Any
) -> None:
    decide(own_address, VALUE, "2026-11-20")
    decide(own_address, {**VALUE, "tiles": "https://later.cn/{z}/{x}/{y}?{key}"}, "2026-11-22")
    client = serve(address=own_address, web=made_pages(tmp_path))
    policy = client.get("/").headers["content-security-policy"].split("; ")
    assert f"img-src 'self' data: blob: {HOST}" in policy
    assert f"connect-src 'self' {HOST}" in policy
    assert [part for part in policy if "//" in part or "*" in part] == [
        f"img-src 'self' data: blob: {HOST}",
        f"connect-src 'self' {HOST}",
    ]
    for page in ("/h5/", "/assets/desk-abc123.js", "/readyz"):
        assert "tianditu" not in client.get(page).headers.get("content-security-policy", "")


class Pool:
    """Tells what it is told to tell, and how often it was asked."""

    def __init__(self) -> None:
        self.value: str | Exception | None = None
        self.asked = 0

    async def fetchval(self, _text: str) -> str | None:
        self.asked += 1
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


@pytest.mark.parametrize("nothing", [None, "{}", json.dumps({**VALUE, "datum": "GCJ02"})])
async def test_one_look_does_for_half_a_minute_and_a_failed_one_changes_nothing(nothing: str | None) -> None:
    pool, now = Pool(), [100.0]
    source = BaseMapSource(clock=lambda: now[0])

    async def origin() -> str | None:
        return await source.origin(pool)  # type: ignore[arg-type]  # all that is asked of a pool

    pool.value = nothing
    assert await asyncio.gather(*(origin() for _ in range(5))) == [None] * 5
    assert pool.asked == 1
    pool.value = json.dumps(VALUE)
    assert await origin() is None
    now[0] += KEPT_SECONDS
    assert [await origin(), await origin()] == [HOST, HOST]
    now[0] += KEPT_SECONDS
    pool.value = OSError("away")
    assert [await origin(), await origin()] == [HOST, HOST]
    assert pool.asked == 3
