"""Staging: one file beside the state of its day, compared by hash, and only what differs split into its parts.

Every table here is temporary, belongs to one batch and goes with the transaction.
"""

from collections.abc import Iterator
from typing import BinaryIO

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.adapters.problems import ROW_WIDTH, SKIPPED
from domain.feeds.contracts import DELIMITER, Feed
from domain.feeds.decoding import BROKEN, OTHER_ENCODING, WIDTH, Lines
from domain.feeds.judging import reason_of_line
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment, names, number_of, position_of_amount
from domain.feeds.reading import part_of, value_of
from domain.feeds.snapshots import amount_column
from domain.shared.night import Connection
from domain.shared.statements import Statement

_MARKED = sql.Literal(f"^[{BROKEN}{OTHER_ENCODING}{WIDTH}]")

TABLES = (
    "lines",
    "broken",
    "difference",
    "twins",
    "parts",
    "repeated",
    "checked",
    "aside",
    "skipped",
    "ended",
)


def copy_lines(connection: Connection, decoder: Lines, file: BinaryIO) -> Iterator[int]:
    """Streams the file into `staging_lines`; yields the bytes read so far after each chunk."""
    for table in TABLES:
        connection.execute(sql.SQL("drop table if exists {}").format(sql.Identifier(f"staging_{table}")))
    connection.execute(
        sql.SQL(
            "create temp table staging_lines (line bigint generated always as identity (start with {} cache 1000),"
            " raw text) on commit drop"
        ).format(sql.Literal(decoder.first_number))
    )
    # The delimiter stands in no line, and the mark of null in none either, for every backslash is doubled.
    with connection.cursor().copy(
        "copy staging_lines (raw) from stdin with (format text, delimiter E'\\x01', null '\\N')"
    ) as copy:
        for text in decoder.copy_text(file):
            copy.write(text)
            yield decoder.size_bytes
    connection.execute("analyze staging_lines (line)")


def compare(connection: Connection, feed: Feed, moment: Moment, mapping: Mapping) -> None:
    """`staging_difference`: lines that the state does not hold, and rows of the state that the file does not hold.

    Of an increment these are all its lines: what it does not hold stays as it is.
    """
    if not mapping.has_every_key:
        _take_all_lines(connection, feed, mapping)
        return
    amount = amount_column(feed)
    kept = [*feed.key, "from_on", "to_on", "batch_id"]
    connection.execute(
        sql.SQL(
            "create temp table staging_difference on commit drop as "
            "select s.line, s.raw, hashtextextended(s.raw, {seed}) as line_hash, {kept}, {amount} as amount_fen "
            "from staging_lines s full join (select * from {table} where {state}) c "
            "on c.row_hash = hashtextextended(s.raw, {seed}) where s.line is null or c.row_hash is null"
        ).format(
            seed=sql.Literal(mapping.seed),
            kept=names(kept, "c."),
            amount=sql.SQL("null::bigint") if amount is None else sql.SQL("c.") + sql.Identifier(amount),
            table=sql.Identifier(feed.table),
            state=moment.state,
        )
    )
    connection.execute(sql.SQL("analyze staging_difference (line, {})").format(names(feed.key)))


def _take_all_lines(connection: Connection, feed: Feed, mapping: Mapping) -> None:
    connection.execute(
        sql.SQL(
            "create temp table staging_difference on commit drop as"
            " select s.line, s.raw, hashtextextended(s.raw, {seed}) as line_hash, {kept}, null::bigint as amount_fen"
            " from staging_lines s left join {table} on false"
        ).format(
            seed=sql.Literal(mapping.seed),
            kept=names([*feed.key, "from_on", "to_on", "batch_id"]),
            table=sql.Identifier(feed.table),
        )
    )


def find_twins(connection: Connection, feed: Feed, moment: Moment, rows: int, mapping: Mapping) -> int:
    """`staging_twins`: further copies of a line that the state holds. Returns how many distinct lines it holds."""
    connection.execute("create temp table staging_twins (line bigint, raw text) on commit drop")
    if not mapping.has_every_key:
        return 0
    state_rows = number_of(
        connection,
        sql.SQL("select count(*) from {} where {}").format(sql.Identifier(feed.table), moment.state),
    )
    new = number_of(connection, sql.SQL("select count(*) from staging_difference where line is not null"))
    unseen = number_of(connection, sql.SQL("select count(*) from staging_difference where line is null"))
    held = state_rows - unseen
    if rows - new != held:
        connection.execute(
            "insert into staging_twins select line, raw from (select line, raw, row_number() over"
            " (partition by raw order by line) as copy from staging_lines s where not exists"
            " (select from staging_difference d where d.line = s.line)) copies where copy > 1"
        )
    return held


def drop_blanks(connection: Connection, surplus: int) -> int:
    """Takes away the lines with nothing in them but blanks and marks, where those can be the lines too many.

    Returns how many.
    """
    only_marks = sql.Literal(f"^({BROKEN}(\\\\x(0[0-8b-f]|1[0-9a-f]|7f)| )+)?$")
    blanks = number_of(
        connection, sql.SQL("select count(*) from staging_lines where raw ~ {}").format(only_marks)
    )
    if not 0 < blanks <= surplus:
        return 0
    return connection.execute(sql.SQL("delete from staging_lines where raw ~ {}").format(only_marks)).rowcount


def find_broken(connection: Connection) -> int:
    """`staging_broken`: the lines that could not be read, and why. Returns how many."""
    return connection.execute(
        sql.SQL(
            "create temp table staging_broken on commit drop as select line, substr(raw, 2) as raw,"
            " case left(raw, 1) when {mark} then {broken} when {narrow} then {width} else {other} end as reason"
            " from staging_difference where line is not null and raw ~ {marked}"
        ).format(
            mark=sql.Literal(BROKEN),
            narrow=sql.Literal(WIDTH),
            width=reason_of_line(ROW_WIDTH),
            marked=_MARKED,
            broken=reason_of_line(said.ROW_BROKEN),
            other=reason_of_line(said.ROW_ENCODING),
        )
    ).rowcount


def split(connection: Connection, feed: Feed, mapping: Mapping) -> None:
    """`staging_parts`: the parts of each new line in c1, c2, …; a missing or empty part is null. u1, u2, … say of a
    coded part that its code is on no list."""
    places = list(enumerate(feed.columns, start=1))
    columns: list[sql.Composable] = [
        part_of(feed, column, sql.Identifier(f"w{place}")) + sql.SQL(f" as c{place}")
        for place, column in places
    ]
    columns += [
        sql.SQL(f"w{place} is null as u{place}") for place, column in places if column.name in mapping.coded
    ]
    written = [text + sql.SQL(f" as w{place}") for place, text in enumerate(mapping.written, start=1)]
    connection.execute(
        sql.SQL(
            "create temp table staging_parts on commit drop as "
            "select line, raw, line_hash, columns, is_skipped, operation, {columns} from ("
            "select line, raw, line_hash, coalesce(array_length(parts, 1), 0) as columns, {skipped} as is_skipped,"
            " {operation} as operation, {written} from ("
            "select line, raw, line_hash, string_to_array(raw, {delimiter}) as parts from staging_difference d"
            " where line is not null and raw !~ {marked} offset 0) lines offset 0) lines"
        ).format(
            columns=sql.SQL(", ").join(columns),
            skipped=mapping.is_skipped or sql.SQL("false"),
            operation=mapping.operation or sql.SQL("'U'"),
            written=sql.SQL(", ").join(written),
            delimiter=sql.Literal(DELIMITER),
            marked=_MARKED,
        )
    )


def skip(connection: Connection, feed: Feed, mapping: Mapping) -> int:
    """`staging_skipped`: whole lines that the description leaves out, and what they carry. Returns how many."""
    if mapping.is_skipped is None:
        return 0
    amount: sql.Composable = sql.SQL("null::bigint")
    place = position_of_amount(feed)
    if place is not None:
        amount = value_of(feed.columns[place], sql.Identifier(f"c{place + 1}"))
    return connection.execute(
        sql.SQL(
            "create temp table staging_skipped on commit drop as with gone as ("
            "delete from staging_parts where is_skipped and columns = {} returning *)"
            " select line, {} as amount_fen from gone"
        ).format(sql.Literal(mapping.columns), amount)
    ).rowcount


_FORM = """
select columns from (
    select cardinality(string_to_array(raw, %s)) as columns from staging_lines where line <= 100) first
 where columns = any(%s) group by columns order by count(*) desc, columns desc limit 1
"""


def in_form(connection: Connection, feed: Feed) -> Feed:
    """The feed as this file has it: most of its first lines have so many columns. A line of another form is no line of
    this file and is set aside, for one that lost its end looks like an older one."""
    if not feed.grown_from:
        return feed
    found = connection.execute(_FORM, [DELIMITER, list(feed.forms)]).fetchone()
    return feed if found is None else feed.in_form(int(found[0]))


def tell_skipped(connection: Connection) -> list[Statement]:
    """How many rows the description leaves out, and the first of them."""
    row = connection.execute(
        "select count(*), string_agg(line::text, ', ' order by line) filter (where place <= 3) from"
        " (select line, row_number() over (order by line) as place from staging_skipped) s"
    ).fetchone()
    assert row is not None
    return [SKIPPED(lines=row[0], first_lines=row[1] + (" …" if row[0] > 3 else ""))]
