"""客户分布: how many customers stand in each cell of the map, counted anew from the points by whoever wrote points.

The finest zoom is counted from `customer_points`, each coarser one from the one below it: four cells make one exactly,
because places are whole numbers. Only rows that come out different are written, so readers wait for nobody and a night
without news writes nothing. Why no triggers: docs/decisions/cells-follow-points.md.

How many of a cell have been visited lately is counted in the same pass and kept in a table beside, so that the tiles
that every map asks for read no more than they did.
"""

from collections.abc import Collection, Sequence

from domain.shared.followers import After
from domain.shared.rows import Rows
from domain.shared.tile_version import NEXT_TILE_VERSION
from geo.tables import PLACE_BITS

COARSEST_ZOOM, FINEST_ZOOM = 6, 14
"""The zooms whose tiles are counted; below, a tile has few enough points to count them at each request."""
NO_GRID = 0
"""Stands in a key for those outside every grid."""
CELL_BITS = 6
"""A tile is 2^6 = 64 cells wide."""

# Two who count at once would each miss what the other has not committed, and wait for each other's rows. So one counts
# at a time: the statement after the lock sees whatever those before it committed. Whoever asks for the lock has asked
# for customers, points, sums and settings before and asks for none of them afterwards, so no two of them wait for each
# other. The night asks for its own run's row later, which no cut touches.
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('customer cells'))"

_KEY = "zoom, tile_x, tile_y, org_unit_id, grid_id"
VISITED = {"visited_90d": 0, "visited_180d": 1, "visited_365d": 2, "visited_ever": 3}
"""What `visit_cells` counts, by the highest class of `customer_points.visit_class` that it takes in."""
_SEEN = ", ".join(
    f"cast(count(*) filter (where visit_class <= {highest}) as int) as {name}"
    for name, highest in VISITED.items()
)
_SEEN_SUMS = ", ".join(f"cast(sum({name}) as int) as {name}" for name in VISITED)
_SEEN_ARRAYS = ", ".join(f"array_agg({name} order by cell) as {name}" for name in VISITED)
_FINEST = f"""
zoom_{FINEST_ZOOM} as (
    select mercator_column >> {PLACE_BITS - CELL_BITS - FINEST_ZOOM} as x,
           mercator_row >> {PLACE_BITS - CELL_BITS - FINEST_ZOOM} as y,
           coalesce(org_unit_id, 0) as org_unit_id, coalesce(grid_id, 0) as grid_id,
           cast(count(*) as int) as customers, {_SEEN}
      from customer_points {{of_points}}
     group by 1, 2, 3, 4)"""  # noqa: S608
_COARSER = f"""
zoom_{{zoom}} as (
    select x >> 1 as x, y >> 1 as y, org_unit_id, grid_id, cast(sum(customers) as int) as customers, {_SEEN_SUMS}
      from zoom_{{finer}}
     group by 1, 2, 3, 4)"""  # noqa: S608
_ZOOMS = range(FINEST_ZOOM, COARSEST_ZOOM - 1, -1)
_PYRAMID = ",".join(
    [_FINEST, *(_COARSER.format(zoom=zoom, finer=zoom + 1) for zoom in _ZOOMS if zoom != FINEST_ZOOM)]
)
_CELLS = " union all ".join(f"select {zoom} as zoom, zoom_{zoom}.* from zoom_{zoom}" for zoom in _ZOOMS)  # noqa: S608

_KEPT: dict[str, tuple[str, ...]] = {
    "customer_cells": ("customers", "cells", "counts"),
    "visit_cells": ("cells", "counts", *VISITED),
}
"""The tables that are counted, with what each keeps of the same rows."""


def _keep(table: str, columns: tuple[str, ...]) -> str:
    """Rows that vanish and rows that are written are never the same ones, so one statement may do both."""
    names = ", ".join(columns)
    kept, new = (", ".join(f"{side}.{name}" for name in columns) for side in ("kept", "excluded"))
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    return f"""
vanished_{table} as (
    delete from {table} kept
     where {{of_cells}}
       and not exists (select from counted c
                        where (c.zoom, c.tile_x, c.tile_y, c.org_unit_id, c.grid_id)
                              = (kept.zoom, kept.tile_x, kept.tile_y, kept.org_unit_id, kept.grid_id))
    returning 1),
written_{table} as (
    insert into {table} as kept ({_KEY}, {names})
    select {_KEY}, {names} from counted
        on conflict ({_KEY}) do update set {changes}
        where ({kept}) is distinct from ({new})
    returning 1)"""  # noqa: S608


_CHANGES = " + ".join(
    f"(select count(*) from {did}_{table})"  # noqa: S608
    for table in _KEPT
    for did in ("vanished", "written")
)
_COUNT = f"""
with {_PYRAMID},
counted as materialized (
    select zoom, x >> {CELL_BITS} as tile_x, y >> {CELL_BITS} as tile_y, org_unit_id, grid_id,
           cast(sum(customers) as int) as customers,
           array_agg(cell order by cell) as cells, array_agg(customers order by cell) as counts, {_SEEN_ARRAYS}
      from (select cells.*, cast((y & 63) << {CELL_BITS} | (x & 63) as smallint) as cell from ({_CELLS}) as cells)
        as placed
     group by 1, 2, 3, 4, 5),
{",".join(_keep(table, columns) for table, columns in _KEPT.items())}
select {_CHANGES}
"""  # noqa: S608
_OF_ALL = _COUNT.format(of_points="", of_cells="true")
_OF_GRIDS = _COUNT.format(
    of_points="where grid_id = any(cast(%(grids)s as bigint[]))"
    " or grid_id is null and 0 = any(cast(%(grids)s as bigint[]))",
    of_cells="grid_id = any(cast(%(grids)s as bigint[]))",
)


def count_cells(rows: Rows) -> int:
    """Count the cells of all grids; gives the number of rows of both tables that came out different."""
    rows.execute(_ONE_AT_A_TIME)
    return int(rows.execute(_OF_ALL)[0][0])


def count_cells_of(rows: Rows, grid_ids: Collection[int]) -> int:
    """Count the cells of some grids, after points of theirs were written; 0 is those who stand outside every grid."""
    rows.execute(_ONE_AT_A_TIME)
    return int(rows.execute(_OF_GRIDS, {"grids": sorted(grid_ids)})[0][0])


def draw_again(rows: Rows, customer_ids: Sequence[int]) -> After:
    """A cut: the grids in which there are fewer points afterwards. Nothing is drawn where none was on the map.

    Browsers keep tiles under their version, so what they show from here on has another one.
    """
    on_the_map = rows.execute(
        "select distinct grid_id from customer_points where customer_id = any(cast(%(ids)s as bigint[]))",
        {"ids": list(customer_ids)},
    )
    left_grids = {grid_id or NO_GRID for (grid_id,) in on_the_map}

    def then(_after: Sequence[int]) -> None:
        if left_grids:
            rows.execute(NEXT_TILE_VERSION)
            count_cells_of(rows, left_grids)

    return then
