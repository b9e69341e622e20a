"""The cells of the map are what counting the points gives, at every zoom, whatever was done to the points."""

import threading
from collections.abc import Callable

import psycopg
import pytest

from domain.shared.rows import NightRows
from geo.cells import COARSEST_ZOOM, FINEST_ZOOM, NO_GRID, count_cells, count_cells_of
from tests.cells import COUNTED, KEPT, assert_cells_are_right
from tests.waiting import wait_for_a_waiter

INSERT = """
insert into customer_points (customer_id, grid_id, org_unit_id, visit_class, point_3857)
select n, nullif(n %% 7, 0), nullif(n %% 3, 0), n %% 5, st_setsrid(st_makepoint(
           13330000 + 300 * (n %% 31), 3980000 + 700 * (n %% 17)), 3857)
  from generate_series(%s::int, %s::int) n
"""
CHANGES = [
    "update customer_points set point_3857 = st_translate(point_3857, 5000, -400) where customer_id % 5 = 0",
    "update customer_points set grid_id = 9 where grid_id is null",
    "update customer_points set org_unit_id = null, grid_id = grid_id + 1 where customer_id < 900",
    "delete from customer_points where customer_id % 2 = 0",
    "delete from customer_points where customer_id = 77",
]


@pytest.fixture
def points(connection: psycopg.Connection) -> psycopg.Connection:
    connection.execute(INSERT, [1, 2_000])
    count_cells(NightRows(connection))
    return connection


def test_the_cells_of_new_points(points: psycopg.Connection) -> None:
    assert assert_cells_are_right(points) > 1_000
    points.execute(INSERT, [2_001, 2_200])
    count_cells(NightRows(points))
    assert_cells_are_right(points)


@pytest.mark.parametrize("change", CHANGES)
def test_counting_all_anew(points: psycopg.Connection, change: str) -> None:
    points.execute(change)
    assert count_cells(NightRows(points)) > 0
    assert_cells_are_right(points)


@pytest.mark.parametrize("change", CHANGES)
def test_counting_the_touched_grids_anew_is_enough(points: psycopg.Connection, change: str) -> None:
    """Whoever has no grid is counted along."""
    before = set(points.execute("select customer_id, grid_id, org_unit_id, point_3857 from customer_points"))
    points.execute(change)
    after = set(points.execute("select customer_id, grid_id, org_unit_id, point_3857 from customer_points"))
    assert count_cells_of(NightRows(points), {grid or NO_GRID for _, grid, _, _ in before ^ after}) > 0
    assert_cells_are_right(points)


def test_who_stands_there_is_no_cells_matter(points: psycopg.Connection) -> None:
    points.execute("update customer_points set customer_id = customer_id + 10000")
    assert count_cells(NightRows(points)) == 0
    assert_cells_are_right(points)


def test_a_visit_changes_the_cells_of_visits_alone(points: psycopg.Connection) -> None:
    rows = "select ctid::text, * from customer_cells order by 2, 3, 4, 5, 6"
    before = points.execute(rows).fetchall()
    points.execute("update customer_points set visit_class = 0 where customer_id = 74")
    assert count_cells(NightRows(points)) == FINEST_ZOOM - COARSEST_ZOOM + 1
    assert points.execute(rows).fetchall() == before
    assert_cells_are_right(points)


def test_the_cells_of_other_grids_are_left_alone(points: psycopg.Connection) -> None:
    rows = "select xmin::text, * from customer_cells where grid_id not in (0, 5) order by 2, 3, 4, 5, 6"
    before = points.execute(rows).fetchall()
    points.execute("delete from customer_points where grid_id = 5")
    assert count_cells_of(NightRows(points), {5}) > 0
    assert points.execute(rows).fetchall() == before
    assert points.execute("select from customer_cells where grid_id = 5").fetchall() == []


def test_no_cell_is_left_of_no_point(points: psycopg.Connection) -> None:
    points.execute("delete from customer_points")
    count_cells(NightRows(points))
    assert assert_cells_are_right(points) == 0


def test_counting_twice_writes_nothing(points: psycopg.Connection) -> None:
    assert count_cells(NightRows(points)) == 0
    assert count_cells_of(NightRows(points), {1, 2, 3}) == 0


def test_every_zoom_holds_every_point(points: psycopg.Connection) -> None:
    found = points.execute("select zoom, sum(customers) from customer_cells group by 1 order by 1").fetchall()
    assert found == [(zoom, 2_000) for zoom in range(COARSEST_ZOOM, FINEST_ZOOM + 1)]


def test_who_counts_after_another_sees_what_he_has_done(make_database: Callable[..., str]) -> None:
    """The night writes points of a grid of which a cut takes some off; neither loses what the other did."""
    url = make_database()
    with psycopg.connect(url) as night:
        night.execute(INSERT, [1, 500])
        count_cells(NightRows(night))
        night.commit()
        night.execute("update customer_points set grid_id = 4 where customer_id % 7 = 3")
        count_cells(NightRows(night))
        cut = threading.Thread(target=_take_off, args=[url])
        cut.start()
        wait_for_a_waiter(night)
        # Readers see what was there, and wait for nobody.
        with psycopg.connect(url, options="-c lock_timeout=100") as reader:
            assert reader.execute(KEPT).fetchall() == reader.execute(COUNTED).fetchall()
        night.commit()
        cut.join()
        assert_cells_are_right(night)
        assert night.execute("select count(*) from customer_points").fetchone() == (429,)


def _take_off(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("delete from customer_points where grid_id = 4 and customer_id % 7 = 4")
        count_cells_of(NightRows(connection), {4})
