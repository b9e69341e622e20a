"""Several rules of which the first that holds decides: tiers, reasons."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case

from domain.shared.rules.fields import Row
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.tree import Rule

Graded = tuple[str, Rule]
"""What a subject is called for which the rule holds, and the rule."""


def first_that_holds(
    graded: Iterable[Graded],
    row: Row,
    as_of: AsOf,
    joined: Mapping[str, Row] | None = None,
    *,
    otherwise: str | None = None,
) -> ColumnElement[Any]:
    """The name of the first rule that holds for the row, strongest first; `otherwise` where none does."""
    return case(
        *((holds(rule.root, row, as_of, joined), _name(name)) for name, rule in graded),
        else_=None if otherwise is None else _name(otherwise),
    )


def _name(name: str) -> ColumnElement[Any]:
    return bindparam("rule", name, String, unique=True)
