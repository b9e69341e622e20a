"""An increment 增量: lines with a flag that says what became of their key. What it does not name stays as it is.

Of several lines of a key the last one counts. One that comes late holds until its key changed again, or until the next
file with every key.
"""

from psycopg import sql

from domain.feeds.contracts import Feed
from domain.feeds.moment import Moment, names, same_key
from domain.shared.night import Connection


def resolve(connection: Connection, feed: Feed, moment: Moment) -> tuple[int, int]:
    """Leaves in `staging_checked` the new rows, and puts into `staging_difference` those of the state that end.

    Returns how many lines were overtaken by a later one of their key, and how many keys of the state nothing touches.
    """
    table, key = sql.Identifier(feed.table), names(feed.key)
    overtaken = connection.execute(
        sql.SQL(
            "delete from staging_checked k using (select {key}, max(line) as last from staging_checked"
            " where reason is null group by {key}) l where k.reason is null and k.line < l.last and {same}"
        ).format(key=key, same=same_key(feed, "k.", "l."))
    ).rowcount
    connection.execute(
        sql.SQL(
            "delete from staging_checked k using {table} c where k.reason is null and k.operation = 'U'"
            " and c.row_hash = k.line_hash and {same} and {state}"
        ).format(table=table, same=same_key(feed, "k.", "c."), state=moment.state)
    )
    connection.execute("delete from staging_difference")
    ended = connection.execute(
        sql.SQL(
            "insert into staging_difference ({key}, from_on, to_on, batch_id)"
            " select {c_key}, c.from_on, c.to_on, c.batch_id from {table} c"
            " join staging_checked k on k.reason is null and {same} where {state}"
        ).format(
            key=key,
            c_key=names(feed.key, "c."),
            table=table,
            same=same_key(feed, "k.", "c."),
            state=moment.state,
        )
    ).rowcount
    connection.execute("delete from staging_checked where reason is null and operation = 'D'")
    row = connection.execute(
        sql.SQL("select count(*) from {} c where {}").format(table, moment.state)
    ).fetchone()
    assert row is not None
    return overtaken, int(row[0]) - ended
