"""Files for the rooms that read them: by id, for the purpose they were sent for, once they were looked at."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.shared.files.errors import FileNotFound, FileNotReady, FileWasRefused
from domain.shared.files.kinds import FileKind, FileState
from domain.shared.night import Connection
from domain.shared.unit_of_work import UnitOfWork

_FOUND = """
select id, name, kind, kept_sha256, kept_bytes, sha256, state, used_by from files
 where id = {id} and purpose = {purpose} and asked_by_id = {staff} for update
"""


@dataclass(frozen=True)
class CheckedFile:
    """`Storage.kept_path(kept_sha256)` is where it can be read."""

    id: UUID
    name: str
    kind: FileKind
    kept_sha256: bytes
    kept_bytes: int
    sent_sha256: bytes


async def checked_file(uow: UnitOfWork, file_id: UUID, *, purpose: str, staff_id: int) -> CheckedFile:
    """A file of this person, locked until the unit of work ends. Raises FileNotFound, FileNotReady, FileWasRefused."""
    found = text(_FOUND.format(id=":id", purpose=":purpose", staff=":staff"))
    rows = await uow.session.execute(found, {"id": file_id, "purpose": purpose, "staff": staff_id})
    return _checked(rows.one_or_none())


def checked_file_sync(connection: Connection, file_id: UUID, *, purpose: str, staff_id: int) -> CheckedFile:
    """`checked_file` for who holds a psycopg connection."""
    found = _FOUND.format(id="%s", purpose="%s", staff="%s")
    return _checked(connection.execute(found, [file_id, purpose, staff_id]).fetchone())


def _checked(row: Any) -> CheckedFile:
    if row is None:
        raise FileNotFound
    file_id, name, kind, kept_sha256, kept_bytes, sha256, state, _ = row
    if state == FileState.REFUSED:
        raise FileWasRefused
    if state != FileState.CHECKED:
        raise FileNotReady
    return CheckedFile(file_id, name, FileKind(kind), bytes(kept_sha256), kept_bytes, bytes(sha256))


async def use_file(uow: UnitOfWork, file_id: UUID, *, by: str) -> None:
    """From now on `by` (`Import:12`) stands on the file, and it stays. The caller has it locked."""
    await uow.session.execute(
        text("update files set used_by = :by where id = :id"), {"by": by, "id": file_id}
    )


def use_file_sync(connection: Connection, file_id: UUID, *, by: str) -> None:
    connection.execute("update files set used_by = %s where id = %s", [by, file_id])
