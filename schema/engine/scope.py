"""Which rows a reader may see, in a form that pages in index order.

A scope is a tuple of disjoint branches. Measured (performance.md, section 8): `= any()` under an ORDER BY costs 4.7
times the plain page, a lateral page for each value merged afterwards 1.8 times.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, any_, false, or_, select, true

Row = FromClause


@dataclass(frozen=True)
class Columns:
    """Expressions over a row under names of their own: a row to whoever reads columns alone."""

    c: Mapping[str, ColumnElement[Any]]

    @classmethod
    def of(cls, **expressions: ColumnElement[Any]) -> Any:
        return cls(expressions)


@dataclass(frozen=True)
class Only:
    """Rows for which the predicate holds: one index range."""

    predicate: Callable[[Row], ColumnElement[bool]]


@dataclass(frozen=True)
class Each:
    """Rows whose column equals one of the values of an array parameter: one index range for each value."""

    column: str
    values: ColumnElement[Any]


Scope = tuple[Only | Each, ...]

EVERYTHING: Scope = (Only(lambda _row: true()),)
NOTHING: Scope = ()


def within(row: Row, scope: Scope) -> ColumnElement[bool]:
    """The scope as one predicate: for rows found by key, where order does not matter."""
    if not scope:
        return false()
    return or_(*(_holds(row, branch) for branch in scope))


def _holds(row: Row, branch: Only | Each) -> ColumnElement[bool]:
    if isinstance(branch, Only):
        return branch.predicate(row)
    return row.c[branch.column] == any_(branch.values)


def no_row(parent: Row | None) -> Row:
    """What declarations of root fields get as their parent: something without columns."""
    return select().subquery() if parent is None else parent
