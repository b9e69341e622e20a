"""Features, models and scores."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

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


class Score(SQLModel, table=True):
    """One score a customer and model with its version and data date; replaced as a whole by each run.

    One partition a model (`scores_attrition`): a run fills a fresh table and puts it in the old one's place. The key
    begins with the customer, because pages ask for the scores of a customer and because the rows arrive in that
    order; there is no foreign key to the version, because it would be checked a million times for one value.
    """

    __tablename__ = "scores"
    __table_args__ = (
        PrimaryKeyConstraint("customer_id", "model"),
        {"postgresql_partition_by": "LIST (model)"},
    )

    model: str
    customer_id: int = Field(sa_type=BigInteger)
    model_version_id: int = Field(sa_type=BigInteger)
    data_date: date
    value: float
    band: int = Field(sa_type=SmallInteger)


class ScoreReason(SQLModel, table=True):
    """The three strongest reasons of a score as sentences in Chinese, with the customer's own figures."""

    __tablename__ = "score_reasons"

    model: str = Field(primary_key=True)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    data_date: date
    model_version_id: int = Field(sa_type=BigInteger)
    reasons: list[str] = Field(sa_column=Column(JSONB, nullable=False))
