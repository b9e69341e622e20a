"""An address for one file: who sends it, what for, how large at most, until when; counted by person and bank day."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select, text, update
from sqlmodel import col

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.files.errors import (
    FileIsAnother,
    FileNameNotValid,
    FileSizeNotValid,
    FilesOfDayUsedUp,
    PurposeNotKnown,
    TooManyFiles,
)
from domain.shared.files.kinds import MIB, FilePurpose, FileState
from domain.shared.files.models import StoredFile
from domain.shared.permissions import SEND_FILES
from domain.shared.unit_of_work import UnitOfWork

ADDRESS_LASTS = timedelta(hours=2)
FILES_A_DAY = 300
BYTES_A_DAY = 2 * 1024 * MIB
LONGEST_NAME = 200


@dataclass(frozen=True)
class Expected:
    """A file that may be sent."""

    id: UUID
    size_bytes: int
    expires_at: datetime


def purpose_named(purposes: Iterable[FilePurpose], name: str, actor: Actor) -> FilePurpose:
    """Raises PurposeNotKnown, also for whoever may not send files for it."""
    for purpose in purposes:
        if purpose.name == name and actor.can(purpose.permission) and actor.can(SEND_FILES):
            return purpose
    raise PurposeNotKnown


def clean_name(name: str) -> str:
    """A file's name as people see it: no folders, no controls, no signs that turn the reading direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C"
    )
    if not shown.strip(" .") or len(shown) > LONGEST_NAME:
        raise FileNameNotValid(most=LONGEST_NAME)
    return shown.strip()


async def ask_for_upload(
    uow: UnitOfWork,
    actor: Actor,
    purposes: Iterable[FilePurpose],
    *,
    file_id: UUID,
    purpose: str,
    name: str,
    size_bytes: int,
) -> Expected:
    """A place for one file; asked again for the same one it is the same place, for two more hours.

    Whoever asks is counted one request after another, so that many at once get no more than many in a row.
    """
    wanted = purpose_named(purposes, purpose, actor)
    shown = clean_name(name)
    if not 0 < size_bytes <= wanted.most_bytes:
        raise FileSizeNotValid(wanted.most_bytes)
    await uow.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('files of ' || :staff, 0))"),
        {"staff": str(actor.staff_id)},
    )
    again = await _asked_again(uow, actor, file_id, purpose=purpose, size_bytes=size_bytes)
    if again is not None:
        return again
    await _check_quotas(uow, actor, wanted, size_bytes)
    row = {
        "id": file_id,
        "purpose": purpose,
        "name": shown,
        "size_bytes": size_bytes,
        "asked_by_id": actor.staff_id,
        "state": FileState.EXPECTED,
        "expires_at": func.now() + ADDRESS_LASTS,
    }
    made = insert(StoredFile).values(row).returning(col(StoredFile.expires_at))
    expires_at = (await uow.session.execute(made)).scalar_one()
    await record(
        uow,
        by=actor.principal,
        action="file.expected",
        subject=f"File:{file_id}",
        purpose=purpose,
        bytes=size_bytes,
    )
    return Expected(file_id, size_bytes, expires_at)


async def _asked_again(
    uow: UnitOfWork, actor: Actor, file_id: UUID, *, purpose: str, size_bytes: int
) -> Expected | None:
    """The place under this id, whose address then lives on. Somebody else's id is another file's as well."""
    found = select(StoredFile).where(col(StoredFile.id) == file_id)
    row = (await uow.session.execute(found)).scalar_one_or_none()
    if row is None:
        return None
    if (row.asked_by_id, row.purpose, row.size_bytes) != (actor.staff_id, purpose, size_bytes):
        raise FileIsAnother
    longer = (
        update(StoredFile)
        .where(col(StoredFile.id) == file_id, col(StoredFile.state) == FileState.EXPECTED)
        .values(expires_at=func.now() + ADDRESS_LASTS)
        .returning(col(StoredFile.expires_at))
    )
    expires_at = (await uow.session.execute(longer)).scalar_one_or_none()
    return Expected(file_id, size_bytes, expires_at or row.expires_at)


async def _check_quotas(uow: UnitOfWork, actor: Actor, purpose: FilePurpose, size_bytes: int) -> None:
    mine = col(StoredFile.asked_by_id) == actor.staff_id
    unused = await uow.session.scalar(
        select(func.count()).where(
            mine,
            col(StoredFile.purpose) == purpose.name,
            col(StoredFile.used_by).is_(None),
            col(StoredFile.state) != FileState.REFUSED,
            col(StoredFile.asked_at) > func.now() - timedelta(days=1),
        )
    )
    if (unused or 0) >= purpose.most_unused:
        raise TooManyFiles(purpose.most_unused)
    today = text(
        "asked_at >= date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'"
    )
    files, used = (
        await uow.session.execute(
            select(func.count(), func.coalesce(func.sum(col(StoredFile.size_bytes)), 0)).where(mine, today)
        )
    ).one()
    if files >= FILES_A_DAY or int(used) + size_bytes > BYTES_A_DAY:
        raise FilesOfDayUsedUp(FILES_A_DAY, BYTES_A_DAY)
