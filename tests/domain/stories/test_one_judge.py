"""The night's identity step and a cut at once: neither writes over the other (two connections)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from domain.customers.identity.one_at_a_time import IdentityIsBusy
from domain.shared.night import Night, silent
from domain.shared.principal import SYSTEM
from domain.shared.rooms import followers_of
from domain.stories import links
from geo.identity import resolve_identity_with_datums
from schema.house import ROOMS
from tests.domain.customers.identity.county import customers
from tests.domain.feeds.files import DAY
from tests.waiting import wait_until_somebody_waits

CORE, CRM = ("core_customer", "C5"), ("crm_legacy", "K2")


def judge(connection: psycopg.Connection, run_id: int) -> None:
    """The step `identity` of a full night, not committed."""
    run = Night(run_id, DAY + timedelta(days=1), Path("/nowhere"), is_full=True)
    resolve_identity_with_datums(connection, run, silent, followers=followers_of(ROOMS))


async def test_nobody_cuts_while_the_night_judges(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    judge(connection, 2)
    with pytest.raises(IdentityIsBusy):
        async with open_uow() as uow:
            await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.commit()
    assert connection.execute("select from link_cuts").fetchall() == []


async def test_the_night_waits_for_a_cut_and_heeds_it(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow, database_url: str
) -> None:
    """Without the lock the step would have read the records before the cut and written them back as one."""
    with psycopg.connect(database_url) as night, ThreadPoolExecutor(1) as beside:
        async with open_uow() as uow:
            await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
            judging = beside.submit(judge, night, 2)
            with psycopg.connect(database_url) as watch:
                wait_until_somebody_waits(watch)
        judging.result(timeout=30)
        night.commit()
    who = customers(connection)
    assert {name: [str(id_)] for name, id_ in who.items()} == apart_then_joined
    recordless = "select id from customers c where not exists (select from source_records r where r.customer_id = c.id)"
    assert connection.execute(recordless).fetchall() == []


async def test_two_cuts_at_once_wait_for_each_other(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    """The second finds what the first left: nothing to cut, and not a night that is at work."""

    async def cut() -> str:
        try:
            async with open_uow() as uow:
                await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
        except links.RecordsNotLinked as refusal:
            return refusal.code
        return "CUT"

    assert sorted(await asyncio.gather(cut(), cut())) == ["CUT", "RECORDS_NOT_LINKED"]
