"""Visits, the activity stream, due visits and walks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

import domain.grids.models  # noqa: F401  (its column is in the indexes below)
from domain.customers.models import CUSTOMERS
from domain.shared.columns import add_columns
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import bigint_identity, one_of, principal_check, timestamp
from domain.tasks.cadence import DueReason

OLD_KINDS = ("VISIT", "FILE")
"""What a former system kept: 走访, and entries of 客户档案."""


class Visit(SQLModel, table=True):
    """走访. `recorded_for_id` is the customer named at the time; `customer_id` follows merges and cuts.

    `counted_at` alone says when it was (`domain.tasks.counting`); what it was made from is kept: start and end by the
    device's clock, both clocks at the device's last contact, and the receipt.
    """

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(
            "outcome in ('INTERESTED', 'NOT_NOW', 'REFUSED', 'NOT_FOUND', 'FOLLOW_UP')",
            name="visits_outcome_check",
        ),
        CheckConstraint("counted_at <= received_at", name="visits_counted_at_check"),
        # In the order of a customer's list, of a member of staff, and of the bank.
        Index("ix_visits_customer", "customer_id", "counted_at", "id"),
        Index("ix_visits_staff", "staff_id", "counted_at"),
        Index("ix_visits_counted", "counted_at"),
        Index("ix_visits_recorded_for", "recorded_for_id"),
    )

    id: UUID = Field(primary_key=True)
    customer_id: int = Field(sa_type=BigInteger)
    recorded_for_id: int = Field(sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    atom_id: int | None = Field(default=None, sa_type=BigInteger)
    counted_at: datetime = Field(sa_column=timestamp())
    started_at: datetime = Field(sa_column=timestamp())
    ended_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    contact_device_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    contact_server_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    received_at: datetime = Field(sa_column=timestamp(default_now=True))
    outcome: str
    note: str | None = None
    lon_deg_wgs84: float | None = None
    lat_deg_wgs84: float | None = None
    source_datum: str | None = None
    accuracy_m: float | None = None
    distance_m: float | None = None
    next_on: date | None = None


class OldVisit(SQLModel, table=True):
    """旧系统记录: a visit, or an entry of a customer's file, as the bank's former system kept it; nobody made it here.

    `recorded_for_id` is the source record that the row's certificate, number or account named.
    """

    __tablename__ = "old_visits"
    __table_args__ = (
        one_of("old_visits", "kind", OLD_KINDS),
        CheckConstraint(
            "outcome in ('INTERESTED', 'NOT_NOW', 'REFUSED', 'NOT_FOUND', 'FOLLOW_UP')",
            name="old_visits_outcome_check",
        ),
        UniqueConstraint("source", "number", name="old_visits_source_number_key"),
        Index("ix_old_visits_customer", "customer_id", "made_on"),
        Index("ix_old_visits_recorded_for", "recorded_for_id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    customer_id: int = Field(sa_type=BigInteger)
    recorded_for_id: int = Field(sa_type=BigInteger)
    source: str
    number: str
    kind: str
    made_on: date
    outcome: str | None = None
    content: str | None = None
    by_whom: str | None = None


class Activity(SQLModel, table=True):
    """活动流水: append-only; one row for each visit, under the customer named at the time."""

    __tablename__ = "activities"
    __table_args__ = (principal_check("activities"), Index("ix_activities_customer", "customer_id", "id"))

    id: int | None = Field(default=None, sa_column=bigint_identity())
    at: datetime = Field(sa_column=timestamp(default_now=True))
    device_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    kind: str
    actor_kind: str
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    customer_id: int | None = Field(default=None, sa_type=BigInteger)
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    atom_id: int | None = Field(default=None, sa_type=BigInteger)
    outcome: str | None = None
    detail: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))


class DueVisit(SQLModel, table=True):
    """应访: a customer whom cadence, risk or expiry asks somebody to see, with the strongest reason."""

    __tablename__ = "due_visits"
    __table_args__ = (
        one_of("due_visits", "reason", DueReason),
        Index("ix_due_visits_owner", "owner_id", "priority"),
    )

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str
    statement: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    figures: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    due_on: date
    priority: float


class Walk(SQLModel, table=True):
    """今日: the planned walk of one customer manager on one day."""

    __tablename__ = "walks"

    staff_id: int = Field(primary_key=True, foreign_key="staff.id", sa_type=BigInteger)
    walk_on: date = Field(primary_key=True)
    length_m: float


class WalkStop(SQLModel, table=True):
    """One stop of a walk, in walking order from 1.

    `planned_for_id` is the customer of the plan; `customer_id` follows merges and cuts.
    """

    __tablename__ = "walk_stops"
    __table_args__ = (
        one_of("walk_stops", "reason", DueReason),
        Index("ix_walk_stops_planned_for", "planned_for_id"),
    )

    staff_id: int = Field(primary_key=True, sa_type=BigInteger)
    walk_on: date = Field(primary_key=True)
    position: int = Field(primary_key=True)
    customer_id: int = Field(sa_type=BigInteger)
    planned_for_id: int = Field(sa_type=BigInteger)
    reason: str
    statement: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    figures: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    due_on: date | None = None
    owner_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    """Whose customer it is, where somebody walks for who is away."""


_BY_VISIT, _IS_SEEN = text("last_visit_on desc nulls last"), text("last_visit_on is not null")
add_columns(
    CUSTOMERS,
    "tasks",
    Column("last_visit_on", Date),
    Column("visited_here_on", Date),
    Column("due_on", Date),
    indexes=(
        # Orders of the list, of the bank and of an outlet; whom nobody has seen lies beside them.
        Index("ix_customers_visit", _BY_VISIT, "id", postgresql_where=_IS_SEEN),
        Index("ix_customers_org_visit", "org_unit_id", _BY_VISIT, "id", postgresql_where=_IS_SEEN),
    ),
)
"""The day of the last valid visit, that of the last one recorded here (coverage counts no other), and the day by which
somebody is to see the customer."""

FOLLOWERS: Followers = (
    Follower("visits", Follows.RECORD, record="recorded_for_id"),
    Follower("old_visits", Follows.RECORD, record="recorded_for_id"),
    # Append-only: a row names the customer of its day, whose records say whose it is today.
    Follower("activities", Follows.BOTH_KEPT),
    Follower("due_visits", Follows.REBUILT),
    Follower("walk_stops", Follows.RECORD, record="planned_for_id"),
)
