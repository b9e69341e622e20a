"""Features, models and scores."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

import domain.grids.models  # noqa: F401  (its columns are in the indexes below)
from domain.customers.models import CUSTOMERS
from domain.shared.columns import add_columns
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import bigint_identity, timestamp


class ModelVersion(SQLModel, table=True):
    """模型版本: what was trained, on which days, how good it was, and whether it is in force."""

    __tablename__ = "model_versions"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        Index("uq_model_in_force", "name", unique=True, postgresql_where=text("in_force")),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    name: str
    version: str
    trained_at: datetime = Field(sa_column=timestamp(default_now=True))
    in_force: bool = False
    auc: float
    baseline_auc: float
    data_from: date
    data_to: date
    parameters: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    metrics: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    artefact: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CustomerFeatures(SQLModel, table=True):
    """One row a customer and data date; `packed` holds the columns of `ml/features` as big-endian float32.

    One partition a data date (`customer_features_YYYYMMDD`), made and dropped whole by `ml/features/partitions.py`.
    """

    __tablename__ = "customer_features"
    __table_args__ = ({"postgresql_partition_by": "LIST (data_date)"},)

    data_date: date = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ScoreRun(SQLModel, table=True):
    """评分批次: the night, version and data date of the scores of a model. One row a model, replaced with its scores.

    What all scores of a run have in common stands here once instead of a million times.
    """

    __tablename__ = "score_runs"

    model: str = Field(primary_key=True)
    night_run_id: int = Field(sa_type=BigInteger)
    model_version_id: int = Field(foreign_key="model_versions.id", sa_type=BigInteger)
    data_date: date
    made_at: datetime = Field(sa_column=timestamp(default_now=True))


class Score(SQLModel, table=True):
    """One score a customer and model; replaced as a whole by each run, whose version and day are in `score_runs`.

    One partition a model (`scores_attrition`): a run fills a fresh table and puts it in the old one's place. The model
    is the partition's default. A customer stands once in a partition, as its only writer proves (`ml/score_rows.py`);
    no key says so, because making one is half the work of writing scores. Only the mapper needs one here.
    """

    __tablename__ = "scores"
    __table_args__ = ({"postgresql_partition_by": "LIST (model)"},)
    __mapper_args__: ClassVar[dict[str, Any]] = {"primary_key": ["customer_id", "model"]}

    # In this order a row has no gaps between its columns.
    customer_id: int = Field(sa_type=BigInteger)
    value: float
    band: int = Field(sa_type=SmallInteger)
    model: str


class ScoreReason(SQLModel, table=True):
    """The three strongest reasons of a score as statements, with the customer's own figures.

    `night_run_id` is that of the run whose score they explain: beside the score of another run they are not shown.
    """

    __tablename__ = "score_reasons"

    model: str = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    night_run_id: int = Field(sa_type=BigInteger)
    reasons: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))


_BY_SCORE = text("attrition_score desc nulls last")
add_columns(
    CUSTOMERS,
    "ml",
    Column("attrition_score", Float),
    Column("attrition_band", SmallInteger),
    indexes=(
        Index("ix_customers_grid_score", "grid_id", _BY_SCORE, "id"),
        Index("ix_customers_org_score", "org_unit_id", _BY_SCORE, "id"),
        # A manager's page: besides his grids, the few customers without one whom he owns.
        Index(
            "ix_customers_gridless_score",
            "owner_id",
            _BY_SCORE,
            "id",
            postgresql_where=text("grid_id is null"),
        ),
        Index("ix_customers_score", _BY_SCORE, "id"),
    ),
)
"""The attrition score in force and its band, written by `ml/scoring.py`; lists are ordered by it."""

FOLLOWERS: Followers = (
    # Features are of a day and of whoever the customer was on it; those of the day are built anew by the night.
    Follower("customer_features", Follows.BOTH_KEPT),
    # A run replaces the scores of a model whole, so what it said of somebody who is no more ends with the night.
    Follower("scores", Follows.BOTH_KEPT),
    Follower("score_reasons", Follows.BOTH_KEPT),
)
