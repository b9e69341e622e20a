"""The last byte has come: the file waits for a worker, once."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.files.asking import Expected, purpose_named
from domain.shared.files.errors import FileNotFound, PurposeNotKnown
from domain.shared.files.kinds import FilePurpose, FileState
from domain.shared.files.models import StoredFile
from domain.shared.outbox import Job
from domain.shared.unit_of_work import UnitOfWork

CHECK = "files.check"
"""The job that looks at a file."""


async def expected_file(
    uow: UnitOfWork, actor: Actor, purposes: Iterable[FilePurpose], file_id: UUID
) -> tuple[FileState, Expected]:
    """Where a file of this person stands. Raises FileNotFound for what is not his, not his any more, or too late."""
    found = select(StoredFile, func.now() > col(StoredFile.expires_at)).where(col(StoredFile.id) == file_id)
    row, is_late = (await uow.session.execute(found)).one_or_none() or (None, True)
    if row is None or row.asked_by_id != actor.staff_id:
        raise FileNotFound
    try:
        purpose_named(purposes, row.purpose, actor)
    except PurposeNotKnown:
        raise FileNotFound from None
    if row.state == FileState.EXPECTED and is_late:
        raise FileNotFound
    return FileState(row.state), Expected(row.id, row.size_bytes, row.expires_at)


async def note_arrival(uow: UnitOfWork, actor: Actor, file_id: UUID, sha256: bytes) -> bool:
    """Let the file wait for its check; False where somebody was quicker. The job joins the same transaction."""
    arrived = await uow.session.execute(
        update(StoredFile)
        .where(col(StoredFile.id) == file_id, col(StoredFile.state) == FileState.EXPECTED)
        .values(state=FileState.WAITING, sha256=sha256, arrived_at=func.now())
        .returning(col(StoredFile.id))
    )
    if arrived.first() is None:
        return False
    uow.outbox.add(Job(CHECK, key=f"file:{file_id}", args={"file": str(file_id)}))
    await record(
        uow, by=actor.principal, action="file.arrived", subject=f"File:{file_id}", sha256=sha256.hex()
    )
    return True
