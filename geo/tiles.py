"""Tiles of the web mercator pyramid, and grids on them as polygons with their measures, within an actor's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.performance.kept_days import PLAN_OF
from domain.shared.actor import Actor, ScopeForm
from geo.map_measures import MapMeasure
from geo.tables import WORLD_M

LOWEST_ZOOM, HIGHEST_ZOOM = 6, 18
EXTENT = 4096
BUFFER = 64
PIXELS = 512
"""How wide the map draws a tile."""


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

    def above(self, zooms: int) -> "Tile":
        """The tile that holds this one, some zooms further out."""
        return Tile(self.z - zooms, self.x >> zooms, self.y >> zooms)


@dataclass(frozen=True)
class TileStatement:
    """SQL with numbered parameters; gives one row with one `bytea`."""

    text: str
    parameters: list[Any]

    def of_version(self, version: str) -> "TileStatement":
        """Gives (version in force, tile); the tile is null, and not worked out, when another version is in force.

        One statement sees one moment: what it gives under a version is what that version shows.
        """
        text = f"""
select in_force.version, case when in_force.version = ${len(self.parameters) + 1} then ({self.text}) end as data
  from (select coalesce((select value #>> '{{}}' from settings where name = 'tile_version'), '{NO_VERSION}') as version)
    as in_force
"""  # noqa: S608
        return TileStatement(text, [*self.parameters, version])


NO_VERSION = "none"
"""The version before the first night."""

# A large grid shared with another unit would show that unit's figures (domain/grids/scope.py).
_OF_UNITS = """(g.org_unit_id = any($6::bigint[]) and (g.level = 'SMALL' or not exists (
        select from grids child where child.parent_id = g.id and child.org_unit_id <> all($6::bigint[]))))"""
_OF_GRIDS = "g.id = any($7::bigint[])"
GRID_SCOPE = {
    ScopeForm.BANK: "true",
    ScopeForm.NOTHING: "true",
    ScopeForm.UNIT: _OF_UNITS,
    ScopeForm.UNITS: _OF_UNITS,
    ScopeForm.GRIDS: _OF_GRIDS,
    ScopeForm.MIXED: f"({_OF_UNITS} or {_OF_GRIDS})",
}
"""Which grids `g` an actor sees: units are parameter 6, grids 7."""
IS_BOUND = "$6::bigint[] is not null and $7::bigint[] is not null"
"""Every form binds both, also where it asks for one of them."""


def plan_shown(of: date | None) -> str:
    """The plan `p` whose grids are drawn: the one in force, or the one that a data date had, which is parameter 8."""
    return "plan_in_force" if of is None else f"(select {PLAN_OF.format(day='$8::date')} as id)"


def grids_tile(
    actor: Actor, tile: Tile, level: str, measures: Sequence[MapMeasure], of: date | None = None
) -> TileStatement:
    """Layers `grids` (polygons with their measures) and `outline` (the county's limit), true to half a pixel.

    Simplified by distance alone: what that may break `st_asmvtgeom` mends, and keeping the topology takes thirty times
    as long for the same corners. Parameters: z, x, y, level, tolerance in metres, units and grids of the scope. Grids
    of a past day `of` come without measures: whoever compares days has asked for its figures already.
    """
    has_figures = actor.form is not ScopeForm.NOTHING and actor.can(VIEW_CUSTOMERS)
    measures = measures if of is None else ()
    figures = "".join(f', {one.sql if has_figures else "0::bigint"} as "{one.name}"' for one in measures)
    text = f"""
with tile as (select st_tileenvelope($1, $2, $3) as envelope),
shown as materialized (
    select 'Grid:' || g.id as id, g.code, g.name, g.level, g.area_m2::bigint as "areaM2"{figures},
           st_asmvtgeom(st_simplify(b.boundary_3857, $5::float8, true), tile.envelope, {EXTENT}, {BUFFER}) as geom
      from tile, grid_boundaries b
      join grids g on g.id = b.grid_id and g.level = $4
      join {plan_shown(of)} p on p.id = g.plan_id
      left join grid_statistics s on s.grid_id = g.id
     where b.boundary_3857 && tile.envelope and {GRID_SCOPE[actor.form]} and {IS_BOUND}),
county as materialized (
    select o.name,
           st_asmvtgeom(st_simplify(o.limit_3857, $5::float8), tile.envelope, {EXTENT}, {BUFFER}) as geom
      from tile, county_outlines o)
select coalesce((select st_asmvt(shown, 'grids', {EXTENT}, 'geom') from shown where geom is not null), ''::bytea)
    || coalesce((select st_asmvt(county, 'outline', {EXTENT}, 'geom') from county where geom is not null), ''::bytea)
"""  # noqa: S608
    half_a_pixel_m = tile.side_m / PIXELS / 2
    scope = actor.scope
    parameters = [
        tile.z,
        tile.x,
        tile.y,
        level,
        half_a_pixel_m,
        list(scope.unit_ids),
        list(scope.grid_ids),
        *([] if of is None else [of]),
    ]
    return TileStatement(text, parameters)
