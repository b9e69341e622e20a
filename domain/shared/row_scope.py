"""What a row scope is made of. Each context says in its `scope.py` which rows each form of scope holds.

Writes use `within` as a predicate; the read engine pages branch by branch (performance.md, section 8). Whose grids,
which units: bound parameters, given with each request by `scope_values`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, and_, any_, bindparam, false, or_, true
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import Actor, RoleScope

_KEYS = ARRAY(BigInteger)
ACTOR_UNIT: ColumnElement[Any] = bindparam("actor_unit", type_=BigInteger)
"""The only unit of a scope that has one; null for others."""
ACTOR_UNITS: ColumnElement[Any] = bindparam("actor_units", type_=_KEYS)
ACTOR_GRIDS: ColumnElement[Any] = bindparam("actor_grids", type_=_KEYS)
ACTOR_CUSTOMERS: ColumnElement[Any] = bindparam("actor_customers", type_=_KEYS)
ACTOR_STAFF: ColumnElement[Any] = bindparam("actor_staff", type_=BigInteger)
ACTOR_OWNER: ColumnElement[Any] = bindparam("actor_owner", type_=BigInteger)
"""Whose customers without a grid are in the scope: the actor where he works grids, else null."""
ACTOR_ORG: ColumnElement[Any] = bindparam("actor_org", type_=BigInteger)
"""Where he works, which alone gives no rows."""

Predicate = Callable[[FromClause], ColumnElement[bool]]


@dataclass(frozen=True)
class Only:
    """Rows for which the predicate holds: one index range."""

    predicate: Predicate


@dataclass(frozen=True)
class Each:
    """Rows whose column equals one of the values of an array parameter: an index range for each.

    `but` leaves out what an earlier branch holds already.
    """

    column: str
    values: ColumnElement[Any]
    but: Predicate | None = None


RowScope = tuple[Only | Each, ...]
"""Disjoint branches; no branch is no row."""

EVERY_ROW: RowScope = (Only(lambda _row: true()),)
NO_ROW: RowScope = ()


def within(row: FromClause, scope: RowScope) -> ColumnElement[bool]:
    """The scope as one predicate, for rows found by key."""
    if not scope:
        return false()
    return or_(*(_holds(row, branch) for branch in scope))


def _holds(row: FromClause, branch: Only | Each) -> ColumnElement[bool]:
    if isinstance(branch, Only):
        return branch.predicate(row)
    found: ColumnElement[bool] = row.c[branch.column] == any_(branch.values)
    return found if branch.but is None else and_(found, branch.but(row))


def scope_values(actor: Actor) -> dict[str, Any]:
    """The bound parameters of every scope of this actor."""
    scope = actor.scope
    return {
        "actor_unit": scope.unit_ids[0] if len(scope.unit_ids) == 1 else None,
        "actor_units": list(scope.unit_ids),
        "actor_grids": list(scope.grid_ids),
        "actor_customers": list(scope.customer_ids),
        "actor_staff": actor.staff_id,
        "actor_owner": actor.staff_id if scope.of_role is RoleScope.OWN_GRIDS else None,
        "actor_org": actor.org_unit_id,
    }
