"""How models are read."""

from sqlalchemy import select, true

from ml.permissions import VIEW_MODELS
from ml.tables import ModelVersion
from schema.engine.mapping import Many, TypeMap, column
from schema.engine.scope import Row
from schema.view import View, rows_of, with_permission


def _models(_view: View) -> Row:
    version = ModelVersion.__table__.alias()  # type: ignore[attr-defined]
    return select(version.c.name).distinct().subquery()


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

ROOT = {"models": Many("Model", lambda _root, _model, _: true(), order=lambda model: [model.c.name])}
TYPES = (MODEL, MODEL_VERSION)
