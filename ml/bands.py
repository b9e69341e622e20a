"""Bands 1 (low) to 5 (high) of a score, by limits that stay with the model version.

The bank decides which shares of the test day's customers lie below the bands (`ml.parameters`); the version keeps the
distribution that it was measured on, so that other shares hold from the next night on without training anew.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ml.parameters import STEP_BPS

Distribution = list[float]
"""The score below which each share of the test day lies, from 0 to 10,000 bps in steps of `STEP_BPS`."""


def distribution_of(probabilities: npt.NDArray[np.floating[Any]]) -> Distribution:
    """What is kept with the version, so that a band means the same on every night."""
    shares = np.arange(0, 10_000 + STEP_BPS, STEP_BPS) / 10_000
    return [round(float(limit), 4) for limit in np.quantile(probabilities, shares)]


def limits_of(distribution: Distribution, shares_below_bps: Sequence[int]) -> list[float]:
    """The lower limits of bands 2 to 5."""
    return [distribution[share // STEP_BPS] for share in shares_below_bps]


def bands_of(probabilities: npt.NDArray[np.floating[Any]], limits: Sequence[float]) -> npt.NDArray[np.int16]:
    return (np.searchsorted(np.asarray(limits), probabilities, side="right") + 1).astype(np.int16)
