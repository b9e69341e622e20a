"""Names on the map: towns, villages, atoms, outlets and the grids of one level, as points with a rank.

What is named at which zoom is said here; which names have room on the screen is the browser's to find, the lower rank
first. Everybody who sees the map is told places and outlets, which are no secrets; grids are those of his scope.
"""

from datetime import date
from typing import Any

from domain.shared.actor import Actor
from geo.customer_layers import IN_TILE, ON_TILE
from geo.tables import PLACE_BITS
from geo.tiles import EXTENT, GRID_SCOPE, IS_BOUND, Tile, TileStatement, plan_shown

VILLAGES_FROM_ZOOM, ATOMS_FROM_ZOOM, OUTLETS_FROM_ZOOM = 10, 12, 8
LARGE_GRIDS_FROM_ZOOM, SMALL_GRIDS_FROM_ZOOM = 8, 10

# The larger of two of a kind is named first; a million hectares is more than any county has.
_RANK = "{kind} * 1000000 - least(999999, {area} / 10000)::int"
_COLUMN = f"floor((u.lon_deg_wgs84 / 360 + 0.5) * {1 << PLACE_BITS})::int"
_ROW = f"""
    floor((0.5 - ln(tan(pi() / 4 + radians(u.lat_deg_wgs84) / 2)) / (2 * pi())) * {1 << PLACE_BITS})::int"""

_PLACES = f"""
    select kind, kind || ':' || code as id, name, centre_column as mercator_column, centre_row as mercator_row,
           {_RANK.format(kind="case kind when 'TOWN' then 1 when 'VILLAGE' then 4 else 5 end", area="area_m2")} as rank
      from place_names
     where kind = 'TOWN' or kind = 'VILLAGE' and $1::int >= {VILLAGES_FROM_ZOOM}
        or kind = 'ATOM' and $1::int >= {ATOMS_FROM_ZOOM}"""  # noqa: S608
_OUTLETS = f"""
    select 'OUTLET', 'OrgUnit:' || u.id, u.name, {_COLUMN}, {_ROW}, 2000000 + u.id
      from org_units u
     where $1::int >= {OUTLETS_FROM_ZOOM} and u.lon_deg_wgs84 is not null and u.lat_deg_wgs84 is not null
       and coalesce(u.from_on <= $5, true) and coalesce($5 < u.to_on, true)"""  # noqa: S608
_GRIDS = f"""
    select g.level, 'Grid:' || g.id, g.name, b.centre_column, b.centre_row,
           {_RANK.format(kind="3", area="g.area_m2")}
      from grids g
      join grid_boundaries b on b.grid_id = g.id
      join {{plan}} p on p.id = g.plan_id
     where g.level = $4
       and $1::int >= case g.level when 'LARGE' then {LARGE_GRIDS_FROM_ZOOM} else {SMALL_GRIDS_FROM_ZOOM} end
       and {{scope}} and {IS_BOUND}"""  # noqa: S608


def names_tile(actor: Actor, tile: Tile, level: str, day: date, of: date | None = None) -> TileStatement:
    """Layer `names`: kind (TOWN, VILLAGE, ATOM, OUTLET, LARGE, SMALL), id, name, rank.

    Parameters: z, x, y, level, the day on which outlets are there, units and grids of the scope, and
    the data date `of` whose plan names its grids, where it is not the one in force.
    """
    grids = _GRIDS.format(scope=GRID_SCOPE[actor.form], plan=plan_shown(of))
    text = f"""
select coalesce(st_asmvt(named, 'names', {EXTENT}, 'geom'), ''::bytea)
  from (select p.kind, p.id, p.name, p.rank, {ON_TILE.format(of="p.mercator")} as geom
          from ({_PLACES} union all {_OUTLETS} union all {grids}) as p
         where {IN_TILE}
         order by p.rank, p.id) as named
"""  # noqa: S608
    scope = actor.scope
    parameters: list[Any] = [tile.z, tile.x, tile.y, level, day, list(scope.unit_ids), list(scope.grid_ids)]
    parameters += [] if of is None else [of]
    return TileStatement(text, parameters)
