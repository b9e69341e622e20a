"""Batches, source records, golden customers and what is known of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.models import bigint_identity, timestamp


class Batch(SQLModel, table=True):
    """批次: one file of a feed. Loaded + refused + quarantined = rows of the file, always."""

    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint("state in ('LOADED', 'REFUSED', 'WAITING')", name="batches_state_check"),
        UniqueConstraint("feed", "data_date", "sequence", "sha256"),
        Index("ix_batches_date", "data_date", "id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    feed: str
    data_date: date
    sequence: int
    file_name: str
    sha256: str | None = None
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


class SourceRecord(SQLModel, table=True):
    """来源记录: one party as one feed knows it, normalised. `customer_id` is the golden customer it belongs to.

    A golden customer's id is the lowest id of its source records. So merging keeps the older id, cutting gives
    back exactly what was there, and a night that was interrupted or run twice ends with the same ids. `cert_norm` is
    the party's own; `representative_norm` is the citizen id of who runs the firm or heads the household.
    """

    __tablename__ = "source_records"
    __table_args__ = (
        UniqueConstraint("feed", "key"),
        Index("ix_source_records_customer", "customer_id"),
        Index("ix_source_records_cust_no", "cust_no"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    feed: str
    key: str
    kind: str
    data_date: date
    row_hash: int = Field(sa_type=BigInteger)
    name: str
    name_norm: str
    cert_type: str | None = None
    cert_norm: str | None = None
    uscc_norm: str | None = None
    representative_norm: str | None = None
    phone_norm: str | None = None
    birth_on: date | None = None
    gender: str | None = None
    cust_no: str | None = None
    village_code: str | None = None
    address: str | None = None
    industry: str | None = None
    org_code: str | None = None
    manager_number: str | None = None
    lon_deg_wgs84: float | None = None
    lat_deg_wgs84: float | None = None
    source_datum: str | None = None
    location_method: str | None = None
    status: str = "ACTIVE"
    customer_id: int | None = Field(default=None, sa_type=BigInteger)
    evidence: str = ""
    """Names of the rules that joined it to the others, with commas between; `ALONE` where it stands alone."""


class MatchKey(SQLModel, table=True):
    """One piece of evidence of a source record; records that share a key may be one party."""

    __tablename__ = "match_keys"
    __table_args__ = (Index("ix_match_keys_key", "key_hash"),)

    record_id: int = Field(primary_key=True, sa_type=BigInteger)
    rule: str = Field(primary_key=True)
    key_hash: int = Field(primary_key=True, sa_type=BigInteger)


class LinkCut(SQLModel, table=True):
    """A decision of a person: these two source records are not one party, whatever the evidence."""

    __tablename__ = "link_cuts"

    record_a_id: int = Field(primary_key=True, foreign_key="source_records.id", sa_type=BigInteger)
    record_b_id: int = Field(primary_key=True, foreign_key="source_records.id", sa_type=BigInteger)
    reason: str
    decided_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    decided_at: datetime = Field(sa_column=timestamp(default_now=True))


class MatchReview(SQLModel, table=True):
    """复核: two source records that the rules could neither join nor hold apart."""

    __tablename__ = "match_reviews"
    __table_args__ = (UniqueConstraint("record_a_id", "record_b_id"),)

    id: int | None = Field(default=None, sa_column=bigint_identity())
    record_a_id: int = Field(foreign_key="source_records.id", sa_type=BigInteger)
    record_b_id: int = Field(foreign_key="source_records.id", sa_type=BigInteger)
    rule: str
    reason: str
    state: str = "OPEN"


class Customer(SQLModel, table=True):
    """客户: the golden customer. Wide on purpose: a page of customers is one index walk."""

    __tablename__ = "customers"
    __table_args__ = (
        CheckConstraint(
            "kind in ('PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION')",
            name="customers_kind_check",
        ),
        CheckConstraint("tier in ('KEY', 'GENERAL')", name="customers_tier_check"),
        Index("ix_customers_grid", "grid_id", "id"),
        Index("ix_customers_org", "org_unit_id", "id"),
        Index("ix_customers_owner", "owner_id", "id"),
        Index("ix_customers_atom", "atom_id"),
        # Every figure counts active customers: this counts them without reading the wide rows.
        Index(
            "ix_customers_active", "org_unit_id", "id", "grid_id", postgresql_where=text("status = 'ACTIVE'")
        ),
        Index("ix_customers_grid_score", "grid_id", text("attrition_score desc nulls last"), "id"),
        Index("ix_customers_org_score", "org_unit_id", text("attrition_score desc nulls last"), "id"),
        # A manager's page: besides his grids, the few customers without one whom he owns.
        Index(
            "ix_customers_gridless_score",
            "owner_id",
            text("attrition_score desc nulls last"),
            "id",
            postgresql_where=text("grid_id is null"),
        ),
        Index("ix_customers_score", text("attrition_score desc nulls last"), "id"),
    )

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str
    tier: str = "GENERAL"
    status: str = "ACTIVE"
    name: str
    phone: str | None = None
    certificate_type: str | None = None
    certificate: str | None = None
    address: str | None = None
    industry: str | None = None
    birth_on: date | None = None
    lon_deg_wgs84: float | None = None
    lat_deg_wgs84: float | None = None
    source_datum: str | None = None
    accuracy_m: float | None = None
    location_method: str | None = None
    atom_id: int | None = Field(default=None, sa_type=BigInteger)
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    org_unit_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    open_org_code: str | None = None
    manager_number: str | None = None
    deposit_fen: int = Field(default=0, sa_type=BigInteger)
    loan_fen: int = Field(default=0, sa_type=BigInteger)
    line_fen: int = Field(default=0, sa_type=BigInteger)
    attrition_score: float | None = None
    attrition_band: int | None = Field(default=None, sa_type=SmallInteger)
    last_visit_on: date | None = None
    due_on: date | None = None
    kept_from: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))


class Disagreement(SQLModel, table=True):
    """A field in which the bank's sources contradict each other, with what was kept."""

    __tablename__ = "disagreements"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    field: str = Field(primary_key=True)
    values: list[dict[str, str]] = Field(sa_column=Column(JSONB, nullable=False))
    kept: str


class Relation(SQLModel, table=True):
    """关系: shop and operator, household and member, firm and representative. Stored in both directions."""

    __tablename__ = "relations"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    other_id: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = Field(primary_key=True)


class NightChange(SQLModel, table=True):
    """A customer whom tonight's files or decisions touched: what the later steps of that night work on."""

    __tablename__ = "night_changes"

    night_run_id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
