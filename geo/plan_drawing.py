"""The shapes of a plan's grids: unions of their atoms, made by the database.

A grid of the plan that the draft was made of is drawn already, so where it has the same atoms its shape is taken from
there; the union of neighbours whose corners are the same to the last bit is exact either way.
"""

from domain.grids.plans import DRAWN_STATES
from domain.shared.rows import Rows

_FORGET = """
delete from grid_boundaries b using grids g where g.id = b.grid_id and g.plan_id = %(plan)s
"""
_MEMBERS = """
select g.id, g.code, array_agg(pa.atom_id order by pa.atom_id) as atoms
  from grids g
  join grids small on small.id = g.id or small.parent_id = g.id
  join plan_atoms pa on pa.grid_id = small.id
 where g.plan_id = {plan}
 group by g.id
"""
_SHAPES = f"""
with mine as materialized ({_MEMBERS.format(plan="%(plan)s")}),
drawn as materialized (
    select theirs.atoms, min(theirs.id) as id
      from ({_MEMBERS.format(plan="%(drawn)s")}) as theirs
      join grid_boundaries b on b.grid_id = theirs.id
     group by theirs.atoms),
shapes as materialized (
    select mine.id,
           coalesce(b.boundary_wgs84,
                    (select st_multi(st_union(a.boundary_wgs84)) from atom_boundaries a
                      where a.atom_id = any(mine.atoms))) as boundary_wgs84,
           b.boundary_3857
      from mine
      left join drawn on drawn.atoms = mine.atoms
      left join grid_boundaries b on b.grid_id = drawn.id)
"""  # noqa: S608
_DRAW = f"""
{_SHAPES}
insert into grid_boundaries (grid_id, boundary_wgs84, boundary_3857)
select id, boundary_wgs84, coalesce(boundary_3857, st_transform(boundary_wgs84, 3857)) from shapes
returning grid_id
"""  # noqa: S608


def draw_plan(rows: Rows, plan: int) -> int:
    """Draw every grid of a plan, small and large, anew; gives their number."""
    base = rows.execute("select based_on_id from plans where id = %(plan)s", {"plan": plan})[0][0]
    rows.execute(_FORGET, {"plan": plan})
    return len(rows.execute(_DRAW, {"plan": plan, "drawn": base}))


_DRAWN_BY = f"""
select case when state in {DRAWN_STATES} then id else based_on_id end from plans where id = %(plan)s
"""  # noqa: S608
_AS_GEOJSON = f"""
{_SHAPES}
select g.code, st_asgeojson(st_forcepolygonccw(s.boundary_wgs84), 15)
  from shapes s join grids g on g.id = s.id where s.boundary_wgs84 is not null
"""  # noqa: S608


def shapes_of_plan(rows: Rows, plan: int) -> dict[str, str]:
    """GeoJSON in WGS 84 with every digit by the codes of a plan's grids, also of a draft that nobody has drawn yet."""
    drawn = rows.execute(_DRAWN_BY, {"plan": plan})[0][0]
    found: dict[str, str] = dict(rows.execute(_AS_GEOJSON, {"plan": plan, "drawn": drawn}))
    return found
