"""What the night's step of holdings tells."""

from domain.shared.statements import NUMBER, declare

HOLDINGS_DONE = declare("HOLDINGS_DONE", rows=NUMBER, customers=NUMBER)
