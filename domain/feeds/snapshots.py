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
    ColumnType.CURRENCY: "text",
    ColumnType.PERCENT: "integer",
}
SUFFIXES = {ColumnType.YUAN: "_fen", ColumnType.PERCENT: "_bps"}


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
