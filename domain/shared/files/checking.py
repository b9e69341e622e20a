"""What a worker found out about a file, as rows. Looking itself is done in a process of its own (`api/files/`)."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.shared.audit import record_sync
from domain.shared.files.kinds import FileKind, FileState
from domain.shared.files.storage import Kept
from domain.shared.night import Connection
from domain.shared.principal import SYSTEM
from domain.shared.statements import Statement

SWEEP = "files.sweep"
"""The job that removes bytes which no row speaks of."""


@dataclass(frozen=True)
class WaitingFile:
    id: UUID
    purpose: str
    sha256: bytes


def waiting_file(connection: Connection, file_id: UUID) -> WaitingFile | None:
    """The file, locked; None where there is nothing left to look at."""
    row = connection.execute(
        "select id, purpose, sha256 from files where id = %s and state = 'WAITING' for update", [file_id]
    ).fetchone()
    return None if row is None else WaitingFile(row[0], row[1], bytes(row[2]))


def note_checked(connection: Connection, file_id: UUID, kind: FileKind, kept: Kept) -> None:
    connection.execute(
        """update files set state = 'CHECKED', kind = %s, kept_sha256 = %s, kept_bytes = %s, checked_at = now()
            where id = %s""",
        [kind, kept.sha256, kept.size_bytes, file_id],
    )
    _note(connection, "file.checked", file_id, kind=kind.value)


def note_refused(connection: Connection, file_id: UUID, why: Statement) -> None:
    connection.execute(
        "update files set state = 'REFUSED', refusal = %s, checked_at = now() where id = %s",
        [Jsonb(why.as_json()), file_id],
    )
    _note(connection, "file.refused", file_id, code=why.code)


def _note(connection: Connection, action: str, file_id: UUID, **detail: str) -> None:
    record_sync(connection, by=SYSTEM, action=action, subject=f"File:{file_id}", **detail)


def states_of_incoming(connection: Connection) -> dict[UUID, tuple[FileState, bool]]:
    """(state, whether its address is over since a day) of every file that is not done with."""
    rows = connection.execute(
        """select id, state, expires_at < now() - interval '1 day' from files where state in ('EXPECTED', 'WAITING')"""
    )
    return {file_id: (FileState(state), is_over) for file_id, state, is_over in rows}


def are_kept(connection: Connection) -> set[bytes]:
    """Fingerprints that a row speaks of."""
    rows = connection.execute("select kept_sha256 from files where kept_sha256 is not null")
    return {bytes(sha256) for (sha256,) in rows}
