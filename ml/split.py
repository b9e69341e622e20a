"""The split in time: what a model learns from, stops by, and is measured on."""

from dataclasses import dataclass
from datetime import date

from ml.features.dates import outcome_on


@dataclass(frozen=True)
class Split:
    train: tuple[date, ...]
    tune: date
    test: date
    everything: tuple[date, ...]
    """All labelled month-ends, also those between tuning and test: what the stored version is fitted on."""


def split_months(months: list[date]) -> Split | None:
    """The latest labelled month-end tests; whatever was not known on that day is kept out of training.

    So the measured figure is that of a model trained on the test day itself: the month-ends in between, whose
    outcomes fall into the tested three months, are left out. None where too little is left.
    """
    if not months:
        return None
    test = months[-1]
    known = [month for month in months if outcome_on(month) <= test]
    if len(known) < 2:
        return None
    return Split(tuple(known[:-1]), known[-1], test, tuple(months))
