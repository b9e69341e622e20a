"""What a benchmark compares itself with gives the product's answers: a field that the pages ask is in the peer's too.

`./yunge bench reads` compares them itself before it measures, on a county that takes minutes to make.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from domain.feeds.contracts import FEEDS
from tests.bench.reading import answers, raw_sql
from tests.bench.reading.works import document_id
from tests.conftest import ROOT
from tests.schema.bank import Bank
from tests.schema.conftest import Ask

TOKEN_SHA256 = b"the hash of nobody's token"
SIGNED_IN = """
insert into sessions (token_sha256, account_id, expires_at)
select $1, a.id, now() + interval '1 hour' from accounts a join staff s on s.id = a.staff_id where s.id = $2
"""


async def by_hand(ask: Ask, statement: str, *given: Any) -> Any:
    """Carried out as a manager of outlet A who signed in, of which nothing stays."""
    async with ask.pool.acquire() as connection, not_kept(connection):
        assert (
            await connection.execute(SIGNED_IN, TOKEN_SHA256, ask.bank.actor("outlet_a").staff_id)
            == "INSERT 0 1"
        )
        return {"data": json.loads(await connection.fetchval(statement, TOKEN_SHA256, *given))}


async def ours(ask: Ask, name: str, **variables: Any) -> Any:
    manifest = json.loads((ROOT / "frontend" / "persisted.json").read_text("utf-8"))
    found = await ask.data("outlet_a", manifest[document_id(manifest, name)], **variables)
    return {"data": json.loads(json.dumps(found))}


@asynccontextmanager
async def not_kept(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """A transaction that is always rolled back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


@pytest.mark.parametrize("statement", ["DASHBOARD", "LIVE_DASHBOARD"])
async def test_the_dashboard(ask: Ask, statement: str) -> None:
    month = ask.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = await by_hand(ask, getattr(raw_sql, statement), month, list(FEEDS))
    assert answers.dashboard(found) == answers.dashboard(await ours(ask, "DashboardRouteQuery"))


async def test_the_view_of_a_customer(ask: Ask) -> None:
    customer = str(in_outlet_a(ask.bank))
    found = await by_hand(ask, raw_sql.VIEW_360, int(customer.partition(":")[2]), ask.now.date())
    assert answers.ours_360(found) == answers.ours_360(await ours(ask, "CustomerRouteQuery", id=customer))
    assert answers.masked_360(found) == answers.masked_360(await ours(ask, "CustomerRouteQuery", id=customer))


def in_outlet_a(bank: Bank) -> str:
    return f"Customer:{bank.customers['g1'][0]}"
