"""漏斗 入格 → 走访 → 建档 → 授信 → 用信, for each outlet and for the bank. A rate always names its denominator.

走访率 = 有效走访户 / 应走访户 (everybody in a grid is to be seen within the cadence of general customers), 建档率 =
建档户 / 网格内户, 授信率 over 建档户 and over 网格内户 (banks use both), 用信率 = 有余额户 / 有效授信户. A file is one
of 阳光信贷.

Visits and files count inside grids alone, so their customers are among those in grids, and whoever draws on a line has
one. A line counts wherever its customer is and whether he has a file or not: 授信率 may exceed one. All figures are
sums of active customers (`domain/performance/sums.py`).
"""

from enum import StrEnum
from typing import NamedTuple


class FunnelStepName(StrEnum):
    LISTED = "LISTED"
    IN_GRID = "IN_GRID"
    VISITED = "VISITED"
    FILED = "FILED"
    GRANTED = "GRANTED"
    DRAWN = "DRAWN"


FIGURES = {
    FunnelStepName.LISTED: "customers",
    FunnelStepName.IN_GRID: "in_grid",
    FunnelStepName.VISITED: "visited",
    FunnelStepName.FILED: "filed",
    FunnelStepName.GRANTED: "granted",
    FunnelStepName.DRAWN: "drawn",
}
"""Which figure of the sums counts the customers who reached a step."""


class FunnelStep(NamedTuple):
    """A step, and the steps whose customers its rate may be divided by, the usual first."""

    name: FunnelStepName
    denominators: tuple[FunnelStepName, ...]


FUNNEL = (
    FunnelStep(FunnelStepName.IN_GRID, (FunnelStepName.LISTED,)),
    FunnelStep(FunnelStepName.VISITED, (FunnelStepName.IN_GRID,)),
    FunnelStep(FunnelStepName.FILED, (FunnelStepName.IN_GRID,)),
    FunnelStep(FunnelStepName.GRANTED, (FunnelStepName.FILED, FunnelStepName.IN_GRID)),
    FunnelStep(FunnelStepName.DRAWN, (FunnelStepName.GRANTED,)),
)
MOST_DENOMINATORS = max(len(step.denominators) for step in FUNNEL)
