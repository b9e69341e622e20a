"""What a customer was and which records made it, day by day."""

from domain.shared.dated import DatedFact

KINDS = DatedFact("customer_kinds", "customer_id", ("kind",), "select id as customer_id, kind from customers")
LINKS = DatedFact(
    "record_links",
    "record_id",
    ("customer_id",),
    "select id as record_id, customer_id from source_records where customer_id is not null",
)
