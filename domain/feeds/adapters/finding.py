"""Which files of a bank's own form are there: the part of the night's first step that descriptions ask for."""

import os
from dataclasses import dataclass, field
from hashlib import md5, sha256

from domain.feeds import statements as landing_said
from domain.feeds.adapters import problems as said
from domain.feeds.adapters.controls import Told, told_by_file
from domain.feeds.adapters.described import Described
from domain.feeds.adapters.description import ControlKind
from domain.feeds.adapters.folders import Entry, entries_of, open_folder
from domain.feeds.adapters.versions import Version
from domain.feeds.batch_files import (
    HASH_CHUNK_BYTES,
    BatchName,
    FileRefused,
    FileUnfinished,
    LandingUnreadable,
    fingerprint,
    open_file,
)
from domain.feeds.settled import Known, Seen, known_of, note, put_aside, see, verdict_on, why_not_again
from domain.shared.night import Connection, Night
from domain.shared.statements import Statement

CONTROL_LIMIT_BYTES = 1 << 20
UNSEEN = Seen()


@dataclass
class FoundFiles:
    ready: int = 0
    missing: list[str] = field(default_factory=list)


def find_described(connection: Connection, night: Night, landing: int, described: Described) -> FoundFiles:
    """Notes each file that is whole as WAITING, and each that is not with the reason why."""
    found, came = FoundFiles(), set[int]()
    for version in described.versions:
        for entry in entries_of(landing, version, night.data_date):
            came.update([version.id] if entry.data_date == night.data_date else [])
            found.ready += _settle(connection, night, landing, entry)
    for version in described.in_force:
        if version.id not in came:
            _note_missing(connection, night, version)
            found.missing.append(version.feed)
    for version, problem in described.unusable:
        batch = BatchName(version.feed, night.data_date, 1, version.source)
        if not known_of(connection, batch):
            note(
                connection,
                night,
                batch,
                "WAITING",
                reason=problem,
                file_name=version.source,
                adapter_id=version.id,
            )
        found.missing.append(version.feed)
    found.missing = list(dict.fromkeys(found.missing))
    return found


def _note_missing(connection: Connection, night: Night, version: Version) -> None:
    batch = BatchName(version.feed, night.data_date, 1, version.source)
    form = version.adapter.file
    shown = form.name.filled(night.data_date, "*")
    if form.folder is not None:
        shown = form.folder.filled(night.data_date, "*") + "/" + shown
    if not known_of(connection, batch):
        reason = said.EXPECTED(feed=version.feed, file=shown)
        note(connection, night, batch, "WAITING", reason=reason, file_name=shown, adapter_id=version.id)


def _settle(connection: Connection, night: Night, landing: int, entry: Entry) -> int:
    """One file: 1 when it is to be taken, else 0."""
    known = _known(connection, entry)
    try:
        with open_folder(landing, entry.folder) as folder:
            content, changed = _control(connection, folder, entry)
            same = next((row for row in known if _is_settled(row, content, changed, entry)), None)
            if same is not None:
                return int(same.state == "READY")
            told = _told(entry, content)
            bytes_sha256 = _check_bytes(folder, entry, told)
    except LandingUnreadable:
        return 0
    except FileUnfinished as unfinished:
        _note(connection, night, entry, "WAITING", reason=unfinished.reason)
        return 0
    except FileRefused as refused:
        _note(connection, night, entry, "REFUSED", reason=refused.reasons[0])
        return 0
    return _judge(connection, night, _in_turn(entry, known, bytes_sha256), content, bytes_sha256, changed)


def _judge(
    connection: Connection, night: Night, entry: Entry, content: bytes, bytes_sha256: str, changed: int
) -> int:
    seen = Seen(delivery_fingerprint(content, bytes_sha256, entry.version.text), changed)
    known = [row for row in known_of(connection, entry.batch) if row.state != "WAITING" or row.sha256]
    verdict = verdict_on(known, bytes_sha256, seen)
    taken = next((row for row in known if row.state == "LOADED" and row.sha256 == bytes_sha256), None)
    if verdict is None and taken is not None:
        # The same bytes under another description or control file: the next file is read by it.
        see(connection, taken, Seen(taken.seen.control_sha256, changed))
        return 0
    if verdict is not None:
        see(connection, verdict, seen)
        return int(verdict.state == "READY")
    put_aside(connection, known)
    following = entry.version.adapter.file.name.filled(entry.data_date, entry.sequence + 1)
    reason = why_not_again(connection, entry.batch, bytes_sha256, known, entry.path, following)
    _note(connection, night, entry, "WAITING" if reason is None else "REFUSED", seen, reason, bytes_sha256)
    return int(reason is None)


def _in_turn(entry: Entry, known: list[Known], bytes_sha256: str) -> Entry:
    """Where names have no sequence, other bytes under the name of a file that was taken correct it."""
    if "N" in entry.version.adapter.file.name.holes:
        return entry
    loaded = [row for row in known if row.state == "LOADED"]
    if not loaded or any(row.sha256 == bytes_sha256 for row in loaded):
        same = next((row.sequence for row in known if row.sha256 == bytes_sha256), None)
        return entry if same is None else _with_sequence(entry, same)
    same = next((row.sequence for row in known if row.sha256 == bytes_sha256), None)
    after = max(row.sequence for row in loaded) + 1
    return _with_sequence(entry, after if same is None else max(same, after))


def _with_sequence(entry: Entry, sequence: int) -> Entry:
    return Entry(entry.version, entry.folder, entry.name, entry.data_date, sequence)


def _known(connection: Connection, entry: Entry) -> list[Known]:
    """What was settled of a file; where names have no sequence, of every file of its name and day."""
    if "N" in entry.version.adapter.file.name.holes:
        return known_of(connection, entry.batch)
    rows = connection.execute(
        "select id, state, sha256, control_sha256, file_changed_ns, sequence from batches"
        " where feed = %s and source = %s and data_date = %s and file_name = %s and sha256 is not null",
        [entry.version.feed, entry.version.source, entry.data_date, entry.path],
    )
    return [
        Known(key, state, digest, Seen(control, changed), sequence)
        for key, state, digest, control, changed, sequence in rows
    ]


def _is_settled(row: Known, content: bytes, changed: int, entry: Entry) -> bool:
    """Neither written anew nor told otherwise: its bytes are not read a second time."""
    if row.sha256 is None or row.seen.file_changed_ns != changed:
        return False
    if row.state == "LOADED":
        return True
    return row.seen.control_sha256 == delivery_fingerprint(content, row.sha256, entry.version.text)


def _control(connection: Connection, folder: int, entry: Entry) -> tuple[bytes, int]:
    """What the control file says, and when one of the two was last written or replaced."""
    changed = _changed_ns(folder, entry.name)
    form = entry.version.adapter.control
    if form.kind is ControlKind.NONE:
        _check_settled(connection, folder, entry, form.settle_minutes)
    name = entry.control_name if form.kind is ControlKind.FILE else None
    if name is None:
        return b"", changed
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        raise FileUnfinished(landing_said.WITHOUT_CONTROL(file=name)) from None
    return control_content_of(folder, name), max(changed, _changed_ns(folder, name))


def control_content_of(folder: int, name: str) -> bytes:
    with open_file(folder, name) as opened:
        return opened.read(CONTROL_LIMIT_BYTES)


def _told(entry: Entry, content: bytes) -> Told:
    return told_by_file(entry.version.adapter.control, content, entry.name) if content else _untold(entry)


def _untold(entry: Entry) -> Told:
    """An empty control file says that the data are there; where counts are asked of it, it is not written yet."""
    form = entry.version.adapter.control
    return told_by_file(form, b"", entry.name) if form.kind is ControlKind.FILE else Told()


def _check_settled(connection: Connection, folder: int, entry: Entry, minutes: int) -> None:
    """Whoever still writes a file has touched it a moment ago."""
    row = connection.execute("select extract(epoch from clock_timestamp())").fetchone()
    assert row is not None
    try:
        written = os.stat(entry.name, dir_fd=folder, follow_symlinks=False).st_mtime
    except OSError as problem:
        raise FileUnfinished(
            landing_said.NOT_OPENED(file=entry.path, problem=str(problem.strerror))
        ) from None
    if float(row[0]) - written < 60 * minutes:
        raise FileUnfinished(said.NOT_SETTLED(minutes=minutes))


def _check_bytes(folder: int, entry: Entry, told: Told) -> str:
    """The hash of what lies there, held against all that is told of it."""
    ours, theirs, size = sha256(), md5(usedforsecurity=False), 0
    with open_file(folder, entry.name) as opened:
        while chunk := opened.read(HASH_CHUNK_BYTES):
            ours.update(chunk)
            size += len(chunk)
            if told.md5 is not None:
                theirs.update(chunk)
    if told.size_bytes is not None and size != told.size_bytes:
        raise FileUnfinished(said.SIZE_DIFFERS(found=size, wanted=told.size_bytes))
    if told.md5 is not None and theirs.hexdigest() != told.md5:
        raise FileUnfinished(said.MD5_DIFFERS(found=theirs.hexdigest()[:12], wanted=told.md5[:12]))
    found = ours.hexdigest()
    if told.sha256 is not None and found != told.sha256:
        raise FileUnfinished(
            landing_said.HASH_DIFFERS(file=entry.path, found=found[:12], wanted=told.sha256[:12])
        )
    return found


def _changed_ns(folder: int, name: str) -> int:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False).st_ctime_ns
    except OSError as problem:
        raise FileUnfinished(landing_said.NOT_OPENED(file=name, problem=str(problem.strerror))) from None


def delivery_fingerprint(content: bytes, bytes_sha256: str, description: str) -> str:
    """A verdict belongs to the control file, to the bytes, and to how they are read."""
    description_sha256 = sha256(description.encode()).hexdigest()
    return fingerprint(content + f"\n{bytes_sha256}\n{description_sha256}\n".encode())


def _note(
    connection: Connection,
    night: Night,
    entry: Entry,
    state: str,
    seen: Seen = UNSEEN,
    reason: Statement | None = None,
    bytes_sha256: str | None = None,
) -> None:
    note(
        connection,
        night,
        entry.batch,
        state,
        seen,
        reason,
        bytes_sha256,
        file_name=entry.path,
        adapter_id=entry.version.id,
        is_increment=entry.version.adapter.file.is_increment,
    )
