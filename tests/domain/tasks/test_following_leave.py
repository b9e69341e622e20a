"""Two leaves at once, whose walks the same person has."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
from psycopg.types.json import Jsonb

from domain.shared.rows import NightRows
from domain.tasks.following_leave import follow_leave
from tests.domain.small_bank import TODAY, SmallBank, insert


def test_two_who_are_away_are_covered_by_one(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        bank = SmallBank(connection)
        bank.post(bank.south, bank.manager_b, "B")
        insert(connection, "walks", staff_id=bank.manager_b, walk_on=TODAY, length_m=0)
        for staff, grid in ((bank.manager_a, bank.north), (bank.manager_south, bank.south)):
            insert(connection, "walks", staff_id=staff, walk_on=TODAY, length_m=0)
            customer = bank.customer(grid_id=grid, org_unit_id=bank.outlet_a, owner_id=staff)
            insert(
                connection,
                "walk_stops",
                staff_id=staff,
                walk_on=TODAY,
                position=1,
                customer_id=customer,
                planned_for_id=customer,
                reason="CADENCE",
                statement=Jsonb({}),
            )
            insert(connection, "staff_leaves", staff_id=staff, from_on=date(2026, 11, 1))

    def follow(staff: int) -> list[int]:
        with psycopg.connect(database_url) as another:
            return follow_leave(NightRows(another), [staff], TODAY)

    with psycopg.connect(database_url) as first, ThreadPoolExecutor(1) as pool:
        follow_leave(NightRows(first), [bank.manager_a], TODAY)
        second = pool.submit(follow, bank.manager_south)
        _wait_for_a_lock(database_url)
        first.commit()
        assert second.result(10) == [bank.manager_b, bank.manager_south]
        held = first.execute("select staff_id, position from walk_stops order by 2").fetchall()
    assert held == [(bank.manager_b, 1), (bank.manager_b, 2)]


def _wait_for_a_lock(database_url: str) -> None:
    """Until somebody waits for what another holds; a transaction sees one picture of it, so outside of any."""
    waiting = """select pg_sleep(0.02), count(*) from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock'"""
    with psycopg.connect(database_url, autocommit=True) as watching:
        for _ in range(500):
            found = watching.execute(waiting).fetchone()
            if found is not None and found[1]:
                return
