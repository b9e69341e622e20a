"""The map's cells as they are kept and as the points give them, counted by other arithmetic."""

import psycopg

from geo.cells import COARSEST_ZOOM, FINEST_ZOOM
from geo.tables import WORLD_M

KEPT = """
select zoom, tile_x, tile_y, cell, nullif(org_unit_id, 0), nullif(grid_id, 0), count
  from customer_cells cross join unnest(cells, counts) as kept (cell, count)
 order by 1, 2, 3, 4, 5, 6
"""
# By metres, and for each zoom by itself.
COUNTED = f"""
select zoom, x / 64, y / 64, y % 64 * 64 + x % 64, org_unit_id, grid_id, count(*)
  from (select zoom, org_unit_id, grid_id,
               floor((st_x(point_3857) / {WORLD_M} + 0.5) * 64 * 2 ^ zoom)::bigint as x,
               floor((0.5 - st_y(point_3857) / {WORLD_M}) * 64 * 2 ^ zoom)::bigint as y
          from customer_points, generate_series({COARSEST_ZOOM}, {FINEST_ZOOM}) as zoom) as placed
 group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
"""
KEPT_VISITS = """
select zoom, tile_x, tile_y, cell, nullif(org_unit_id, 0), nullif(grid_id, 0), count, d90, d180, d365, ever
  from visit_cells
 cross join unnest(cells, counts, visited_90d, visited_180d, visited_365d, visited_ever)
    as kept (cell, count, d90, d180, d365, ever)
 order by 1, 2, 3, 4, 5, 6
"""
COUNTED_VISITS = COUNTED.replace(
    "count(*)\n",
    "count(*), sum((visit_class = 0)::int), sum((visit_class in (0, 1))::int),"
    " sum((visit_class in (0, 1, 2))::int), sum((visit_class <> 4)::int)\n",
).replace("from (select zoom", "from (select visit_class, zoom")
UNLIKE = """
select from customer_cells
 where customers <> (select sum(count) from unnest(counts) count) or cardinality(cells) <> cardinality(counts)
"""


def assert_cells_are_right(connection: psycopg.Connection) -> int:
    """Gives how many cells there are."""
    kept = connection.execute(KEPT).fetchall()
    assert kept == connection.execute(COUNTED).fetchall()
    assert (
        connection.execute(KEPT_VISITS).fetchall() == connection.execute(COUNTED_VISITS.encode()).fetchall()
    )
    assert connection.execute(UNLIKE).fetchall() == []
    return len(kept)
