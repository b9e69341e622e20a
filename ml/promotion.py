"""Promotion: whether a new version takes the place of the one in force. A decision with its reason, as a pure rule."""

from dataclasses import dataclass

MARGIN = 0.002
"""AUC by which a new version must be better than the one in force: less is noise, and change has a price."""


@dataclass(frozen=True)
class Decision:
    is_promoted: bool
    reason: str


def decide(auc: float, baseline_auc: float, current_auc: float | None) -> Decision:
    """All measured on a month that the trees had not seen; `current_auc` is None when none is in force."""
    if current_auc is None:
        beside = "不低于" if auc >= baseline_auc else "低于"
        return Decision(
            True, f"此前没有生效的版本，AUC {auc:.4f}，{beside}逻辑回归 {baseline_auc:.4f}，予以启用。"
        )
    if auc < baseline_auc:
        return Decision(False, f"AUC {auc:.4f} 低于逻辑回归 {baseline_auc:.4f}，不启用。")
    if auc >= current_auc + MARGIN:
        return Decision(True, f"测试月 AUC {auc:.4f}，高于生效版本 {current_auc:.4f}，予以启用。")
    return Decision(
        False, f"测试月 AUC {auc:.4f}，未比生效版本 {current_auc:.4f} 高出 {MARGIN}，沿用生效版本。"
    )
