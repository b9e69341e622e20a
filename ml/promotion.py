"""Promotion: whether a new version takes the place of the one in force. A decision with its reason, as a pure rule."""

from dataclasses import dataclass

from domain.shared.statements import Statement
from ml import night_statements as said

MARGIN = 0.002
"""AUC by which a new version must be better than the one in force: less is noise, and change has a price."""


@dataclass(frozen=True)
class Decision:
    is_promoted: bool
    reason: Statement


def decide(auc: float, baseline_auc: float, current_auc: float | None) -> Decision:
    """All measured on a month that the trees had not seen; `current_auc` is None when none is in force."""
    measured = {"auc": round(auc, 4), "baseline_auc": round(baseline_auc, 4)}
    if current_auc is None:
        is_above = auc >= baseline_auc
        first = said.FIRST_ABOVE_BASELINE if is_above else said.FIRST_BELOW_BASELINE
        return Decision(True, first(**measured))
    if auc < baseline_auc:
        return Decision(False, said.BELOW_BASELINE(**measured))
    beside = {**measured, "current_auc": round(current_auc, 4)}
    if auc >= current_auc + MARGIN:
        return Decision(True, said.BETTER(**beside))
    return Decision(False, said.NOT_BETTER(**beside, margin=MARGIN))
