"""What tiles of customers are made of, whatever they are counted from: parts of statements; $1 to $3 are z, x, y."""

from geo.cells import CELL_BITS
from geo.tables import PLACE_BITS
from geo.tiles import EXTENT, Tile

POINTS_UP_TO = 2_000
MANY_ENOUGH = 5
"""Fewer than these are never said to be in a cell to whom places are masked."""
CELLS_A_SIDE = 1 << CELL_BITS
DEEPEST_MASKED_ZOOM = 12
"""Whom a cell may tell no place gets none that is narrower than one of this zoom (150 m)."""
_FIRST_UNIT_BITS = PLACE_BITS - 12
"""From the steps of `mercator_column` and `mercator_row` to the 4,096 units of a tile of zoom 0."""

# Ranges of whole numbers: a point on an edge is on one tile alone, and the index of the scope finds them.
IN_TILE = f"""
       p.mercator_row between $3::int << ({PLACE_BITS} - $1::int)
                          and ($3::int + 1 << ({PLACE_BITS} - $1::int)) - 1
       and p.mercator_column between $2::int << ({PLACE_BITS} - $1::int)
                                 and ($2::int + 1 << ({PLACE_BITS} - $1::int)) - 1"""

# A square is one unit of a layer as wide as the tile has cells: a fifth fewer bytes than in units of points.
SQUARES = """
    select st_asmvt(square, 'cells', {side}, 'geom')
      from (select count{said}, st_translate('polygon((0 0, 1 0, 1 1, 0 1, 0 0))'::geometry, {column}, {row}) as geom
              from counted) as square"""
# Units of the tile are the last bits of a place: a shift, where `st_asmvtgeom` takes twice as long as all the rest.
ON_TILE = f"""st_makepoint(({{of}}_column >> ({_FIRST_UNIT_BITS} - $1::int)) & {EXTENT - 1},
                            ({{of}}_row >> ({_FIRST_UNIT_BITS} - $1::int)) & {EXTENT - 1})"""
POINTS = f"""
    select st_asmvt(point, 'points', {EXTENT}, 'geom')
      from (select 'Customer:' || p.customer_id as id, p.kind, p.tier, p.attrition_band as band{{said}},
                   {{geom}} as geom
              from {{points}} where {{which}}) as point"""  # noqa: S608

# Where the place is masked, a customer lies at the centre of his grid; and where a tile would hold more than 2,000 of
# those, all grids whose centres it holds are drawn as cells instead, on whatever tiles these are. So it is the grid
# that decides, the same for every tile of a zoom, and nobody is lost between two tiles or drawn on both.
GATHERED = f"""
    select grid_id, centre_column, centre_row, tile_x, tile_y,
           sum(customers) over (partition by tile_x, tile_y) <= {POINTS_UP_TO} as is_few
      from (select b.grid_id, b.centre_column, b.centre_row, located.customers,
                   b.centre_column >> ({PLACE_BITS} - $1::int) as tile_x,
                   b.centre_row >> ({PLACE_BITS} - $1::int) as tile_y
              from ({{located}}) as located
              join grid_boundaries b on b.grid_id = located.grid_id) as grids"""  # noqa: S608


def masked_window(tile: Tile) -> list[int]:
    """Zoom, x and y of the tile whose cells are shown where places are masked; the first of their columns and rows
    that the asked tile holds, and how many of them to a side."""
    deeper = max(0, tile.z - DEEPEST_MASKED_ZOOM)
    shown, side = tile.above(deeper), CELLS_A_SIDE >> deeper
    column, row = (tile.x - (shown.x << deeper)) * side, (tile.y - (shown.y << deeper)) * side
    return [shown.z, shown.x, shown.y, column, row, side]
