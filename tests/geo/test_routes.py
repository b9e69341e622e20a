"""The step that plans walks: whose, how long, in which order, and the same again."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.shared.night import Connection, Night, silent
from domain.shared.statements import jsonb
from domain.tasks.parameters import WALK_DOORS, WALK_STOPS
from domain.tasks.statements import AGREED, DOOR_ON_THE_WAY
from geo.routes import plan_walks

NIGHT = Night(1, date(2026, 6, 29), Path("/nowhere"))
TODAY = date(2026, 6, 30)
STOPS, DOORS = WALK_STOPS.default, WALK_DOORS.default


@pytest.fixture
def manager(county: Connection) -> tuple[int, float, float, int]:
    """A customer manager with the place of one of his atoms."""
    return county.execute(
        "select p.staff_id, a.lon_deg_wgs84, a.lat_deg_wgs84, a.id from posts p"
        " join plan_atoms pa on pa.grid_id = p.grid_id join atoms a on a.id = pa.atom_id"
        " where p.role = 'A' order by p.staff_id, a.id limit 1"
    ).fetchone()


def add_due(
    county: Connection,
    manager,
    number: int,
    east: float,
    priority: float,
    *,
    reason: str = "CADENCE",
    north=0.0,
) -> None:
    """A due customer `east` and `north` degrees beside the manager's atom."""
    staff_id, lon, lat, atom = manager
    county.execute(
        "insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen, lon_deg_wgs84,"
        " lat_deg_wgs84, atom_id, owner_id)"
        " values (%s, 'PERSON', 'GENERAL', 'ACTIVE', '某人', 0, 0, 0, %s, %s, %s, %s)",
        [number, lon + east, lat + north, atom, staff_id],
    )
    county.execute(
        "insert into due_visits (customer_id, owner_id, reason, statement, figures, due_on, priority)"
        " values (%s, %s, %s, %s, '[]', '2026-06-30', %s)",
        [number, staff_id, reason, jsonb(AGREED(agreed_on=TODAY + timedelta(number))), priority],
    )


def stops(county: Connection) -> list[tuple[object, ...]]:
    return county.execute(
        "select customer_id, reason, statement from walk_stops where walk_on = %s order by staff_id, position",
        [TODAY],
    ).fetchall()


def test_a_walk_goes_along_the_street_with_its_reasons(county, manager):
    for number, east in [(1, 0.003), (2, 0.001), (3, 0.002)]:
        add_due(county, manager, number, east, 3.0)
    result = plan_walks(county, NIGHT, silent)
    walked = stops(county)
    assert [row[0] for row in walked] in ([2, 3, 1], [1, 3, 2])
    assert [row[1:] for row in walked] == [
        ("CADENCE", AGREED(agreed_on=TODAY + timedelta(row[0])).as_json()) for row in walked
    ]
    assert result.rows == 3
    staff, walk_on, length_m = county.execute("select staff_id, walk_on, length_m from walks").fetchone()
    assert (staff, walk_on) == (manager[0], TODAY)
    assert length_m >= 0.002 * 92_000


def test_doors_on_the_way_join_and_doors_off_the_way_do_not(county, manager):
    for number in range(1, STOPS + 1):
        add_due(county, manager, number, 0.0005 * number, 3.0)
    add_due(county, manager, 100, 0.00325, 0.1, reason="NEVER_VISITED", north=0.0001)
    add_due(county, manager, 101, 0.00325, 0.9, reason="NEVER_VISITED", north=0.003)
    plan_walks(county, NIGHT, silent)
    walked = stops(county)
    assert len(walked) == STOPS + 1
    assert [row[1:] for row in walked if row[0] == 100] == [("NEVER_VISITED", DOOR_ON_THE_WAY().as_json())]
    assert 101 not in {row[0] for row in walked}
    # It stands between its neighbours on the street, not at the end.
    position = [row[0] for row in walked].index(100)
    assert {walked[position - 1][0], walked[position + 1][0]} == {6, 7}


def test_a_walk_has_an_end(county, manager):
    for number in range(1, 60):
        add_due(county, manager, number, 0.0001 * number, 2.0 if number < 30 else 0.5, reason="NEVER_VISITED")
    plan_walks(county, NIGHT, silent)
    assert len(stops(county)) == STOPS + DOORS


def test_twice_is_as_once_and_other_days_stay(county, manager):
    add_due(county, manager, 1, 0.001, 1.0)
    plan_walks(county, Night(0, date(2026, 6, 28), Path("/nowhere")), silent)
    plan_walks(county, NIGHT, silent)
    first = county.execute("select * from walk_stops order by walk_on").fetchall()
    plan_walks(county, NIGHT, silent)
    assert county.execute("select * from walk_stops order by walk_on").fetchall() == first
    assert [row[1] for row in first] == [date(2026, 6, 29), TODAY]


def test_who_is_due_no_longer_leaves_no_walk_behind(county, manager):
    add_due(county, manager, 1, 0.001, 1.0)
    plan_walks(county, NIGHT, silent)
    county.execute("delete from due_visits")
    assert plan_walks(county, NIGHT, silent).rows == 0
    assert county.execute("select count(*) from walks").fetchone() == (0,)
    assert stops(county) == []


def test_without_a_place_on_the_map_nobody_is_walked_to(county, manager):
    add_due(county, manager, 1, 0.001, 1.0)
    county.execute("update customers set atom_id = null, lon_deg_wgs84 = null, lat_deg_wgs84 = null")
    plan_walks(county, NIGHT, silent)
    assert stops(county) == []
