"""Customers on tiles: 64 by 64 cells with a count where a tile holds more than 2,000, points below that.

Raw points of a whole town are the wrong answer (docs/decisions/tiles.md). Nothing here is about a single person but an
id, a kind, a tier and a band; names are asked for through GraphQL, one by one. At any zoom every customer of the scope
is on one tile, once: in a cell or as a point.
"""

from domain.shared.actor import Actor, ScopeForm
from domain.shared.masks import hides
from geo.cells import CELL_BITS, COARSEST_ZOOM, FINEST_ZOOM
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
from geo.point_tiles import tile_of_points
from geo.tables import PLACE_BITS
from geo.tiles import Tile, TileStatement


def customers_tile(actor: Actor, tile: Tile) -> TileStatement:
    """Layers `cells` (squares with a `count`; empty ones are left out) and `points`.

    What most people ask is answered from the cells that the night keeps; any other pair of scope and mask from the
    points of the scope themselves.
    """
    if actor.form is ScopeForm.NOTHING:
        return TileStatement("select ''::bytea", [])
    is_masked = hides(actor.mask, "location")
    if actor.form is ScopeForm.BANK and is_masked:
        return _of_masked_places(tile)
    if actor.form in _KEPT and not is_masked:
        return _of_exact_places(actor, tile)
    return tile_of_points(actor.scope, tile, is_masked=is_masked)


_KEPT = {
    ScopeForm.UNIT: "org_unit_id = any($4::bigint[])",
    ScopeForm.UNITS: "org_unit_id = any($4::bigint[])",
    ScopeForm.GRIDS: "grid_id = any($4::bigint[])",
}

_KEPT_CELLS = """
    select cell, sum(count)::int as count
      from customer_cells cross join unnest(cells, counts) as kept (cell, count)
     where zoom = $1::int and tile_x = $2::int and tile_y = $3::int and {scope}
     group by cell"""
_COUNTED_CELLS = f"""
    select (((p.mercator_row >> ({PLACE_BITS - CELL_BITS} - $1::int)) & 63) << {CELL_BITS})
           | ((p.mercator_column >> ({PLACE_BITS - CELL_BITS} - $1::int)) & 63) as cell, count(*)::int as count
      from customer_points p
     where {IN_TILE} and p.{{scope}}
     group by 1"""  # noqa: S608


def _of_exact_places(actor: Actor, tile: Tile) -> TileStatement:
    """Cells or points by how many customers of the scope the tile holds. Parameters: z, x, y, keys of the scope."""
    scope = _KEPT[actor.form]
    keys = actor.scope.grid_ids if actor.form is ScopeForm.GRIDS else actor.scope.unit_ids
    counted = (_KEPT_CELLS if tile.z <= FINEST_ZOOM else _COUNTED_CELLS).format(scope=scope)
    squares = SQUARES.format(side=CELLS_A_SIDE, column="cell & 63", row="cell >> 6")
    points = POINTS.format(
        geom=ON_TILE.format(of="p.mercator"),
        points="customer_points p",
        which=f"{IN_TILE} and p.{scope}",
    )
    text = f"""
with counted as materialized ({counted})
select case when (select sum(count) from counted) > {POINTS_UP_TO} then ({squares})
            else coalesce(({points}), ''::bytea) end
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, list(keys)])


_LOCATED = f"""
    select grid_id, sum(customers) as customers from customer_cells where zoom = {COARSEST_ZOOM} group by grid_id"""  # noqa: S608
_CELLS_OF_MANY = """
    select cell, sum(count)::int as count
      from customer_cells cross join unnest(cells, counts) as kept (cell, count)
      left join gathered on gathered.grid_id = customer_cells.grid_id
     where zoom = $4::int and customer_cells.tile_x = $5::int and customer_cells.tile_y = $6::int
       and cell >> 6 between $8::int and $8::int + $9::int - 1
       and cell & 63 between $7::int and $7::int + $9::int - 1
       and is_few is not true
     group by cell"""


def _of_masked_places(tile: Tile) -> TileStatement:
    """Points at the centres of grids, and cells no narrower than 150 m, of the whole bank.

    Parameters: z, x, y; zoom, x and y of the tile whose cells are shown; the first column and row of those, and how
    many there are to a side.
    """
    squares = SQUARES.format(side="$9::int", column="(cell & 63) - $7::int", row="(cell >> 6) - $8::int")
    points = POINTS.format(
        geom="here.place", points="here join customer_points p on p.grid_id = here.grid_id", which="true"
    )
    text = f"""
with gathered as materialized ({GATHERED.format(located=_LOCATED)}),
here as materialized (
    select grid_id, {ON_TILE.format(of="centre")} as place
      from gathered where is_few and tile_x = $2::int and tile_y = $3::int),
counted as ({_CELLS_OF_MANY})
select coalesce(({squares}), ''::bytea) || coalesce(({points}), ''::bytea)
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *masked_window(tile)])
