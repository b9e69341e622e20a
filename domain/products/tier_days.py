"""In which tier a customer was, day by day."""

from domain.shared.dated import DatedFact

TIERS = DatedFact("customer_tiers", "customer_id", ("tier",), "select id as customer_id, tier from customers")
