"""客户分层: who is a key customer, as rules. The thresholds are parameters of the data date."""

from typing import Any

from domain.customers.fields import CUSTOMER
from domain.products.parameters import KEY_DEPOSIT_FEN, KEY_KINDS, KEY_LINE_FEN, KEY_LOAN_FEN, PARAMETERS
from domain.shared.parameters import Values, defaults_of
from domain.shared.rules.fields import Day
from domain.shared.rules.grading import first_that_holds
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import Rendered, rendered_part

TIERS: dict[str, dict[str, Any]] = {
    "KEY": {
        "any": [
            {"field": "kind", "operator": "in", "value": {"parameter": KEY_KINDS.name}},
            {"field": "depositFen", "operator": "gte", "value": {"parameter": KEY_DEPOSIT_FEN.name}},
            {"field": "loanFen", "operator": "gte", "value": {"parameter": KEY_LOAN_FEN.name}},
            {"field": "lineFen", "operator": "gte", "value": {"parameter": KEY_LINE_FEN.name}},
        ]
    }
}
"""The first that holds; everybody else is GENERAL."""
OTHERWISE = "GENERAL"


def tier_sql(language: Language, row: str, day: Day, decided: Values) -> Rendered:
    """The tier of a row of the statement around it, which has a customer's kind and totals under their own names."""
    as_of = AsOf(day, {**defaults_of(PARAMETERS), **decided})
    graded = [
        (tier, language.read(rule, CUSTOMER, parameters=as_of.parameters)) for tier, rule in TIERS.items()
    ]
    subject = CUSTOMER.table.alias(row)
    return rendered_part(first_that_holds(graded, subject, as_of, otherwise=OTHERWISE), subject)
