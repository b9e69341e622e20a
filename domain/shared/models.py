"""Organisation, accounts, and the rows that make every mutation safe: outbox, idempotency, audit."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from domain.shared.duties import Duty
from domain.shared.followers import Follower, Follows
from domain.shared.principal import PrincipalKind

NOW = text("now()")
FULL_TIME = 100
"""The percents of somebody who works all of it."""

# PostgreSQL's own names, so that a constraint is called the same whether a model, a migration or a bare statement
# made it; a check says its own (<table>_<column>_check). Set before the first table: every file of models imports it.
SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "ix_%(column_0_label)s",
}


def bigint_identity() -> Any:
    """A column for rows that the database numbers itself."""
    return Column(BigInteger, Identity(), primary_key=True)


def timestamp(*, nullable: bool = False, default_now: bool = False) -> Any:
    """A column for an aware instant."""
    return Column(DateTime(timezone=True), nullable=nullable, server_default=NOW if default_now else None)


def one_of(table: str, column: str, names: Iterable[str]) -> CheckConstraint:
    """A column that holds names out of a closed set."""
    listed = ", ".join(f"'{name}'" for name in names)
    return CheckConstraint(f"{column} in ({listed})", name=f"{table}_{column}_check")


def day() -> Any:
    """A column of a key for a day; `infinity` is one."""
    return Column(Date, primary_key=True)


def days_check(table: str) -> CheckConstraint:
    """A fact is so for a day at least."""
    return CheckConstraint("from_on < to_on", name=f"{table}_days_check")


def full_time_percent() -> Any:
    """A column for how much of full time somebody works, in whole percents; 100 is all of it."""
    return Field(default=FULL_TIME, sa_column=Column(SmallInteger, nullable=False, server_default="100"))


def full_time_check(table: str) -> CheckConstraint:
    """Who works at all works some of it, and nobody more than all."""
    return CheckConstraint("full_time_percent between 1 and 100", name=f"{table}_full_time_percent_check")


def principal_check(table: str) -> CheckConstraint:
    """`actor_kind` and `actor_id` name a principal (`domain/shared/principal.py`)."""
    kinds = ", ".join(f"'{kind}'" for kind in PrincipalKind)
    return CheckConstraint(
        f"actor_kind in ({kinds}) and (actor_kind = 'SYSTEM') = (actor_id is null)", name=f"ck_{table}_actor"
    )


class OrgUnit(SQLModel, table=True):
    """机构: a unit of the bank, in a tree of any depth. It is there from one day to another, open where null."""

    __tablename__ = "org_units"
    __table_args__ = (CheckConstraint("parent_id <> id", name="org_units_parent_check"),)

    id: int | None = Field(default=None, sa_column=bigint_identity())
    code: str = Field(unique=True)
    name: str
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="org_units.id", index=True, sa_type=BigInteger)
    town_code: str | None = None
    lon_deg_wgs84: float | None = None
    lat_deg_wgs84: float | None = None
    from_on: date | None = None
    to_on: date | None = None
    address: str | None = None


class OrgUnitDays(SQLModel, table=True):
    """机构沿革: how a unit was called and where it hung, from a day (null: before days were kept) up to another."""

    __tablename__ = "org_unit_days"
    __table_args__ = (days_check("org_unit_days"),)

    org_unit_id: int = Field(primary_key=True, foreign_key="org_units.id", sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date | None = None
    name: str
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="org_units.id", index=True, sa_type=BigInteger)


class Role(SQLModel, table=True):
    """角色: a named set of permissions with a mask profile and a form of scope."""

    __tablename__ = "roles"
    __table_args__ = (
        CheckConstraint("scope in ('BANK', 'OWN_UNIT', 'OWN_GRIDS', 'NOTHING')", name="roles_scope_check"),
        CheckConstraint("mask ~ '^[A-Z_]+$'", name="roles_mask_check"),
    )

    code: str = Field(primary_key=True)
    name: str
    position: int
    """Its place in lists for people."""
    permissions: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    mask: str
    scope: str


class ScopeGrant(SQLModel, table=True):
    """What one member of staff may see beside what his role gives: a unit with all below it, a grid, or a customer.

    A grid is named by its code: the grid of that code in whichever plan is in force.
    """

    __tablename__ = "scope_grants"
    __table_args__ = (
        CheckConstraint("num_nonnulls(unit_id, grid_code, customer_id) = 1", name="scope_grants_one_check"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    staff_id: int = Field(foreign_key="staff.id", index=True, sa_type=BigInteger)
    unit_id: int | None = Field(default=None, foreign_key="org_units.id", sa_type=BigInteger)
    grid_code: str | None = None
    customer_id: int | None = Field(default=None, index=True, sa_type=BigInteger)
    from_on: date
    to_on: date | None = None
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", sa_type=BigInteger)
    """Who wanted it and why; null for a grant older than proposals of grants."""


class RightsVersion(SQLModel, table=True):
    """One row, whose number rises with every change of who may do and see what: by triggers, never by hand."""

    __tablename__ = "rights_version"
    __table_args__ = (CheckConstraint("is_the_one", name="rights_version_one_check"),)

    is_the_one: bool = Field(default=True, primary_key=True, sa_column_kwargs={"server_default": true()})
    version: int = Field(sa_type=BigInteger)


FOLLOWERS = (Follower("scope_grants", Follows.BOTH_KEPT),)
"""A grant shows the customer for whom it was given, and nobody whom he is joined to: that is for people to grant."""


class Staff(SQLModel, table=True):
    """员工. The role decides permissions, mask and form of scope; the duty, whose customers are his by the books."""

    __tablename__ = "staff"
    __table_args__ = (one_of("staff", "duty", Duty), full_time_check("staff"))

    id: int | None = Field(default=None, sa_column=bigint_identity())
    number: str = Field(unique=True)
    name: str
    phone: str | None = None
    role: str = Field(foreign_key="roles.code")
    org_unit_id: int = Field(foreign_key="org_units.id", index=True, sa_type=BigInteger)
    is_active: bool = True
    duty: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    """The first day on which he no longer works here; open where null."""
    full_time_percent: int = full_time_percent()


class StaffDays(SQLModel, table=True):
    """任职沿革: where somebody worked with which duty, role and share of full time, from a day (null: before days were
    kept) up to another."""

    __tablename__ = "staff_days"
    __table_args__ = (days_check("staff_days"), full_time_check("staff_days"))

    staff_id: int = Field(primary_key=True, foreign_key="staff.id", sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date | None = None
    org_unit_id: int = Field(foreign_key="org_units.id", index=True, sa_type=BigInteger)
    role: str = Field(foreign_key="roles.code")
    duty: str | None = None
    full_time_percent: int = full_time_percent()


class StaffLeave(SQLModel, table=True):
    """休假: when somebody is away, from a day up to the day on which he is back; open where null."""

    __tablename__ = "staff_leaves"
    __table_args__ = (days_check("staff_leaves"),)

    staff_id: int = Field(primary_key=True, foreign_key="staff.id", sa_type=BigInteger)
    from_on: date = Field(sa_column=day())
    to_on: date | None = None


class Account(SQLModel, table=True):
    """A way to sign in. Lockout lives here, so that it outlives Redis.

    While `code_until` says until when, `password_hash` is that of a one-time code, which opens no session: it lets its
    holder set a password, and ends with that.
    """

    __tablename__ = "accounts"

    id: int | None = Field(default=None, sa_column=bigint_identity())
    account: str = Field(unique=True)
    staff_id: int = Field(foreign_key="staff.id", index=True, sa_type=BigInteger)
    password_hash: str
    failed_attempts: int = 0
    locked_until: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    code_until: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    code_failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Wrong tries since the code was handed out; locks come and go, these add up."""
    code_by_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    """Who handed it out; null for the operator."""
    disabled_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    """Closed by the operator; only he opens it again."""


class SignInFailures(SQLModel, table=True):
    """Failed sign-ins from one address since the first of them, since the last where it is slowed down; forgotten after
    a quarter of an hour."""

    __tablename__ = "sign_in_failures"

    address: str = Field(primary_key=True)
    failures: int
    since: datetime = Field(sa_column=timestamp(default_now=True))
    next_turn_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    """When the next password is looked at, where the address is slowed down."""


class Session(SQLModel, table=True):
    """A signed-in session; only the SHA-256 of its token is kept."""

    __tablename__ = "sessions"

    token_sha256: bytes = Field(primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", index=True, sa_type=BigInteger)
    created_at: datetime = Field(sa_column=timestamp(default_now=True))
    expires_at: datetime = Field(sa_column=timestamp())
    revoked_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))


class OutboxJob(SQLModel, table=True):
    """A job, written in the transaction that wants it. arq only wakes workers; uniqueness and leases are here."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state in ('QUEUED', 'RUNNING', 'DONE', 'DEAD')", name="outbox_state_check"),
        UniqueConstraint("key"),
        Index("ix_outbox_open", "id", postgresql_where=text("state in ('QUEUED', 'RUNNING')")),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    name: str
    key: str
    args: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    state: str = "QUEUED"
    attempts: int = 0
    lease_token: UUID | None = None
    lease_until: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    run_after: datetime = Field(sa_column=timestamp(default_now=True))
    created_at: datetime = Field(sa_column=timestamp(default_now=True))
    ended_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    error: str | None = None


class IdempotencyKey(SQLModel, table=True):
    """Same key and same body give the same answer; same key and another body are refused."""

    __tablename__ = "idempotency_keys"

    actor_kind: str = Field(primary_key=True)
    actor_id: int = Field(primary_key=True, sa_type=BigInteger)
    key: UUID = Field(primary_key=True)
    operation: str
    body_sha256: bytes
    answer: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    created_at: datetime = Field(sa_column=timestamp(default_now=True))


class AuditRow(SQLModel, table=True):
    """Who did what; append-only (a trigger refuses UPDATE and DELETE). One sealer seals them in order (`AuditSeal`)."""

    __tablename__ = "audit"
    __table_args__ = (principal_check("audit"),)

    id: int | None = Field(default=None, sa_column=bigint_identity())
    at: datetime = Field(sa_column=timestamp(default_now=True))
    actor_kind: str
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    action: str
    subject: str
    detail: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class AuditSeal(SQLModel, table=True):
    """The chain over committed audit rows: HMAC-SHA256(previous || row), one row a sealed audit row, in `position`."""

    __tablename__ = "audit_seals"

    audit_id: int = Field(primary_key=True, foreign_key="audit.id", sa_type=BigInteger)
    position: int = Field(unique=True, sa_type=BigInteger)
    sha256: bytes
    sealed_at: datetime = Field(sa_column=timestamp(default_now=True))


class AuditUnsealed(SQLModel, table=True):
    """Audit rows that have no seal yet: a trigger lists them, the sealer strikes them off.

    It refers to no row on purpose: one that is taken away before it has a seal stays listed, and is missed.
    """

    __tablename__ = "audit_unsealed"

    audit_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class Setting(SQLModel, table=True):
    """A fact about this database, such as the data date in force."""

    __tablename__ = "settings"

    name: str = Field(primary_key=True)
    value: Any = Field(sa_column=Column(JSONB, nullable=False))


class NightRun(SQLModel, table=True):
    """One night (夜间批处理) for one data date. Steps are outbox jobs; this row is what people see."""

    __tablename__ = "night_runs"
    __table_args__ = (
        CheckConstraint("state in ('RUNNING', 'DONE', 'FAILED')", name="night_runs_state_check"),
        Index("uq_night_runs_running", "state", unique=True, postgresql_where=text("state = 'RUNNING'")),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    data_date: date = Field(index=True)
    state: str
    is_full: bool = False
    retrain: bool = False
    failure: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    started_at: datetime = Field(sa_column=timestamp(default_now=True))
    ended_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    started_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)


class NightStep(SQLModel, table=True):
    """One step of a night: rows, seconds, refusals and progress; `after` is what it waits for, as it was laid out."""

    __tablename__ = "night_steps"
    __table_args__ = (
        CheckConstraint("state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')", name="night_steps_state_check"),
    )

    night_run_id: int = Field(primary_key=True, foreign_key="night_runs.id", sa_type=BigInteger)
    name: str = Field(primary_key=True)
    position: int
    after: list[str] | None = Field(default=None, sa_column=Column(ARRAY(Text), nullable=True))
    state: str = "WAITING"
    rows: int | None = Field(default=None, sa_type=BigInteger)
    seconds: float | None = None
    progress: float = 0.0
    message: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    started_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
