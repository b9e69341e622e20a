"""What an outside feed tells is held on a basis, for a purpose, until a day; without one it is gone with the night.

A basis that runs out closes the feed's snapshot: its rows end on the data date, so that everything that asks for the
state of a day (identity, facts, rules, features, screens) finds nothing there, without a condition of its own. The rows
of the past lie apart until retention takes them (docs/decisions/a-source-has-a-basis.md).
"""

from datetime import date, timedelta

from psycopg import sql

from domain.feeds.bases import IN_FORCE
from domain.feeds.contracts import FEEDS, Feed
from domain.shared.audit import record_sync
from domain.shared.night import Connection, Night
from domain.shared.principal import SYSTEM


def is_held(connection: Connection, feed: Feed, day: date) -> bool:
    """Whether what a feed tells may be held on a day; what the bank's own systems tell always is."""
    if not feed.is_outside:
        return True
    row = connection.execute(
        f"select exists (select from sources where feed = %(feed)s and {IN_FORCE})",  # noqa: S608
        {"feed": feed.name, "day": day},
    ).fetchone()
    return row is not None and bool(row[0])


def held_feeds(connection: Connection, day: date) -> frozenset[str]:
    """The names of all feeds that may be used on a day."""
    found = connection.execute(f"select distinct feed from sources where {IN_FORCE}", {"day": day})  # noqa: S608
    with_basis = {name for (name,) in found}
    return frozenset(feed.name for feed in FEEDS.values() if not feed.is_outside or feed.name in with_basis)


def morning_of(night: Night) -> date:
    """The day that a night prepares: it is that day's screens which may show a source or not."""
    return night.data_date + timedelta(days=1)


def close_if_ended(connection: Connection, feed: Feed, night: Night) -> int:
    """Ends the rows in force of a feed whose basis does not carry the morning; gives how many, and the audit says so.

    Done again, it finds none.
    """
    if is_held(connection, feed, morning_of(night)):
        return 0
    closed = connection.execute(
        sql.SQL("update {table} set to_on = greatest(from_on, {on}) where to_on = 'infinity'").format(
            table=sql.Identifier(feed.table), on=sql.Literal(night.data_date)
        )
    ).rowcount
    if closed:
        record_sync(
            connection,
            by=SYSTEM,
            action="source.closed",
            subject=f"Source:{feed.name}",
            rows=closed,
            data_date=night.data_date.isoformat(),
        )
    return closed
