"""A row of a snapshot as the line of its feed's file, in SQL; so tonight's file and the snapshot have one hash."""

import hashlib
from datetime import date
from pathlib import Path

import psycopg

from domain.feeds.contracts import DELIMITER, FEEDS, ColumnType, Feed
from domain.feeds.snapshots import StoredColumn, amount_column, stored_columns

_AS_TEXT = {
    ColumnType.TEXT: "{0}",
    ColumnType.CURRENCY: "{0}",
    ColumnType.DATE: "to_char({0}, 'YYYYMMDD')",
    ColumnType.YUAN: (
        "case when {0} < 0 then round({0} / 100.0, 2)::text"
        " else {0} / 100 || '.' || lpad(({0} % 100)::text, 2, '0') end"
    ),
    ColumnType.INTEGER: "{0}::text",
    ColumnType.DEGREES: "{0}::text",
    ColumnType.PERCENT: "round({0} / 100.0, 4)::text",
}


def line(feed: Feed, values: dict[str, str]) -> str:
    """The line, from an SQL expression for each stored column."""
    parts = [f"coalesce({_as_text(column, values[column.name])}, '')" for column in stored_columns(feed)]
    return f" || '{DELIMITER}' || ".join(parts)


def _as_text(column: StoredColumn, value: str) -> str:
    return _AS_TEXT[column.contract.type].format(value)


def write_landing(connection: psycopg.Connection, folder: Path, on: date, *, changed_every: int = 0) -> None:
    """All feeds of a day from the rows in force; of every so-many-th deposit with a yuan more."""
    folder.mkdir(parents=True, exist_ok=True)
    for feed in FEEDS.values():
        _write_file(connection, feed, folder, on, changed_every if feed.name == "core_deposit" else 0)


def _write_file(
    connection: psycopg.Connection, feed: Feed, folder: Path, on: date, changed_every: int
) -> None:
    stem, amount = folder / f"{feed.name}_{on:%Y%m%d}_1", amount_column(feed)
    values = {column.name: f'"{column.name}"' for column in stored_columns(feed)}
    more = (
        f"case when mod(hashtext({feed.key[0]}), {changed_every}) = 0 then 100 else 0 end"
        if changed_every
        else "0"
    )
    if amount is not None:
        values[amount] = f"({values[amount]} + {more})"
    digest, rows = hashlib.sha256(), 0
    statement = f"copy (select {line(feed, values)} from src_{feed.name}_current) to stdout"
    connection.execute("select set_config('client_encoding', %s, true)", [feed.encoding.replace("-", "")])
    with stem.with_suffix(".dat").open("wb") as file, connection.cursor().copy(statement.encode()) as copy:
        for chunk in copy:
            data = bytes(chunk).replace(b"\\\\", b"\\")
            rows += data.count(b"\n")
            digest.update(data)
            file.write(data)
    connection.execute("select set_config('client_encoding', 'UTF8', true)")
    total = ""
    if amount is not None:
        row = connection.execute(
            f"select sum({values[amount]}) from src_{feed.name}_current".encode()
        ).fetchone()
        total = f"{(row[0] if row and row[0] else 0) / 100:.2f}"
    stem.with_suffix(".ctl").write_text(
        f"rows={rows}\namount_sum={total}\nsha256={digest.hexdigest()}\nencoding={feed.encoding}\nmode=full\n"
    )
