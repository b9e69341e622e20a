"""Bands 1 (low) to 5 (high) of a score, by limits that stay with the model version."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

SHARES_BELOW = (0.50, 0.75, 0.90, 0.97)
"""Of the customers of the model's test day: half lie in band 1, three in a hundred in band 5."""


def limits_of(probabilities: npt.NDArray[np.floating[Any]]) -> list[float]:
    """The lower limits of bands 2 to 5. Kept with the version, so that a band means the same on every night."""
    return [round(float(limit), 4) for limit in np.quantile(probabilities, SHARES_BELOW)]


def bands_of(probabilities: npt.NDArray[np.floating[Any]], limits: Sequence[float]) -> npt.NDArray[np.int16]:
    return (np.searchsorted(np.asarray(limits), probabilities, side="right") + 1).astype(np.int16)
