"""The split in time: nothing is learnt from what was not known on the tested day."""

from datetime import date

from ml.features.dates import labelled_month_ends, lags, outcome_on
from ml.split import split_months


def test_lags_are_the_five_month_ends_before_a_day() -> None:
    assert lags(date(2026, 3, 31)) == (
        date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31), date(2025, 11, 30), date(2025, 10, 31),
    )  # fmt: skip
    assert lags(date(2026, 3, 30))[0] == date(2026, 2, 28)


def test_labelled_month_ends_have_a_past_and_a_known_outcome() -> None:
    months = labelled_month_ends(date(2026, 10, 20), date(2025, 10, 31))
    assert months[0] == date(2025, 12, 31)  # two month-ends before it
    assert months[-1] == date(2026, 6, 30)  # its outcome is of 30 September
    assert len(months) == 7


def test_a_month_end_that_is_the_data_date_itself_is_an_outcome() -> None:
    assert labelled_month_ends(date(2026, 10, 31), date(2025, 10, 31))[-1] == date(2026, 7, 31)


def test_without_history_there_is_nothing_to_learn() -> None:
    assert labelled_month_ends(date(2026, 10, 20), None) == []
    assert labelled_month_ends(date(2026, 10, 20), date(2026, 10, 19)) == []
    assert split_months([]) is None
    assert split_months([date(2026, 5, 31), date(2026, 6, 30)]) is None


def test_training_stops_where_the_tested_months_begin() -> None:
    split = split_months(labelled_month_ends(date(2026, 10, 20), date(2025, 10, 31)))
    assert split is not None
    assert split.test == date(2026, 6, 30)
    assert split.tune == date(2026, 3, 31)
    assert split.train == (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))
    assert all(outcome_on(month) <= split.test for month in (*split.train, split.tune))
