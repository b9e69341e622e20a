"""Which subjects a rule holds for: counted and listed within a scope, in one statement each."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select, true

from domain.shared.rules.fields import Beside, Row
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.tree import Leaf, Node, Rule, leaves

Within = Callable[[Row], ColumnElement[bool]]
"""Which rows whoever asks may see."""


def everything(_row: Row) -> ColumnElement[bool]:
    return true()


def counted(rule: Rule, as_of: AsOf, within: Within = everything) -> Select[Any]:
    """How many subjects there are for which the rule holds."""
    row, source, condition = _found(rule, as_of)
    return select(func.count()).select_from(source).where(within(row), condition)


def listed(
    rule: Rule, as_of: AsOf, within: Within = everything, *, most: int, after: int | None = None
) -> Select[Any]:
    """The keys of the subjects for which it holds, in their order, from the first one above `after`."""
    row, source, condition = _found(rule, as_of)
    key = row.c[rule.subject.key]
    found = select(key).select_from(source).where(within(row), condition)
    return (found if after is None else found.where(key > after)).order_by(key).limit(most)


def besides(*nodes: Node) -> list[Beside]:
    """What the rules ask of beside their subject, each once."""
    asked = (leaf.field.beside for node in nodes for leaf in leaves(node) if isinstance(leaf, Leaf))
    return list({one.name: one for one in asked if one is not None}.values())


def joined(row: Row, key: str, beside: Iterable[Beside], as_of: AsOf) -> tuple[FromClause, dict[str, Row]]:
    """The row joined with what lies beside it, and those rows by name."""
    source: FromClause = row
    rows: dict[str, Row] = {}
    for one in beside:
        rows[one.name] = one.rows(as_of.sql)
        source = source.outerjoin(rows[one.name], rows[one.name].c[one.column] == row.c[key])
    return source, rows


def _found(rule: Rule, as_of: AsOf) -> tuple[Row, FromClause, ColumnElement[bool]]:
    row = rule.subject.table.alias("subject")
    source, rows = joined(row, rule.subject.key, besides(rule.root), as_of)
    return row, source, holds(rule.root, row, as_of, rows)
