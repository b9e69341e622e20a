"""What can be asked of scores. Imports no model library: the API asks too."""

from typing import Any

from sqlalchemy import ColumnElement, String, literal_column, select

from domain.customers.fields import CUSTOMER
from domain.shared.rules.fields import Day, Field, FieldType, Row, column
from ml.tables import ScoreRun


def _scored_on(_row: Row, _day: Day) -> ColumnElement[Any]:
    """The data date of the scores in force."""
    run = ScoreRun.__table__.alias()  # type: ignore[attr-defined]
    attrition = literal_column("'attrition'", String)
    return select(run.c.data_date).where(run.c.model == attrition).scalar_subquery()


ATTRITION_SCORE = Field(
    "attritionScore",
    CUSTOMER,
    FieldType.NUMBER,
    column("attrition_score"),
    "scores.value",
    known_on=_scored_on,
)
ATTRITION_BAND = Field(
    "attritionBand", CUSTOMER, FieldType.INTEGER, column("attrition_band"), "scores.band", known_on=_scored_on
)

FIELDS = (ATTRITION_SCORE, ATTRITION_BAND)
