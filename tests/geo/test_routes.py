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
    grid: int | None = None,
) -> None:
    """A due customer `east` and `north` degrees beside the manager's atom."""
    staff_id, lon, lat, atom = manager
    county.execute(
        "insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen, lon_deg_wgs84,"
        " lat_deg_wgs84, atom_id, owner_id, grid_id)"
        " values (%s, 'PERSON', 'GENERAL', 'ACTIVE', '某人', 0, 0, 0, %s, %s, %s, %s, %s)",
        [number, lon + east, lat + north, atom, staff_id, grid],
    )
    county.execute(
        "insert into due_visits (customer_id, owner_id, grid_id, reason, statement, figures, due_on, priority)"
        " values (%s, %s, %s, %s, %s, '[]', '2026-06-30', %s)",
        [number, staff_id, grid, reason, jsonb(AGREED(agreed_on=TODAY + timedelta(number))), priority],
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


@pytest.fixture
def covered(county: Connection, manager) -> tuple[int, int]:
    """The grid of the manager's atom, and who sits there on B."""
    return county.execute(
        "select p.grid_id, p.staff_id from posts p join plan_atoms pa on pa.grid_id = p.grid_id"
        " where p.role = 'B' and pa.atom_id = %s",
        [manager[3]],
    ).fetchone()


def goes_on_leave(
    county: Connection, staff_id: int, from_on: date = TODAY, to_on: date | None = None
) -> None:
    county.execute("insert into staff_leaves values (%s, %s, %s)", [staff_id, from_on, to_on])


def walked_to(county: Connection) -> dict[int, set[int]]:
    plan_walks(county, NIGHT, silent)
    walks = county.execute(
        "select staff_id, array_agg(customer_id) from walk_stops group by staff_id"
    ).fetchall()
    return {staff: set(customers) for staff, customers in walks}


def test_b_walks_for_a_who_is_on_leave_and_the_customer_stays_his(county, manager, covered):
    grid, on_b = covered
    add_due(county, manager, 1, 0.001, 3.0, grid=grid)
    # Without a grid there is no B.
    add_due(county, manager, 2, 0.002, 3.0)
    goes_on_leave(county, manager[0], to_on=TODAY + timedelta(1))
    assert walked_to(county) == {on_b: {1}}
    assert county.execute("select distinct owner_id from customers where id in (1, 2)").fetchall() == [
        (manager[0],)
    ]


@pytest.mark.parametrize(("from_on", "to_on"), [(TODAY + timedelta(1), None), (TODAY - timedelta(9), TODAY)])
def test_a_who_is_not_yet_away_or_is_back_walks_himself(county, manager, covered, from_on, to_on):
    add_due(county, manager, 1, 0.001, 3.0, grid=covered[0])
    goes_on_leave(county, manager[0], from_on, to_on)
    assert walked_to(county) == {manager[0]: {1}}


def test_own_and_covered_are_one_walk_within_the_usual_limit(county, manager, covered):
    grid, on_b = covered
    for number in range(1, STOPS + 1):
        add_due(county, manager, 2 * number, 0.0004 * number, 3.0, grid=grid)
        add_due(county, (on_b, *manager[1:]), 2 * number + 1, 0.0004 * number + 0.0002, 3.0)
    goes_on_leave(county, manager[0])
    [(walker, customers)] = walked_to(county).items()
    assert walker == on_b
    assert len(customers) == STOPS
    assert {number % 2 for number in customers} == {0, 1}
    row = county.execute("select count(*), max(position) from walk_stops").fetchone()
    assert row == (STOPS, STOPS)


@pytest.mark.parametrize(
    "gone", ["is_active = false", "from_on = date '2026-07-01'", "to_on = date '2026-06-30'"]
)
def test_who_is_not_in_service_walks_neither_for_himself_nor_for_others(county, manager, covered, gone):
    grid, on_b = covered
    add_due(county, manager, 1, 0.001, 3.0, grid=grid)
    county.execute(f"update staff set {gone} where id = %s", [manager[0]])
    assert walked_to(county) == {on_b: {1}}
    county.execute(f"update staff set {gone} where id = %s", [on_b])
    assert walked_to(county) == {}


def test_where_b_is_away_too_nobody_walks(county, manager, covered):
    grid, on_b = covered
    add_due(county, manager, 1, 0.001, 3.0, grid=grid)
    goes_on_leave(county, manager[0])
    goes_on_leave(county, on_b)
    assert walked_to(county) == {}


def test_a_b_post_that_has_ended_covers_nothing(county, manager, covered):
    grid, _on_b = covered
    add_due(county, manager, 1, 0.001, 3.0, grid=grid)
    goes_on_leave(county, manager[0])
    county.execute("update posts set to_on = %s where grid_id = %s and role = 'B'", [TODAY, grid])
    assert walked_to(county) == {}
