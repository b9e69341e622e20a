"""Filters of lists made of the fields of the rule language (`domain/shared/rules`): what can be asked is said once.

A filter's values are bound with each request, so that one text serves all of them; a rule's are known.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, literal_column, true

from domain.shared.data_date import DATA_DATE
from domain.shared.rules.fields import Field, Operator
from domain.shared.rules.predicate import bound_type, compared, value_of
from domain.shared.rules.values import bound_for
from schema.engine.given import Given
from schema.engine.mapping import Filter, View
from schema.engine.scope import Row
from schema.global_ids import keys_named

_DAY: ColumnElement[Any] = literal_column(DATA_DATE, Date)
"""In the text of those statements alone whose fields look at the day."""


def asked(field: Field) -> Callable[[Row], ColumnElement[Any]]:
    """The field's value, for figures that count what a filter keeps."""
    return lambda row: value_of(field, row, _DAY)


def among(field: Field) -> Filter:
    """One of the values given."""
    return _listed(field, Operator.IN, lambda values: values)


def named(field: Field, type_name: str) -> Filter:
    """One of the objects given by their global ids."""
    return _listed(field, Operator.IN, keys_named(type_name))


def beginning(field: Field, longest: int) -> Filter:
    """It begins with one of the texts given, of which so many characters count."""
    return _listed(field, Operator.BEGINS, lambda texts: [text[:longest] for text in texts])


def between(field: Field) -> Filter:
    """Half-open: from `gte` up to but not including `lt`."""

    def holds(row: Row, bounds: Given, _view: View) -> ColumnElement[bool]:
        value = value_of(field, row, _DAY)
        parts = [
            compared(value, operator, bounds[operator.value].bind(bound_type(field, operator)))
            for operator in (Operator.GTE, Operator.LT)
            if operator.value in bounds
        ]
        return and_(true(), *parts)

    return holds


def flag(field: Field) -> Filter:
    """`true` keeps the rows for which it holds, `false` the others."""
    return lambda row, asked, _view: compared(value_of(field, row, _DAY), Operator.EQ, asked.known())


def _listed(field: Field, operator: Operator, read: Callable[[Any], Any]) -> Filter:
    def holds(row: Row, values: Given, _view: View) -> ColumnElement[bool]:
        wanted = values.bind(bound_type(field, operator), lambda given: bound_for(operator, read(given)))
        return compared(value_of(field, row, _DAY), operator, wanted)

    return holds
