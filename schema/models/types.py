"""Models with their versions, and reasons on demand."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.field_classes import c1, c2
from schema.nodes import Refusal
from schema.statements import Statement


@strawberry.type(description="模型版本.")
class ModelVersion:
    version: str = c1("The version.")
    trained_at: datetime = c1("When it was trained.")
    in_force: bool = c1("Whether its scores are in force.")
    auc: float = c1("AUC on a later month than it was trained on.")
    baseline_auc: float = c1("AUC of a plain logistic regression on the same rows.")
    data_from: date = c1("The first data date of training.")
    data_to: date = c1("The last data date of the test.")


@strawberry.type(description="模型.")
class Model:
    name: str = c1("The model's name.")
    versions: list[ModelVersion] = c1("Versions, the latest first.")


@strawberry.type(description="评分: a model's value for this customer.")
class Score:
    model: str = c1("The model.")
    version: str = c1("The model's version.")
    data_date: date = c1("The data date it was computed from.")
    value: float = c2("The calibrated probability.")
    band: int = c2("1 (low) to 5 (high).")
    reasons: list[Statement] = c2("The three strongest reasons; empty until asked for outside the top 50.")


@strawberry.input(description="Asks for the three strongest reasons of one score.")
class ExplainScoreInput:
    idempotency_key: UUID
    customer_id: strawberry.ID
    model: str


@strawberry.type(description="The reasons appear in `Customer.scores` when the job is done.")
class ExplainScoreSuccess:
    queued: bool = strawberry.field(description="False when the reasons are there already.")


@strawberry.type(
    description="CUSTOMER_NOT_FOUND, SCORE_NOT_FOUND, EXPLANATION_FAILED, IDEMPOTENCY_KEY_REUSED."
)
class ScoreNotExplained(Refusal):
    pass


ExplainScoreResult = Annotated[
    ExplainScoreSuccess | ScoreNotExplained, strawberry.union("ExplainScoreResult")
]
