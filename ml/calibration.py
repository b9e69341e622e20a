"""Platt's calibration: a line through the margins, so that a score is a probability. numpy only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

NEWTON_STEPS = 50


@dataclass(frozen=True)
class Line:
    """probability = 1 / (1 + exp(-(slope * margin + shift)))."""

    slope: float = 1.0
    shift: float = 0.0

    def probabilities(self, margins: Floats) -> npt.NDArray[np.float64]:
        return sigmoid(self.slope * margins.astype(np.float64) + self.shift)


def sigmoid(margins: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margins, -40, 40))))


def fit_line(flags: npt.NDArray[np.bool_], margins: Floats) -> Line:
    """The line of greatest likelihood with Platt's softened targets, by Newton's method.

    A falling line would turn the order of customers round; it means that the margins say nothing, and only the
    level is then corrected.
    """
    positives, negatives = int(flags.sum()), int((~flags).sum())
    if positives == 0 or negatives == 0:
        return Line()
    targets = np.where(flags, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.stack([margins.astype(np.float64), np.ones(len(margins))], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(NEWTON_STEPS):
        expected = sigmoid(design @ weights)
        spread = expected * (1 - expected)
        curvature = (design * spread[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (expected - targets))
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    slope, shift = float(weights[0]), float(weights[1])
    return Line(slope, shift) if slope > 0 else Line(1.0, 0.0)
