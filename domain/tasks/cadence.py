"""When a customer is to be seen, and why: rules over plain values. `domain.tasks.due` says the same in SQL, set-wise.

Tiers and their cadence are the bank's parameters (key customers monthly, general ones half-yearly: usual practice of
county banks).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.shared.calendar import month_end

MONTHS_BETWEEN_VISITS = {"KEY": 1, "GENERAL": 6}
LOAN_ENDS_WITHIN_DAYS = 30
AT_RISK_BAND = 5
"""The band from which a customer counts as about to leave: three in a hundred."""

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


def next_visit_on(tier: str, last_visit_on: date) -> date:
    """The bank day on which the cadence asks for the next visit."""
    return add_months(last_visit_on, MONTHS_BETWEEN_VISITS[tier])


def due_reason(customer: Known, today: date) -> DueReason | None:
    """The strongest reason to see a customer today; None when there is none.

    A visit since the reason arose does not silence an overdue loan; it does silence, for a month, the end of a loan and
    the risk of leaving: the manager has just been there.
    """
    was_just_seen = customer.last_visit_on is not None and today < add_months(customer.last_visit_on, 1)
    if customer.overdue_days > 0:
        return DueReason.LOAN_OVERDUE
    if not was_just_seen and _is_ending(customer.loan_ends_on, today):
        return DueReason.LOAN_ENDING
    if not was_just_seen and (customer.attrition_band or 0) >= AT_RISK_BAND:
        return DueReason.ATTRITION
    if customer.last_visit_on is None:
        return DueReason.NEVER_VISITED
    return DueReason.CADENCE if next_visit_on(customer.tier, customer.last_visit_on) <= today else None


def _is_ending(loan_ends_on: date | None, today: date) -> bool:
    return loan_ends_on is not None and today <= loan_ends_on <= today + timedelta(days=LOAN_ENDS_WITHIN_DAYS)
