"""When a customer is to be seen, and why: rules over plain values. `domain.tasks.due` says the same in SQL, set-wise.

How often a tier is seen, and from when on a loan or a risk is a reason, are parameters (`domain.tasks.parameters`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.customers.parameters import AT_RISK_BAND
from domain.shared.calendar import month_end
from domain.shared.parameters import Values
from domain.tasks.parameters import GENERAL_VISIT_MONTHS, KEY_VISIT_MONTHS, LOAN_ENDS_WITHIN_DAYS

VALID_OUTCOMES = ("INTERESTED", "NOT_NOW", "REFUSED", "FOLLOW_UP")
"""A visit that found nobody was not a visit."""


class DueReason(StrEnum):
    """The strongest first."""

    LOAN_OVERDUE = "LOAN_OVERDUE"
    LOAN_ENDING = "LOAN_ENDING"
    ATTRITION = "ATTRITION"
    CADENCE = "CADENCE"
    NEVER_VISITED = "NEVER_VISITED"


@dataclass(frozen=True)
class Cadence:
    """What the bank has decided for a day."""

    key_months: int
    general_months: int
    loan_ends_within_days: int
    at_risk_band: int

    @classmethod
    def of(cls, values: Values) -> "Cadence":
        return cls(
            KEY_VISIT_MONTHS.of(values),
            GENERAL_VISIT_MONTHS.of(values),
            LOAN_ENDS_WITHIN_DAYS.of(values),
            AT_RISK_BAND.of(values),
        )

    def months(self, tier: str) -> int:
        return self.key_months if tier == "KEY" else self.general_months


@dataclass(frozen=True)
class Known:
    """What the rules look at. `loan_ends_on` is the nearest end of a loan with a balance."""

    tier: str
    last_visit_on: date | None = None
    overdue_days: int = 0
    loan_ends_on: date | None = None
    attrition_band: int | None = None


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month (as PostgreSQL adds an interval)."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def next_visit_on(tier: str, last_visit_on: date, cadence: Cadence) -> date:
    """The bank day on which the cadence asks for the next visit."""
    return add_months(last_visit_on, cadence.months(tier))


def due_reason(customer: Known, today: date, cadence: Cadence) -> DueReason | None:
    """The strongest reason to see a customer today; None when there is none.

    A visit since the reason arose does not silence an overdue loan; it does silence, for a month, the end of a loan and
    the risk of leaving: the manager has just been there.
    """
    was_just_seen = customer.last_visit_on is not None and today < add_months(customer.last_visit_on, 1)
    if customer.overdue_days > 0:
        return DueReason.LOAN_OVERDUE
    if not was_just_seen and _is_ending(customer.loan_ends_on, today, cadence):
        return DueReason.LOAN_ENDING
    if not was_just_seen and (customer.attrition_band or 0) >= cadence.at_risk_band:
        return DueReason.ATTRITION
    if customer.last_visit_on is None:
        return DueReason.NEVER_VISITED
    return (
        DueReason.CADENCE if next_visit_on(customer.tier, customer.last_visit_on, cadence) <= today else None
    )


def _is_ending(loan_ends_on: date | None, today: date, cadence: Cadence) -> bool:
    latest = today + timedelta(days=cadence.loan_ends_within_days)
    return loan_ends_on is not None and today <= loan_ends_on <= latest


def wan_yuan(amount_fen: int) -> str:
    """`12.30 万元`: how bankers read an amount."""
    return f"{amount_fen / 1_000_000:,.2f} 万元"
