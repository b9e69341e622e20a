"""What the text of a statement depends on: who asks in general, not who exactly."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    String,
    and_,
    any_,
    bindparam,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import Actor, ScopeForm
from domain.shared.calendar import BANK_ZONE
from domain.shared.masks import Mask
from domain.shared.organisation import is_still
from domain.shared.permissions import Permission, name_of
from domain.shared.row_scope import Each, Only, Predicate, RowScope, scope_values
from schema.engine import scope as engine

ACTOR_PERMISSIONS: ColumnElement[Any] = bindparam("actor_permissions", type_=ARRAY(String))
"""Codes."""
ACTOR_PERMISSION_NAMES: ColumnElement[Any] = bindparam("actor_permission_names", type_=ARRAY(String))
"""The same as the contract's enumeration names them."""
TODAY: ColumnElement[Any] = bindparam("today", type_=Date)
MONTH_BEGAN_AT: ColumnElement[Any] = bindparam("month_began_at", type_=DateTime(timezone=True))


@dataclass(frozen=True)
class View:
    """The form of the scope and the masking profile: nothing else of an actor stands in a text."""

    scope: ScopeForm
    mask: Mask


NOBODY = View(ScopeForm.NOBODY, Mask.ALL)
VIEWS = (
    View(ScopeForm.BANK, Mask.HEAD),
    View(ScopeForm.NOTHING, Mask.ALL),
    View(ScopeForm.UNIT, Mask.OUTLET),
    View(ScopeForm.GRIDS, Mask.FULL_OWN),
)
"""Those of most people: their statements are written before anybody asks, of others at the first request."""


def view_of(actor: Actor | None) -> View:
    return NOBODY if actor is None else View(actor.form, actor.mask)


def guard(view: View) -> Any:
    """The condition under which a compiled answer may be given; nobody's view needs none."""
    return None if view.scope is ScopeForm.NOBODY else is_still()


def values_of(actor: Actor | None, today: date) -> dict[str, Any]:
    """The bound parameters of every statement of this request."""
    month = datetime.combine(today.replace(day=1), time(), BANK_ZONE)
    values: dict[str, Any] = {"today": today, "month_began_at": month}
    if actor is None:
        return {**values, **_NOBODYS}
    permissions = sorted(actor.permissions)
    return {
        **values,
        **scope_values(actor),
        "actor_account": actor.account_id,
        "rights_version": actor.rights_version,
        "actor_permissions": permissions,
        "actor_permission_names": [name_of(one) for one in permissions],
    }


_LISTS = ("actor_units", "actor_grids", "actor_customers", "actor_permissions", "actor_permission_names")
_KEYS = ("actor_unit", "actor_staff", "actor_owner", "actor_org", "actor_account", "rights_version")
_NOBODYS: dict[str, Any] = {**{name: [] for name in _LISTS}, **dict.fromkeys(_KEYS)}


def may(permission: Permission) -> ColumnElement[bool]:
    """Whether the actor has it: a parameter, so that PostgreSQL looks once for each part that hangs on it."""
    return literal_column(f"'{permission}'", String) == any_(ACTOR_PERMISSIONS)


def branches(scope: RowScope, permission: Permission | None = None) -> engine.Scope:
    """A scope of the domain in the engine's words, for whoever has the permission."""
    return tuple(_branch(branch, permission) for branch in scope)


def _branch(branch: Each | Only, permission: Permission | None) -> engine.Each | engine.Only:
    if isinstance(branch, Each):
        return engine.Each(branch.column, branch.values, _both(branch.but, permission))
    return engine.Only(_both(branch.predicate, permission) or branch.predicate)


def _both(predicate: Predicate | None, permission: Permission | None) -> Predicate | None:
    if permission is None:
        return predicate
    asked = may(permission)
    return lambda row: asked if predicate is None else and_(asked, predicate(row))


def signed_in(view: View) -> engine.Scope:
    """Open to everybody who is signed in: the directory of the bank."""
    return engine.NOTHING if view.scope is ScopeForm.NOBODY else engine.EVERYTHING


def with_permission(permission: Permission) -> Any:
    """Rows for whoever has the permission, also where they are reached by `node`."""
    allowed: engine.Scope = (engine.Only(lambda _row: may(permission)),)
    return lambda view: engine.NOTHING if view.scope is ScopeForm.NOBODY else allowed


def of_the_bank(permission: Permission) -> Any:
    """Rows that are of the whole bank: for whoever has the permission and the bank as his scope."""
    allowed: engine.Scope = (engine.Only(lambda _row: may(permission)),)
    return lambda view: allowed if view.scope is ScopeForm.BANK else engine.NOTHING


def payload(type_: Any) -> ColumnElement[Any]:
    """The key of what a mutation made, for the fields of its payload."""
    return bindparam("payload", type_=type_)


def rows_of(model: Any) -> Any:
    """New aliases of a table."""
    return lambda _view: model.__table__.alias()
