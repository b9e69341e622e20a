"""Customers on tiles: 64 by 64 cells with a count where a tile holds more than 2,000, points below that.

Raw points of a whole town are the wrong answer (docs/decisions/tiles.md). Nothing here is about a single person but an
id, a kind, a tier and a band; names are asked for through GraphQL, one by one. At any zoom every customer of the scope
is on one tile, once: in a cell or as a point. Whatever the scope and the mask, customers are counted from the cells
that the night keeps, and points are read where there are few.

盲区: a map of visits asks for the same tiles with what is known of visits, from a table of their own. Where places are
masked it gets the usual ones: of few, a cell would tell who of the list lives there.
"""

from domain.shared.actor import Actor, ScopeForm
from domain.shared.masks import hides
from geo.cells import CELL_BITS, COARSEST_ZOOM, FINEST_ZOOM, VISITED
from geo.customer_layers import (
    CELLS_A_SIDE,
    GATHERED,
    IN_TILE,
    MANY_ENOUGH,
    ON_TILE,
    POINTS,
    POINTS_UP_TO,
    SQUARES,
    masked_window,
)
from geo.tables import PLACE_BITS
from geo.tile_scopes import TileScope, tile_scope
from geo.tiles import Tile, TileStatement


def customers_tile(actor: Actor, tile: Tile, *, with_visits: bool = False) -> TileStatement:
    """Layers `cells` (squares with a `count`; empty ones are left out) and `points`.

    With visits a cell also says how many were visited within 90, 180 and 365 days and ever, and a point its class.
    """
    if actor.form in (ScopeForm.NOTHING, ScopeForm.NOBODY):
        return TileStatement("select ''::bytea", [])
    if hides(actor.mask, "location"):
        return _of_masked_places(tile_scope(actor.scope, 10), tile)
    scope = tile_scope(actor.scope, 4)
    return _with_visits(scope, tile) if with_visits else _of_exact_places(scope, tile)


_CELL = f"""
    (((p.mercator_row >> ({PLACE_BITS - CELL_BITS} - {{zoom}}::int)) & 63) << {CELL_BITS})
    | ((p.mercator_column >> ({PLACE_BITS - CELL_BITS} - {{zoom}}::int)) & 63)"""
_KEPT_CELLS = """
    select grid_id, cell, count
      from customer_cells cross join unnest(cells, counts) as kept (cell, count)
     where zoom = {z}::int and tile_x = {x}::int and tile_y = {y}::int and {scope}"""


def _of_exact_places(scope: TileScope, tile: Tile) -> TileStatement:
    """Cells or points by how many customers of the scope the tile holds. Parameters: z, x, y, keys of the scope."""
    if tile.z <= FINEST_ZOOM:
        cells = _KEPT_CELLS.format(z="$1", x="$2", y="$3", scope=scope.kept)
        if scope.singles:
            here = f"{scope.singles} and {IN_TILE}"
            cells += f" union all select p.grid_id, {_CELL.format(zoom='$1')}, 1 from ({here}) p"  # noqa: S608
    else:
        cells = f"select {_CELL.format(zoom='$1')} as cell, 1 as count from ({scope.points}) p"  # noqa: S608
    squares = SQUARES.format(side=CELLS_A_SIDE, column="cell & 63", row="cell >> 6", said="")
    points = POINTS.format(
        said="", geom=ON_TILE.format(of="p.mercator"), points=f"({scope.points}) p", which="true"
    )
    text = f"""
with counted as materialized (select cell, sum(count)::int as count from ({cells}) as cells group by cell)
select case when (select sum(count) from counted) > {POINTS_UP_TO} then ({squares})
            else coalesce(({points}), ''::bytea) end
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *scope.keys])


_SEEN = ", ".join(VISITED)
_SEEN_OF_ONE = ", ".join(f"(p.visit_class <= {highest})::int as {name}" for name, highest in VISITED.items())
_SEEN_SUMS = ", ".join(f"sum({name})::int as {name}" for name in VISITED)
_SEEN_SAID = ", ".join(
    f'{name} as "{said}"'
    for name, said in zip(VISITED, ("visited90d", "visited180d", "visited365d", "visitedEver"), strict=True)
)
_KEPT_VISITS = f"""
    select kept.*
      from visit_cells v
     cross join unnest(v.cells, v.counts, {", ".join(f"v.{name}" for name in VISITED)}) as kept (cell, count, {_SEEN})
     where zoom = $1::int and tile_x = $2::int and tile_y = $3::int and {{scope}}"""  # noqa: S608


def _with_visits(scope: TileScope, tile: Tile) -> TileStatement:
    """The same, with what is known of visits."""
    one = f"select {_CELL.format(zoom='$1')} as cell, 1 as count, {_SEEN_OF_ONE}"
    if tile.z <= FINEST_ZOOM:
        cells = _KEPT_VISITS.format(scope=scope.kept)
        if scope.singles:
            cells += f" union all {one} from ({scope.singles} and {IN_TILE}) p"
    else:
        cells = f"{one} from ({scope.points}) p"
    squares = SQUARES.format(side=CELLS_A_SIDE, column="cell & 63", row="cell >> 6", said=f", {_SEEN_SAID}")
    points = POINTS.format(
        said=', p.visit_class as "visitClass"',
        geom=ON_TILE.format(of="p.mercator"),
        points=f"({scope.points}) p",
        which="true",
    )
    text = f"""
with counted as materialized (
    select cell, sum(count)::int as count, {_SEEN_SUMS} from ({cells}) as cells group by cell)
select case when (select sum(count) from counted) > {POINTS_UP_TO} then ({squares})
            else coalesce(({points}), ''::bytea) end
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *scope.keys])


_LOCATED = f"select grid_id, customers from customer_cells where zoom = {COARSEST_ZOOM} and {{scope}}"  # noqa: S608
# A cell that stands for fewer than five would tell where these few live. They are counted in the middle of the square
# of 8 by 8 cells around them, and where that is not enough either, in the fullest cell of the tile. Fewer than five on
# a whole tile are on none.
_EIGHT = "((cell >> 9) << 9 | 256) | (((cell & 63) >> 3) << 3 | 4)"
_NEVER_FEW = f"""
    select cell, sum(count)::int as count
      from (select case when sum(count) >= {MANY_ENOUGH} then cell
                        else first_value(cell) over (order by sum(count) desc, cell) end as cell, sum(count) as count
              from (select case when count >= {MANY_ENOUGH} then cell else {_EIGHT} end as cell, count
                      from told) as near
             group by cell) as far
     group by cell
    having sum(count) >= {MANY_ENOUGH}"""  # noqa: S608


def _of_masked_places(scope: TileScope, tile: Tile) -> TileStatement:
    """Points at the centres of grids, and cells no narrower than 150 m that stand for five or more.

    Parameters: z, x, y; zoom, x and y of the tile whose cells are shown; the first column and row of those, and how
    many there are to a side; keys of the scope.
    """
    located = _LOCATED.format(scope=scope.kept)
    cells = _KEPT_CELLS.format(z="$4", x="$5", y="$6", scope=scope.kept)
    if scope.singles:
        located += f" union all select p.grid_id, 1 from ({scope.singles}) p"  # noqa: S608
        cells += f""" union all
    select p.grid_id, {_CELL.format(zoom="$4")}, 1 from ({scope.singles}) p
     where p.mercator_column >> ({PLACE_BITS} - $4::int) = $5::int
       and p.mercator_row >> ({PLACE_BITS} - $4::int) = $6::int"""  # noqa: S608
    located = f"select grid_id, sum(customers) as customers from ({located}) as of_scope group by grid_id"  # noqa: S608
    squares = SQUARES.format(
        side="$9::int", column="(cell & 63) - $7::int", row="(cell >> 6) - $8::int", said=""
    )
    points = POINTS.format(
        said="",
        geom="here.place",
        points="here join customer_points p on p.grid_id = here.grid_id",
        which=scope.within,
    )
    text = f"""
with gathered as materialized ({GATHERED.format(located=located)}),
here as materialized (
    select grid_id, {ON_TILE.format(of="centre")} as place
      from gathered where is_few and tile_x = $2::int and tile_y = $3::int),
told as materialized (
    select cell, sum(count)::int as count
      from ({cells}) as cells left join gathered on gathered.grid_id = cells.grid_id
     where is_few is not true
     group by cell),
counted as (
    select cell, count from ({_NEVER_FEW}) as all_of_tile
     where cell >> 6 between $8::int and $8::int + $9::int - 1
       and cell & 63 between $7::int and $7::int + $9::int - 1)
select coalesce(({squares}), ''::bytea) || coalesce(({points}), ''::bytea)
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, *masked_window(tile), *scope.keys])
