"""Vector tiles out of PostGIS, within an actor's scope (performance.md, section 2).

Grids as polygons with their measures, simplified to a quarter of a pixel. Customers as counts of 64 by 64 cells where
a tile holds more than 2,000, as points below that: raw points of a whole town are the wrong answer. Nothing here is
about a single person but an id, a kind, a tier and a band; names are asked for through GraphQL, one by one.
"""

from dataclasses import dataclass
from typing import Any

from domain.shared.actor import Actor, ScopeKind

LOWEST_ZOOM, HIGHEST_ZOOM = 6, 18
LARGEST_TILE_BYTES = 100_000
POINTS_UP_TO = 2_000
CELLS_A_SIDE = 64
EXTENT = 4096
BUFFER = 64
WORLD_M = 40075016.685578488
COARSEST_MASKED_ZOOM = 12


@dataclass(frozen=True)
class Tile:
    """A tile of the web mercator pyramid."""

    z: int
    x: int
    y: int

    @property
    def is_valid(self) -> bool:
        side = 1 << self.z if LOWEST_ZOOM <= self.z <= HIGHEST_ZOOM else 0
        return 0 <= self.x < side and 0 <= self.y < side

    @property
    def side_m(self) -> float:
        return WORLD_M / (1 << self.z)

    @property
    def west_m(self) -> float:
        return self.x * self.side_m - WORLD_M / 2

    @property
    def south_m(self) -> float:
        return WORLD_M / 2 - (self.y + 1) * self.side_m


@dataclass(frozen=True)
class TileStatement:
    """SQL with numbered parameters; gives one row with one `bytea`."""

    text: str
    parameters: list[Any]


_GRID_SCOPE = {
    ScopeKind.BANK: "$6::bigint[] is null",
    ScopeKind.NOTHING: "$6::bigint[] is null",
    # A large grid shared with another outlet would show that outlet's figures (domain/grids/scope.py).
    ScopeKind.OUTLETS: """g.org_unit_id = any($6::bigint[]) and (g.level = 'SMALL' or not exists (
        select from grids child where child.parent_id = g.id and child.org_unit_id <> all($6::bigint[])))""",
    ScopeKind.OWN_GRIDS: "g.id = any($6::bigint[])",
}

_FIGURES = {
    "customers": "customers",
    "located": "located",
    "visited90d": "visited_90d",
    "keyCustomers": "key_customers",
    "depositFen": "deposit_fen",
    "loanFen": "loan_fen",
    "dueVisits": "due_visits",
    "atRisk": "at_risk",
}


def grids_tile(actor: Actor, tile: Tile, level: str) -> TileStatement:
    """Layers `grids` (polygons with measures) and `outline` (the county's limit).

    Parameters: z, x, y, level, tolerance in metres, keys of the scope.
    """
    seen = "0::bigint" if actor.scope is ScopeKind.NOTHING else None
    figures = ", ".join(
        f'{seen or f"coalesce(s.{column}, 0)"} as "{name}"' for name, column in _FIGURES.items()
    )
    text = f"""
with tile as (select st_tileenvelope($1, $2, $3) as envelope),
shown as (
    select 'Grid:' || g.id as id, g.code, g.name, g.level, g.area_m2::bigint as "areaM2", {figures},
           st_asmvtgeom(st_simplifypreservetopology(b.boundary_3857, $5::float8), tile.envelope,
                        {EXTENT}, {BUFFER}) as geom
      from tile, grid_boundaries b
      join grids g on g.id = b.grid_id and g.level = $4
      join plans p on p.id = g.plan_id and p.state = 'IN_FORCE'
      left join grid_statistics s on s.grid_id = g.id
     where b.boundary_3857 && tile.envelope and {_GRID_SCOPE[actor.scope]}),
county as (
    select o.name, st_asmvtgeom(st_transform(st_boundary(o.boundary_wgs84), 3857), tile.envelope,
                                {EXTENT}, {BUFFER}) as geom
      from tile, county_outlines o)
select coalesce((select st_asmvt(shown, 'grids', {EXTENT}, 'geom') from shown where geom is not null), ''::bytea)
    || coalesce((select st_asmvt(county, 'outline', {EXTENT}, 'geom') from county where geom is not null), ''::bytea)
"""  # noqa: S608
    tolerance_m = tile.side_m / EXTENT * 4
    return TileStatement(text, [tile.z, tile.x, tile.y, level, tolerance_m, _scope_keys(actor)])


_POINT_SCOPE = {
    ScopeKind.BANK: "$4::bigint[] is null",
    ScopeKind.NOTHING: "$4::bigint[] is null and false",
    ScopeKind.OUTLETS: "p.org_unit_id = any($4::bigint[])",
    ScopeKind.OWN_GRIDS: "p.grid_id = any($4::bigint[])",
}
_IN_TILE = (
    "p.point_3857 && st_tileenvelope($1, $2, $3) and st_intersects(p.point_3857, st_tileenvelope($1, $2, $3))"
)


def customers_in_tile(actor: Actor, tile: Tile) -> TileStatement:
    """How many customers the tile holds, counted no further than it matters."""
    text = f"""
select count(*) from (select from customer_points p where {_IN_TILE} and {_POINT_SCOPE[actor.scope]}
                       limit {POINTS_UP_TO + 1}) as first_ones
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, _scope_keys(actor)])


_EXACT = f"""
    select p.customer_id, p.point_3857 as place from customer_points p
     where {_IN_TILE} and {{scope}} limit {POINTS_UP_TO}
"""  # noqa: S608
_AT_THE_GRID = f"""
    select p.customer_id, centre.place
      from (select g.grid_id, st_centroid(g.boundary_3857) as place from grid_boundaries g
             where g.boundary_3857 && st_tileenvelope($1, $2, $3)) as centre
      join customer_points p on p.grid_id = centre.grid_id
     where centre.place && st_tileenvelope($1, $2, $3) and {{scope}} limit {POINTS_UP_TO}
"""  # noqa: S608


def points_tile(actor: Actor, tile: Tile) -> TileStatement:
    """Layer `points`; head office sees places masked, so its points lie at the centres of grids."""
    places = (_AT_THE_GRID if _is_masked(actor) else _EXACT).format(scope=_POINT_SCOPE[actor.scope])
    text = f"""
with places as ({places}),
shown as (
    select 'Customer:' || c.id as id, c.kind, c.tier, c.attrition_band as band,
           st_asmvtgeom(places.place, st_tileenvelope($1, $2, $3), {EXTENT}, {BUFFER}) as geom
      from places join customers c on c.id = places.customer_id)
select coalesce((select st_asmvt(shown, 'points', {EXTENT}, 'geom') from shown where geom is not null), ''::bytea)
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, _scope_keys(actor)])


def cells_tile(actor: Actor, tile: Tile) -> TileStatement:
    """Layer `cells`: squares of a 64 by 64 grid with `count`; empty ones are left out.

    Parameters: z, x, y, keys of the scope, west and south of the tile and the side of a cell, in metres.
    """
    side = _cells_a_side(actor, tile)
    text = f"""
with counted as (
    select floor((st_x(p.point_3857) - $5::float8) / $7::float8)::int as i,
           floor((st_y(p.point_3857) - $6::float8) / $7::float8)::int as j, count(*)::int as count
      from customer_points p
     where p.point_3857 && st_tileenvelope($1, $2, $3) and {_POINT_SCOPE[actor.scope]}
     group by 1, 2),
shown as (
    select count, st_asmvtgeom(
               st_makeenvelope($5::float8 + i * $7::float8, $6::float8 + j * $7::float8,
                               $5::float8 + (i + 1) * $7::float8, $6::float8 + (j + 1) * $7::float8, 3857),
               st_tileenvelope($1, $2, $3), {EXTENT}, 0) as geom
      from counted where i between 0 and {side - 1} and j between 0 and {side - 1})
select coalesce((select st_asmvt(shown, 'cells', {EXTENT}, 'geom') from shown where geom is not null), ''::bytea)
"""  # noqa: S608
    place = [tile.west_m, tile.south_m, tile.side_m / side]
    return TileStatement(text, [tile.z, tile.x, tile.y, _scope_keys(actor), *place])


def _is_masked(actor: Actor) -> bool:
    """Who sees the places of customers masked (schema/customers/masking.py says the same of `location`)."""
    return actor.scope not in (ScopeKind.OUTLETS, ScopeKind.OWN_GRIDS)


def _cells_a_side(actor: Actor, tile: Tile) -> int:
    """64, fewer where a cell would tell a masked place: no cell of his is narrower than at zoom 12 (150 m)."""
    if not _is_masked(actor) or tile.z <= COARSEST_MASKED_ZOOM:
        return CELLS_A_SIDE
    return max(1, CELLS_A_SIDE >> (tile.z - COARSEST_MASKED_ZOOM))


def _scope_keys(actor: Actor) -> list[int] | None:
    if actor.scope is ScopeKind.OUTLETS:
        return [actor.org_unit_id]
    return list(actor.grid_ids) if actor.scope is ScopeKind.OWN_GRIDS else None
