"""Permissions of models."""

from domain.shared.permissions import Permission

VIEW_MODELS = Permission("models.view", zh="查看模型", en="see models")
EXPLAIN_SCORE = Permission("models.explain", zh="查询评分理由", en="ask for the reasons of a score")

PERMISSIONS = (
    VIEW_MODELS,
    EXPLAIN_SCORE,
)
