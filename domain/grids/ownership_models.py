"""管护: rules, exceptions and lists by which a customer is somebody's otherwise than by his place, and what the last
night made of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import bigint_identity, one_of, timestamp

MARKET, EMPLOYER, CHAMBER, OTHER, PERSON = "MARKET", "EMPLOYER", "CHAMBER", "OTHER", "PERSON"
LIST_KINDS = (MARKET, EMPLOYER, CHAMBER, OTHER, PERSON)
EXCEPTION, LIST, RULE = "EXCEPTION", "LIST", "RULE"
CLAIMS = (EXCEPTION, LIST, RULE)
"""What a customer is owned by before his place is asked, the strongest first."""
TO_STAFF, TO_GRID, TO_LIST = "STAFF", "GRID", "LIST"
TARGETS = (TO_STAFF, TO_GRID, TO_LIST)


class ListGrid(SQLModel, table=True):
    """名单网格: customers by name and not by place, of a market, an employer, a chamber. It has no shape and lies over
    the spatial grids; its posts are those of the grid of the same code that each plan in force is given.

    The list of a person (PERSON, `staff_id`) holds whom rules and exceptions give to him; nobody writes its members.
    """

    __tablename__ = "list_grids"
    __table_args__ = (
        one_of("list_grids", "kind", LIST_KINDS),
        CheckConstraint("(kind = 'PERSON') = (staff_id is not null)", name="list_grids_staff_check"),
        CheckConstraint("code like '@%'", name="list_grids_code_check"),
        Index("uq_list_grids_staff", "staff_id", unique=True, postgresql_where=text("staff_id is not null")),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    code: str = Field(unique=True)
    """Begins with @, as no code of a spatial grid does."""
    name: str
    kind: str
    org_unit_id: int = Field(foreign_key="org_units.id", index=True, sa_type=BigInteger)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    position: int = Field(default=100, sa_column_kwargs={"server_default": "100"})
    """Of two lists that name one customer the lower one has him."""
    from_on: date
    to_on: date | None = None
    made_by_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    made_at: datetime = Field(sa_column=timestamp(default_now=True))


class ListGridMember(SQLModel, table=True):
    """A customer named by a list. `named_for_id` is the customer named at the time; `customer_id` follows merges."""

    __tablename__ = "list_grid_members"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="list_grid_members_days_check"),
        Index("ix_list_grid_members_customer", "customer_id"),
        Index("ix_list_grid_members_named_for", "named_for_id"),
    )

    list_grid_id: int = Field(primary_key=True, foreign_key="list_grids.id", sa_type=BigInteger)
    named_for_id: int = Field(primary_key=True, sa_type=BigInteger)
    from_on: date = Field(primary_key=True)
    to_on: date | None = None
    customer_id: int = Field(sa_type=BigInteger)
    named_as: str
    """How the file named him: the core's number, the certificate or the credit code."""


class OwnerException(SQLModel, table=True):
    """管护例外: one customer to one person, for a reason, up to a day. `made_for_id` is the customer named then."""

    __tablename__ = "owner_exceptions"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="owner_exceptions_days_check"),
        Index("ix_owner_exceptions_customer", "customer_id", "to_on"),
        Index("ix_owner_exceptions_made_for", "made_for_id"),
        Index("ix_owner_exceptions_staff", "staff_id", "to_on"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    customer_id: int = Field(sa_type=BigInteger)
    made_for_id: int = Field(sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    reason: str
    from_on: date
    to_on: date
    """The day from which on it no longer holds; an exception that is ended early ends on that day."""
    made_by_id: int = Field(foreign_key="staff.id", index=True, sa_type=BigInteger)
    made_at: datetime = Field(sa_column=timestamp(default_now=True))
    ended_by_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)


class OwnershipRule(SQLModel, table=True):
    """管护规则, one version of it: for whom a condition holds belongs to somebody. The version in force on a day is the
    latest that began by then; one that ends on its first day says that the rule is over.

    `position` orders the rules, the lowest first; `org_unit_id` keeps a rule to customers of a unit and those below it.
    """

    __tablename__ = "ownership_rules"
    __table_args__ = (
        one_of("ownership_rules", "to_kind", TARGETS),
        CheckConstraint("to_on >= from_on", name="ownership_rules_days_check"),
        Index("ix_ownership_rules_code", "code", "from_on"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    code: str
    name: str
    position: int
    org_unit_id: int | None = Field(default=None, foreign_key="org_units.id", sa_type=BigInteger)
    condition: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    to_kind: str
    to_code: str
    """The number of a member of staff, or the code of a grid of the plan in force or of a list."""
    from_on: date
    to_on: date | None = None
    reason: str
    decided_by_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    proposal_id: int = Field(foreign_key="proposals.id", sa_type=BigInteger)


class OwnershipClaim(SQLModel, table=True):
    """归属依据: why a customer belongs to somebody otherwise than by his place, as of the last night; no row where
    place or books decide. `source_id` is the exception, the list or the version of the rule."""

    __tablename__ = "ownership_claims"
    __table_args__ = (one_of("ownership_claims", "cause", CLAIMS),)

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    cause: str
    source_id: int = Field(sa_type=BigInteger)


FOLLOWERS: Followers = (
    Follower("list_grid_members", Follows.RECORD, record="named_for_id"),
    Follower("owner_exceptions", Follows.RECORD, record="made_for_id"),
    Follower("ownership_claims", Follows.REBUILT),
)
