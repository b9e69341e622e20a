"""Boosted trees: the only module that imports xgboost. Loaded by workers, never by the API."""

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ml.features.columns import NAMES

# Threads that wait for one another sleep instead of spinning: with two workers on two cores the spinning is what
# costs (training took five times the CPU and the time). OpenMP reads this once, when it is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import xgboost

MOST_ROUNDS = 150
PATIENCE = 15
THREADS = 2
"""Fixed, because sums of floats depend on it: a night taken up by another worker trains the same trees."""

PARAMETERS: dict[str, Any] = {
    "objective": "binary:logistic",
    "eval_metric": "auc",
    "tree_method": "hist",
    "max_bin": 64,
    "max_depth": 4,
    "eta": 0.1,
    "min_child_weight": 10,
    "subsample": 0.8,
    "colsample_bytree": 0.6,
    "lambda": 5.0,
    "seed": 20260601,
    "nthread": THREADS,
}

Values = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trees:
    booster: xgboost.Booster

    @property
    def rounds(self) -> int:
        return int(self.booster.num_boosted_rounds())

    def margins(self, values: Values) -> npt.NDArray[np.float32]:
        matrix = xgboost.DMatrix(values, nthread=THREADS)
        return np.asarray(self.booster.predict(matrix, output_margin=True))

    def contributions(self, values: Values) -> npt.NDArray[np.float32]:
        """What each feature adds to the margin of each row (exact TreeSHAP), without the constant."""
        matrix = xgboost.DMatrix(values, nthread=THREADS)
        return np.asarray(self.booster.predict(matrix, pred_contribs=True))[:, : len(NAMES)]

    def artefact(self) -> bytes:
        return bytes(self.booster.save_raw("ubj"))


def load(artefact: bytes) -> Trees:
    booster = xgboost.Booster({"nthread": THREADS})
    booster.load_model(bytearray(artefact))
    return Trees(booster)


def fit(values: Values, flags: Flags, *, rounds: int) -> Trees:
    """Trees of a known number of rounds."""
    matrix = xgboost.QuantileDMatrix(values, label=flags, max_bin=PARAMETERS["max_bin"], nthread=THREADS)
    return Trees(xgboost.train(PARAMETERS, matrix, num_boost_round=rounds))


def fit_until_no_better(values: Values, flags: Flags, tune_values: Values, tune_flags: Flags) -> Trees:
    """Trees up to the round after which the tuning month's AUC rose no more."""
    bins = PARAMETERS["max_bin"]
    matrix = xgboost.QuantileDMatrix(values, label=flags, max_bin=bins, nthread=THREADS)
    tune = xgboost.QuantileDMatrix(tune_values, label=tune_flags, ref=matrix, max_bin=bins, nthread=THREADS)
    booster = xgboost.train(
        PARAMETERS,
        matrix,
        num_boost_round=MOST_ROUNDS,
        evals=[(tune, "tune")],
        early_stopping_rounds=PATIENCE,
        verbose_eval=False,
    )
    return Trees(booster[: booster.best_iteration + 1])
