"""What customers and grids show of scores."""

from typing import Any

import strawberry
from sqlalchemy import ColumnElement, Integer, SmallInteger, cast, func, literal_column
from strawberry import UNSET

from domain.customers.parameters import AT_RISK_BAND
from ml import fields
from schema.customers.edges import of_customer
from schema.engine.mapping import Many, OrderKey, Value, column
from schema.engine.ordering import number
from schema.engine.scope import Row
from schema.field_classes import c1, c2
from schema.grids.mapping import figure
from schema.models.types import Score
from schema.order_indexes import indexed
from schema.ranges import FloatRange
from schema.rooms import Addition
from schema.rule_filters import among, between
from schema.view import View


@strawberry.type
class OfCustomer:
    scores: list[Score] = c2("What the models in force say.")
    attrition_score: float | None = c2("The attrition score in force.")
    attrition_band: int | None = c2("Its band, 1 (low) to 5 (high).")


@strawberry.input
class CustomersScored:
    attrition_score: FloatRange | None = UNSET
    attrition_band: list[int] | None = UNSET


@strawberry.type
class OfGroup:
    attrition_band: int | None = c1("The attrition band, where it is grouped by; null without a score.")


@strawberry.type
class OfGrid:
    at_risk: int = c1("Customers in the highest attrition bands.")
    at_risk_band: int = c1("The band from which on they are counted: a parameter as of the data date.")


def _at_risk_band(row: Row, _view: View) -> ColumnElement[Any]:
    default = literal_column(str(AT_RISK_BAND.default), Integer)
    return func.coalesce(row.c.at_risk_band, default)


ADDITIONS = (
    Addition(
        "Customer",
        contract=OfCustomer,
        fields={
            "scores": Many(
                "Score",
                of_customer,
                order=lambda score: [score.c.model],
            ),
            "attritionScore": column("attrition_score"),
            "attritionBand": column("attrition_band"),
        },
        filter_input=CustomersScored,
        filters={
            "attritionScore": between(fields.ATTRITION_SCORE),
            "attritionBand": among(fields.ATTRITION_BAND),
        },
        orders={
            "ATTRITION_SCORE": OrderKey(
                lambda row, _: row.c.attrition_score,
                read=number,
                is_nullable=True,
                indexes=indexed(
                    bank=["ix_customers_score"],
                    units=["ix_customers_org_score"],
                    grids=["ix_customers_grid_score", "ix_customers_gridless_score"],
                ),
            )
        },
        dimensions={"ATTRITION_BAND": lambda row, _view: cast(row.c.attrition_band, SmallInteger)},
    ),
    Addition("CustomerGroup", contract=OfGroup, fields={"attritionBand": column("ATTRITION_BAND")}),
    Addition(
        "GridStatistics",
        contract=OfGrid,
        fields={"atRisk": figure("at_risk"), "atRiskBand": Value(_at_risk_band)},
    ),
)
