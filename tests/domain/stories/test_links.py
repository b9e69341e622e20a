"""A link is cut and the customer falls apart as before; the cut is taken back and it is one again."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.performance.sums import sum_customers
from domain.products.holdings import refresh_holdings
from domain.shared.night import Night, silent
from domain.shared.principal import SYSTEM
from domain.shared.rows import NightRows
from domain.stories import links
from domain.tasks.due import find_due_visits
from geo.cells import count_cells
from schema.house import ROOMS
from schema.rules.language import LANGUAGE
from tests.cells import assert_cells_are_right
from tests.domain.customers.identity.county import county, customers, drop, everything, night
from tests.domain.feeds.files import DAY

CORE, CRM = ("core_customer", "C5"), ("crm_legacy", "K2")


async def test_a_cut_gives_back_what_was_before_and_mending_what_was_after(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow, tmp_path: Path
) -> None:
    joined = everything(connection)
    sum_customers(connection, DAY, 6)
    connection.commit()
    async with open_uow() as uow:
        found = await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    who = customers(connection)
    assert {name: [str(id_)] for name, id_ in who.items()} == apart_then_joined
    assert found == sorted([who["core_customer/C5"], who["crm_legacy/K2"]])
    assert connection.execute("select action from audit").fetchall() == [("cut_link",)]
    owners = connection.execute("select customer_id from deposits where account_no = 'A5'").fetchall()
    assert owners == [(who["core_customer/C5"],)]
    apart = everything(connection)
    assert_sums_are_right(connection)

    night(connection, tmp_path, DAY + timedelta(days=1))
    assert everything(connection) == apart
    night(connection, tmp_path, DAY + timedelta(days=1), is_full=True)
    assert everything(connection) == apart

    async with open_uow() as uow:
        assert len(await links.mend_link(uow, CORE, CRM, by=SYSTEM, rooms=ROOMS)) == 1
    connection.rollback()
    assert everything(connection) == joined
    assert_sums_are_right(connection)


async def test_days_are_kept_through_a_merge_a_cut_and_its_mending(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    """The merge was of the second night, the cut and its mending are of today: whoever was, has his days."""
    kept, gone = (int(apart_then_joined[name][0]) for name in ("core_customer/C5", "crm_legacy/K2"))
    kept, gone = sorted((kept, gone))
    today = connection.execute("select cast(now() at time zone 'Asia/Shanghai' as date)").fetchone()
    assert today is not None
    first, second = DAY + timedelta(days=1), DAY + timedelta(days=2)

    def days(table: str, key: str, of: int) -> list[tuple]:
        return connection.execute(
            f"select from_on, nullif(to_on, 'infinity'), cause from {table} where {key} = %s"
            " order by from_on".encode(),
            [of],
        ).fetchall()

    for table in ("customer_kinds", "customer_tiers"):
        assert days(table, "customer_id", kept) == [(first, None, "FIRST")]
        assert days(table, "customer_id", gone) == [(first, second, "FIRST")]
    assert days("record_links", "record_id", gone) == [(first, second, "FIRST"), (second, None, "FILES")]

    async with open_uow() as uow:
        await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert days("customer_kinds", "customer_id", gone) == [(first, second, "FIRST"), (*today, None, "CUT")]
    placed = days("placements", "customer_id", gone)
    assert placed == [(*today, None, "CUT")]
    assert days("record_links", "record_id", gone)[1:] == [(second, *today, "FILES"), (*today, None, "CUT")]

    async with open_uow() as uow:
        await links.mend_link(uow, CORE, CRM, by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert days("customer_kinds", "customer_id", gone) == [(first, second, "FIRST")], (
        "it never was for a whole day"
    )
    assert days("record_links", "record_id", gone)[2:] == [(*today, None, "CUT")]


def assert_sums_are_right(connection: psycopg.Connection) -> None:
    """What a cut or its mending left of the sums is what counting everybody gives."""
    sums = "select * from customer_sums order by customer_sums::text"
    left = connection.execute(sums).fetchall()
    assert sum(row[7] for row in left) == len(set(customers(connection).values()))
    sum_customers(connection, DAY, 6)
    assert connection.execute(sums).fetchall() == left
    connection.rollback()


async def test_refusals_leave_everything_as_it_was(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    before = everything(connection)
    connection.rollback()
    for a, b, refusal in (
        (CORE, ("core_customer", "nobody"), links.RecordNotFound),
        (CORE, ("core_customer", "C1"), links.RecordsNotLinked),
        (CORE, CORE, links.RecordsNotLinked),
    ):
        with pytest.raises(refusal):
            async with open_uow() as uow:
                await links.cut_link(uow, a, b, reason="", by=SYSTEM, rooms=ROOMS)
    with pytest.raises(links.LinkNotCut):
        async with open_uow() as uow:
            await links.mend_link(uow, CORE, CRM, by=SYSTEM, rooms=ROOMS)
    assert everything(connection) == before


async def test_whom_a_cut_touched_is_put_on_the_map_anew(
    connection: psycopg.Connection, open_uow, tmp_path: Path
) -> None:
    """The shop's place is the terminal's: without it the shop has none, and the terminal's customer has it."""
    drop(tmp_path, county())
    night(connection, tmp_path)
    shop, terminal = ("core_customer", "C4"), ("pos_merchant", "M1")
    joined = customers(connection)["pos_merchant/M1"]
    assert joined == customers(connection)["core_customer/C4"]
    _put_on_the_map(connection, joined)
    connection.execute("insert into settings (name, value) values ('tile_version', '\"20261120-1\"')")
    count_cells(NightRows(connection))
    assert assert_cells_are_right(connection) == 9
    connection.commit()

    async with open_uow() as uow:
        await links.cut_link(uow, shop, terminal, reason="两家", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert connection.execute("select customer_id from customer_points").fetchall() == []
    assert assert_cells_are_right(connection) == 0
    version = "select value #>> '{}' from settings where name = 'tile_version'"
    assert connection.execute(version).fetchone() == ("20261120-1.1",)
    apart = customers(connection)["pos_merchant/M1"]
    assert apart != joined
    connection.execute("update customers set atom_id = 1 where id = %s", [apart])

    run_id, _ = night(connection, tmp_path)
    changed = connection.execute(
        "select customer_id from night_changes where night_run_id = %s", [run_id]
    ).fetchall()
    assert (apart,) in changed

    _put_on_the_map(connection, apart)
    count_cells(NightRows(connection))
    connection.commit()
    async with open_uow() as uow:
        await links.mend_link(uow, shop, terminal, by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    assert assert_cells_are_right(connection) == 0
    assert connection.execute(version).fetchone() == ("20261120-1.2",)


POSTS = [
    pytest.param([("A", -30, 10, True), ("B", -30, None, True)], "A", id="A, whose end lies ahead"),
    pytest.param(
        [("A", -30, 0, True), ("A", 0, None, True)], "next A", id="the next A on the day of the change"
    ),
    pytest.param(
        [("A", -30, 1, True), ("A", 1, None, True)],
        "next A",
        id="the next A on the day that the night prepared",
    ),
    pytest.param([("A", 5, None, True), ("B", -30, None, True)], "B", id="B until A begins"),
    pytest.param([("A", -30, None, False), ("B", -30, None, True)], "B", id="B where A has left the bank"),
]


@pytest.mark.parametrize(("posts", "expected"), POSTS)
async def test_who_comes_back_by_a_cut_belongs_to_whom_the_night_would_give_him(
    connection: psycopg.Connection, open_uow, tmp_path: Path, posts: list[tuple], expected: str
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    _put_on_the_map(connection, customers(connection)["pos_merchant/M1"])
    connection.execute("insert into settings (name, value) values ('data_date', to_jsonb(%s::text))", [DAY])
    connection.execute("insert into org_units (code, name, kind) values ('1', '支行', 'OUTLET')")
    connection.execute(
        "insert into plans (name, state, version, from_on) values ('方案', 'IN_FORCE', 1, %s)", [DAY]
    )
    connection.execute(
        """insert into grids (plan_id, code, name, level, org_unit_id, town_code, area_m2)
           select p.id, 'S1', '一网格', 'SMALL', o.id, '320923000', 1 from plans p, org_units o"""
    )
    connection.execute("insert into plan_atoms (plan_id, atom_id, grid_id) select plan_id, 1, id from grids")
    staff: dict[str, int] = {}
    for role, begins, ends, is_active in posts:
        name = f"next {role}" if role in staff else role
        row = connection.execute(
            """with s as (insert into staff (number, name, role, org_unit_id, is_active)
                          select %(name)s, %(name)s, 'CUSTOMER_MANAGER', id, %(is_active)s from org_units returning id)
               insert into posts (grid_id, staff_id, role, from_on, to_on)
               select g.id, s.id, %(role)s, %(day)s::date + %(begins)s::int, %(day)s::date + %(ends)s::int
                 from s, grids g
               returning staff_id""",
            {"name": name, "role": role, "day": DAY, "begins": begins, "ends": ends, "is_active": is_active},
        ).fetchone()
        assert row is not None
        staff[name] = row[0]
    connection.commit()

    async with open_uow() as uow:
        await links.cut_link(
            uow,
            ("core_customer", "C4"),
            ("pos_merchant", "M1"),
            reason="两家",
            by=SYSTEM,
            rooms=ROOMS,
        )
    connection.rollback()
    owner = connection.execute(
        "select owner_id from customers where id = %s", [customers(connection)["pos_merchant/M1"]]
    ).fetchone()
    assert owner == (staff[expected],)


def _put_on_the_map(connection: psycopg.Connection, customer_id: int) -> None:
    connection.execute(
        "insert into atoms (id, code, name, village_code, village, town_code, town, is_urban, is_stand_in,"
        " lon_deg_wgs84, lat_deg_wgs84, area_m2) overriding system value"
        " values (1, '320923000000001', '一组', '320923000000', '一村', '320923000', '一镇', false, false,"
        " 119.8, 33.7, 1) on conflict do nothing"
    )
    connection.execute(
        "insert into atom_boundaries (atom_id, boundary_wgs84)"
        " values (1, st_multi(st_makeenvelope(119, 33, 121, 35, 4326))) on conflict do nothing"
    )
    connection.execute("update customers set atom_id = 1 where id = %s", [customer_id])
    connection.execute(
        "insert into customer_points (customer_id, point_3857) values (%s, st_point(0, 0, 3857))",
        [customer_id],
    )


DUE = """select d::text, c.due_on, c.last_visit_on, c.id from customers c
          left join due_visits d on d.customer_id = c.id order by c.id"""


async def test_whom_somebody_is_to_see_is_right_at_once(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    """What a cut and its mending leave of due visits is what judging everybody gives."""
    data_date = date(2026, 11, 10)
    connection.execute(
        "insert into settings (name, value) values ('data_date', to_jsonb(%s::text))", [data_date]
    )
    visit_each(connection, apart_then_joined, data_date)
    connection.execute("update src_loan set cust_no = 'C5', end_on = %s, overdue_days = 0", [data_date])
    run = Night(2, data_date, Path("/nowhere"))
    refresh_holdings(connection, run, silent, language=LANGUAGE)
    find_due_visits(connection, run, silent, language=LANGUAGE)
    connection.commit()

    async def with_link(
        act: Callable[..., Awaitable[list[int]]], **given: str
    ) -> tuple[list[str], list[tuple]]:
        async with open_uow() as uow:
            found = await act(uow, CORE, CRM, by=SYSTEM, rooms=ROOMS, **given)
        connection.rollback()
        left = connection.execute(DUE).fetchall()
        result = find_due_visits(connection, run, silent, language=LANGUAGE)
        assert (result.rows, connection.execute(DUE).fetchall()) == (0, left)
        connection.rollback()
        of_each = "select reason from due_visits where customer_id = any(%s) order by customer_id"
        return [reason for (reason,) in connection.execute(of_each, [found])], left

    joined = connection.execute(DUE).fetchall()
    reasons, apart = await with_link(links.cut_link, reason="两个人")
    assert sorted(reasons) == ["AGREED", "LOAN_MATURED"]
    reasons, mended = await with_link(links.mend_link)
    assert reasons == ["LOAN_MATURED"]
    assert mended == joined != apart


async def test_the_day_of_the_last_visit_follows_the_visits(
    connection: psycopg.Connection, apart_then_joined: dict[str, list[str]], open_uow
) -> None:
    visit_each(connection, apart_then_joined, DAY)
    connection.commit()
    async with open_uow() as uow:
        await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=ROOMS)
    connection.rollback()
    days = """select r.key, c.last_visit_on from customers c join source_records r on r.customer_id = c.id
               where r.key = any(%s)"""
    assert {key: str(day) for key, day in connection.execute(days, [["C5", "K2"]])} == {
        "C5": "2026-10-01",
        "K2": "2026-11-01",
    }


def visit_each(connection: psycopg.Connection, apart: dict[str, list[str]], agreed_on: date) -> None:
    """Each of the two was seen when they were two; a day was agreed with one of them."""
    connection.execute(
        """with unit as (insert into org_units (code, name, kind) values ('V', 'V', 'OUTLET') returning id),
                member as (insert into staff (number, name, role, org_unit_id, is_active)
                           select 'V', 'V', 'CUSTOMER_MANAGER', id, true from unit returning id)
           insert into visits (id, customer_id, recorded_for_id, staff_id, counted_at, started_at, received_at, outcome,
                               next_on)
           select gen_random_uuid(), r.customer_id, cast(given.record as bigint), member.id, given.at, given.at,
                  given.at, 'INTERESTED', cast(given.next_on as date)
             from member,
                  (values (%(core)s, timestamptz '2026-10-01 10:00+08', null),
                          (%(crm)s, '2026-11-01 10:00+08', %(agreed)s)) as given (record, at, next_on)
             join source_records r on r.feed = 'core_customer' and r.key = 'C5'""",
        {
            "core": apart["core_customer/C5"][0],
            "crm": apart["crm_legacy/K2"][0],
            "agreed": str(agreed_on),
        },
    )
