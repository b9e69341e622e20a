"""A plan that was approved for a day comes in force at its midnight, with everything that is told of grids."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import true

from api.jobs.context import JobContext
from api.jobs.plans import put_plan_in_force, queue_due_plan
from domain.customers.fields import LOCATED
from domain.grids.drafting import make_draft
from domain.performance.grid_statistics import count_grids
from domain.performance.sums import sum_customers
from domain.shared.night import Night, silent
from domain.shared.outbox import LeasedJob
from domain.shared.rooms import Rooms, language_of
from domain.shared.rows import NightRows
from domain.tasks.handing_over import give_due_visits_to_owners
from domain.tasks.reasons import as_of
from geo.owning import own_on_the_map
from schema.house import HOUSE, ROOMS
from tests.cells import assert_cells_are_right
from tests.domain.small_bank import DATA_DATE, TODAY, SmallBank, insert

TOMORROW = date(2026, 11, 22)
NIGHT = Night(1, DATA_DATE, Path("/nowhere"))


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    """A bank after its night, with a second plan approved for tomorrow: one grid for everybody, sat on by M3."""
    bank = SmallBank(connection)
    customer = bank.customer(atom_id=bank.n1)
    insert(
        connection,
        "due_visits",
        customer_id=customer,
        owner_id=1,
        reason="CADENCE",
        statement='{"code": "DUE_NEVER_VISITED", "values": {"tier": "KEY"}}',
        figures="[]",
        due_on=TODAY,
        priority=1,
    )
    connection.execute(
        "insert into customer_points (customer_id, point_3857) values (%s, st_setsrid(st_makepoint(1, 2), 3857))",
        [customer],
    )
    night_and_figures(bank)
    next_plan = insert(connection, "plans", name="新方案", state="APPROVED", version=2, from_on=TOMORROW)
    everywhere = bank.grid("ALL", "SMALL", bank.outlet_b, None, plan=next_plan)
    for atom in (bank.n1, bank.n2, bank.s1):
        insert(connection, "plan_atoms", plan_id=next_plan, atom_id=atom, grid_id=everywhere)
    bank.post(everywhere, bank.manager_south, "A")
    return bank


def night_and_figures(bank: SmallBank) -> None:
    connection = bank.connection
    own_on_the_map(connection, NIGHT, silent, language=HOUSE.language)
    give_due_visits_to_owners(connection)
    sum_customers(connection, DATA_DATE, 6)
    count_grids(connection, as_of(DATA_DATE, {}), HOUSE.language)
    connection.execute(
        "insert into settings (name, value) values ('data_date', '\"2026-11-20\"'), ('tile_version', '\"v\"')"
    )


def carry_out(bank: SmallBank, rooms: Rooms = ROOMS) -> None:
    found = bank.connection.execute("select id, name, key, args, attempts from outbox").fetchone()
    assert found is not None
    context = JobContext("", Path("/nowhere"), language=language_of(rooms))
    put_plan_in_force(bank.connection, LeasedJob(*found, uuid4()), context)


def test_at_midnight_customers_go_to_the_grids_of_the_new_plan(bank: SmallBank) -> None:
    assert not queue_due_plan(bank.connection, TODAY), "a day early"
    assert queue_due_plan(bank.connection, TOMORROW)
    assert not queue_due_plan(bank.connection, TOMORROW), "the second worker that looks"
    carry_out(bank)
    grid = bank.connection.execute(
        "select g.id from grids g join plan_in_force p on p.id = g.plan_id"
    ).fetchone()
    assert grid is not None
    assert bank.read("grid_id, org_unit_id, owner_id", 1) == (grid[0], bank.outlet_b, bank.manager_south)
    for table, count in (
        ("due_visits", "1"),
        ("customer_sums", "customers"),
        ("grid_statistics", "customers"),
    ):
        found = bank.connection.execute(
            f"select sum({count}) from {table} where grid_id = %s".encode(), grid
        ).fetchone()
        assert found == (1,), table
    assert bank.connection.execute("select grid_id from customer_points").fetchone() == grid
    assert_cells_are_right(bank.connection)
    version = bank.connection.execute("select value from settings where name = 'tile_version'").fetchone()
    assert version == ("v.1",)


WRITTEN = {
    "customers": "id",
    "placements": "customer_id",
    "customer_points": "customer_id",
    "due_visits": "customer_id",
    "grid_statistics": "grid_id",
    "customer_cells": "grid_id",
    "visit_cells": "grid_id",
}
"""Tables that a change of plans may write, and what a row of each is about."""


def versions(bank: SmallBank, table: str) -> set[tuple]:
    """Of all rows: one that is written stands at another place."""
    return set(
        bank.connection.execute(f"select ctid::text, {WRITTEN[table]} from {table}".encode()).fetchall()
    )


def test_a_plan_that_moves_one_atom_writes_only_its_customers(connection: psycopg.Connection) -> None:
    """Everybody else's rows stay as they are, and so do the figures and cells of other grids."""
    bank = SmallBank(connection)
    far = bank.grid("E", "SMALL", bank.outlet_a, bank.large)
    atom = bank.atom("e1")
    insert(connection, "plan_atoms", plan_id=bank.plan, atom_id=atom, grid_id=far)
    moved, *others = (bank.customer(atom_id=one) for one in (bank.n2, bank.n1, bank.s1, bank.s1, atom))
    connection.execute(
        """insert into due_visits (customer_id, owner_id, reason, statement, figures, due_on, priority)
           select id, 1, 'CADENCE', '{"code": "DUE_NEVER_VISITED", "values": {"tier": "KEY"}}', '[]', %s, 1
             from customers""",
        [TODAY],
    )
    connection.execute(
        """insert into customer_points (customer_id, point_3857)
           select id, st_setsrid(st_makepoint(1e4 * id, 2), 3857) from customers"""
    )
    night_and_figures(bank)
    plan = make_draft(NightRows(connection), "一处", None, bank.plan)
    connection.execute(
        """update plan_atoms set grid_id = (select id from grids where plan_id = %s and code = 'S')
            where plan_id = %s and atom_id = %s""",
        [plan, plan, bank.n2],
    )
    connection.execute("update plans set state = 'APPROVED', from_on = %s where id = %s", [TOMORROW, plan])
    before = {table: versions(bank, table) for table in WRITTEN}
    assert queue_due_plan(connection, TOMORROW)
    carry_out(bank)
    new = {table: {key for _, key in versions(bank, table) - before[table]} for table in WRITTEN}
    for table in ("customers", "placements", "customer_points", "due_visits"):
        assert new[table] == {moved}, table
    of_the_past = {
        key for (key,) in connection.execute("select id from grids where plan_id = %s", [bank.plan])
    }
    assert new["grid_statistics"] == {bank.north, bank.south, *of_the_past}
    assert new["customer_cells"] == new["visit_cells"] == {bank.north, bank.south}
    assert bank.read("grid_id, owner_id", moved) == (bank.south, bank.manager_south)
    assert {bank.read("grid_id", one)[0] for one in others} == {bank.north, bank.south, far}
    assert_cells_are_right(connection)


def test_figures_of_grids_are_asked_of_the_rooms_whose_midnight_it_is(bank: SmallBank) -> None:
    """Of a house for which everybody is located: its midnight asks as its nights do."""
    everybody = replace(LOCATED, sql=lambda _row, _day: true())
    house = [
        replace(room, fields=tuple(everybody if field is LOCATED else field for field in room.fields))
        for room in ROOMS
    ]
    assert queue_due_plan(bank.connection, TOMORROW)
    carry_out(bank, house)
    found = bank.connection.execute(
        """select s.customers, s.located from grid_statistics s join grids g on g.id = s.grid_id
             join plan_in_force p on p.id = g.plan_id"""
    )
    assert found.fetchall() == [(1, 1)]


def test_it_waits_for_a_night_that_runs_and_finds_the_work_done(bank: SmallBank) -> None:
    bank.connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'RUNNING', false, false)",
        [TODAY],
    )
    assert not queue_due_plan(bank.connection, TOMORROW)
    own_on_the_map(bank.connection, Night(2, TODAY, Path("/nowhere")), silent, language=HOUSE.language)
    bank.connection.execute("update night_runs set state = 'DONE'")
    assert bank.read("org_unit_id", 1) == (bank.outlet_b,)
    assert not queue_due_plan(bank.connection, TOMORROW), "the night was quicker"
