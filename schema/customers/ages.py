"""年龄段: the decade of a customer's age, which is all that anybody is told of a birthday."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, cast, func, literal_column

from schema.engine.given import Given
from schema.engine.scope import Row
from schema.view import TODAY, View


def age_decade(row: Row, _view: View) -> ColumnElement[Any]:
    """30 for 30 to 39; null where no birthday is known."""
    years = func.extract("year", func.age(TODAY, row.c.birth_on))
    decade: ColumnElement[Any] = func.floor(years / literal_column("10")) * literal_column("10")
    return cast(decade, Integer)


def of_decades(row: Row, decades: Given, view: View) -> ColumnElement[bool]:
    """The filter: one of the decades given."""
    kept: ColumnElement[bool] = age_decade(row, view) == any_(decades.bind(ARRAY(Integer)))
    return kept
