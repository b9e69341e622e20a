"""Trying a description on a file: what the night would read, and what it would set aside. Nothing is stored.

It is the night's own reading, in a transaction that is taken back, against a state that holds nothing.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from psycopg import sql

from domain.feeds import agreement, carrying, judging, quarantine, staging
from domain.feeds.adapters import problems as said
from domain.feeds.adapters.controls import Told
from domain.feeds.adapters.description import Adapter
from domain.feeds.adapters.opening import OwnLines, control_of, lines_of, mapping_in
from domain.feeds.batch_files import FileRefused, FileUnfinished
from domain.feeds.contracts import DELIMITER, Feed
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment
from domain.feeds.parameters import QUARANTINED_ALLOWED_ROWS, QUARANTINED_SHARE_BPS
from domain.feeds.snapshots import amount_column, stored_columns
from domain.shared.night import Connection
from domain.shared.statements import Statement, statement_of

FIRST_ROWS = 10
MOST_CODES = 100


class _Nothing(Moment):
    """A state without rows: every line is new."""

    @property
    def state(self) -> sql.Composable:
        return sql.SQL("false")


@dataclass(frozen=True)
class ReadRow:
    """A row as it would be taken: the values of `Tried.columns` as text, and why it would be set aside."""

    line: int
    values: tuple[str | None, ...]
    reasons: tuple[Statement, ...]


@dataclass(frozen=True)
class UnknownCode:
    column: str
    code: str
    rows: int


@dataclass
class Tried:
    """Rows of the file = loaded + quarantined + skipped. `refused` says why the file as a whole would not be taken."""

    rows: int = 0
    loaded: int = 0
    quarantined: int = 0
    skipped: int = 0
    amount_fen: int | None = None
    columns: tuple[str, ...] = ()
    first: list[ReadRow] = field(default_factory=list)
    aside: list[ReadRow] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)
    reasons: list[Statement] = field(default_factory=list)
    notes: list[Statement] = field(default_factory=list)
    """What there is to know beside the rows, as that the night would not find a file of this name."""
    refused: list[Statement] = field(default_factory=list)


def try_file(
    connection: Connection, adapter: Adapter, text: str, path: Path, name: str | None = None
) -> Tried:
    """`text` is the description as it is written, `name` what the file is called where it comes from. Raises OSError
    where the file is not to be opened."""
    tried = Tried(columns=tuple(column.name for column in stored_columns(adapter.feed)))
    tried.notes = notes_on_name(adapter, name or path.name)
    with path.open("rb") as file, connection.transaction(force_rollback=True):
        connection.execute("set local work_mem = '128MB'")
        lines = lines_of(adapter)
        try:
            _read(connection, adapter, text, file, lines, tried)
        except FileRefused as refused:
            tried.refused += refused.reasons
        except FileUnfinished as unfinished:
            tried.refused.append(unfinished.reason)
        tried.rows = tried.rows or lines.rows
    return tried


def notes_on_name(adapter: Adapter, name: str) -> list[Statement]:
    """A file of another name is read here all the same, and by no night."""
    pattern = adapter.file.name
    if pattern.match(name) is not None:
        return []
    return [said.NAME_DIFFERS(file=name[-80:], pattern=pattern.text[:120])]


def _read(
    connection: Connection, adapter: Adapter, text: str, file: BinaryIO, lines: OwnLines, tried: Tried
) -> None:
    feed = adapter.feed
    for _size in staging.copy_lines(connection, lines, file):
        pass
    control = control_of(adapter, Told(), lines, lines.sha256)
    mapping = mapping_in(connection, adapter, text, lines)
    moment = _Nothing(date.max, None, is_increment=adapter.file.is_increment)
    blanks = staging.drop_blanks(connection, lines.rows)
    tried.rows = lines.rows - blanks
    staging.compare(connection, feed, moment, mapping)
    staging.find_twins(connection, feed, moment, tried.rows, mapping)
    broken = staging.find_broken(connection)
    staging.split(connection, feed, mapping)
    tried.skipped = staging.skip(connection, feed, mapping)
    judging.check(connection, feed, moment, mapping)
    tried.quarantined = quarantine.set_aside(connection, feed)
    tried.loaded = tried.rows - tried.skipped - tried.quarantined
    tried.reasons = quarantine.reasons(connection, most=20)
    tried.reasons += staging.tell_skipped(connection) if tried.skipped else []
    tried.first = _rows(connection, feed, "reason is null")
    tried.aside = _aside(connection)
    tried.unknown = _unknown(connection, mapping)
    if amount_column(feed) is not None:
        tried.amount_fen = carrying.amount_total_fen(connection, feed, moment, mapping)
    agreement.check_readable(connection, lines.encoding, broken, tried.rows)
    agreement.check_columns(connection, mapping, tried.rows)
    agreement.check_rows(connection, mapping, tried.rows, control.rows, tried.skipped)
    agreement.check_set_aside(
        connection,
        feed,
        tried.quarantined,
        tried.rows - tried.skipped,
        allowed=QUARANTINED_ALLOWED_ROWS.default,
        allowed_share=QUARANTINED_SHARE_BPS.default / 10_000,
    )
    agreement.check_amount(connection, feed, moment, mapping, control.amount_sum_fen, tried.skipped)


def _rows(connection: Connection, feed: Feed, condition: str) -> list[ReadRow]:
    names = sql.SQL(", ").join(
        sql.Identifier(column.name) + sql.SQL("::text") for column in stored_columns(feed)
    )
    found = connection.execute(
        sql.SQL("select line, {} from staging_checked where {} order by line limit {}").format(
            names, sql.SQL(condition), sql.Literal(FIRST_ROWS)
        )
    )
    return [ReadRow(line, tuple(values), ()) for line, *values in found]


def _aside(connection: Connection) -> list[ReadRow]:
    """The first lines that would be set aside, as they stand in the file."""
    found = connection.execute(
        "select line, raw, reason from staging_aside order by line limit %s", [FIRST_ROWS]
    )
    return [ReadRow(line, (raw,), _statements(reason, line)) for line, raw, reason in found]


def _statements(reason: str, line: int) -> tuple[Statement, ...]:
    kept = (
        {**one, "values": {**one["values"], "lines": 1, "first_lines": str(line)}}
        for one in json.loads(f"[{reason}]")
    )
    return tuple(said for one in kept if (said := statement_of(one)) is not None)


def _unknown(connection: Connection, mapping: Mapping) -> list[UnknownCode]:
    """Codes that are on no list, the commonest first."""
    found: list[UnknownCode] = []
    for place, name, text in mapping.codes:
        rows = connection.execute(
            sql.SQL(
                "select code, count(*) from (select {text} as code from"
                " (select string_to_array(raw, {delimiter}) as parts from staging_parts where {unknown}) p) c"
                " where code is not null group by 1 order by 2 desc, 1 limit {most}"
            ).format(
                text=text,
                delimiter=sql.Literal(DELIMITER),
                unknown=sql.Identifier(f"u{place}"),
                most=sql.Literal(MOST_CODES),
            )
        )
        found += [UnknownCode(name, code, many) for code, many in rows]
    return found
