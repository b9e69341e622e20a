"""When a new version takes the place of the one in force, and the reason that is kept."""

from ml import night_statements as said
from ml.promotion import MARGIN, decide


def test_the_first_version_is_taken_and_says_so() -> None:
    decision = decide(0.80, 0.78, None)
    assert decision.is_promoted
    assert decision.reason == said.FIRST_ABOVE_BASELINE(auc=0.8, baseline_auc=0.78)


def test_a_better_version_takes_the_place() -> None:
    decision = decide(0.81, 0.78, 0.80)
    assert decision.is_promoted
    assert decision.reason == said.BETTER(auc=0.81, baseline_auc=0.78, current_auc=0.8)


def test_better_by_less_than_the_margin_changes_nothing() -> None:
    decision = decide(0.80 + MARGIN / 2, 0.78, 0.80)
    assert not decision.is_promoted
    assert decision.reason.code == said.NOT_BETTER.code


def test_worse_than_the_baseline_is_refused_even_when_better_than_the_old_one() -> None:
    decision = decide(0.77, 0.78, 0.70)
    assert not decision.is_promoted
    assert decision.reason == said.BELOW_BASELINE(auc=0.77, baseline_auc=0.78)
