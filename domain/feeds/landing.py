"""Which batches are there: the first step of a night. What is to be taken is a row, and nothing is moved or locked."""

import os
from dataclasses import dataclass, field

from domain.feeds import statements as said
from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileRefused,
    FileUnfinished,
    hash_of,
    open_landing,
    parse_name,
    read_control,
    why_odd,
)
from domain.feeds.contracts import FEEDS
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.statements import Statement, jsonb_list

ODD_FEED = "unknown"
"""Feed under which entries of the folder are reported that are no batch."""


@dataclass
class Folder:
    """What lies in the landing folder, by name alone."""

    data: set[BatchName] = field(default_factory=set)
    control: set[BatchName] = field(default_factory=set)
    odd: dict[str, Statement] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """A batch that an earlier look already settled."""

    state: str
    sha256: str | None


def find_batches(connection: Connection, night: Night, report: Report) -> StepResult:
    """Notes each complete batch up to the data date as WAITING, and each incomplete one with the reason why."""
    connection.execute("delete from batches where state = 'WAITING' or feed = %s", [ODD_FEED])
    with open_landing(night.landing) as handle:
        folder = _look(handle)
        for name, reason in sorted(folder.odd.items()):
            _note(connection, night, BatchName(ODD_FEED, night.data_date, 0), name, "REFUSED", reason=reason)
        due = sorted(batch for batch in folder.data | folder.control if batch.data_date <= night.data_date)
        ready = 0
        for position, batch in enumerate(due):
            report(position / max(len(due), 1), said.LOOKS_AT(batch=batch.stem))
            ready += _settle(connection, night, handle, folder, batch)
    missing = _note_missing(connection, night, due)
    return StepResult(rows=ready, message=_found(ready, missing, len(folder.odd)))


def _found(ready: int, missing: list[str], odd: int) -> Statement:
    feeds = ",".join(missing)
    if missing and odd:
        return said.FOUND_MISSING_ODD(batches=ready, feeds=feeds, odd=odd)
    if missing:
        return said.FOUND_MISSING(batches=ready, feeds=feeds)
    return said.FOUND_ODD(batches=ready, odd=odd) if odd else said.FOUND(batches=ready)


def _look(handle: int) -> Folder:
    folder = Folder()
    for name in os.listdir(handle):
        odd = why_odd(handle, name)
        parsed = parse_name(name)
        if odd is not None or parsed is None:
            folder.odd[_printable(name)] = odd or said.ENTRY_NAME()
        else:
            (folder.data if parsed[1] == "dat" else folder.control).add(parsed[0])
    return folder


def _printable(name: str) -> str:
    """Undecodable bytes and control characters shown as escapes, so that any name can be stored and read."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in shown)[:255]


def _settle(connection: Connection, night: Night, handle: int, folder: Folder, batch: BatchName) -> int:
    """One batch: 1 when it is to be taken, else 0."""
    name = batch.stem + ".dat"
    known = _known(connection, batch)
    try:
        if batch not in folder.data:
            raise FileUnfinished(said.WITHOUT_DATA(file=name))
        if batch not in folder.control:
            raise FileUnfinished(said.WITHOUT_CONTROL(file=batch.stem + ".ctl"))
        control = read_control(handle, batch)
        if any(row.sha256 == control.sha256 for row in known):
            return 0  # settled before; its bytes are not read a second time
        _check_bytes(handle, batch, control)
    except FileUnfinished as unfinished:
        if not known:
            _note(connection, night, batch, name, "WAITING", reason=unfinished.reason)
        return 0
    except FileRefused as refused:
        if not known:
            _note(connection, night, batch, name, "REFUSED", reason=refused.reasons[0])
        return 0
    reason = _why_not_again(connection, batch, control, known)
    state = "WAITING" if reason is None else "REFUSED"
    refused_rows = 0 if reason is None else control.rows
    _note(connection, night, batch, name, state, reason, control.sha256, control.rows, refused_rows)
    return int(reason is None)


def _check_bytes(handle: int, batch: BatchName, control: Control) -> None:
    found = hash_of(handle, batch)
    if found != control.sha256:
        raise FileUnfinished(
            said.HASH_DIFFERS(file=batch.stem + ".dat", found=found[:12], wanted=control.sha256[:12])
        )


def _known(connection: Connection, batch: BatchName) -> list[Known]:
    rows = connection.execute(
        "select state, sha256 from batches where feed = %s and data_date = %s and sequence = %s",
        [batch.feed, batch.data_date, batch.sequence],
    )
    return [Known(state, sha256) for state, sha256 in rows]


def _why_not_again(
    connection: Connection, batch: BatchName, control: Control, known: list[Known]
) -> Statement | None:
    """Same bytes count once; a name that was taken stands for the bytes that were taken."""
    if any(row.state == "LOADED" for row in known):
        following = BatchName(batch.feed, batch.data_date, batch.sequence + 1)
        return said.NAME_TAKEN(batch=batch.stem, next=following.stem)
    twin = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sha256 = %s"
        " and (state = 'LOADED' or state = 'WAITING' and reasons = '[]') and sequence <> %s limit 1",
        [batch.feed, batch.data_date, control.sha256, batch.sequence],
    ).fetchone()
    if twin is not None:
        return said.SAME_BYTES(file=twin[0])
    later = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sequence > %s"
        " and state = 'LOADED' limit 1",
        [batch.feed, batch.data_date, batch.sequence],
    ).fetchone()
    if later is not None:
        return said.CORRECTED(file=later[0])
    return None


def _note(
    connection: Connection,
    night: Night,
    batch: BatchName,
    file_name: str,
    state: str,
    reason: Statement | None = None,
    sha256: str | None = None,
    rows: int = 0,
    refused: int = 0,
) -> None:
    connection.execute(
        "insert into batches (feed, data_date, sequence, file_name, sha256, state, rows, loaded, refused,"
        " quarantined, changed, reasons, night_run_id) values (%s, %s, %s, %s, %s, %s, %s, 0, %s, 0, 0, %s, %s)",
        [
            batch.feed,
            batch.data_date,
            batch.sequence,
            file_name,
            sha256,
            state,
            rows if state == "REFUSED" else 0,
            refused,
            jsonb_list([] if reason is None else [reason]),
            night.run_id,
        ],
    )


def _note_missing(connection: Connection, night: Night, due: list[BatchName]) -> list[str]:
    """Feeds of which nothing came for the data date, as WAITING rows that say so."""
    came = {batch.feed for batch in due if batch.data_date == night.data_date}
    missing = [feed for feed in FEEDS.values() if feed.name not in came]
    for feed in missing:
        batch = BatchName(feed.name, night.data_date, 1)
        if _known(connection, batch):
            continue
        reason = said.MISSING(feed=feed.name, file=batch.stem + ".dat")
        _note(connection, night, batch, batch.stem + ".dat", "WAITING", reason=reason)
    return [feed.name for feed in missing]
