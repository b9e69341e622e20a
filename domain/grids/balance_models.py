"""均衡建议: what was asked of a balance over a draft, how far it is, and the proposals that came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.models import bigint_identity, one_of, timestamp

WAITING, RUNNING, DONE, STOPPED, FAILED = "WAITING", "RUNNING", "DONE", "STOPPED", "FAILED"
STATES = (WAITING, RUNNING, DONE, STOPPED, FAILED)
CHARACTERS = ("EVEN", "FEW", "SHORT")
OBSTACLES = (
    "ATOM",
    "LOCKED_PERSON",
    "LOCKED_GRID",
    "LOCKED_ATOM",
    "LOCKS",
    "TOWN_LIMIT",
    "CONNECTED",
    "NOBODY",
)


class PlanBalance(SQLModel, table=True):
    """One question: a draft as it stood at a version, with weights, locks and a seed. `wish` holds the locks and the
    shares of posts as they were asked, by codes and numbers."""

    __tablename__ = "plan_balances"
    __table_args__ = (
        one_of("plan_balances", "state", STATES),
        Index("ix_plan_balances_plan", "plan_id", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    plan_id: int = Field(foreign_key="plans.id", sa_type=BigInteger)
    plan_version: int
    even: float = Field(sa_type=Float)
    few: float = Field(sa_type=Float)
    short: float = Field(sa_type=Float)
    seed: int
    wish: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    state: str = Field(default=WAITING, sa_column_kwargs={"server_default": WAITING})
    progress: float = Field(default=0, sa_column=Column(Float, nullable=False, server_default="0"))
    error: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    asked_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    asked_at: datetime = Field(sa_column=timestamp(default_now=True))
    ended_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))


def _of_balance() -> Any:
    return Field(foreign_key="plan_balances.id", ondelete="CASCADE", sa_type=BigInteger)


def _of_proposal() -> Any:
    return Field(primary_key=True, foreign_key="plan_proposals.id", ondelete="CASCADE", sa_type=BigInteger)


class PlanProposal(SQLModel, table=True):
    """建议: atoms and A posts that become others, and what that comes to. `applied_version` is the act by which the
    draft took it over last."""

    __tablename__ = "plan_proposals"
    __table_args__ = (
        one_of("plan_proposals", "character", CHARACTERS),
        Index("uq_plan_proposals", "balance_id", "character", unique=True),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    balance_id: int = _of_balance()
    character: str
    atoms: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    a_posts: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    outlets: int
    even_before: int
    even_after: int
    customers: int
    atoms_moved: int
    posts_changed: int
    away_m_before: float = Field(sa_type=Float)
    away_m_after: float = Field(sa_type=Float)
    applied_version: int | None = None


class ProposalOutlet(SQLModel, table=True):
    """One outlet of a proposal: heaviest to lightest work of its people, null where somebody has none; and what is in
    the way of the goal."""

    __tablename__ = "plan_proposal_outlets"
    __table_args__ = (one_of("plan_proposal_outlets", "obstacle", OBSTACLES),)

    proposal_id: int = _of_proposal()
    org_unit_id: int = Field(primary_key=True, foreign_key="org_units.id", index=True, sa_type=BigInteger)
    evenness_before: float | None = Field(default=None, sa_type=Float)
    evenness_after: float | None = Field(default=None, sa_type=Float)
    obstacle: str | None = None
    obstacle_what: str | None = None
    obstacle_is_proven: bool | None = None
    obstacle_minutes: float | None = Field(default=None, sa_type=Float)
    obstacle_others: float | None = Field(default=None, sa_type=Float)


class ProposalPerson(SQLModel, table=True):
    """One person of a proposal: his minutes a month, by full-time post."""

    __tablename__ = "plan_proposal_people"

    proposal_id: int = _of_proposal()
    staff_id: int = Field(primary_key=True, foreign_key="staff.id", index=True, sa_type=BigInteger)
    org_unit_id: int = Field(foreign_key="org_units.id", index=True, sa_type=BigInteger)
    percent: int
    minutes_before: float = Field(sa_type=Float)
    minutes_after: float = Field(sa_type=Float)


class ProposalHands(SQLModel, table=True):
    """Customers who would go from one person to another; from nobody where nobody sat on A."""

    __tablename__ = "plan_proposal_hands"

    id: int | None = Field(default=None, sa_column=bigint_identity())
    proposal_id: int = Field(
        foreign_key="plan_proposals.id", ondelete="CASCADE", index=True, sa_type=BigInteger
    )
    from_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    to_id: int = Field(foreign_key="staff.id", index=True, sa_type=BigInteger)
    customers: int
    atoms: int
