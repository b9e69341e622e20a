"""Imports that were tried, carried out or taken back; what each changed, and what was wrong with its file."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from domain.shared.imports.kinds import Act
from domain.shared.models import bigint_identity, one_of, principal_check, timestamp


class ImportState(StrEnum):
    WAITING = "WAITING"
    """A file came by the desk; a worker tries it next."""
    REFUSED = "REFUSED"
    """The file as a whole was sent back."""
    TRIED = "TRIED"
    """A dry run: nothing is changed yet."""
    APPLIED = "APPLIED"
    UNDONE = "UNDONE"


class Import(SQLModel, table=True):
    """导入: one file of one kind. `from_on` is from when on its facts hold, where a row does not say."""

    __tablename__ = "imports"
    __table_args__ = (
        one_of("imports", "state", ImportState),
        principal_check("imports"),
        Index("ix_imports_kind", "kind", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    kind: str
    state: str
    file_name: str
    file_sha256: bytes
    from_on: date
    is_whole: bool
    """Whether what the file leaves out ends."""
    new_rows: int
    changed_rows: int
    ended_rows: int
    same_rows: int
    refused_rows: int
    notes: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    actor_kind: str
    """Who brought the file."""
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    tried_at: datetime = Field(sa_column=timestamp(default_now=True))
    applied_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    applied_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    """Null for the command line."""
    undone_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    undone_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    reason: str | None = None
    """Why much may end."""
    file_id: UUID | None = Field(default=None, foreign_key="files.id", ondelete="SET NULL")
    """Null for the command line, and when the file has gone."""
    datum: str | None = None
    """What was said of the numbers of a map; null for a sheet."""
    night_run_id: int | None = Field(default=None, foreign_key="night_runs.id", sa_type=BigInteger)
    """The night that brought it, from its feed; null for what people brought."""
    refusal: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))


class ImportChange(SQLModel, table=True):
    """What an import makes of one key."""

    __tablename__ = "import_changes"
    __table_args__ = (one_of("import_changes", "act", Act),)

    import_id: int = Field(primary_key=True, foreign_key="imports.id", sa_type=BigInteger)
    position: int = Field(primary_key=True)
    act: str
    key: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    after: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    sheet: str | None = None
    row: int | None = None
    """Both null where the file does not name the key any more; row 0 for what came by a feed."""


class ImportProblem(SQLModel, table=True):
    """What was wrong, and where: `sheet_column` are the letters, `heading` the sheet's own word.

    Of what came by a feed the row is 0 and `sheet` the key.
    """

    __tablename__ = "import_problems"

    import_id: int = Field(primary_key=True, foreign_key="imports.id", sa_type=BigInteger)
    position: int = Field(primary_key=True)
    sheet: str
    row: int
    sheet_column: str
    heading: str
    said: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
