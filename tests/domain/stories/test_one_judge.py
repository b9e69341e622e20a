"""The night's identity step and a cut at once: neither writes over the other (two connections)."""

import asyncio
import time
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
from tests.domain.customers.identity.county import ZHAO, core, county, customers, drop, everything, night
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


async def test_records_are_locked_in_one_order_however_they_are_named(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    """Locked one after the other as they were named, two who cut in either order would wait in a circle."""
    connection.rollback()

    async def take(a: links.RecordName, b: links.RecordName) -> None:
        async with open_uow() as uow:
            await links.records_taken(uow, a, b)

    for _ in range(20):
        await asyncio.gather(take(CORE, CRM), take(CRM, CORE))


async def test_a_cut_and_a_step_of_the_night_never_wait_in_a_circle(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow, database_url: str
) -> None:
    """A step writes customers in an order of its own: the lower one first here, while the mending begins with the
    higher one, which it takes away."""
    connection.rollback()
    async with open_uow() as uow:
        low, high = await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)

    def located(step: psycopg.Connection, customer: int) -> None:
        step.execute("update customers set atom_id = null where id = %s", [customer])

    def the_rest_of_the_step(step: psycopg.Connection) -> None:
        with psycopg.connect(database_url) as watch:
            wait_until_somebody_tries(watch)
        located(step, high)
        step.commit()

    async def mend() -> None:
        async with open_uow() as uow:
            await links.mend_link(uow, CORE, CRM, by=SYSTEM, rooms=ROOMS)

    with psycopg.connect(database_url) as step:
        located(step, low)
        await asyncio.gather(mend(), asyncio.to_thread(the_rest_of_the_step, step))
    connection.rollback()
    assert customers(connection)["crm_legacy/K2"] == low


def wait_until_somebody_tries(watch: psycopg.Connection, seconds: float = 10) -> None:
    """Return once a session of this database waits for a lock, or sleeps before it tries again."""
    until = time.monotonic() + seconds
    waiting = """select from pg_stat_activity where datname = current_database()
                    and (wait_event_type = 'Lock' or wait_event = 'PgSleep')"""
    while watch.execute(waiting).fetchone() is None:
        assert time.monotonic() < until, "nobody waits"
        watch.rollback()
        time.sleep(0.01)


async def test_whoever_waits_too_long_for_a_step_is_told_so(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    connection.rollback()
    connection.execute("update customers set atom_id = null")
    with pytest.raises(IdentityIsBusy):
        async with open_uow() as uow:
            await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert connection.execute("select from link_cuts").fetchall() == []


async def test_a_line_that_ran_out_stays_so_after_a_cut(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow, tmp_path: Path
) -> None:
    """Two contracts, both in force when their rows came: one ran out the day before, the other runs out today."""
    yesterday, today = DAY + timedelta(days=2), DAY + timedelta(days=3)
    content = county()
    content["core_customer"].append(core("C5", "赵红", cert_no=ZHAO, phone="13911112222"))
    content["credit_line"] = [
        {"contract_no": name, "cust_no": "C5", "line": "1000.00", "used": "0.00", "end_on": f"{end:%Y%m%d}"}
        for name, end in (("X1", yesterday), ("X2", today))
    ]
    for day in (yesterday, today):
        drop(tmp_path, content, day)
        night(connection, tmp_path, day)
    lines = "select l.contract_no, c.line_fen from credit_lines l join customers c on c.id = l.customer_id"
    assert connection.execute(lines).fetchall() == [("X2", 100_000)]
    async with open_uow() as uow:
        await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert connection.execute(lines).fetchall() == [("X2", 100_000)]
    cut = everything(connection)
    night(connection, tmp_path, today, is_full=True)
    assert everything(connection) == cut
