"""Which loans are the bank's own money in yuan, and what the others are.

Written off, sold or lent for somebody else's account, a loan has a balance that is no asset of the bank; in another
currency it has one that adds up to nothing with the rest (docs/decisions/what-is-not-yuan-stands-apart.md).
"""

from domain.feeds.currencies import IN_YUAN

STANDINGS = ("BOOKS", "WRITTEN_OFF", "TRANSFERRED", "ENTRUSTED")

STANDING = """case when written_off = 'Y' then 'WRITTEN_OFF' when transferred = 'Y' then 'TRANSFERRED'
 when entrusted = 'Y' then 'ENTRUSTED' else 'BOOKS' end"""
"""Of a row of `src_loan`. What was written off and then sold is told as written off."""

_NO_FLAG = "'Y' not in (coalesce(written_off, ''), coalesce(transferred, ''), coalesce(entrusted, ''))"
ON_BOOKS = f"({IN_YUAN} and {_NO_FLAG})"
"""Of a row of `src_loan`: one that counts in totals, tiers, month-ends, rules and features. Files that say nothing of
it have such loans alone."""
