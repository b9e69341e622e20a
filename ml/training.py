"""The step `train`: a new version of the attrition model, when none is in force or one is asked for."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from domain.shared.night import DOING, Connection, Night, Report, StepResult
from ml import metrics
from ml import night_statements as said
from ml.bands import Distribution, bands_of, distribution_of, limits_of
from ml.calibration import Line, fit_line
from ml.examples import Examples, join, read_examples
from ml.features.columns import NAMES
from ml.features.dates import labelled_month_ends, outcome_on, reach
from ml.parameters import ATTRITION_BAND_SHARES_BPS
from ml.promotion import Decision, decide
from ml.registry import (
    ATTRITION,
    Candidate,
    Version,
    in_force,
    is_training_wanted,
    register,
    version_of_night,
)
from ml.split import Split, split_months

LEAST_POSITIVES = 20
"""Fewer customers who left than this, in the training months or the test month, teach and prove nothing."""


def train_when_needed(connection: Connection, night: Night, report: Report) -> StepResult:
    """Train, measure, decide, store. Without enough history nothing is trained, and the step says so."""
    if not is_training_wanted(connection, night):
        return StepResult(0, said.MODEL_KEPT())
    split = split_months(labelled_month_ends(night.data_date, reach(connection).core_deposit))
    if split is None:
        return StepResult(0, said.HISTORY_TOO_SHORT())
    report(0.1, DOING(doing="EXAMPLES"))
    samples = _read(connection, split)
    if min(samples.train.positives, samples.test.positives) < LEAST_POSITIVES or samples.tune.positives == 0:
        return StepResult(0, said.TOO_FEW_LEFT())
    report(0.3, DOING(doing="TRAIN"))
    candidate, decision = _train(samples, split, night, in_force(connection))
    register(connection, candidate, is_promoted=decision.is_promoted)
    figures = {"auc": candidate.auc, "baseline_auc": candidate.baseline_auc}
    return StepResult(len(samples.everything.flags), decision.reason, figures)


@dataclass(frozen=True)
class Samples:
    train: Examples
    tune: Examples
    test: Examples
    everything: Examples
    """All labelled month-ends, also those between tuning and test: what the version in force is fitted on."""


def _read(connection: Connection, split: Split) -> Samples:
    by_month = {month: read_examples(connection, month) for month in split.everything}
    return Samples(
        join([by_month[month] for month in split.train]),
        by_month[split.tune],
        by_month[split.test],
        join(list(by_month.values())),
    )


def _train(
    samples: Samples, split: Split, night: Night, current: Version | None
) -> tuple[Candidate, Decision]:
    """Measure on the split, then fit the stored trees on every labelled month with the same number of rounds."""
    from ml import baseline, trees  # xgboost and scipy are loaded by workers that train, by nobody else

    measured = trees.fit_until_no_better(
        samples.train.values, samples.train.flags, samples.tune.values, samples.tune.flags
    )
    line = fit_line(samples.tune.flags, measured.margins(samples.tune.values))
    probabilities = line.probabilities(measured.margins(samples.test.values))
    logistic = baseline.fit_logistic(samples.train.values, samples.train.flags)
    baseline_auc = metrics.auc(samples.test.flags, logistic.margins(samples.test.values))
    auc = metrics.auc(samples.test.flags, probabilities)
    current_auc = None if current is None else _current_auc(current, split.test, samples.test)
    decision = decide(auc, baseline_auc, current_auc)
    distribution = distribution_of(probabilities)
    limits = limits_of(distribution, ATTRITION_BAND_SHARES_BPS.of(night.parameters))
    stored = trees.fit(samples.everything.values, samples.everything.flags, rounds=measured.rounds)
    return Candidate(
        name=ATTRITION,
        version=version_of_night(night),
        auc=round(auc, 5),
        baseline_auc=round(baseline_auc, 5),
        data_from=split.everything[0],
        data_to=outcome_on(split.test),
        parameters=_parameters(trees.PARAMETERS, measured.rounds, line, limits, distribution),
        metrics=_metrics(samples, split, probabilities, limits, decision, current_auc),
        artefact=stored.artefact(),
    ), decision


def _current_auc(current: Version, month: date, test: Examples) -> float:
    """Of the version in force: on the tested month, or as it was measured if its trees have seen that month."""
    from ml import trees  # as above

    if month in current.months_seen:
        return current.auc
    return metrics.auc(test.flags, trees.load(current.artefact).margins(test.values))


def _parameters(
    trees: dict[str, Any], rounds: int, line: Line, limits: list[float], distribution: Distribution
) -> dict[str, Any]:
    return {
        "trees": trees,
        "rounds": rounds,
        "features": list(NAMES),
        "calibration": asdict(line),
        "band_limits": limits,
        "distribution": distribution,
    }


def _metrics(
    samples: Samples,
    split: Split,
    probabilities: np.ndarray[Any, np.dtype[np.float64]],
    limits: list[float],
    decision: Decision,
    current_auc: float | None,
) -> dict[str, Any]:
    test = samples.test
    bands = metrics.calibration(test.flags, probabilities, bands_of(probabilities, limits))
    return {
        "months": {
            "train": [month.isoformat() for month in split.train],
            "tune": split.tune.isoformat(),
            "test": split.test.isoformat(),
            "fitted_on": [month.isoformat() for month in split.everything],
        },
        "rows": {
            "train": len(samples.train.flags),
            "tune": len(samples.tune.flags),
            "test": len(test.flags),
            "fitted_on": len(samples.everything.flags),
        },
        "left": {"train": samples.train.positives, "tune": samples.tune.positives, "test": test.positives},
        "lift_10_percent": round(metrics.lift(test.flags, probabilities), 3),
        "calibration": bands,
        "calibration_error": round(metrics.calibration_error(bands), 5),
        "current_auc": None if current_auc is None else round(current_auc, 5),
        "promotion": decision.reason.as_json(),
    }
