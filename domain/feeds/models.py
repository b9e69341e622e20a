"""Batches of files, and the rows that were set aside."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.feeds.bases import BASES, NOT_NOTED
from domain.feeds.states import TrialState
from domain.shared.models import bigint_identity, one_of, timestamp


class Batch(SQLModel, table=True):
    """批次: one file of a feed. Loaded + refused + quarantined = rows of the file, always.

    Rows of a file that is held count as refused until it is taken. What a person decided of it, and why, stays with it.
    `source` names a bank's own form of the feed, `adapter_id` the version of its description; files as the contract has
    them have neither. `control_sha256` and `file_changed_ns` tell a delivery from the next one under its name
    (`settled.Seen`).
    """

    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint(
            "state in ('LOADED', 'REFUSED', 'WAITING', 'HELD', 'READY')", name="batches_state_check"
        ),
        CheckConstraint(
            "num_nonnulls(decided_by_id, decided_at, decision_reason) in (0, 3)",
            name="batches_decision_check",
        ),
        UniqueConstraint("feed", "source", "data_date", "sequence", "control_sha256"),
        Index("ix_batches_date", "data_date", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    feed: str
    source: str = Field(default="", sa_column_kwargs={"server_default": ""})
    adapter_id: int | None = Field(default=None, foreign_key="feed_adapters.id", sa_type=BigInteger)
    is_increment: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    data_date: date
    sequence: int
    file_name: str
    sha256: str | None = None
    control_sha256: str | None = None
    file_changed_ns: int | None = Field(default=None, sa_type=BigInteger)
    state: str
    rows: int = 0
    loaded: int = 0
    refused: int = 0
    quarantined: int = 0
    changed: int = 0
    reasons: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    night_run_id: int | None = Field(default=None, foreign_key="night_runs.id", sa_type=BigInteger)
    taken_at: datetime = Field(sa_column=timestamp(default_now=True))
    seconds: float | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    decided_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    decision_reason: str | None = None


class Source(SQLModel, table=True):
    """来源依据: on which basis, for what and until when the bank may hold what an outside feed tells (`outside.py`).

    Rows are never changed but for their end: a renewal is a row of its own.
    """

    __tablename__ = "sources"
    __table_args__ = (
        one_of("sources", "basis", (*BASES, NOT_NOTED)),
        CheckConstraint("until_on >= from_on", name="sources_days_check"),
        CheckConstraint("num_nonnulls(ended_on, ended_reason) in (0, 2)", name="sources_end_check"),
        CheckConstraint("(feed = 'facts') = (told_by is not null)", name="sources_told_by_check"),
        Index("ix_sources_feed", "feed", "from_on"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    feed: str
    basis: str
    purpose: str
    document: str
    from_on: date
    until_on: date
    noted_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    noted_at: datetime = Field(sa_column=timestamp(default_now=True))
    ended_on: date | None = None
    ended_reason: str | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    told_by: str | None = None
    """Whose facts are held on it, of a feed that carries what several tell."""


class QuarantinedRow(SQLModel, table=True):
    """A row set aside with its reasons (statements, without their number of lines); nothing of it is lost.

    `key` (parts joined by "/") keeps its earlier state.
    """

    __tablename__ = "quarantined_rows"

    id: int | None = Field(default=None, sa_column=bigint_identity())
    batch_id: int = Field(foreign_key="batches.id", index=True, sa_type=BigInteger)
    line: int
    raw: str
    reasons: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    key: str | None = Field(default=None, sa_type=Text)


class FeedAdapter(SQLModel, table=True):
    """适配说明: a version of how one source writes a feed, as its text (docs/adapters.md). Only ever added to.

    It reads the files of the data dates from `from_on` to the next version's; of two of one day the later one counts.
    Without a text the source brings nothing from that day on.
    """

    __tablename__ = "feed_adapters"
    __table_args__ = (
        CheckConstraint("length(text) <= 262144", name="feed_adapters_text_check"),
        Index("ix_feed_adapters_source", "feed", "source", "from_on", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    feed: str
    source: str
    from_on: date
    text: str | None = Field(default=None, sa_type=Text)
    reason: str
    added_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    added_at: datetime = Field(sa_column=timestamp(default_now=True))
    replaces_id: int | None = Field(default=None, foreign_key="feed_adapters.id", sa_type=BigInteger)
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", sa_type=BigInteger)
    """By which a second person agreed to it; null for what was added on the command line."""


class FeedTrial(SQLModel, table=True):
    """试读: a description that somebody at the desk tries on a file he sent, and what a worker read of it.

    `found` holds figures and the first rows, with people's particulars hidden (`adapters/hiding.py`). It goes after a
    day.
    """

    __tablename__ = "feed_trials"
    __table_args__ = (
        one_of("feed_trials", "state", TrialState),
        CheckConstraint("length(text) <= 262144", name="feed_trials_text_check"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    state: str
    text: str = Field(sa_type=Text)
    file_id: UUID | None = Field(default=None, foreign_key="files.id", ondelete="SET NULL")
    file_name: str
    found: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    refusal: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    asked_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    asked_at: datetime = Field(sa_column=timestamp(default_now=True))
