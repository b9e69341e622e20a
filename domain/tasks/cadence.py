"""When a customer is to be seen, and why: rules, the strongest first. `domain.tasks.due` carries them out set-wise.

How often a tier is seen, and from when on a loan or a risk is a reason, are parameters (`domain.tasks.parameters`).
That a loan has run out, or that a day was agreed on, is a reason by itself and has no threshold.
"""

from enum import StrEnum
from typing import Any

from domain.customers.parameters import AT_RISK_BAND
from domain.tasks.parameters import (
    GENERAL_VISIT_MONTHS,
    KEY_VISIT_MONTHS,
    LOAN_ENDS_WITHIN_DAYS,
    RISK_STAKE_FEN,
)

VALID_OUTCOMES = ("INTERESTED", "NOT_NOW", "REFUSED", "FOLLOW_UP")
"""A visit that found nobody was not a visit."""


class DueReason(StrEnum):
    """The strongest first."""

    LOAN_OVERDUE = "LOAN_OVERDUE"
    LOAN_MATURED = "LOAN_MATURED"
    AGREED = "AGREED"
    LOAN_ENDING = "LOAN_ENDING"
    ATTRITION = "ATTRITION"
    CADENCE = "CADENCE"
    NEVER_VISITED = "NEVER_VISITED"


def _not_for_months(tier: str, months: str) -> dict[str, Any]:
    """A tier whose last visit lies as long ago as its cadence, a parameter, allows."""
    return {
        "all": [
            {"field": "tier", "operator": "eq", "value": tier},
            {"field": "monthsSinceVisit", "operator": "gte", "value": {"parameter": months}},
        ]
    }


# A visit since the reason arose does not silence an overdue loan, or one that has run out and is not paid; it does
# silence, for a month, the end of a loan and the risk of leaving: the manager has just been there.
_NOT_JUST_SEEN = {"not": {"field": "monthsSinceVisit", "operator": "lt", "value": 1}}

REASONS: dict[DueReason, dict[str, Any]] = {
    DueReason.LOAN_OVERDUE: {"field": "loanOverdueDays", "operator": "gt", "value": 0},
    DueReason.LOAN_MATURED: {"field": "loanMaturedOn", "operator": "known", "value": True},
    DueReason.AGREED: {"field": "agreedOn", "operator": "lte", "value": {"days": 1}},
    DueReason.LOAN_ENDING: {
        "all": [
            _NOT_JUST_SEEN,
            {
                "field": "loanEndsInDays",
                "operator": "lte",
                "value": {"parameter": LOAN_ENDS_WITHIN_DAYS.name},
            },
        ]
    },
    DueReason.ATTRITION: {
        "all": [
            _NOT_JUST_SEEN,
            {"field": "attritionBand", "operator": "gte", "value": {"parameter": AT_RISK_BAND.name}},
            {"field": "depositFen", "operator": "gte", "value": {"parameter": RISK_STAKE_FEN.name}},
        ]
    },
    DueReason.CADENCE: {
        "any": [
            _not_for_months("KEY", KEY_VISIT_MONTHS.name),
            _not_for_months("GENERAL", GENERAL_VISIT_MONTHS.name),
        ]
    },
    DueReason.NEVER_VISITED: {"field": "lastVisitOn", "operator": "known", "value": False},
}
"""The first that holds. Days count from the morning after the data date."""

NEXT: dict[str, Any] = {"any": [REASONS[DueReason.CADENCE], REASONS[DueReason.AGREED]]}
"""What the passing of days alone brings about: the morning on which it begins is the next one for the customer."""
