"""The days that the features of a day look at, and how far back the snapshots reach. Pure but for `reach`."""

from dataclasses import dataclass
from datetime import date

from psycopg import sql

from domain.products.month_ends import known_month_ends
from domain.shared.calendar import month_end, month_end_before
from domain.shared.night import Connection
from domain.shared.rows import NightRows

LAGS = 5
OUTCOME_MONTHS = 3
"""Deposit attrition is looked for at the month-end three months after the features' day."""

LEAST_LAGS = 2
"""A month-end with fewer month-ends before it says too little of how a customer was doing to learn from."""


def lags(day: date) -> tuple[date, ...]:
    """The five month-ends strictly before `day`, newest first."""
    return tuple(month_end_before(day, months) for months in range(1, LAGS + 1))


def months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def outcome_on(day: date) -> date:
    """The month-end on which the outcome of the month-end `day` is known."""
    return month_end_before(day, -OUTCOME_MONTHS)


def labelled_month_ends(data_date: date, first_on: date | None) -> list[date]:
    """Month-ends that have both enough history before them and a known outcome, oldest first."""
    if first_on is None:
        return []
    newest_known = data_date if month_end(data_date) == data_date else month_end_before(data_date)
    newest = month_end_before(newest_known, OUTCOME_MONTHS)
    count = min(months_between(first_on, newest) - LEAST_LAGS, 12) + 1
    return [month_end_before(newest, months) for months in range(count - 1, -1, -1)] if count > 0 else []


@dataclass(frozen=True)
class Reach:
    """The first day of each feed that the features look at; None where nothing was ever taken in."""

    core_deposit: date | None
    loan: date | None
    pos_merchant: date | None
    core_customer: date | None
    channel: date | None = None
    social_security: date | None = None
    registry: date | None = None
    firm_year: date | None = None
    month_ends: frozenset[date] = frozenset()
    """Those that are in the table of that name (`domain/products/month_ends.py`)."""


def reach(connection: Connection) -> Reach:
    def first_on(feed: str) -> date | None:
        query = sql.SQL("select min(from_on) from {}").format(sql.Identifier(f"src_{feed}"))
        row = connection.execute(query).fetchone()
        return row[0] if row else None

    def first_held_on(feed: str) -> date | None:
        """Of what others tell: nothing at all, also of days gone by, once its basis has ended (`feeds/outside.py`)."""
        is_held = sql.SQL("select exists (select from {})").format(sql.Identifier(f"src_{feed}_current"))
        row = connection.execute(is_held).fetchone()
        return first_on(feed) if row and row[0] else None

    return Reach(
        core_deposit=first_on("core_deposit"),
        loan=first_on("loan"),
        pos_merchant=first_on("pos_merchant"),
        core_customer=first_on("core_customer"),
        channel=first_on("channel"),
        social_security=first_held_on("social_security"),
        registry=first_held_on("registry"),
        firm_year=first_held_on("firm_year"),
        month_ends=frozenset(known_month_ends(NightRows(connection))),
    )
