"""Staging: one file beside the state of its day, compared by hash, and only what differs split, parsed and checked.

Every table here is temporary, belongs to one batch and goes with the transaction.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.adapters.problems import (
    ROW_CODE_UNKNOWN,
    ROW_KEY_OF_OTHER,
    ROW_OPERATION,
    ROW_WIDTH,
    SKIPPED,
)
from domain.feeds.checks import ColumnCheck, column_checks
from domain.feeds.contracts import DELIMITER, Feed
from domain.feeds.decoding import BROKEN, OTHER_ENCODING, WIDTH, Lines
from domain.feeds.mapping import Mapping
from domain.feeds.reading import part_of, value_of
from domain.feeds.snapshots import amount_column
from domain.shared.night import Connection
from domain.shared.statements import Declared, Statement

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


@dataclass(frozen=True)
class Moment:
    """Where a file lies in time: from its data date to the next date that is loaded already (None: no later one)."""

    on: date
    until: date | None
    of_source: sql.Composable | None = None
    """The condition of the rows of this source, where several sources bring a feed."""
    is_increment: bool = False
    full_until: date | None = None
    """The next loaded date of a file that has every key: what an increment says holds until then at most."""

    @property
    def state(self) -> sql.Composable:
        """The condition of the source's rows in force on the data date."""
        if self.of_source is None:
            return self.in_force
        return sql.SQL("({} and {})").format(self.in_force, self.of_source)

    @property
    def in_force(self) -> sql.Composable:
        """That of the rows of every source. The newest date touches the compact part alone."""
        if self.until is None:
            return sql.SQL("to_on = 'infinity'")
        return sql.SQL("from_on <= {0} and {0} < to_on").format(sql.Literal(self.on))


def names(columns: tuple[str, ...] | list[str], prefix: str = "") -> sql.Composable:
    """Column names with commas between, each with the prefix of its table."""
    before = sql.SQL(prefix)
    return sql.SQL(", ").join(before + sql.Identifier(column) for column in columns)


def same_key(feed: Feed, left: str, right: str) -> sql.Composable:
    return sql.SQL(" and ").join(
        sql.SQL(left) + sql.Identifier(part) + sql.SQL(" = ") + sql.SQL(right) + sql.Identifier(part)
        for part in feed.key
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


def check(connection: Connection, feed: Feed, moment: Moment, mapping: Mapping) -> None:
    """`staging_checked`: typed values and why a line may not stand (null: it may), as statements in
    JSON text with commas between."""
    checks = column_checks(feed)
    count = mapping.columns
    reasons = [_reason(check, place, feed, mapping) for place, check in enumerate(checks, start=1)]
    if mapping.operation is not None:
        no_operation = reason_of_line(ROW_OPERATION)
        reasons.append(sql.SQL("case when operation is null then {} end").format(no_operation))
    key = [f"c{position}" for position, column in enumerate(feed.columns, start=1) if column.name in feed.key]
    connection.execute(
        sql.SQL(
            "create temp table staging_repeated on commit drop as select {renamed}, min(line) as first"
            " from staging_parts where {every} group by {key} having count(*) > 1"
        ).format(
            every=sql.Literal(mapping.has_every_key),
            key=names(key),
            renamed=sql.SQL(", ").join(
                sql.Identifier(part) + sql.SQL(" as ") + sql.Identifier(f"key_{part}") for part in key
            ),
        )
    )
    connection.execute(
        sql.SQL(
            "create temp table staging_checked on commit drop as select line, raw, line_hash, operation, {names}, "
            "case when columns <> {count} then {other_count} || columns || '}}}}' else "
            "nullif(concat_ws(', ', {reasons},"
            " case when first is not null then {repeated} || first || '}}}}' end), '') "
            "end as reason, columns = {count} as is_whole from (select p.*, {values}, r.first from staging_parts p"
            " left join staging_repeated r on {same} and r.first < p.line offset 0) p"
        ).format(
            names=names([check.name for check in checks]),
            values=sql.SQL(", ").join(
                check.value + sql.SQL(" as ") + sql.Identifier(check.name) for check in checks
            ),
            reasons=sql.SQL(", ").join(reasons),
            count=sql.Literal(count),
            other_count=sql.Literal(
                f'{{"code": "{said.ROW_COLUMNS.code}", "values": {{"agreed": {count}, "found": '
            ),
            repeated=sql.Literal(f'{{"code": "{said.ROW_KEY_REPEATED.code}", "values": {{"first_line": '),
            same=sql.SQL(" and ").join(
                sql.SQL("r.{} = p.{}").format(sql.Identifier(f"key_{part}"), sql.Identifier(part))
                for part in key
            ),
        )
    )
    connection.execute(sql.SQL("analyze staging_checked ({})").format(names(feed.key)))
    if moment.of_source is not None:
        _set_aside_keys_of_others(connection, feed, moment)
    if not mapping.has_every_key:
        return
    # A line whose key also stands unchanged in the same file is a second opinion on one key.
    connection.execute(
        sql.SQL(
            "update staging_checked k set reason = {unchanged} where reason is null"
            " and exists (select from {table} c where {state} and {same_state})"
            " and not exists (select from staging_difference d where d.line is null and {same_unseen})"
        ).format(
            table=sql.Identifier(feed.table),
            state=moment.state,
            same_state=same_key(feed, "c.", "k."),
            same_unseen=same_key(feed, "d.", "k."),
            unchanged=reason_of_line(said.ROW_KEY_UNCHANGED),
        )
    )


def _reason(check: ColumnCheck, place: int, feed: Feed, mapping: Mapping) -> sql.Composable:
    """A code that is on no list is said to be that, and not to be empty."""
    name = feed.columns[place - 1].name
    if (
        mapping.operation is not None and name not in feed.key
    ):  # what ends a key need say no more than the key
        return sql.SQL("case when operation is distinct from 'D' then {} end").format(
            _reason_of_value(check, place, name, mapping)
        )
    return _reason_of_value(check, place, name, mapping)


def _reason_of_value(check: ColumnCheck, place: int, name: str, mapping: Mapping) -> sql.Composable:
    if name not in mapping.coded:
        return check.reason
    unknown = sql.Literal(
        json.dumps({"code": ROW_CODE_UNKNOWN.code, "values": {"column": name}}, ensure_ascii=False)
    )
    return sql.SQL("case when {} then {} else {} end").format(
        sql.Identifier(f"u{place}"), unknown, check.reason
    )


def _set_aside_keys_of_others(connection: Connection, feed: Feed, moment: Moment) -> None:
    """One key has one source: what another source has in force is not taken over by whoever comes later."""
    assert moment.of_source is not None
    connection.execute(
        sql.SQL(
            "update staging_checked k set reason = {other} where reason is null"
            " and exists (select from {table} c where {in_force} and not {own} and {same})"
        ).format(
            other=reason_of_line(ROW_KEY_OF_OTHER),
            table=sql.Identifier(feed.table),
            in_force=moment.in_force,
            own=moment.of_source,
            same=same_key(feed, "c.", "k."),
        )
    )


def reason_of_line(declared: Declared) -> sql.Literal:
    """A statement about one line that has no value but the number of lines, as JSON text without it."""
    return sql.Literal(f'{{"code": "{declared.code}", "values": {{}}}}')


def tell_skipped(connection: Connection) -> list[Statement]:
    """How many rows the description leaves out, and the first of them."""
    row = connection.execute(
        "select count(*), string_agg(line::text, ', ' order by line) filter (where place <= 3) from"
        " (select line, row_number() over (order by line) as place from staging_skipped) s"
    ).fetchone()
    assert row is not None
    return [SKIPPED(lines=row[0], first_lines=row[1] + (" …" if row[0] > 3 else ""))]


def position_of_amount(feed: Feed) -> int | None:
    """Of the amount among the columns, from nought."""
    return None if feed.amount is None else [column.name for column in feed.columns].index(feed.amount)


def number_of(connection: Connection, query: sql.Composed | sql.SQL) -> int:
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
