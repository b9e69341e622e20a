"""Two records that are two customers one night and one the next."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.shared.unit_of_work import UnitOfWork
from tests.domain.customers.identity.county import ZHAO, core, county, customers, drop, night
from tests.domain.feeds.files import DAY


@pytest.fixture
async def open_uow(database_url: str) -> AsyncIterator[object]:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    yield lambda: UnitOfWork(sessions())
    await engine.dispose()


@pytest.fixture
def apart_then_joined(connection: psycopg.Connection, tmp_path: Path) -> dict[str, list[str]]:
    """C5 and K2 are two customers one night (other telephones), one the next; what there was when they were two."""
    content = county()
    content["core_customer"].append(core("C5", "赵红", cert_no=ZHAO, phone="13900009999"))
    content["core_deposit"].append({"acct_no": "A5", "cust_no": "C5", "balance": "55.00"})
    content["core_deposit"].append({"acct_no": "F5", "cust_no": "C5", "balance": "7.00", "currency": "USD"})
    drop(tmp_path, content)
    night(connection, tmp_path)
    before = customers(connection)
    assert before["core_customer/C5"] != before["crm_legacy/K2"]
    content["core_customer"][-1]["phone"] = "13911112222"
    drop(tmp_path, content, DAY + timedelta(days=1))
    night(connection, tmp_path, DAY + timedelta(days=1))
    joined = customers(connection)
    assert joined["core_customer/C5"] == joined["crm_legacy/K2"]
    return {name: [str(id_)] for name, id_ in before.items()}
