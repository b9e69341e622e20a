"""A row with what is known of it."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field

from sqlalchemy import Table
from sqlalchemy.sql.selectable import Alias

from schema.engine.compiled.leaves import Leaf
from schema.engine.mapping import Value, View
from schema.engine.scope import Row


@dataclass(frozen=True)
class Source:
    """A row, and which of its columns are never null."""

    row: Row
    never_null: Set[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, row: Row) -> "Source":
        """Columns of a table keep what the table promises; those of a subselect may come from an outer join."""
        if isinstance(row, Alias) and isinstance(row.element, Table):
            return cls(row, frozenset(one.key for one in row.element.c if not one.nullable))
        return cls(row)

    def behind(self, row: Row) -> "Source":
        """The same columns, handed on by a subselect that adds no row of its own."""
        return Source(row, self.never_null)

    def seen_as(self, of: Callable[[Row], Row]) -> "Source":
        """As a part sees it; of renamed columns nothing is known."""
        row = of(self.row)
        return self if row is self.row else Source(row)

    def leaf(self, value: Value, view: View) -> Leaf:
        sql = value.sql(self.row, view)
        is_column = getattr(sql, "table", None) is self.row
        is_never_null = is_column and getattr(sql, "key", None) in self.never_null
        return Leaf(sql, value.is_plain, is_never_null, value.prefix)
