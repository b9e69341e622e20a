"""Which batches are there: the first step of a night. What is to be taken is a row, and nothing is moved or locked."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from domain.feeds import statements as said
from domain.feeds.adapters.described import Described
from domain.feeds.adapters.finding import find_described
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
from domain.feeds.settled import Seen, known_of, note, put_aside, see, verdict_on, why_not_again
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.statements import Statement

ODD_FEED = "unknown"
"""Feed under which entries of the folder are reported that are no batch."""


@dataclass
class Folder:
    """What lies in the landing folder, by name alone."""

    data: set[BatchName] = field(default_factory=set)
    control: set[BatchName] = field(default_factory=set)
    odd: dict[str, Statement] = field(default_factory=dict)


def find_batches(connection: Connection, night: Night, report: Report) -> StepResult:
    """Notes each complete batch up to the data date as WAITING, and each incomplete one with the reason why."""
    connection.execute("delete from batches where state = 'WAITING' or feed = %s", [ODD_FEED])
    described = Described.on(connection, night.data_date)
    with open_landing(night.landing) as handle:
        folder = _look(handle, described)
        for name, reason in sorted(folder.odd.items()):
            odd = BatchName(ODD_FEED, night.data_date, 0)
            note(connection, night, odd, "REFUSED", reason=reason, file_name=name)
        due = sorted(batch for batch in folder.data | folder.control if batch.data_date <= night.data_date)
        ready = 0
        for position, batch in enumerate(due):
            report(position / max(len(due), 1), said.LOOKS_AT(batch=batch.stem))
            ready += _settle(connection, night, handle, folder, batch)
        found = find_described(connection, night, handle, described)
    ready += found.ready
    missing = _note_missing(connection, night, due, described) + found.missing
    return StepResult(rows=ready, message=_found(ready, missing, len(folder.odd)))


def _found(ready: int, missing: list[str], odd: int) -> Statement:
    feeds = ",".join(missing)
    if missing and odd:
        return said.FOUND_MISSING_ODD(batches=ready, feeds=feeds, odd=odd)
    if missing:
        return said.FOUND_MISSING(batches=ready, feeds=feeds)
    return said.FOUND_ODD(batches=ready, odd=odd) if odd else said.FOUND(batches=ready)


def _look(handle: int, described: Described) -> Folder:
    folder = Folder()
    for name in os.listdir(handle):
        if described.claims(name):
            continue
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
    known = known_of(connection, batch)
    missing = _missing(folder, batch)
    if missing is not None:
        if not known:
            note(connection, night, batch, "WAITING", reason=missing)
        return 0
    seen = Seen()
    try:
        content = control_content(handle, batch)
        seen = Seen(fingerprint(content), changed_ns(handle, batch))
        same = next((row for row in known if row.seen == seen), None)
        if same is not None:
            return int(same.state == "READY")  # settled before; its bytes are not read a second time
        control = parse_control(content)
        verdict = verdict_on(known, control.sha256, seen)
        if verdict is None or verdict.seen.control_sha256 is not None:
            _check_bytes(handle, batch, control)
    except FileUnfinished as unfinished:
        note(connection, night, batch, "WAITING", reason=unfinished.reason)
        return 0
    except FileRefused as refused:
        if not any(row.seen.control_sha256 == seen.control_sha256 for row in known):
            note(connection, night, batch, "REFUSED", seen, refused.reasons[0])
        return 0
    if verdict is not None:
        see(connection, verdict, seen)
        return int(verdict.state == "READY")
    put_aside(connection, known)
    reason = why_not_again(connection, batch, control.sha256, known)
    state = "WAITING" if reason is None else "REFUSED"
    refused_rows = 0 if reason is None else control.rows or 0
    note(connection, night, batch, state, seen, reason, control.sha256, refused_rows)
    return int(reason is None)


def _missing(folder: Folder, batch: BatchName) -> Statement | None:
    if batch not in folder.data:
        return said.WITHOUT_DATA(file=batch.stem + ".dat")
    if batch not in folder.control:
        return said.WITHOUT_CONTROL(file=batch.stem + ".ctl")
    return None


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


def _note_missing(
    connection: Connection, night: Night, due: list[BatchName], described: Described
) -> list[str]:
    """Feeds of which nothing came for the data date, as WAITING rows that say so. Of those that a bank sends in a form
    of its own nothing else is waited for."""
    came = {batch.feed for batch in due if batch.data_date == night.data_date} | described.feeds
    taken = {
        feed for (feed,) in connection.execute("select distinct feed from batches where state = 'LOADED'")
    }
    asked = (feed for feed in FEEDS.values() if not feed.is_optional or feed.name in taken)
    missing = [feed for feed in asked if feed.name not in came]
    for feed in missing:
        batch = BatchName(feed.name, night.data_date, 1)
        if known_of(connection, batch):
            continue
        reason = said.MISSING(feed=feed.name, file=batch.stem + ".dat")
        note(connection, night, batch, "WAITING", reason=reason)
    return [feed.name for feed in missing]
