"""Tiles of customers from the points of a scope themselves: for scopes and masks for which the night keeps no cells."""

from domain.shared.actor import RoleScope, Scope
from geo.cells import CELL_BITS
from geo.customer_layers import (
    CELLS_A_SIDE,
    GATHERED,
    IN_TILE,
    ON_TILE,
    POINTS,
    POINTS_UP_TO,
    SQUARES,
    masked_window,
)
from geo.tables import PLACE_BITS
from geo.tiles import Tile, TileStatement

_EVERYBODY = "select p.* from customer_points p where {here}"
# Branch by branch, so that each is found by its own index; a customer of two of them stands in the first.
_HIS = """
    select p.* from customer_points p where p.org_unit_id = any(${units}::bigint[]) and {here}
    union all
    select p.* from customer_points p
     where p.grid_id = any(${grids}::bigint[]) and {here}
       and (p.org_unit_id is null or p.org_unit_id <> all(${units}::bigint[]))
    union all
    select p.* from customer_points p
     where p.customer_id = any(${customers}::bigint[]) and {here}
       and (p.org_unit_id is null or p.org_unit_id <> all(${units}::bigint[]))
       and (p.grid_id is null or p.grid_id <> all(${grids}::bigint[]))"""
_CELL = f"""
    (((p.mercator_row >> ({PLACE_BITS - CELL_BITS} - ${{zoom}}::int)) & 63) << {CELL_BITS})
    | ((p.mercator_column >> ({PLACE_BITS - CELL_BITS} - ${{zoom}}::int)) & 63)"""
_LOCATED = "select grid_id, count(*) as customers from mine where grid_id is not null group by grid_id"


def tile_of_points(scope: Scope, tile: Tile, *, is_masked: bool) -> TileStatement:
    """Layers `cells` and `points` as `geo/customer_tiles.py` has them, for any scope."""
    return _masked(scope, tile) if is_masked else _exact(scope, tile)


def _mine(scope: Scope, first: int, here: str) -> tuple[str, list[list[int]]]:
    """The points of the scope, and the parameters that it adds from number `first`."""
    if scope.of_role is RoleScope.BANK:
        return _EVERYBODY.format(here=here), []
    text = _HIS.format(here=here, units=first, grids=first + 1, customers=first + 2)
    return text, [list(scope.unit_ids), list(scope.grid_ids), list(scope.customer_ids)]


def _exact(scope: Scope, tile: Tile) -> TileStatement:
    mine, keys = _mine(scope, 4, IN_TILE)
    squares = SQUARES.format(side=CELLS_A_SIDE, column="cell & 63", row="cell >> 6")
    points = POINTS.format(geom=ON_TILE.format(of="p.mercator"), points="mine p", which="true")
    text = f"""
with mine as materialized ({mine}),
counted as materialized (select {_CELL.format(zoom=1)} as cell, count(*)::int as count from mine p group by 1)
select case when (select sum(count) from counted) > {POINTS_UP_TO} then ({squares})
            else coalesce(({points}), ''::bytea) end
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *keys])


def _masked(scope: Scope, tile: Tile) -> TileStatement:
    mine, keys = _mine(scope, 10, "true")
    squares = SQUARES.format(side="$9::int", column="(cell & 63) - $7::int", row="(cell >> 6) - $8::int")
    points = POINTS.format(
        geom="here.place", points="here join mine p on p.grid_id = here.grid_id", which="true"
    )
    text = f"""
with mine as materialized ({mine}),
gathered as materialized ({GATHERED.format(located=_LOCATED)}),
here as materialized (
    select grid_id, {ON_TILE.format(of="centre")} as place
      from gathered where is_few and tile_x = $2::int and tile_y = $3::int),
counted as (
    select cell, count(*)::int as count
      from (select p.grid_id, {_CELL.format(zoom=4)} as cell
              from mine p
             where p.mercator_column >> ({PLACE_BITS} - $4::int) = $5::int
               and p.mercator_row >> ({PLACE_BITS} - $4::int) = $6::int) as shown
      left join gathered on gathered.grid_id = shown.grid_id
     where cell >> 6 between $8::int and $8::int + $9::int - 1
       and cell & 63 between $7::int and $7::int + $9::int - 1
       and is_few is not true
     group by cell)
select coalesce(({squares}), ''::bytea) || coalesce(({points}), ''::bytea)
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *masked_window(tile), *keys])
