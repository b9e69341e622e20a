"""Several sources of one feed: each has its keys, its batches and its days (docs/decisions/a-key-has-one-source.md)."""

from psycopg import sql

from domain.feeds.batch_files import BatchName
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment
from domain.shared.night import Connection


def moment_of(connection: Connection, batch: BatchName, mapping: Mapping) -> Moment:
    """Where a file lies among those of its source that are taken already."""
    row = connection.execute(
        "select min(data_date) filter (where source = %(source)s and data_date > %(on)s),"
        " min(data_date) filter (where source = %(source)s and data_date > %(on)s and not is_increment),"
        " coalesce(bool_or(source <> %(source)s), false) from batches where feed = %(feed)s and state = 'LOADED'",
        {"source": batch.source, "on": batch.data_date, "feed": batch.feed},
    ).fetchone()
    assert row is not None
    until, full_until, has_others = row
    of_source = _of_source(batch) if has_others else None
    return Moment(batch.data_date, until, of_source, not mapping.has_every_key, full_until)


def _of_source(batch: BatchName) -> sql.Composable:
    return sql.SQL("batch_id in (select id from batches where feed = {} and source = {})").format(
        sql.Literal(batch.feed), sql.Literal(batch.source)
    )
