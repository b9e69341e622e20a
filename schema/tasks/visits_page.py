"""Visits of one customer, the latest first."""

from datetime import datetime

from schema.engine.mapping import OrderKey, Page

VISITS_OF_CUSTOMER = Page(
    "Visit",
    lambda customer, visit, _: visit.c.customer_id == customer.c.id,
    newest_first=OrderKey(lambda row, _: row.c.started_at, read=datetime.fromisoformat),
)
