"""Where the bands of a score begin."""

from collections.abc import Sequence
from itertools import pairwise

from domain.shared.parameters import Parameter, ParameterType
from domain.shared.statements import NUMBER, Statement, declare

STEP_BPS = 10
"""A version keeps its distribution in steps of a thousandth, so bounds lie on them."""
BANDS_NEED_FOUR = declare("PARAMETER_BANDS_NEED_FOUR")
BANDS_IN_STEPS = declare("PARAMETER_BANDS_IN_STEPS", step=NUMBER)
BANDS_RISE = declare("PARAMETER_BANDS_RISE")


def _complaint(shares: Sequence[int]) -> Statement | None:
    if len(shares) != 4:
        return BANDS_NEED_FOUR()
    if any(share % STEP_BPS for share in shares):
        return BANDS_IN_STEPS(step=STEP_BPS)
    if any(one >= other for one, other in pairwise(shares)):
        return BANDS_RISE()
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
