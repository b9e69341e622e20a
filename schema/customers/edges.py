"""From a customer to what is kept of him: every table that carries one names him by the same column."""

from sqlalchemy import ColumnElement

from schema.engine.given import Given
from schema.engine.scope import Row


def of_customer(customer: Row, row: Row, _arguments: Given) -> ColumnElement[bool]:
    """The rows of a customer, for a relation or a page of his."""
    condition: ColumnElement[bool] = row.c.customer_id == customer.c.id
    return condition
