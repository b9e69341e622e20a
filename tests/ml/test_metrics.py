"""Area under the curve, lift, calibration by band."""

import math

import numpy as np
import pytest

from ml import metrics
from ml.bands import bands_of, distribution_of, limits_of
from ml.parameters import ATTRITION_BAND_SHARES_BPS


def test_auc_of_known_orders() -> None:
    flags = np.array([False, False, True, True])
    assert metrics.auc(flags, np.array([0.1, 0.2, 0.3, 0.4])) == 1.0
    assert metrics.auc(flags, np.array([0.4, 0.3, 0.2, 0.1])) == 0.0
    assert metrics.auc(flags, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5
    assert metrics.auc(flags, np.array([0.1, 0.3, 0.2, 0.4])) == 0.75
    assert math.isnan(metrics.auc(np.array([True, True]), np.array([0.1, 0.2])))


def test_auc_is_the_share_of_pairs_in_order() -> None:
    random = np.random.default_rng(5)
    flags = random.uniform(size=300) < 0.3
    scores = np.round(random.uniform(size=300), 1)
    pairs = scores[flags][:, None] - scores[~flags][None, :]
    assert metrics.auc(flags, scores) == pytest.approx(((pairs > 0) + (pairs == 0) / 2).mean())


def test_average_precision_and_the_precision_of_the_highest() -> None:
    flags, scores = np.array([True, False, True, False]), np.array([0.9, 0.8, 0.7, 0.1])
    assert metrics.average_precision(flags, scores) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert metrics.average_precision(flags, np.zeros(4)) == pytest.approx(0.5), "one score tells nobody apart"
    assert math.isnan(metrics.average_precision(np.array([False]), np.array([0.1])))
    assert [metrics.precision(flags, scores, share) for share in (0.25, 0.5, 1.0)] == [1.0, 0.5, 0.5]


def test_lift_of_the_highest_tenth() -> None:
    flags = np.zeros(100, dtype=bool)
    flags[:5] = True
    scores = np.linspace(1, 0, 100)
    assert metrics.lift(flags, scores) == pytest.approx(10.0)
    assert metrics.lift(flags, -scores) == 0.0


def test_calibration_sets_expected_beside_observed() -> None:
    flags = np.array([True, False, True, True])
    rows = metrics.calibration(flags, np.array([0.2, 0.4, 0.9, 0.7]), np.array([1, 1, 2, 2], dtype=np.int16))
    assert rows == [
        {"band": 1, "customers": 2, "expected": 0.3, "observed": 0.5},
        {"band": 2, "customers": 2, "expected": 0.8, "observed": 1.0},
    ]
    assert metrics.calibration_error(rows) == pytest.approx(0.2)


def test_bands_are_five_and_keep_their_limits() -> None:
    limits = limits_of(distribution_of(np.arange(1000) / 1000), ATTRITION_BAND_SHARES_BPS.default)
    bands = bands_of(np.arange(1000) / 1000, limits)
    assert [int((bands == band).sum()) for band in range(1, 6)] == pytest.approx(
        [500, 250, 150, 70, 30], abs=2
    )
    assert bands_of(np.array([limits[3], limits[3] - 1e-9, 0.0]), limits).tolist() == [5, 4, 1]


def test_other_shares_are_other_limits_of_the_same_distribution() -> None:
    distribution = distribution_of(np.arange(1000) / 1000)
    assert (
        limits_of(distribution, [5_000, 7_500, 9_000, 9_500])[:3]
        == limits_of(distribution, ATTRITION_BAND_SHARES_BPS.default)[:3]
    )
    bands = bands_of(np.arange(1000) / 1000, limits_of(distribution, [5_000, 7_500, 9_000, 9_500]))
    assert int((bands == 5).sum()) == pytest.approx(50, abs=2)
