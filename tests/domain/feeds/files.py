"""Small feeds that tests write themselves."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import psycopg

from domain.feeds.contracts import DELIMITER, FEEDS, ColumnType
from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.shared.night import Night, StepResult, silent
from tests.words import in_chinese

DAY = date(2026, 6, 30)
_READABLE = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")
_PLAIN = {
    ColumnType.TEXT: "A1",
    ColumnType.CURRENCY: "CNY",
    ColumnType.DATE: "20200101",
    ColumnType.YUAN: "1.00",
    ColumnType.INTEGER: "1",
    ColumnType.DEGREES: "119.8",
    ColumnType.PERCENT: "4.3500",
}


def row(feed: str, values: Mapping[str, str]) -> str:
    """A line with the given columns; required columns not given hold something plain, others are empty."""
    parts = []
    for column in FEEDS[feed].columns:
        plain = column.allowed[0] if column.allowed else _PLAIN[column.type]
        parts.append(values.get(column.name, plain if column.required else ""))
    return DELIMITER.join(parts)


def amount_sum(feed: str, lines: Iterable[str]) -> str:
    contract = FEEDS[feed]
    if contract.amount is None:
        return ""
    position = [column.name for column in contract.columns].index(contract.amount)
    total = Decimal(0)
    for line in lines:
        parts = line.split(DELIMITER)
        if len(parts) == len(contract.columns) and _READABLE.fullmatch(parts[position]):
            total += Decimal(parts[position])
    return f"{total:.2f}"


def write_batch(
    landing: Path,
    feed: str,
    lines: list[str],
    *,
    day: date = DAY,
    sequence: int = 1,
    content: bytes | None = None,
    **control: str,
) -> Path:
    """Writes a batch; `content` replaces the bytes, `control` replaces lines of the control file."""
    encoding = FEEDS[feed].encoding
    bytes_ = "".join(line + "\n" for line in lines).encode(encoding) if content is None else content
    stem = f"{feed}_{day:%Y%m%d}_{sequence}"
    (landing / f"{stem}.dat").write_bytes(bytes_)
    fields = {
        "rows": str(bytes_.count(b"\n")),
        "amount_sum": amount_sum(feed, lines),
        "sha256": sha256(bytes_).hexdigest(),
        "encoding": encoding,
        "mode": "full",
    } | control
    (landing / f"{stem}.ctl").write_text("".join(f"{name}={value}\n" for name, value in fields.items()))
    return landing / f"{stem}.dat"


def begin_night(
    connection: psycopg.Connection, landing: Path, day: date = DAY, *, is_full: bool = False
) -> Night:
    connection.execute("update night_runs set state = 'DONE' where state = 'RUNNING'")
    run = connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'RUNNING', %s, false) returning id",
        [day, is_full],
    ).fetchone()
    assert run is not None
    return Night(run[0], day, landing, is_full)


def take(
    connection: psycopg.Connection,
    landing: Path,
    *feeds: str,
    day: date = DAY,
    parameters: Mapping[str, object] = MappingProxyType({}),
) -> StepResult:
    """Finds and takes what is there, as a night does, and commits."""
    night = replace(begin_night(connection, landing, day), parameters=parameters)
    found = find_batches(connection, night, silent)
    for feed in feeds or FEEDS:
        take_feed(connection, night, silent, feed=feed)
    connection.commit()
    return found


def batches(connection: psycopg.Connection, feed: str) -> list[tuple[str, int, int, int, int]]:
    """state, rows, loaded, refused, quarantined of each batch, in order."""
    return connection.execute(
        "select state, rows, loaded, refused, quarantined from batches where feed = %s"
        " order by data_date, sequence, id",
        [feed],
    ).fetchall()


def reasons(connection: psycopg.Connection, feed: str) -> str:
    return " ".join(
        in_chinese(reason)
        for (found,) in connection.execute("select reasons from batches where feed = %s order by id", [feed])
        for reason in found
    )
