"""The tables of the snapshots as the contracts ask for them: what migrations are held against, and their DDL."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import TypeEngine

from domain.feeds.contracts import Feed
from domain.feeds.snapshots import stored_columns

_TYPES: dict[str, type[TypeEngine[Any]]] = {
    "text": Text,
    "date": Date,
    "bigint": BigInteger,
    "integer": Integer,
    "double precision": Double,
}


def snapshot_table(feed: Feed, metadata: MetaData) -> Table:
    """Declare `src_<feed>`. A contract that changes without a migration then shows as a difference."""
    required = {column.name for column in feed.columns if column.required} | set(feed.key)
    content: list[Column[Any]] = [
        Column(stored.name, _TYPES[stored.sql_type](), nullable=stored.contract.name not in required)
        for stored in stored_columns(feed)
    ]
    interval: list[Column[Any]] = [
        Column("row_hash", BigInteger, nullable=False),
        Column("batch_id", BigInteger, nullable=False),
        Column("from_on", Date, nullable=False),
        Column("to_on", Date, nullable=False),
    ]
    table = Table(feed.table, metadata, *content, *interval, postgresql_partition_by="RANGE (to_on)")
    if "cust_no" in {column.name for column in feed.columns} - set(feed.key):
        Index(f"ix_{feed.table}_cust_no", table.c.cust_no)
    return table


def create_statements(feed: Feed) -> list[str]:
    """The DDL of a feed's snapshot with its two partitions. Migrations hold its output, not a call of it."""
    made, table, key = snapshot_table(feed, MetaData()), feed.table, ", ".join(feed.key)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return [
        str(CreateTable(made).compile(dialect=dialect)).strip(),
        f"create table {table}_current partition of {table} for values from ('infinity') to (maxvalue)",
        f"create table {table}_past partition of {table} for values from (minvalue) to ('infinity')",
        f"create unique index uq_{table}_current on {table}_current ({key})",
        f"alter table {table}_past add primary key ({key}, from_on, batch_id, to_on)",
        f"create index ix_{table}_as_of on {table}_past using brin (to_on, from_on)",
        *(str(CreateIndex(index).compile(dialect=dialect)) for index in made.indexes),
    ]
