"""Which batches are there: the first step of a night. What is to be taken is a row, and nothing is moved or locked."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from domain.feeds import statements as said
from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileRefused,
    FileUnfinished,
    LandingUnreadable,
    changed_ns,
    control_content,
    fingerprint,
    hash_of,
    open_landing,
    parse_control,
    parse_name,
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
class Seen:
    """What tells one delivery of a name from another without reading its bytes.

    A verdict on a file belongs to what its control file says, so that a correction of the control file alone is heard.
    A data file that was written anew under the old control file is read again, to say that the two do not agree.
    """

    control_sha256: str | None = None
    file_changed_ns: int | None = None


@dataclass(frozen=True)
class Known:
    """A batch that an earlier look already settled. Nothing was seen of those that were put aside without a verdict,
    or settled by a release that kept no control file."""

    id: int
    state: str
    sha256: str | None
    seen: Seen


def find_batches(connection: Connection, night: Night, report: Report) -> StepResult:
    """Notes each complete batch up to the data date as WAITING, and each incomplete one with the reason why."""
    connection.execute("delete from batches where state = 'WAITING' or feed = %s", [ODD_FEED])
    with open_landing(night.landing) as handle:
        folder = _look(handle)
        for name, reason in sorted(folder.odd.items()):
            odd = BatchName(ODD_FEED, night.data_date, 0)
            _note(connection, night, odd, "REFUSED", reason=reason, file_name=name)
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
    known = _known(connection, batch)
    missing = _missing(folder, batch)
    if missing is not None:
        if not known:
            _note(connection, night, batch, "WAITING", reason=missing)
        return 0
    seen = Seen()
    try:
        content = control_content(handle, batch)
        seen = Seen(fingerprint(content), changed_ns(handle, batch))
        same = next((row for row in known if row.seen == seen), None)
        if same is not None:
            return int(same.state == "READY")  # settled before; its bytes are not read a second time
        control = parse_control(content)
        verdict = _verdict(known, control, seen)
        if verdict is None or verdict.seen.control_sha256 is not None:
            _check_bytes(handle, batch, control)
    except FileUnfinished as unfinished:
        _note(connection, night, batch, "WAITING", reason=unfinished.reason)
        return 0
    except FileRefused as refused:
        if not any(row.seen.control_sha256 == seen.control_sha256 for row in known):
            _note(connection, night, batch, "REFUSED", seen, refused.reasons[0])
        return 0
    if verdict is not None:
        _see(connection, verdict, seen)
        return int(verdict.state == "READY")
    _put_aside(connection, known)
    reason = _why_not_again(connection, batch, control, known)
    state = "WAITING" if reason is None else "REFUSED"
    refused_rows = 0 if reason is None else control.rows
    _note(connection, night, batch, state, seen, reason, control.sha256, refused_rows)
    return int(reason is None)


def _missing(folder: Folder, batch: BatchName) -> Statement | None:
    if batch not in folder.data:
        return said.WITHOUT_DATA(file=batch.stem + ".dat")
    if batch not in folder.control:
        return said.WITHOUT_CONTROL(file=batch.stem + ".ctl")
    return None


def _verdict(known: list[Known], control: Control, seen: Seen) -> Known | None:
    """The batch that settled what lies there now, if one did."""
    for row in known:
        if row.seen.control_sha256 == seen.control_sha256:
            return row
        if row.seen.control_sha256 is None and row.state == "LOADED" and row.sha256 == control.sha256:
            return row
    return None


def _see(connection: Connection, verdict: Known, seen: Seen) -> None:
    """The same batch lies there under another date, or was settled by a release that did not keep what it saw."""
    connection.execute(
        "update batches set control_sha256 = %s, file_changed_ns = %s where id = %s",
        [seen.control_sha256, seen.file_changed_ns, verdict.id],
    )


def _put_aside(connection: Connection, known: list[Known]) -> None:
    """Another file came under the name of one that waits for a person's word, or has it: the word is of no use.

    Nothing was decided about its bytes, so they may come again.
    """
    connection.execute(
        "update batches set state = 'REFUSED', reasons = reasons || %s, control_sha256 = null where id = any(%s)",
        [jsonb_list([said.REPLACED()]), [row.id for row in known if row.state in ("HELD", "READY")]],
    )


def seen_now(landing: Path, batch: BatchName) -> Seen | None:
    """What lies there at this moment, nothing where the files are gone; None where the folder is not to be seen."""
    try:
        with open_landing(landing) as handle:
            return Seen(fingerprint(control_content(handle, batch)), changed_ns(handle, batch))
    except LandingUnreadable:
        return None
    except (FileUnfinished, FileRefused):
        return Seen()


def _check_bytes(handle: int, batch: BatchName, control: Control) -> None:
    found = hash_of(handle, batch)
    if found != control.sha256:
        raise FileUnfinished(
            said.HASH_DIFFERS(file=batch.stem + ".dat", found=found[:12], wanted=control.sha256[:12])
        )


def _known(connection: Connection, batch: BatchName) -> list[Known]:
    rows = connection.execute(
        "select id, state, sha256, control_sha256, file_changed_ns from batches"
        " where feed = %s and data_date = %s and sequence = %s",
        [batch.feed, batch.data_date, batch.sequence],
    )
    return [Known(key, state, sha256, Seen(*seen)) for key, state, sha256, *seen in rows]


def _why_not_again(
    connection: Connection, batch: BatchName, control: Control, known: list[Known]
) -> Statement | None:
    """Same bytes count once; a name that was taken stands for the bytes that were taken."""
    loaded = next((row for row in known if row.state == "LOADED"), None)
    if loaded is not None:
        following = BatchName(batch.feed, batch.data_date, batch.sequence + 1)
        is_control = loaded.sha256 == control.sha256
        said_so = said.CONTROL_CHANGED if is_control else said.NAME_TAKEN
        return said_so(batch=batch.stem, next=following.stem)
    twin = loaded_twin(connection, batch, control.sha256)
    if twin is not None:
        return said.SAME_BYTES(file=twin)
    later = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sequence > %s"
        " and state = 'LOADED' limit 1",
        [batch.feed, batch.data_date, batch.sequence],
    ).fetchone()
    if later is not None:
        return said.CORRECTED(file=later[0])
    return None


def loaded_twin(connection: Connection, batch: BatchName, sha256: str) -> str | None:
    """The file of the same feed and day with these bytes that was taken, if one was."""
    twin = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sha256 = %s and state = 'LOADED'"
        " and sequence <> %s limit 1",
        [batch.feed, batch.data_date, sha256, batch.sequence],
    ).fetchone()
    return None if twin is None else str(twin[0])


def _note(
    connection: Connection,
    night: Night,
    batch: BatchName,
    state: str,
    seen: Seen = Seen(),
    reason: Statement | None = None,
    sha256: str | None = None,
    refused: int = 0,
    *,
    file_name: str | None = None,
) -> None:
    connection.execute(
        "insert into batches (feed, data_date, sequence, file_name, sha256, control_sha256, file_changed_ns, state,"
        " rows, loaded, refused, quarantined, changed, reasons, night_run_id)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, 0, 0, %s, %s)",
        [
            batch.feed,
            batch.data_date,
            batch.sequence,
            file_name or batch.stem + ".dat",
            sha256,
            seen.control_sha256,
            seen.file_changed_ns,
            state,
            refused,
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
        _note(connection, night, batch, "WAITING", reason=reason)
    return [feed.name for feed in missing]
