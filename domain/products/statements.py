"""What the night's steps of holdings and month-ends tell."""

from domain.shared.statements import DATE, NUMBER, declare

HOLDINGS_DONE = declare("HOLDINGS_DONE", rows=NUMBER, customers=NUMBER)
MONTH_END_MAKES = declare("MONTH_END_MAKES", month_on=DATE)
MONTH_ENDS_DONE = declare("MONTH_ENDS_DONE", months=NUMBER, rows=NUMBER)
