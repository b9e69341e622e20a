"""From a checked file to the snapshot: close what ended, insert what is new, leave the rest as it stands."""

from dataclasses import dataclass

from psycopg import sql

from domain.feeds.contracts import Feed
from domain.feeds.moment import Moment, names, same_key
from domain.feeds.snapshots import stored_columns
from domain.shared.night import Connection

_END = sql.SQL("'infinity'")


@dataclass(frozen=True)
class Promoted:
    """Keys by what became of them: `kept` because their line was quarantined, ended with their row, new with a row;
    `replaced` are both of the latter."""

    kept: int
    ended: int
    added: int
    replaced: int

    @property
    def changed(self) -> int:
        """Changed, new or ended."""
        return self.added + self.ended - self.replaced


def promote(connection: Connection, feed: Feed, written: Feed, moment: Moment, batch_id: int) -> Promoted:
    """Brings the state of [data date, next loaded date) to what the file says. `written` is the feed in the form of the
    file, whose values stand in `staging_checked`; of later columns it says nothing.

    A key whose line was quarantined keeps its earlier state: a typing error ends nobody's account.
    """
    kept = _mark_kept(connection, feed)
    ended = _end_superseded(connection, feed, moment)
    added = _insert_new(connection, written, moment, batch_id)
    replaced = connection.execute(
        sql.SQL(
            "select count(*) from staging_difference d where d.line is null and exists"
            " (select from staging_checked k where k.reason is null and {})"
        ).format(same_key(feed, "k.", "d."))
    ).fetchone()
    assert replaced is not None
    return Promoted(kept, ended, added, int(replaced[0]))


def _mark_kept(connection: Connection, feed: Feed) -> int:
    return connection.execute(
        sql.SQL(
            "delete from staging_difference d where d.line is null"
            " and exists (select from staging_checked k where k.reason is not null and {same})"
            " and not exists (select from staging_checked k where k.reason is null and {same})"
        ).format(same=same_key(feed, "k.", "d."))
    ).rowcount


def _end_superseded(connection: Connection, feed: Feed, moment: Moment) -> int:
    """Ends rows at the data date; what lies after the next loaded date goes on as a row of its own."""
    table = sql.Identifier(feed.table)
    content = [column.name for column in stored_columns(feed)] + ["row_hash", "batch_id"]
    until_on = moment.full_until if moment.is_increment else moment.until
    until = sql.Literal(until_on)
    rest = (
        sql.SQL("")
        if until_on is None
        else sql.SQL(" union all select {content}, {until}, to_on from gone where to_on > {until}").format(
            content=names(content), until=until
        )
    )
    unseen = _count_unseen(connection)
    connection.execute(
        sql.SQL(
            "with gone as (delete from {table} t using staging_difference d where d.line is null and {same}"
            " and t.from_on = d.from_on and t.batch_id = d.batch_id and t.to_on = d.to_on returning t.*)"
            " insert into {table} ({content}, from_on, to_on) select {content}, from_on, {on} from gone{rest}"
        ).format(
            table=table,
            same=same_key(feed, "t.", "d."),
            content=names(content),
            on=sql.Literal(moment.on),
            rest=rest,
        )
    )
    return unseen


def _count_unseen(connection: Connection) -> int:
    row = connection.execute("select count(*) from staging_difference where line is null").fetchone()
    assert row is not None
    return int(row[0])


def _insert_new(connection: Connection, feed: Feed, moment: Moment, batch_id: int) -> int:
    columns = [column.name for column in stored_columns(feed)]
    return connection.execute(
        sql.SQL(
            "insert into {table} ({columns}, row_hash, batch_id, from_on, to_on)"
            " select {columns}, line_hash, {batch}, {on}, {until} from staging_checked where reason is null"
        ).format(
            table=sql.Identifier(feed.table),
            columns=names(columns),
            batch=sql.Literal(batch_id),
            on=sql.Literal(moment.on),
            until=_until(feed, moment),
        )
    ).rowcount


def _until(feed: Feed, moment: Moment) -> sql.Composable:
    """How long a new row holds. One of an increment that comes late: until its key changed again."""
    if moment.until is None:
        return _END
    if not moment.is_increment:
        return sql.Literal(moment.until)
    return sql.SQL(
        "least({full}::date, coalesce((select max(d.to_on) from staging_difference d where {same_d}),"
        " (select min(t.from_on) from {table} t where {same_t} and t.from_on > {on} and t.from_on < t.to_on),"
        " 'infinity'))"
    ).format(
        full=sql.Literal(moment.full_until),
        same_d=same_key(feed, "d.", "staging_checked."),
        same_t=same_key(feed, "t.", "staging_checked."),
        table=sql.Identifier(feed.table),
        on=sql.Literal(moment.on),
    )


def join_equal_neighbours(connection: Connection, feed: Feed) -> None:
    """Makes one row of neighbouring intervals that say the same.

    They arise where a correction takes a change back, or where an older file comes late; joined, any order of the same
    files ends in the same rows.
    """
    table, key = sql.Identifier(feed.table), names(feed.key)
    while True:
        connection.execute("drop table if exists staging_pairs")
        pairs = connection.execute(
            sql.SQL(
                "create temp table staging_pairs on commit drop as select distinct on ({keys_a}) {keys_a}, a.from_on,"
                " a.batch_id, a.to_on as middle_on, b.batch_id as batch_b, b.to_on from"
                " (select {key} from staging_checked where reason is null"
                " union select {key} from staging_difference where line is null) touched"
                " join {table} a on {touched_a} join {table} b on {a_b} and b.from_on = a.to_on"
                " and b.row_hash = a.row_hash where a.from_on < a.to_on and b.from_on < b.to_on"
                " order by {keys_a}, a.from_on"
            ).format(
                key=key,
                keys_a=names(feed.key, "a."),
                table=table,
                touched_a=same_key(feed, "touched.", "a."),
                a_b=same_key(feed, "a.", "b."),
            )
        ).rowcount
        if pairs == 0:
            return
        connection.execute(
            sql.SQL(
                "delete from {table} t using staging_pairs p where {same} and t.from_on = p.middle_on"
                " and t.batch_id = p.batch_b and t.to_on = p.to_on"
            ).format(table=table, same=same_key(feed, "t.", "p."))
        )
        connection.execute(
            sql.SQL(
                "update {table} t set to_on = p.to_on from staging_pairs p where {same} and t.from_on = p.from_on"
                " and t.batch_id = p.batch_id and t.to_on = p.middle_on"
            ).format(table=table, same=same_key(feed, "t.", "p."))
        )
