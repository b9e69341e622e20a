"""Customers on tiles: 64 by 64 cells with a count where a tile holds more than 2,000, points below that.

Raw points of a whole town are the wrong answer (docs/decisions/tiles.md). Nothing here is about a single person but an
id, a kind, a tier and a band; names are asked for through GraphQL, one by one. At any zoom every customer of the scope
is on one tile, once: in a cell or as a point.
"""

from domain.shared.actor import Actor, ScopeKind
from geo.cells import CELL_BITS, COARSEST_ZOOM, FINEST_ZOOM
from geo.tables import PLACE_BITS
from geo.tiles import EXTENT, Tile, TileStatement, scope_keys

POINTS_UP_TO = 2_000
CELLS_A_SIDE = 1 << CELL_BITS
DEEPEST_MASKED_ZOOM = 12
"""Whom a cell may tell no place gets none that is narrower than one of this zoom (150 m)."""
_FIRST_UNIT_BITS = PLACE_BITS - 12
"""From the steps of `mercator_column` and `mercator_row` to the 4,096 units of a tile of zoom 0."""


def customers_tile(actor: Actor, tile: Tile) -> TileStatement:
    """Layers `cells` (squares with a `count`; empty ones are left out) and `points`."""
    if actor.scope is ScopeKind.NOTHING:
        return TileStatement("select ''::bytea", [])
    # Head office sees places masked (schema/customers/masking.py says the same of `location`).
    return _of_masked_places(tile) if actor.scope is ScopeKind.BANK else _of_exact_places(actor, tile)


_SCOPE = {
    ScopeKind.OUTLETS: "org_unit_id = any($4::bigint[])",
    ScopeKind.OWN_GRIDS: "grid_id = any($4::bigint[])",
}

# Ranges of whole numbers: a point on an edge is on one tile alone, and the index of the scope finds them.
_IN_TILE = f"""
       p.mercator_row between $3::int << ({PLACE_BITS} - $1::int)
                          and ($3::int + 1 << ({PLACE_BITS} - $1::int)) - 1
       and p.mercator_column between $2::int << ({PLACE_BITS} - $1::int)
                                 and ($2::int + 1 << ({PLACE_BITS} - $1::int)) - 1"""

_KEPT_CELLS = """
    select cell, sum(count)::int as count
      from customer_cells cross join unnest(cells, counts) as kept (cell, count)
     where zoom = $1::int and tile_x = $2::int and tile_y = $3::int and {scope}
     group by cell"""
_COUNTED_CELLS = f"""
    select (((p.mercator_row >> ({PLACE_BITS - CELL_BITS} - $1::int)) & 63) << {CELL_BITS})
           | ((p.mercator_column >> ({PLACE_BITS - CELL_BITS} - $1::int)) & 63) as cell, count(*)::int as count
      from customer_points p
     where {_IN_TILE} and p.{{scope}}
     group by 1"""  # noqa: S608

# A square is one unit of a layer as wide as the tile has cells: a fifth fewer bytes than in units of points.
_SQUARES = """
    select st_asmvt(square, 'cells', {side}, 'geom')
      from (select count, st_translate('polygon((0 0, 1 0, 1 1, 0 1, 0 0))'::geometry, {column}, {row}) as geom
              from counted) as square"""
# Units of the tile are the last bits of a place: a shift, where `st_asmvtgeom` takes twice as long as all the rest.
_ON_TILE = f"""st_makepoint(({{of}}_column >> ({_FIRST_UNIT_BITS} - $1::int)) & {EXTENT - 1},
                            ({{of}}_row >> ({_FIRST_UNIT_BITS} - $1::int)) & {EXTENT - 1})"""
_POINTS = f"""
    select st_asmvt(point, 'points', {EXTENT}, 'geom')
      from (select 'Customer:' || p.customer_id as id, p.kind, p.tier, p.attrition_band as band, {{geom}} as geom
              from {{points}} where {{which}}) as point"""  # noqa: S608


def _of_exact_places(actor: Actor, tile: Tile) -> TileStatement:
    """Cells or points by how many customers of the scope the tile holds. Parameters: z, x, y, keys of the scope."""
    scope = _SCOPE[actor.scope]
    counted = (_KEPT_CELLS if tile.z <= FINEST_ZOOM else _COUNTED_CELLS).format(scope=scope)
    squares = _SQUARES.format(side=CELLS_A_SIDE, column="cell & 63", row="cell >> 6")
    points = _POINTS.format(
        geom=_ON_TILE.format(of="p.mercator"),
        points="customer_points p",
        which=f"{_IN_TILE} and p.{scope}",
    )
    text = f"""
with counted as materialized ({counted})
select case when (select sum(count) from counted) > {POINTS_UP_TO} then ({squares})
            else coalesce(({points}), ''::bytea) end
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, scope_keys(actor)])


# Where the place is masked, a customer lies at the centre of his grid; and where a tile would hold more than 2,000 of
# those, all grids whose centres it holds are drawn as cells instead, on whatever tiles these are. So it is the grid
# that decides, the same for every tile of a zoom, and nobody is lost between two tiles or drawn on both.
_GATHERED = f"""
    select grid_id, centre_column, centre_row, tile_x, tile_y,
           sum(customers) over (partition by tile_x, tile_y) <= {POINTS_UP_TO} as is_few
      from (select b.grid_id, b.centre_column, b.centre_row, located.customers,
                   b.centre_column >> ({PLACE_BITS} - $1::int) as tile_x,
                   b.centre_row >> ({PLACE_BITS} - $1::int) as tile_y
              from (select grid_id, sum(customers) as customers from customer_cells
                     where zoom = {COARSEST_ZOOM} group by grid_id) as located
              join grid_boundaries b on b.grid_id = located.grid_id) as grids"""  # noqa: S608
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
    squares = _SQUARES.format(side="$9::int", column="(cell & 63) - $7::int", row="(cell >> 6) - $8::int")
    points = _POINTS.format(
        geom="here.place", points="here join customer_points p on p.grid_id = here.grid_id", which="true"
    )
    text = f"""
with gathered as materialized ({_GATHERED}),
here as materialized (
    select grid_id, {_ON_TILE.format(of="centre")} as place
      from gathered where is_few and tile_x = $2::int and tile_y = $3::int),
counted as ({_CELLS_OF_MANY})
select coalesce(({squares}), ''::bytea) || coalesce(({points}), ''::bytea)
"""  # noqa: S608
    deeper = max(0, tile.z - DEEPEST_MASKED_ZOOM)
    shown, side = tile.above(deeper), CELLS_A_SIDE >> deeper
    column, row = (tile.x - (shown.x << deeper)) * side, (tile.y - (shown.y << deeper)) * side
    return TileStatement(text, [tile.z, tile.x, tile.y, shown.z, shown.x, shown.y, column, row, side])
