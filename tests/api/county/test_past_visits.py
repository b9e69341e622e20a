"""The demonstration's past: believable, marked, the same each time."""

from datetime import date
from pathlib import Path

import psycopg

from api.county.past_visits import REMARK, VISITS_A_DAY, load_past_visits, walking_days
from domain.shared.night import Night, silent
from domain.tasks.due import find_due_visits
from schema.rules.language import LANGUAGE

from ...domain.small_bank import DATA_DATE, SmallBank


def test_managers_walk_three_days_a_week() -> None:
    days = walking_days(DATA_DATE)
    assert {day.weekday() for day in days} == {1, 3, 5}
    assert (days[0], days[-1]) == (date(2026, 7, 23), date(2026, 11, 19))


def test_the_past_is_believable_marked_and_loaded_once(connection: psycopg.Connection) -> None:
    bank = SmallBank(connection)
    for number in range(400):
        bank.customer(
            tier="KEY" if number % 10 == 0 else "GENERAL",
            grid_id=bank.north,
            owner_id=bank.manager_a,
            lon_deg_wgs84=119.8,
            lat_deg_wgs84=33.8,
        )
    unplaced = bank.customer(owner_id=bank.manager_a)
    added = load_past_visits(connection, DATA_DATE, silent)
    assert 200 <= added <= 300
    assert load_past_visits(connection, DATA_DATE, silent) == 0
    marked, distance, busiest, staff = connection.execute(
        f"""select count(*) filter (where note like '%{REMARK}'), max(distance_m),
                   (select max(n) from (select count(*) as n from visits group by staff_id, started_at::date) d),
                   count(distinct staff_id) from visits"""
    ).fetchone()
    assert marked == added
    assert 0 < distance <= 57
    assert busiest <= VISITS_A_DAY
    assert staff == 2, "B stands in now and then"
    assert connection.execute("select count(*) from activities").fetchone() == (added,)
    assert connection.execute("select 1 from visits where customer_id = %s", [unplaced]).fetchone() is None
    find_due_visits(connection, Night(1, DATA_DATE, Path("/nowhere")), silent, language=LANGUAGE)
    reasons = dict(connection.execute("select reason, count(*) from due_visits group by reason").fetchall())
    assert set(reasons) == {"AGREED", "CADENCE", "NEVER_VISITED"}
    assert reasons["NEVER_VISITED"] < 300
