"""Where a file lies in time, and the pieces of SQL that every statement about its feed is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import sql

from domain.feeds.contracts import Feed
from domain.shared.night import Connection


@dataclass(frozen=True)
class Moment:
    """Where a file lies in time: from its data date to the next date that is loaded already (None: no later one)."""

    on: date
    until: date | None
    of_source: sql.Composable | None = None
    """The condition of the rows of this source, where several sources bring a feed."""
    is_increment: bool = False
    full_until: date | None = None
    """The next loaded date of a file that has every key: what an increment says holds until then at most."""

    @property
    def state(self) -> sql.Composable:
        """The condition of the source's rows in force on the data date."""
        if self.of_source is None:
            return self.in_force
        return sql.SQL("({} and {})").format(self.in_force, self.of_source)

    @property
    def in_force(self) -> sql.Composable:
        """That of the rows of every source. The newest date touches the compact part alone."""
        if self.until is None:
            return sql.SQL("to_on = 'infinity'")
        return sql.SQL("from_on <= {0} and {0} < to_on").format(sql.Literal(self.on))


def names(columns: tuple[str, ...] | list[str], prefix: str = "") -> sql.Composable:
    """Column names with commas between, each with the prefix of its table."""
    before = sql.SQL(prefix)
    return sql.SQL(", ").join(before + sql.Identifier(column) for column in columns)


def same_key(feed: Feed, left: str, right: str) -> sql.Composable:
    return sql.SQL(" and ").join(
        sql.SQL(left) + sql.Identifier(part) + sql.SQL(" = ") + sql.SQL(right) + sql.Identifier(part)
        for part in feed.key
    )


def position_of_amount(feed: Feed) -> int | None:
    """Of the amount among the columns, from nought."""
    return None if feed.amount is None else [column.name for column in feed.columns].index(feed.amount)


def number_of(connection: Connection, query: sql.Composed | sql.SQL) -> int:
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
