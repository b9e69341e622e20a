"""When a new version takes the place of the one in force, and the reason that is kept."""

from ml.promotion import MARGIN, decide


def test_the_first_version_is_taken_and_says_so() -> None:
    decision = decide(0.80, 0.78, None)
    assert decision.is_promoted
    assert "此前没有生效的版本" in decision.reason
    assert "0.8000" in decision.reason


def test_a_better_version_takes_the_place() -> None:
    decision = decide(0.81, 0.78, 0.80)
    assert decision.is_promoted
    assert "0.8000" in decision.reason


def test_better_by_less_than_the_margin_changes_nothing() -> None:
    decision = decide(0.80 + MARGIN / 2, 0.78, 0.80)
    assert not decision.is_promoted
    assert "沿用" in decision.reason


def test_worse_than_the_baseline_is_refused_even_when_better_than_the_old_one() -> None:
    decision = decide(0.77, 0.78, 0.70)
    assert not decision.is_promoted
    assert "逻辑回归" in decision.reason
