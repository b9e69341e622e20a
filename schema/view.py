"""What the text of a statement depends on: who asks in general, not who exactly."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, DateTime, String, bindparam, true
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import SCOPES, Actor, ScopeKind
from domain.shared.calendar import BANK_ZONE
from domain.shared.organisation import is_still
from domain.shared.permissions import PERMISSIONS, Permission, Role
from domain.shared.row_scope import Each, RowScope, scope_values
from schema.engine import scope as engine

ACTOR_ACCOUNT: ColumnElement[Any] = bindparam("actor_account", type_=BigInteger)
ACTOR_PERMISSIONS: ColumnElement[Any] = bindparam("actor_permissions", type_=ARRAY(String))
TODAY: ColumnElement[Any] = bindparam("today", type_=Date)
MONTH_BEGAN_AT: ColumnElement[Any] = bindparam("month_began_at", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class View:
    """The form of the scope and the masking profile; `role` is None for nobody."""

    role: Role | None
    scope: ScopeKind

    def may(self, permission: Permission) -> bool:
        return self.role is not None and permission in PERMISSIONS[self.role]


VIEWS = tuple(View(role, SCOPES[role]) for role in Role)
"""Everybody's who is signed in."""


def view_of(actor: Actor | None) -> View:
    return View(None, ScopeKind.NOTHING) if actor is None else View(actor.role, actor.scope)


def guard(view: View) -> Any:
    """The condition under which a compiled answer may be given; nobody's view needs none."""
    return None if view.role is None else is_still(view.role)


def values_of(actor: Actor | None, today: date) -> dict[str, Any]:
    """The bound parameters of every statement of this request."""
    month = datetime.combine(today.replace(day=1), time(), BANK_ZONE)
    values: dict[str, Any] = {"today": today, "month_began_at": month}
    if actor is None:
        nobody: dict[str, Any] = {"actor_grids": [], "actor_staff": None, "actor_org": None}
        return {**values, **nobody, "actor_account": None, "actor_permissions": []}
    return {
        **values,
        **scope_values(actor),
        "actor_account": actor.account_id,
        "actor_permissions": sorted(actor.permissions),
    }


def branches(scope: RowScope) -> engine.Scope:
    """A scope of the domain in the engine's words."""
    return tuple(
        engine.Each(branch.column, branch.values)
        if isinstance(branch, Each)
        else engine.Only(branch.predicate)
        for branch in scope
    )


def signed_in(view: View) -> engine.Scope:
    """Open to everybody who is signed in: the directory of the bank."""
    return engine.NOTHING if view.role is None else engine.EVERYTHING


def with_permission(permission: Permission) -> Any:
    """Rows for whoever has the permission, also where they are reached by `node`."""
    return lambda view: (engine.Only(lambda _row: true()),) if view.may(permission) else engine.NOTHING


def payload(type_: Any) -> ColumnElement[Any]:
    """The key of what a mutation made, for the fields of its payload."""
    return bindparam("payload", type_=type_)


def rows_of(model: Any) -> Any:
    """New aliases of a table."""
    return lambda _view: model.__table__.alias()
