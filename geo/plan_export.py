"""A plan's grids as people take them along: with codes, posts, atoms and shapes, as `./yunge export grids` writes those
of the plan in force; brought in again they are the same (docs/imports.md)."""

from dataclasses import dataclass
from typing import Any

from domain.grids.plan_reading import read_grids, read_plan
from domain.shared.rows import Rows
from geo.plan_drawing import shapes_of_plan

_ATOMS = """
select g.code, string_agg(a.code, ' ' order by a.code)
  from plan_atoms pa join grids g on g.id = pa.grid_id join atoms a on a.id = pa.atom_id
 where pa.plan_id = %(plan)s group by g.code
"""


@dataclass(frozen=True)
class ExportedPlan:
    """`columns` by name, a value a grid; `shapes` are GeoJSON in WGS 84, in the same order."""

    version: int
    columns: dict[str, list[Any]]
    shapes: list[str]


def exported_plan(rows: Rows, plan: int | None) -> ExportedPlan:
    """Large grids first, each by code; grids without an atom have no shape and are left out. Raises PlanNotFound."""
    found = read_plan(rows, plan)
    shapes = shapes_of_plan(rows, found.id)
    atoms: dict[str, str] = dict(rows.execute(_ATOMS, {"plan": found.id}))
    grids = [grid for grid in read_grids(rows, found.id) if grid.code in shapes]
    grids.sort(key=lambda grid: (grid.level, grid.code))
    columns: dict[str, list[Any]] = {
        "code": [grid.code for grid in grids],
        "name": [grid.name for grid in grids],
        "level": [grid.level for grid in grids],
        "parent_code": [grid.parent for grid in grids],
        "org_code": [grid.outlet_code for grid in grids],
        "town_code": [grid.town_code for grid in grids],
        "area_m2": [float(grid.area_m2) for grid in grids],
        "post_a": [grid.a and grid.a.number for grid in grids],
        "post_b": [grid.b and grid.b.number for grid in grids],
        "atoms": [atoms.get(grid.code) for grid in grids],
    }
    return ExportedPlan(found.version, columns, [shapes[grid.code] for grid in grids])
