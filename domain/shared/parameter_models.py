"""What two persons decided: proposals, and the versions of parameters that came of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.models import bigint_identity, timestamp

OPEN, APPLIED, REJECTED, WITHDRAWN, EXPIRED = "OPEN", "APPLIED", "REJECTED", "WITHDRAWN", "EXPIRED"
STATES = (OPEN, APPLIED, REJECTED, WITHDRAWN, EXPIRED)


class Proposal(SQLModel, table=True):
    """提案: what somebody wants changed, before and after; another person decides, and it is done as he does.

    `kind` says what is done (`domain.shared.proposals.ProposalKind`), `subject` to what (`Parameter:tasks.walk_stops`).
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint(
            "state in ('OPEN', 'APPLIED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')", name="proposals_state"
        ),
        # The last word on two persons: no code may write what this refuses.
        CheckConstraint(
            "(state in ('APPLIED', 'REJECTED')) = (decided_by_id is not null) and decided_by_id <> proposed_by_id",
            name="proposals_two_persons",
        ),
        Index("ix_proposals_open", "until", postgresql_where=text("state = 'OPEN'")),
        Index("ix_proposals_proposed_at", "proposed_at", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    kind: str
    subject: str
    before: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    after: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    reason: str
    proposed_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    proposed_at: datetime = Field(sa_column=timestamp(default_now=True))
    until: datetime = Field(sa_column=timestamp())
    state: str = OPEN
    decided_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    decided_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    decision_reason: str | None = None


class ParameterVersion(SQLModel, table=True):
    """参数版本: what a parameter is from a day on (until a day, where it ends). Only ever added to.

    Without a row the declared default holds. Of two rows of one name and day the later one counts; both stay.
    """

    __tablename__ = "parameter_versions"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="parameter_versions_days"),
        Index("ix_parameter_versions_name", "name", "from_on", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    name: str
    value: Any = Field(sa_column=Column(JSONB, nullable=False))
    from_on: date
    to_on: date | None = None
    reason: str
    decided_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    proposal_id: int = Field(foreign_key="proposals.id", unique=True, sa_type=BigInteger)
    recorded_at: datetime = Field(sa_column=timestamp(default_now=True))


class Retention(SQLModel, table=True):
    """保存期限: what is kept how many days and why, as the last night carried it out; without days for good.

    `domain.shared.retention` declares it, the night's step `tidy` keeps this table: what was in force, and what went.
    """

    __tablename__ = "retention"

    what: str = Field(primary_key=True)
    days: int | None = None
    why: str
    removed: int = Field(sa_column=Column(BigInteger, nullable=False, server_default="0"))
    tidied_on: date | None = None
