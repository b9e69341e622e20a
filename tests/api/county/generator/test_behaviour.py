"""Who leaves: as the definition says, as the files will show, neither too often nor too plainly."""

import csv
from datetime import date

import numpy as np

from api.county.generator.accounts import averages
from api.county.generator.attrition import has_left
from api.county.generator.timeline import AS_OF as DATA_DATE
from api.county.generator.timeline import BURN_IN, POINTS, Timeline
from domain.shared.calendar import month_end_before
from ml.metrics import auc
from tests.api.county.generator.conftest import AS_OF, Written
from tests.api.county.generator.test_dirt import meant


def leavers(written: Written) -> list[dict[str, str]]:
    with (written.truth / "leavers.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_leaving_is_half_and_five_thousand_yuan() -> None:
    before = np.array([10_000.0, 10_000.0, 9_000.0, 40_000.0])
    after = np.array([5_000.0, 5_000.01, 4_400.0, 30_000.0])
    assert has_left(before, after).tolist() == [True, False, False, False]


def test_the_timeline_ends_three_months_after_the_data_date() -> None:
    timeline = Timeline.until(date(2026, 11, 20))
    assert timeline.points[BURN_IN] == date(2025, 11, 30)
    assert timeline.points[DATA_DATE] == date(2026, 11, 20)
    assert (timeline.points[POINTS - 1] - timeline.as_of).days == 91
    assert [on for _, on in timeline.history()] == [
        month_end_before(AS_OF, back) for back in range(12, 0, -1)
    ]


def test_three_months_before_the_data_date_count_the_last_month_in_part() -> None:
    """20 days of November at 300 yuan, nothing before: the average of three months is a third of 150 × part."""
    timeline = Timeline.until(date(2026, 11, 20))
    fen = np.zeros((POINTS, 1), dtype=np.int64)
    fen[DATA_DATE:] = 30_000
    month, three = averages(timeline, fen)
    assert three[DATA_DATE, 0] == round(15_000 * timeline.part / 3)
    assert month[DATA_DATE, 0] == round(15_000 * timeline.part)
    assert three[POINTS - 1, 0] == 30_000


def test_one_depositor_in_twenty_leaves(larger_county: Written) -> None:
    asked = [row for row in leavers(larger_county) if row["eligible"] == "true"]
    left = np.array([row["left"] == "true" for row in asked])
    probability = np.array([float(row["true_probability"]) for row in asked])
    assert 0.04 < left.mean() < 0.085
    assert abs(probability.mean() - left.mean()) < 0.015
    assert 0.75 < auc(left, probability) < 0.90
    assert all(bool(row["reason"]) == (row["left"] == "true") for row in asked)


def test_the_files_show_the_average_that_the_truth_starts_from(county: Written) -> None:
    of_number: dict[str, float] = {}
    for row in county.lines("core_deposit"):
        if row[4] in ("USD", "HKD", "JPY", "EUR"):
            continue
        of_number[meant(row[1])] = of_number.get(meant(row[1]), 0.0) + float(row[7])
    for row in leavers(county):
        shown = sum(of_number.get(number, 0.0) for number in row["cust_nos"].split())
        assert abs(shown - float(row["average_3m_yuan"])) < 0.03


def test_nobody_has_more_at_a_month_end_than_the_account_holds(county: Written) -> None:
    for back in (1, 6, 12):
        for row in county.lines("core_deposit", month_end_before(AS_OF, back)):
            assert float(row[5]) >= 0
            assert row[8] <= f"{month_end_before(AS_OF, back):%Y%m%d}"
            assert row[11] == "1" or float(row[5]) == 0
