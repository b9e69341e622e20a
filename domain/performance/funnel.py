"""漏斗 入格 → 走访 → 建档 → 授信 → 用信, for each outlet and for the bank. A rate always names its denominator.

走访率 = 有效走访户 / 应走访户 (a customer in a grid is to be seen at least half-yearly), 建档率 = 建档户 / 网格内户,
授信率 over 建档户 and over 网格内户 (banks use both), 用信率 = 有余额户 / 有效授信户. A file is one of 阳光信贷.

Visits and files count inside grids alone: so each step's customers are among its denominator's. All figures are sums
of active customers (`domain/performance/sums.py`).
"""

from typing import NamedTuple


class Denominator(NamedTuple):
    """What a rate is divided by: in words, and as a figure of the sums."""

    words: str
    figure: str


class FunnelStep(NamedTuple):
    """Its name, the figure that counts who reached it, and what its rate may be divided by, the usual first."""

    name: str
    figure: str
    denominators: tuple[Denominator, ...]


_LISTED = Denominator("名单内客户", "customers")
_TO_BE_SEEN = Denominator("应走访（网格内）客户", "in_grid")
_IN_GRID = Denominator("网格内客户", "in_grid")
_FILED = Denominator("建档客户", "filed")
_GRANTED = Denominator("有效授信客户", "granted")

FUNNEL = (
    FunnelStep("入格", "in_grid", (_LISTED,)),
    FunnelStep("走访", "visited", (_TO_BE_SEEN,)),
    FunnelStep("建档", "filed", (_IN_GRID,)),
    FunnelStep("授信", "granted", (_FILED, _IN_GRID)),
    FunnelStep("用信", "drawn", (_GRANTED,)),
)
