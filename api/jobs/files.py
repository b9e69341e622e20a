"""Looking at files that came in, and removing bytes that nobody speaks of any more."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from api.files.checking import look_at
from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from api.jobs.faults import fail_point
from domain.shared.files.checking import (
    SWEEP,
    WaitingFile,
    are_kept,
    note_checked,
    note_refused,
    states_of_incoming,
    waiting_file,
)
from domain.shared.files.errors import FileLost, FileNotReadable
from domain.shared.files.kinds import PICTURES, FileKind, FilePurpose
from domain.shared.files.storage import Kept, Storage
from domain.shared.night import Connection
from domain.shared.outbox import Job, LeasedJob, add_job
from domain.shared.statements import Statement

LEFT_ALONE = timedelta(hours=1)
"""Bytes without a row that were touched since then may belong to somebody who is just writing it."""
KEPT_WITHOUT_A_ROW = timedelta(days=1)
_LOCK = "select pg_advisory_xact_lock{shared}(hashtext('sweep files'))"


def check_file(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Look at a file, keep it or refuse it. Nothing of a refused one, and of a picture nothing that was sent, stays."""
    # Whoever sweeps waits meanwhile: what is kept here has no row that speaks of it before the end.
    connection.execute(_LOCK.format(shared="_shared"))
    storage = FolderStorage(context.files)
    waiting = waiting_file(connection, UUID(job.args["file"]))
    if waiting is None:
        return
    found = _look_and_keep(storage, waiting, context.purposes)
    if isinstance(found, Statement):
        note_refused(connection, waiting.id, found)
    else:
        note_checked(connection, waiting.id, *found)
    fail_point("file_looked_at")
    # From here on a second try finds the copy that is kept, or nothing, and says so.
    storage.forget_incoming(waiting.id)


def _look_and_keep(
    storage: Storage, waiting: WaitingFile, purposes: Iterable[FilePurpose]
) -> tuple[FileKind, Kept] | Statement:
    wanted = next((one.kinds for one in purposes if one.name == waiting.purpose), frozenset())
    sent = storage.incoming_path(waiting.id)
    # A name that nobody can ask an address for: what is kept must be what was made here, byte by byte.
    made = storage.incoming_path(uuid4())
    if not sent.exists():
        try:
            sent = storage.kept_path(waiting.sha256)
        except FileLost as lost:
            return lost.statement
    looked = look_at(sent, made, wanted)
    try:
        if looked.kind is None:
            return looked.why_not or FileNotReadable().statement
        return looked.kind, storage.keep(made if looked.kind in PICTURES else sent)
    finally:
        made.unlink(missing_ok=True)


def fail_file(connection: Connection, job: LeasedJob, why: Statement) -> None:  # noqa: ARG001
    """Whoever looked at it died three times: nobody waits for it any longer."""
    waiting = waiting_file(connection, UUID(job.args["file"]))
    if waiting is not None:
        note_refused(connection, waiting.id, FileNotReadable().statement)


def queue_sweep(connection: Connection, day: date) -> bool:
    """Queue the sweep of a bank day, once; the caller commits."""
    key = f"files:{day.isoformat()}"
    if connection.execute("select 1 from outbox where key = %s", [key]).fetchone() is not None:
        return False
    return add_job(connection, Job(SWEEP, key=key, args={"day": day.isoformat()}))


def sweep_files(connection: Connection, job: LeasedJob, context: JobContext) -> None:  # noqa: ARG001
    """Remove what was never sent to its end, what a killed process left, and what the rows have let go of."""
    connection.execute(_LOCK.format(shared=""))
    storage, now = FolderStorage(context.files), datetime.now(UTC)
    states = states_of_incoming(connection)
    for file_id, touched_at in storage.incoming_ids():
        _, is_over = states.get(file_id, (None, now - touched_at > LEFT_ALONE))
        if is_over:
            storage.forget_incoming(file_id)
    spoken_of = are_kept(connection)
    for sha256, touched_at in storage.kept_ones():
        if sha256 not in spoken_of and now - touched_at > KEPT_WITHOUT_A_ROW:
            storage.forget_kept(sha256)
