"""How good a score is: area under the curve, lift, calibration by band. numpy only."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]


def auc(flags: Flags, scores: Floats) -> float:
    """Chance that somebody who left scores above somebody who stayed; ties count half. NaN without both kinds."""
    positives = int(flags.sum())
    negatives = len(flags) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last_ranks = np.cumsum(counts)
    mean_ranks = last_ranks - (counts - 1) / 2
    rank_sum = float(mean_ranks[inverse][flags].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def lift(flags: Flags, scores: Floats, share: float = 0.1) -> float:
    """How many times more often the highest `share` left than all did."""
    count = max(1, round(len(scores) * share))
    highest = np.argsort(-scores, kind="stable")[:count]
    overall = float(flags.mean())
    return float(flags[highest].mean()) / overall if overall else float("nan")


def average_precision(flags: Flags, scores: Floats) -> float:
    """The area under precision over recall, in steps; customers of one score come together. NaN if nobody left."""
    positives = int(flags.sum())
    if positives == 0:
        return float("nan")
    _, inverse, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    caught = np.cumsum(np.bincount(inverse, weights=flags, minlength=len(counts)))
    gained = np.diff(caught, prepend=0.0) / positives
    return float((gained * caught / np.cumsum(counts)).sum())


def precision(flags: Flags, scores: Floats, share: float) -> float:
    """What share of the highest `share` left."""
    count = max(1, round(len(scores) * share))
    return float(flags[np.argsort(-scores, kind="stable")[:count]].mean())


def calibration(flags: Flags, probabilities: Floats, bands: npt.NDArray[np.int16]) -> list[dict[str, float]]:
    """For each band: customers, mean probability, and the share that really left."""
    rows = []
    for band in np.unique(bands):
        inside = bands == band
        rows.append(
            {
                "band": int(band),
                "customers": int(inside.sum()),
                "expected": round(float(probabilities[inside].mean()), 5),
                "observed": round(float(flags[inside].mean()), 5),
            }
        )
    return rows


def calibration_error(rows: list[dict[str, float]]) -> float:
    """Mean distance of expected from observed share, weighted by customers."""
    total = sum(row["customers"] for row in rows)
    return (
        sum(row["customers"] * abs(row["expected"] - row["observed"]) for row in rows) / total
        if total
        else 0.0
    )
