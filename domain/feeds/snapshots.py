"""Snapshots: what every feed said on every day, one table a feed, made from its contract.

`src_<feed>` is split by `to_on`: rows in force (`to_on = 'infinity'`) lie in `src_<feed>_current`, superseded ones in
`src_<feed>_past` in the order in which they were superseded. So tonight's comparison reads the rows in force and
nothing else, and a state of the past (`from_on <= D and D < to_on`) is found through the small BRIN index.
"""

from dataclasses import dataclass

from domain.feeds.contracts import Column, ColumnType, Feed

SQL_TYPES = {
    ColumnType.TEXT: "text",
    ColumnType.DATE: "date",
    ColumnType.YUAN: "bigint",
    ColumnType.INTEGER: "integer",
    ColumnType.DEGREES: "double precision",
    ColumnType.PERCENT: "integer",
}
SUFFIXES = {ColumnType.YUAN: "_fen", ColumnType.PERCENT: "_bps"}
INTERVAL_COLUMNS = ("row_hash", "batch_id", "from_on", "to_on")


@dataclass(frozen=True)
class StoredColumn:
    """A column of a snapshot: its name carries the unit in which the contract's column is stored."""

    name: str
    sql_type: str
    contract: Column


def stored_columns(feed: Feed) -> tuple[StoredColumn, ...]:
    return tuple(
        StoredColumn(column.name + SUFFIXES.get(column.type, ""), SQL_TYPES[column.type], column)
        for column in feed.columns
    )


def amount_column(feed: Feed) -> str | None:
    return None if feed.amount is None else feed.amount + SUFFIXES[ColumnType.YUAN]


def create_statements(feed: Feed) -> list[str]:
    """The DDL of a feed's snapshot. Migrations hold its output, not a call of it."""
    table, key = feed.table, ", ".join(feed.key)
    required = {column.name for column in feed.columns if column.required} | set(feed.key)
    columns = [
        f"{column.name} {column.sql_type}" + (" not null" if column.contract.name in required else "")
        for column in stored_columns(feed)
    ]
    columns += ["row_hash bigint not null", "batch_id bigint not null"]
    columns += ["from_on date not null", "to_on date not null"]
    statements = [
        f"create table {table} (\n    " + ",\n    ".join(columns) + "\n) partition by range (to_on)",
        f"create table {table}_current partition of {table} for values from ('infinity') to (maxvalue)",
        f"create table {table}_past partition of {table} for values from (minvalue) to ('infinity')",
        f"create unique index uq_{table}_current on {table}_current ({key})",
        f"alter table {table}_past add primary key ({key}, from_on, batch_id, to_on)",
        f"create index ix_{table}_as_of on {table}_past using brin (to_on, from_on)",
    ]
    if "cust_no" in {column.name for column in feed.columns} - set(feed.key):
        statements.append(f"create index ix_{table}_cust_no on {table} (cust_no)")
    return statements
