"""What an outside feed tells is held on a basis, for a purpose, until a day; without one it is gone with the night.

Of a feed that carries what several third parties tell (`Feed.told_by`), each is held on a basis of its own: rows of one
without are not loaded, and those that were end, while the others go on.

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


def held_parties(connection: Connection, feed: Feed, day: date) -> frozenset[str] | None:
    """Whose facts may be held on a day; null where a feed is held or not as a whole."""
    if feed.told_by is None:
        return None
    found = connection.execute(
        f"select distinct told_by from sources where feed = %(feed)s and {IN_FORCE}",  # noqa: S608
        {"feed": feed.name, "day": day},
    )
    return frozenset(name for (name,) in found)


def withhold(connection: Connection, feed: Feed, held: frozenset[str] | None) -> list[tuple[str, int]]:
    """Takes the rows of third parties without a basis away, good ones and kept nowhere: (party, rows), most first."""
    if feed.told_by is None or held is None:
        return []
    found = connection.execute(
        sql.SQL(
            "with gone as (delete from staging_checked where reason is null and not {party} = any({held})"
            " returning {party} as party) select party, count(*) from gone group by 1 order by 2 desc, 1"
        ).format(party=sql.Identifier(feed.told_by), held=sql.Literal(sorted(held)))
    )
    return [(str(party), int(rows)) for party, rows in found]


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
    if feed.told_by is not None:
        return _close_parties(connection, feed, feed.told_by, night)
    if is_held(connection, feed, morning_of(night)):
        return 0
    closed = connection.execute(_closing(feed, night)).rowcount
    _note_closed(connection, feed.name, closed, night)
    return closed


def _close_parties(connection: Connection, feed: Feed, told_by: str, night: Night) -> int:
    held = held_parties(connection, feed, morning_of(night)) or frozenset()
    found = connection.execute(
        sql.SQL(
            "with closed as ({closing} and not {party} = any({held}) returning {party} as party)"
            " select party, count(*) from closed group by 1 order by 1"
        ).format(closing=_closing(feed, night), party=sql.Identifier(told_by), held=sql.Literal(sorted(held)))
    ).fetchall()
    for party, rows in found:
        _note_closed(connection, f"{feed.name}/{party}", rows, night)
    return sum(rows for _, rows in found)


def _closing(feed: Feed, night: Night) -> sql.Composed:
    return sql.SQL("update {table} set to_on = greatest(from_on, {on}) where to_on = 'infinity'").format(
        table=sql.Identifier(feed.table), on=sql.Literal(night.data_date)
    )


def _note_closed(connection: Connection, source: str, rows: int, night: Night) -> None:
    if rows:
        day = night.data_date.isoformat()
        subject = f"Source:{source}"
        record_sync(connection, by=SYSTEM, action="source.closed", subject=subject, rows=rows, data_date=day)
