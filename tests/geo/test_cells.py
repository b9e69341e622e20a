"""The cells of the map are what counting the points gives, at every zoom, whatever is done to the points."""

import psycopg
import pytest

from geo.customer_tiles import COARSEST_ZOOM, DEEPEST_ZOOM
from geo.tiles import WORLD_M

KEPT = """
select zoom, tile_x, tile_y, cell, org_unit_id, grid_id, customers from customer_cells
 order by 1, 2, 3, 4, 5, 6
"""
# Counted another way than the triggers do: by metres, for each zoom by itself.
COUNTED = f"""
select zoom, x / 64, y / 64, y % 64 * 64 + x % 64, org_unit_id, grid_id, count(*)
  from (select zoom, org_unit_id, grid_id,
               floor((st_x(point_3857) / {WORLD_M} + 0.5) * 64 * 2 ^ zoom)::bigint as x,
               floor((0.5 - st_y(point_3857) / {WORLD_M}) * 64 * 2 ^ zoom)::bigint as y
          from customer_points, generate_series({COARSEST_ZOOM}, {DEEPEST_ZOOM}) as zoom) as placed
 group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
"""
INSERT = """
insert into customer_points (customer_id, grid_id, org_unit_id, point_3857)
select n, nullif(n %% 7, 0), nullif(n %% 3, 0), st_setsrid(st_makepoint(
           13330000 + 300 * (n %% 31), 3980000 + 700 * (n %% 17)), 3857)
  from generate_series(%s::int, %s::int) n
"""


@pytest.fixture
def points(connection: psycopg.Connection) -> psycopg.Connection:
    connection.execute(INSERT, [1, 2_000])
    return connection


def assert_equal(connection: psycopg.Connection) -> int:
    kept = connection.execute(KEPT).fetchall()
    assert kept == connection.execute(COUNTED).fetchall()
    return len(kept)


def test_cells_of_new_points(points: psycopg.Connection) -> None:
    assert assert_equal(points) > 1_000
    points.execute(INSERT, [2_001, 2_200])
    assert_equal(points)


@pytest.mark.parametrize(
    "change",
    [
        "update customer_points set point_3857 = st_translate(point_3857, 5000, -400) where customer_id % 5 = 0",
        "update customer_points set grid_id = 9 where grid_id is null",
        "update customer_points set org_unit_id = null, grid_id = grid_id + 1 where customer_id < 900",
        "update customer_points set customer_id = customer_id + 10000",
        "update customer_points set grid_id = grid_id where false",
        "delete from customer_points where customer_id % 2 = 0",
        "delete from customer_points where customer_id = 77",
        """insert into customer_points select customer_id, 5, 5, st_translate(point_3857, 90, 90) from customer_points
            on conflict (customer_id) do update set grid_id = excluded.grid_id, point_3857 = excluded.point_3857""",
    ],
)
def test_cells_follow_points(points: psycopg.Connection, change: str) -> None:
    points.execute(change)
    assert_equal(points)


@pytest.mark.parametrize("everything", ["delete from customer_points", "truncate customer_points"])
def test_no_cell_is_left_of_no_point(points: psycopg.Connection, everything: str) -> None:
    points.execute(everything)
    assert assert_equal(points) == 0


def test_points_that_move_from_cell_to_cell_and_back_leave_the_cells_as_they_were(
    points: psycopg.Connection,
) -> None:
    before = points.execute(KEPT).fetchall()
    for metres in (5_000, -5_000):
        points.execute("update customer_points set point_3857 = st_translate(point_3857, %s, 0)", [metres])
    assert points.execute(KEPT).fetchall() == before


def test_a_backup_is_restored_with_its_indexes(points: psycopg.Connection) -> None:
    """pg_restore makes indexes under an empty search path; PostGIS has to be found there too."""
    points.execute("set local search_path = ''")
    points.execute(
        "create index on public.customer_points"
        " (public.mercator_row(point_3857), public.mercator_column(point_3857))"
    )
