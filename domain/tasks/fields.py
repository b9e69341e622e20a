"""What can be asked of visits: when a customer was last seen, and whether somebody is to see him."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.sql import FromClause

from domain.customers.fields import CUSTOMER
from domain.shared.rules.fields import Beside, Day, Field, FieldType, Row, column
from domain.tasks.cadence import VALID_OUTCOMES
from domain.tasks.models import DueVisit, OldVisit, Visit

_ONE: ColumnElement[Any] = literal_column("1", Integer)


def _part(name: str, day: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.date_part(literal_column(f"'{name}'", String), day), Integer)


def _month_number(day: ColumnElement[Any]) -> ColumnElement[Any]:
    number: ColumnElement[Any] = _part("year", day) * literal_column("12", Integer) + _part("month", day)
    return number


def _months_since_visit(row: Row, day: Day) -> ColumnElement[Any]:
    """Whole months from the last visit to the morning after the data date, as a calendar counts them.

    The largest number whose months, added to the visit's day as PostgreSQL adds them, do not lie beyond that morning:
    from 31 August it is six months on the last of February.
    """
    morning = day + _ONE
    visited = row.c.last_visit_on
    has_later_days = _part("day", morning + _ONE) > _ONE
    is_not_whole = and_(_part("day", visited) > _part("day", morning), has_later_days)
    whole: ColumnElement[Any] = _month_number(morning) - _month_number(visited) - cast(is_not_whole, Integer)
    return whole


def _months_reached_on(row: Row, months: ColumnElement[Any]) -> ColumnElement[Any]:
    """The first morning so many whole months after the visit."""
    return cast(row.c.last_visit_on + func.make_interval(literal_column("0"), months), Date)


def _due_visits(_day: Day) -> FromClause:
    return DueVisit.__table__.alias()  # type: ignore[attr-defined,no-any-return]


DUE_VISITS = Beside("due_visits", "customer_id", _due_visits)


def _is_there(_due_visit: Row, _day: Day) -> ColumnElement[bool]:
    """`due_on` alone cannot tell: a loan that ends in a month is due now, a visit of next month is not."""
    return true()


def _found_somebody(visit: Row) -> ColumnElement[bool]:
    outcome: ColumnElement[Any] = visit.c.outcome
    return outcome.in_([literal_column(f"'{one}'", String) for one in VALID_OUTCOMES])


def _made_on(visit: Row) -> ColumnElement[Any]:
    """The bank's day of a visit."""
    return cast(func.timezone(literal_column("'Asia/Shanghai'", String), visit.c.counted_at), Date)


def _agreements(day: Day) -> FromClause:
    """Of each customer the date agreed on, until a later visit, as visits stood on the morning after the data date:
    a night that is made up for knows none made since. Who was sought in vain keeps his date, unless the manager noted
    another one."""
    morning = day + _ONE
    visit, later = Visit.__table__.alias(), Visit.__table__.alias()  # type: ignore[attr-defined]
    # Visits that a wrong clock puts at one instant, its bound, are told apart by what the clock said.
    is_after = tuple_(later.c.counted_at, later.c.started_at, later.c.id) > tuple_(
        visit.c.counted_at, visit.c.started_at, visit.c.id
    )
    counts = or_(_found_somebody(later), later.c.next_on.is_not(None))
    is_past = exists().where(
        later.c.customer_id == visit.c.customer_id, is_after, counts, _made_on(later) <= morning
    )
    return (
        select(visit.c.customer_id, visit.c.next_on.label("agreed_on"))
        .where(visit.c.next_on.is_not(None), _made_on(visit) <= morning, ~is_past)
        .subquery("agreements")
    )


AGREEMENTS = Beside("agreements", "customer_id", _agreements)


def _visits_here(day: Day) -> Select[Any]:
    visit = Visit.__table__.alias()  # type: ignore[attr-defined]
    visited_on = _made_on(visit)
    return select(visit.c.customer_id, visited_on.label("visited_on")).where(
        _found_somebody(visit), visited_on <= day
    )


def _visits_before(day: Day) -> Select[Any]:
    """Those that a former system kept; it may not have kept what came of them."""
    old = OldVisit.__table__.alias()  # type: ignore[attr-defined]
    return select(old.c.customer_id, old.c.made_on).where(
        old.c.kind == literal_column("'VISIT'", String),
        or_(old.c.outcome.is_(None), _found_somebody(old)),
        old.c.made_on <= day,
    )


def _last(visits: FromClause, column_: str, name: str) -> FromClause:
    """Of each customer, up to the data date."""
    last = func.max(visits.c.visited_on).label(column_)
    return select(visits.c.customer_id, last).group_by(visits.c.customer_id).subquery(name)


def _last_visits(day: Day) -> FromClause:
    both = union_all(_visits_here(day), _visits_before(day)).subquery("visits_of_both")
    return _last(both, "last_visit_on", "visits_then")


def _last_visits_here(day: Day) -> FromClause:
    return _last(_visits_here(day).subquery("visits_of_ours"), "visited_here_on", "visits_here_then")


_LAST_VISITS = Beside("visits_then", "customer_id", _last_visits)
_LAST_VISITS_HERE = Beside("visits_here_then", "customer_id", _last_visits_here)


def _visited_on(row: Row, _day: Day) -> ColumnElement[Any]:
    return row.c.last_visit_on


def _visited_here_on(row: Row, _day: Day) -> ColumnElement[Any]:
    return row.c.visited_here_on


LAST_VISIT_ON = Field(
    "lastVisitOn",
    CUSTOMER,
    FieldType.DATE,
    column("last_visit_on"),
    "visits.counted_at",
    known_on=_visited_on,
    past=_LAST_VISITS,
)
VISITED_HERE_ON = Field(
    "visitedHereOn",
    CUSTOMER,
    FieldType.DATE,
    column("visited_here_on"),
    "visits.counted_at",
    known_on=_visited_here_on,
    past=_LAST_VISITS_HERE,
)
"""The last visit recorded here: what coverage counts, which is our own work alone."""
MONTHS_SINCE_VISIT = Field(
    "monthsSinceVisit",
    CUSTOMER,
    FieldType.INTEGER,
    _months_since_visit,
    "visits.counted_at",
    known_on=_visited_on,
    past=_LAST_VISITS,
    reached_on=_months_reached_on,
)
AGREED_ON = Field(
    "agreedOn", CUSTOMER, FieldType.DATE, column("agreed_on"), "visits.next_on", beside=AGREEMENTS
)
DUE_ON = Field("dueOn", CUSTOMER, FieldType.DATE, column("due_on"), "customers.due_on")
DUE = Field("due", CUSTOMER, FieldType.FLAG, _is_there, "due_visits.reason", beside=DUE_VISITS)

FIELDS = (LAST_VISIT_ON, VISITED_HERE_ON, MONTHS_SINCE_VISIT, AGREED_ON, DUE_ON, DUE)
