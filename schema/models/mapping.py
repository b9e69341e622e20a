"""How models and scores are read."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, select, true

from ml.permissions import VIEW_MODELS
from ml.tables import ModelVersion, Score, ScoreReason, ScoreRun
from schema.engine.mapping import Many, TypeMap, column
from schema.engine.scope import Row
from schema.statements import statements
from schema.view import View, rows_of, with_permission


def _models(_view: View) -> Row:
    version = ModelVersion.__table__.alias()  # type: ignore[attr-defined]
    return select(version.c.name).distinct().subquery()


def _scores(_view: View) -> Row:
    """Scores with the run that made them, its version, and the reasons that belong to the same run."""
    score, run = Score.__table__.alias(), ScoreRun.__table__.alias()  # type: ignore[attr-defined]
    version, reason = ModelVersion.__table__.alias(), ScoreReason.__table__.alias()  # type: ignore[attr-defined]
    same_run = and_(
        reason.c.model == score.c.model,
        reason.c.customer_id == score.c.customer_id,
        reason.c.night_run_id == run.c.night_run_id,
    )
    joined = (
        score.join(run, run.c.model == score.c.model)
        .join(version, version.c.id == run.c.model_version_id)
        .outerjoin(reason, same_run)
    )
    none: ColumnElement[Any] = literal_column("'[]'::jsonb")
    columns = (run.c.data_date, version.c.version, func.coalesce(reason.c.reasons, none).label("reasons"))
    return select(score, *columns).select_from(joined).subquery()


MODEL = TypeMap(
    "Model",
    {
        "name": column("name"),
        "versions": Many(
            "ModelVersion",
            lambda model, version, _: version.c.name == model.c.name,
            order=lambda version: [version.c.trained_at.desc(), version.c.id.desc()],
        ),
    },
    rows=_models,
    key="name",
    scope=with_permission(VIEW_MODELS),
)

MODEL_VERSION = TypeMap(
    "ModelVersion",
    {
        "version": column("version"),
        "trainedAt": column("trained_at"),
        "inForce": column("in_force"),
        "auc": column("auc"),
        "baselineAuc": column("baseline_auc"),
        "dataFrom": column("data_from"),
        "dataTo": column("data_to"),
    },
    rows=rows_of(ModelVersion),
    scope=with_permission(VIEW_MODELS),
)

SCORE = TypeMap(
    "Score",
    {
        "model": column("model"),
        "version": column("version"),
        "dataDate": column("data_date"),
        "value": column("value"),
        "band": column("band"),
        "reasons": statements("reasons"),
    },
    rows=_scores,
    key="model",
)

ROOT = {"models": Many("Model", lambda _root, _model, _: true(), order=lambda model: [model.c.name])}
TYPES = (MODEL, MODEL_VERSION, SCORE)
