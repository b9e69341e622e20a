"""Water and roads on tiles, beneath the grids: simplified for the zoom, and no more of them than a tile bears."""

from geo.tiles import BUFFER, EXTENT, PIXELS, Tile, TileStatement

MOST_LINES, MOST_CORNERS = 1_500, 9_000
"""Of one tile, the most important first: so it stays below 100 kB."""
FROM_ZOOM = {1: 6, 2: 9, 3: 11, 4: 13}
"""From which zoom on a rank is seen."""
NAMES_FROM_ZOOM = {1: 10, 2: 12, 3: 13, 4: 14}
_LEAST_PIXELS = 2
_SEEN = " ".join(f"when {rank} then {zoom}" for rank, zoom in FROM_ZOOM.items())
_NAMED = " ".join(f"when {rank} then {zoom}" for rank, zoom in NAMES_FROM_ZOOM.items())


def ground_tile(tile: Tile) -> TileStatement:
    """Layers `water` and `roads`: rank and, from near, name. Nothing where the bank has brought neither.

    Parameters: z, x, y, tolerance in metres, the least size in metres.
    """
    text = f"""
with tile as (select st_tileenvelope($1, $2, $3) as envelope),
near as materialized (
    select l.layer, f.rank, f.size_m, f.position,
           case when $1::int >= case f.rank {_NAMED} end then f.name end as name,
           st_asmvtgeom(st_simplify(f.shape_3857, $4::float8), tile.envelope, {EXTENT}, {BUFFER}) as geom
      from tile, ground_layers l
      join ground_features f on f.fingerprint = l.fingerprint
     where f.shape_3857 && st_expand(tile.envelope, $4::float8 * {BUFFER}) and f.size_m >= $5::float8
       and $1::int >= case f.rank {_SEEN} end),
counted as materialized (
    select near.*, row_number() over first as place, sum(st_npoints(geom)) over first as corners
      from near where geom is not null
    window first as (order by rank, size_m desc, layer, position rows unbounded preceding)),
drawn as materialized (
    select layer, name, rank, geom from counted where place <= {MOST_LINES} and corners <= {MOST_CORNERS})
select {_layer("WATER", "water")} || {_layer("ROADS", "roads")}
"""  # noqa: S608
    pixel_m = tile.side_m / PIXELS
    return TileStatement(text, [tile.z, tile.x, tile.y, pixel_m / 2, pixel_m * _LEAST_PIXELS])


def _layer(kept: str, name: str) -> str:
    return f"""coalesce((select st_asmvt(one, '{name}', {EXTENT}, 'geom')
                        from (select name, rank, geom from drawn where layer = '{kept}') as one), ''::bytea)"""  # noqa: S608
