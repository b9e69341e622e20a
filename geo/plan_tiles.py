"""Tiles of a draft: its atoms, each with the grid that the draft gives it and the one that it has now."""

from geo.tiles import BUFFER, EXTENT, PIXELS, Tile, TileStatement


def plan_tile(plan: int, tile: Tile) -> TileStatement:
    """Layer `atoms`: id, code, name, `grid` (its code in the plan), `large`, `outlet`, `now` (its code in the plan in
    force) and `moved`, which is true where the two differ; true to half a pixel. A plan that is not there has no atoms.

    Parameters: z, x, y, tolerance in metres, plan.
    """
    text = f"""
with tile as (select st_tileenvelope($1, $2, $3) as envelope),
shown as materialized (
    select 'Atom:' || a.id as id, a.code, a.name, g.code as grid, large.code as large, unit.code as outlet,
           now.code as now, g.code is distinct from now.code as moved,
           st_asmvtgeom(st_simplify(b.boundary_3857, $4::float8, true), tile.envelope, {EXTENT}, {BUFFER}) as geom
      from tile, atom_boundaries b
      join atoms a on a.id = b.atom_id
      left join (plan_atoms pa join grids g on g.id = pa.grid_id join org_units unit on unit.id = g.org_unit_id
                 left join grids large on large.id = g.parent_id)
        on pa.plan_id = $5 and pa.atom_id = a.id
      left join (plan_atoms na join grids now on now.id = na.grid_id)
        on na.plan_id = (select id from plan_in_force) and na.atom_id = a.id
     where b.boundary_3857 && tile.envelope and exists (select from plans where id = $5))
select coalesce((select st_asmvt(shown, 'atoms', {EXTENT}, 'geom') from shown where geom is not null), ''::bytea)
"""  # noqa: S608
    return TileStatement(text, [tile.z, tile.x, tile.y, tile.side_m / PIXELS / 2, plan])
