"""What a customer was and which records made it, day by day."""

from domain.shared.dated import DatedFact, Whom

KINDS = DatedFact("customer_kinds", "customer_id", ("kind",), "select id as customer_id, kind from customers")
LINKS = DatedFact(
    "record_links",
    "record_id",
    ("customer_id",),
    "select id as record_id, customer_id from source_records where customer_id is not null",
)

IN_SCOPE = Whom("{key} in (select id from identity_scope)")
"""The records that a night or a cut judged (`identity/linking.py` makes the table)."""
