"""Where the bands of a score begin."""

from collections.abc import Sequence
from itertools import pairwise

from domain.shared.parameters import Parameter, ParameterType

STEP_BPS = 10
"""A version keeps its distribution in steps of a thousandth, so bounds lie on them."""


def _complaint(shares: Sequence[int]) -> str | None:
    if len(shares) != 4:
        return "五个档位需要四个界"
    if any(share % STEP_BPS for share in shares):
        return f"每个界应为 {STEP_BPS} 个基点的整数倍"
    if any(one >= other for one, other in pairwise(shares)):
        return "四个界应由小到大"
    return None


ATTRITION_BAND_SHARES_BPS = Parameter(
    "models.attrition_band_shares_bps",
    ParameterType.LIST,
    [5_000, 7_500, 9_000, 9_700],
    "BPS",
    ("train", "score"),
    lowest=STEP_BPS,
    highest=10_000 - STEP_BPS,
    complaint=_complaint,
)
"""Of the customers of the model's test day: half lie in band 1, three in a hundred in band 5."""

PARAMETERS = (ATTRITION_BAND_SHARES_BPS,)
