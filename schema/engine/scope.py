"""Which rows a reader may see, in a form that pages in index order.

A scope is a tuple of disjoint branches. Measured (performance.md, section 8): `= any()` under an ORDER BY costs 4.7
times the plain page, a lateral page for each value merged afterwards 1.8 times.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, any_, false, or_, select, true, union_all

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
    """Rows whose column equals one of the values of an array parameter: one index range for each value.

    `also` is what has to hold beside: that no earlier branch has the row, that the reader may ask at all.
    """

    column: str
    values: ColumnElement[Any]
    also: Callable[[Row], ColumnElement[bool]] | None = None


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
    return and_(row.c[branch.column] == any_(branch.values), beside(row, branch))


def beside(row: Row, branch: Only | Each) -> ColumnElement[bool]:
    """What a branch says of a row, apart from the values that it is found by."""
    if isinstance(branch, Only):
        return branch.predicate(row)
    return true() if branch.also is None else branch.also(row)


def gathered(new_row: Callable[[], Row], scope: Scope) -> tuple[Row, ColumnElement[bool]]:
    """The rows of a scope for aggregates, with what has to hold of them still.

    Several branches are gathered one after the other, each by its own index range.
    """
    if len(scope) <= 1:
        row = new_row()
        return row, within(row, scope)
    return union_all(*(_rows_of(new_row(), branch) for branch in scope)).subquery(), true()


def _rows_of(row: Row, branch: Only | Each) -> Select[Any]:
    return select(row).where(_holds(row, branch))


def no_row(parent: Row | None) -> Row:
    """What declarations of root fields get as their parent: something without columns."""
    return select().subquery() if parent is None else parent
