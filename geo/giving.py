"""Customers who are given to somebody between two nights: owner, outlet and grid, their days, what is due, and the map.

The order is that of a cut: customers, points, sums, settings, cells; or two could wait for each other in a circle.
"""

from collections.abc import Sequence

from domain.grids.ownership import assign_again
from domain.grids.placements import PLACEMENTS
from domain.performance.sums import sum_again
from domain.shared.dated import Cause, day_in_force, keep, these
from domain.shared.rows import Rows
from domain.shared.rules.language import Language
from domain.shared.tile_version import NEXT_TILE_VERSION
from domain.tasks.handing_over import DUE_OF_OWNERS
from geo.cells import NO_GRID, count_cells_of
from geo.points import FOLLOW_OWNERS

_GRIDS = "select distinct coalesce(grid_id, 0) from customer_points where customer_id = any(cast(%(ids)s as bigint[]))"


def give_again(rows: Rows, customers: Sequence[int], language: Language) -> None:
    """Work out anew whose some customers are, by exceptions, lists and rules as they stand now."""
    whom = these(list(customers))
    then_sum = sum_again(rows, customers)
    before = _grids(rows, customers)
    assign_again(rows, customers, language=language)
    keep(rows, PLACEMENTS, day_in_force(rows), whom, cause=Cause.CLAIM)
    rows.execute(f"{DUE_OF_OWNERS} and {whom.of('d.customer_id')}", whom.parameters)
    rows.execute(f"{FOLLOW_OWNERS} and {whom.of('p.customer_id')}", whom.parameters)
    then_sum(customers)
    grids = before | _grids(rows, customers)
    if grids:
        rows.execute(NEXT_TILE_VERSION)
        count_cells_of(rows, grids)


def _grids(rows: Rows, customers: Sequence[int]) -> set[int]:
    return {int(grid or NO_GRID) for (grid,) in rows.execute(_GRIDS, {"ids": list(customers)})}
