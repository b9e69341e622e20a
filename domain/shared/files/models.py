"""Files that people sent: one row each, from the address on. The bytes are in the storage, by their SHA-256."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.files.kinds import FileKind, FileState
from domain.shared.models import one_of, timestamp


class StoredFile(SQLModel, table=True):
    """文件. The id is the client's own, so that asking again for the same upload finds it."""

    __tablename__ = "files"
    __table_args__ = (
        one_of("files", "state", FileState),
        one_of("files", "kind", FileKind),
        CheckConstraint("(state = 'CHECKED') = (kept_sha256 is not null)", name="files_kept_check"),
        CheckConstraint("(state = 'REFUSED') = (refusal is not null)", name="files_refusal_check"),
        Index("ix_files_asked_by_id", "asked_by_id", "asked_at"),
        Index("ix_files_kept_sha256", "kept_sha256", postgresql_where=text("kept_sha256 is not null")),
    )

    id: UUID = Field(primary_key=True)
    purpose: str
    name: str
    """As it was called where it came from; for people, never a path."""
    size_bytes: int = Field(sa_type=BigInteger)
    """As announced; not a byte more is taken."""
    asked_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    asked_at: datetime = Field(sa_column=timestamp(default_now=True))
    expires_at: datetime = Field(sa_column=timestamp())
    """Until when its address takes bytes."""
    state: str = FileState.EXPECTED
    arrived_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    sha256: bytes | None = None
    """Of what was sent."""
    checked_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    kind: str | None = None
    kept_sha256: bytes | None = None
    """Of what is kept; of a picture another than was sent."""
    kept_bytes: int | None = Field(default=None, sa_type=BigInteger)
    refusal: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    used_by: str | None = None
    """What stands on it (`Import:12`); while nothing does, it goes when its days are over."""
