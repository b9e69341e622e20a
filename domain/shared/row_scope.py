"""What a row scope is made of. Each context says in its `scope.py` which rows each kind of scope holds.

Writes use `within` as a predicate; the read engine pages branch by branch (performance.md, section 8). Whose grids,
which outlet: bound parameters, given with each request by `scope_values`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, any_, bindparam, false, or_, true
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import Actor

ACTOR_GRIDS: ColumnElement[Any] = bindparam("actor_grids", type_=ARRAY(BigInteger))
ACTOR_STAFF: ColumnElement[Any] = bindparam("actor_staff", type_=BigInteger)
ACTOR_ORG: ColumnElement[Any] = bindparam("actor_org", type_=BigInteger)


@dataclass(frozen=True)
class Only:
    """Rows for which the predicate holds: one index range."""

    predicate: Callable[[FromClause], ColumnElement[bool]]


@dataclass(frozen=True)
class Each:
    """Rows whose column equals one of the values of an array parameter: an index range for each."""

    column: str
    values: ColumnElement[Any]


RowScope = tuple[Only | Each, ...]
"""Disjoint branches; no branch is no row."""

EVERY_ROW: RowScope = (Only(lambda _row: true()),)
NO_ROW: RowScope = ()


def within(row: FromClause, scope: RowScope) -> ColumnElement[bool]:
    """The scope as one predicate, for rows found by key."""
    if not scope:
        return false()
    return or_(
        *(
            branch.predicate(row) if isinstance(branch, Only) else row.c[branch.column] == any_(branch.values)
            for branch in scope
        )
    )


def scope_values(actor: Actor) -> dict[str, Any]:
    """The bound parameters of every scope of this actor."""
    return {
        "actor_grids": list(actor.grid_ids),
        "actor_staff": actor.staff_id,
        "actor_org": actor.org_unit_id,
    }
