"""Source records, golden customers and what is known of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.shared.dated import Cause
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import bigint_identity, day, days_check, one_of, timestamp


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
    other_phone_norm: str | None = None
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
    decided_by_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
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
    """客户: the golden customer. Wide on purpose: a page of customers is one index walk.

    Here is what identity finds out. What others do (holdings, place, owner, visits, scores) they add to the same row as
    columns of their own, each beside its models.
    """

    __tablename__ = "customers"
    __table_args__ = (
        CheckConstraint(
            "kind in ('PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION')",
            name="customers_kind_check",
        ),
    )

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str
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
    open_org_code: str | None = None
    manager_number: str | None = None
    kept_from: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))


CUSTOMERS: Table = Customer.__table__  # type: ignore[attr-defined]
"""The wide row, for rooms that add columns of their own."""


class CrowdedPoint(SQLModel, table=True):
    """A point that many parties of one feed share to the last decimal (`identity/crowded.py`)."""

    __tablename__ = "crowded_points"

    feed: str = Field(primary_key=True)
    lon_deg_wgs84: float = Field(primary_key=True)
    lat_deg_wgs84: float = Field(primary_key=True)


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
    __table_args__ = (Index("ix_relations_other", "other_id"),)

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    other_id: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str = Field(primary_key=True)


class CustomerFact(SQLModel, table=True):
    """已知信息: one thing that one feed tells of a customer besides who he is, with its day (`facts.py`).

    One of `fen`, `number`, `said` and `day_on` is the value.
    """

    __tablename__ = "customer_facts"
    __table_args__ = (
        CheckConstraint("num_nonnulls(fen, number, said, day_on) = 1", name="customer_facts_value_check"),
        Index("ix_customer_facts_name", "name", "customer_id"),
    )

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    name: str = Field(primary_key=True)
    feed: str = Field(primary_key=True)
    fen: int | None = Field(default=None, sa_type=BigInteger)
    number: int | None = Field(default=None, sa_type=BigInteger)
    said: str | None = None
    day_on: date | None = None
    as_of: date


class NightChange(SQLModel, table=True):
    """A customer whom tonight's files or decisions touched: what the later steps of that night work on."""

    __tablename__ = "night_changes"

    night_run_id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int = Field(primary_key=True, sa_type=BigInteger)


class CustomerKind(SQLModel, table=True):
    """客户类型沿革: which kind a customer was, from a day up to another (`domain/shared/dated.py`)."""

    __tablename__ = "customer_kinds"
    __table_args__ = (one_of("customer_kinds", "cause", Cause), days_check("customer_kinds"))

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date
    kind: str
    cause: str


class RecordLink(SQLModel, table=True):
    """来源归属沿革: to which customer a source record belonged, from a day up to another."""

    __tablename__ = "record_links"
    __table_args__ = (one_of("record_links", "cause", Cause), days_check("record_links"))

    record_id: int = Field(primary_key=True, sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date
    customer_id: int = Field(sa_type=BigInteger)
    cause: str


FOLLOWERS: Followers = (
    Follower("customers", Follows.ITSELF, ("id",)),
    Follower("source_records", Follows.ITSELF),
    Follower("disagreements", Follows.REBUILT),
    Follower("relations", Follows.REBUILT, ("customer_id", "other_id")),
    Follower("customer_facts", Follows.REBUILT),
    # Who was touched tonight, those who are no more among them: the night's later steps look for their rows.
    Follower("night_changes", Follows.BOTH_KEPT),
    # The days of who is no more are ended by whoever writes the days (`domain/shared/dated.py`).
    Follower("customer_kinds", Follows.BOTH_KEPT),
    Follower("record_links", Follows.ITSELF),
)
