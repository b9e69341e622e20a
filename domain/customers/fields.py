"""What can be asked of a customer: who it is. Other rooms add what they know of it in their own `fields.py`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement

from domain.customers.models import Customer, CustomerKind
from domain.shared.rules.fields import Field, FieldType, Operator, Row, Subject, column
from domain.shared.rules.past import facts_of_the_day

CUSTOMER = Subject("customer", Customer.__table__, key="id")  # type: ignore[attr-defined]

KINDS = ("PERSON", "HOUSEHOLD", "SOLE_TRADER", "ENTERPRISE", "ORGANISATION")
STATUSES = ("ACTIVE", "CLOSED", "MOVED", "DEAD")


def _kept_from(name: str) -> Callable[[Row], ColumnElement[Any]]:
    """The feed whose value survived; a field that one source alone knows has none noted."""
    return lambda row: row.c.kept_from[name].astext


_KIND_THEN = facts_of_the_day(CustomerKind.__table__, "customer_id")  # type: ignore[attr-defined]
KIND = Field(
    "kind", CUSTOMER, FieldType.TEXT, column("kind"), "customers.kind", values=KINDS, past=_KIND_THEN
)
STATUS = Field("status", CUSTOMER, FieldType.TEXT, column("status"), "customers.status", values=STATUSES)
INDUSTRY = Field(
    "industry",
    CUSTOMER,
    FieldType.TEXT,
    column("industry"),
    "customers.industry",
    operators=frozenset({Operator.EQ, Operator.IN, Operator.BEGINS, Operator.KNOWN}),
    kept_from=_kept_from("industry"),
)
"""Codes of GB/T 4754; a shorter code is the beginning of everything below it."""
PHONE = Field(
    "phone",
    CUSTOMER,
    FieldType.TEXT,
    column("phone"),
    "customers.phone",
    level="C2",
    operators=frozenset({Operator.KNOWN}),
    kept_from=_kept_from("phone"),
    masked_as="phone",
)
"""Only whether there is one: who sees it masked must not find it out by asking."""
LOCATED = Field(
    "located",
    CUSTOMER,
    FieldType.FLAG,
    lambda row, _day: row.c.lon_deg_wgs84.is_not(None),
    "customers.lon_deg_wgs84",
    kept_from=_kept_from("location"),
)

FIELDS = (KIND, STATUS, INDUSTRY, PHONE, LOCATED)
