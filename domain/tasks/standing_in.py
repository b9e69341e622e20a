"""Who walks to a customer on a day: his owner, or who stands in on the grid while the owner is away. Pure rules.

Whose customer it is does not change with that: a leave ends, and the customers are still his.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

NOBODY = 0
"""No member of staff has this id, and no grid."""

Ids = NDArray[np.int64]


def stand_ins(posts: Iterable[tuple[int, str, int]], there: AbstractSet[int]) -> dict[int, int]:
    """Who looks after each grid of those who are there: who sits on A, else who sits on B.

    `posts` are (grid, role, staff) of the day; of several on one post the first counts. A grid with
    nobody has no entry.
    """
    first: dict[int, int] = {}
    for grid, _role, staff in sorted(posts, key=itemgetter(1)):
        if staff in there:
            first.setdefault(grid, staff)
    return first


def walkers(owners: Ids, grids: Ids, there: AbstractSet[int], standing_in: Mapping[int, int]) -> Ids:
    """The member of staff who walks to each of n customers, `NOBODY` where there is nobody.

    `owners` and `grids` are (n,), `NOBODY` for a customer without a grid; `standing_in` is what `stand_ins` gives.
    """
    by_grid = sorted({NOBODY: NOBODY, **standing_in}.items())
    keys, values = np.array(by_grid, dtype=np.int64).T
    at = np.searchsorted(keys, grids, "right") - 1
    instead = np.where(keys[at] == grids, values[at], NOBODY)
    is_there = np.isin(owners, np.fromiter(there, dtype=np.int64, count=len(there)))
    return np.asarray(np.where(is_there, owners, instead), dtype=np.int64)
