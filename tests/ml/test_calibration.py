"""Platt's line: probabilities that come true."""

import numpy as np

from ml.calibration import Line, fit_line, sigmoid


def test_a_distorted_margin_is_put_right() -> None:
    random = np.random.default_rng(3)
    truth = random.normal(-2.5, 1.2, 200_000)
    flags = random.uniform(size=truth.size) < sigmoid(truth)
    line = fit_line(flags, (truth - 1.0) / 2.0)
    assert abs(line.slope - 2.0) < 0.05
    assert abs(line.shift - 1.0) < 0.05
    expected = line.probabilities((truth - 1.0) / 2.0)
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 1.0)):
        inside = (expected >= low) & (expected < high)
        assert abs(expected[inside].mean() - flags[inside].mean()) < 0.01


def test_the_order_of_customers_is_never_turned_round() -> None:
    random = np.random.default_rng(4)
    margins = random.normal(size=5_000)
    flags = random.uniform(size=5_000) < sigmoid(-margins)
    assert fit_line(flags, margins) == Line()


def test_one_kind_alone_teaches_nothing() -> None:
    assert fit_line(np.zeros(10, dtype=bool), np.arange(10.0)) == Line()
