"""How the organisation and the viewer are read."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    any_,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import array

from domain.performance.permissions import VIEW_DASHBOARD
from domain.shared import row_scope as domain
from domain.shared.actor import ScopeForm
from domain.shared.data_date import DATA_DATE
from domain.shared.models import OrgUnit, Setting, Staff
from domain.shared.org_units import OrgUnitKind
from domain.shared.row_scope import ACTOR_ORG, ACTOR_STAFF, ACTOR_UNIT, ACTOR_UNITS, Predicate
from schema.engine.given import Given, known_text
from schema.engine.keys import bigint_key
from schema.engine.mapping import Field, Many, One, TypeMap, Value, column, global_id
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.global_ids import named
from schema.view import ACTOR_PERMISSION_NAMES, TODAY, View, branches, rows_of, signed_in


def data_date() -> ColumnElement[Any]:
    """The data date in force; null before the first night."""
    return literal_column(DATA_DATE, Date)


def tile_version() -> ColumnElement[Any]:
    """What the night or a cut put in force; browsers keep tiles under it."""
    setting = Setting.__table__.alias()  # type: ignore[attr-defined]
    text = setting.c.value.op("#>>", return_type=String())(literal_column("'{}'"))
    kept = select(text).where(setting.c.name == "tile_version").scalar_subquery()
    return func.coalesce(kept, literal_column("'none'", String))


def _own_staff(view: View) -> Scope:
    return NOTHING if view.scope is ScopeForm.NOBODY else (Only(lambda row: row.c.id == ACTOR_STAFF),)


def is_there(unit: Row) -> ColumnElement[bool]:
    """Units of today; a figure of the past may still name one that is closed."""
    has_begun = or_(unit.c.from_on.is_(None), unit.c.from_on <= TODAY)
    return and_(has_begun, or_(unit.c.to_on.is_(None), unit.c.to_on > TODAY))


ORG_UNIT = TypeMap(
    "OrgUnit",
    {
        "id": global_id("OrgUnit"),
        "name": column("name"),
        "code": column("code"),
        "kind": column("kind"),
        "parent": One("OrgUnit", lambda unit, parent, _: parent.c.id == unit.c.parent_id),
    },
    rows=rows_of(OrgUnit),
    scope=signed_in,
    read_key=bigint_key,
)

STAFF = TypeMap(
    "Staff",
    {
        "id": global_id("Staff"),
        "name": column("name"),
        "number": column("number"),
        "role": column("role"),
        "orgUnit": One("OrgUnit", lambda staff, unit, _: unit.c.id == staff.c.org_unit_id),
    },
    rows=rows_of(Staff),
    scope=signed_in,
    read_key=bigint_key,
)

VIEWER = TypeMap(
    "Viewer",
    {
        "staff": One("Staff", lambda viewer, staff, _: staff.c.id == viewer.c.id),
        "permissions": Value(lambda _row, _view: ACTOR_PERMISSION_NAMES),
        # A statement is written for each form, so the form stands in it; the guard looks whether it is still his.
        "scope": Value(lambda _row, view: known_text(view.scope)),
        "role": column("role"),
        "orgUnit": One("OrgUnit", lambda viewer, unit, _: unit.c.id == viewer.c.org_unit_id),
        "dataDate": Value(lambda _row, _view: data_date()),
        "tileVersion": Value(lambda _row, _view: tile_version()),
    },
    rows=rows_of(Staff),
    scope=_own_staff,
)


def _units(view: View) -> Scope:
    """A customer manager's dashboard hangs on his own unit and counts his own customers."""
    shown: dict[ScopeForm, Predicate] = {
        ScopeForm.UNIT: lambda unit: unit.c.id.in_([ACTOR_ORG, ACTOR_UNIT]),
        ScopeForm.UNITS: _is_his,
        ScopeForm.GRIDS: lambda unit: unit.c.id == ACTOR_ORG,
        ScopeForm.MIXED: _is_his,
    }
    if view.scope is ScopeForm.NOBODY:
        return NOTHING
    return branches((domain.Only(shown.get(view.scope, lambda unit: unit.c.id > 0)),), VIEW_DASHBOARD)


def _is_his(unit: Row) -> ColumnElement[bool]:
    return or_(unit.c.id == ACTOR_ORG, unit.c.id == any_(ACTOR_UNITS))


def _asked(_root: Row, unit: Row, arguments: Given) -> ColumnElement[bool]:
    wanted = named(arguments, "orgUnitId", "OrgUnit") if "orgUnitId" in arguments else ACTOR_ORG
    return unit.c.id == wanted


def is_bank(unit: Row) -> ColumnElement[bool]:
    return unit.c.kind == known_text(OrgUnitKind.HEAD_OFFICE)


def is_below(unit: Row) -> Predicate:
    """Whether what belongs to a unit belongs to this one or to one below it today."""
    below = func.units_below(array([unit.c.id]), TODAY).table_valued("id").render_derived()
    return lambda row: row.c.org_unit_id.in_(select(below.c.id).correlate(unit))


DASHBOARD = TypeMap(
    "Dashboard",
    {"dataDate": Value(lambda _unit, _view: func.coalesce(data_date(), TODAY - literal_column("1")))},
    rows=rows_of(OrgUnit),
    scope=_units,
)

PAYLOAD = TypeMap(
    "SignInSuccess", {"viewer": One("Viewer", lambda _payload, _viewer, _: true())}, is_root=True
)
ROOT: dict[str, Field] = {
    "viewer": One("Viewer", lambda _root, _viewer, _: true()),
    "organisation": Many(
        "OrgUnit",
        lambda _root, unit, _: is_there(unit),
        order=lambda unit: [unit.c.kind != known_text(OrgUnitKind.HEAD_OFFICE), unit.c.code],
    ),
    "dashboard": One("Dashboard", _asked),
}
TYPES = (ORG_UNIT, STAFF, VIEWER, DASHBOARD, PAYLOAD)
