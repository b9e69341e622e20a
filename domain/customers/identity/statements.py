"""Why records belong together, why a pair is in doubt, and what the night's step tells meanwhile."""

from domain.customers.identity.evidence import DoubtReason, Rule
from domain.shared.statements import NUMBER, TEXT, declare

ALONE = "ALONE"
"""Stands for the evidence of a record that no rule joined to another."""

EVIDENCE = {name: declare(f"EVIDENCE_{name}") for name in (*Rule, ALONE)}
DOUBTS = {name: declare(f"DOUBT_{name}") for name in DoubtReason}

RECORDS = declare("IDENTITY_RECORDS", feed=TEXT)
MAKES = declare("IDENTITY_MAKES", customers=NUMBER)
MADE = declare("IDENTITY_MADE", customers=NUMBER)
DONE = declare("IDENTITY_DONE", records=NUMBER, customers=NUMBER, merged=NUMBER)
FACTS_DONE = declare("FACTS_DONE", rows=NUMBER)
