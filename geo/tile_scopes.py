"""Whose customers a tile shows, for each form of scope: as a condition on the kept cells, and as points found by index.

The numbers of parameters are the statement's: `first` is the first that the scope may take.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.shared.actor import Scope, ScopeForm
from geo.cells import FINEST_ZOOM
from geo.customer_layers import IN_TILE


@dataclass(frozen=True)
class TileScope:
    """`kept` holds for rows of `customer_cells`, `within` for points `p` that were found otherwise.

    `points` are those of a tile ($1 to $3). `singles` are customers of the scope whom no row of cells stands for, found
    by their keys; empty where there are none.
    """

    kept: str
    within: str
    points: str
    keys: list[list[int]]
    singles: str = ""


def tile_scope(scope: Scope, first: int) -> TileScope:
    """The scope of a form that shows anything."""
    return _OF_FORM[scope.form](scope, first)


# No index has places alone, for no other scope asks for them: the cells tell which grids a tile touches.
_ON_THE_TILE = f"""
    select p.*
      from (select distinct grid_id from customer_cells
             where zoom = least($1::int, {FINEST_ZOOM}) and tile_x = $2::int >> greatest($1::int - {FINEST_ZOOM}, 0)
               and tile_y = $3::int >> greatest($1::int - {FINEST_ZOOM}, 0) and grid_id <> 0) as touched
      join customer_points p on p.grid_id = touched.grid_id and {IN_TILE}
    union all
    select p.* from customer_points p where p.grid_id is null and {IN_TILE}"""  # noqa: S608


def _bank(_scope: Scope, _first: int) -> TileScope:
    return TileScope("true", "true", _ON_THE_TILE, [])


def _one_branch(
    condition: str, keys: Callable[[Scope], tuple[int, ...]]
) -> Callable[[Scope, int], TileScope]:
    def of(scope: Scope, first: int) -> TileScope:
        kept = condition.format(first=first)
        points = f"select p.* from customer_points p where {IN_TILE} and p.{kept}"  # noqa: S608
        return TileScope(kept, f"p.{kept}", points, [list(keys(scope))])

    return of


_UNITS = _one_branch("org_unit_id = any(${first}::bigint[])", lambda scope: scope.unit_ids)
_GRIDS = _one_branch("grid_id = any(${first}::bigint[])", lambda scope: scope.grid_ids)


def _mixed(scope: Scope, first: int) -> TileScope:
    """Branch by branch, so that each is found by its own index; a customer of two of them stands in the first."""
    units, grids, customers = (f"any(${first + n}::bigint[])" for n in range(3))
    of_no_unit = f"(p.org_unit_id is null or not p.org_unit_id = {units})"
    of_no_grid = f"(p.grid_id is null or not p.grid_id = {grids})"
    singles = f"""
    select p.* from customer_points p
     where p.customer_id = {customers} and {of_no_unit} and {of_no_grid}"""  # noqa: S608
    points = f"""
    select p.* from customer_points p where p.org_unit_id = {units} and {IN_TILE}
    union all
    select p.* from customer_points p where p.grid_id = {grids} and {of_no_unit} and {IN_TILE}
    union all {singles} and {IN_TILE}"""  # noqa: S608
    return TileScope(
        f"(org_unit_id = {units} or grid_id = {grids})",
        f"(p.org_unit_id = {units} or p.grid_id = {grids} or p.customer_id = {customers})",
        points,
        [list(scope.unit_ids), list(scope.grid_ids), list(scope.customer_ids)],
        singles,
    )


_OF_FORM: Mapping[ScopeForm, Callable[[Scope, int], TileScope]] = {
    ScopeForm.BANK: _bank,
    ScopeForm.UNIT: _UNITS,
    ScopeForm.UNITS: _UNITS,
    ScopeForm.GRIDS: _GRIDS,
    ScopeForm.MIXED: _mixed,
}
