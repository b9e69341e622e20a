"""How the organisation and the viewer are read."""

from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, any_, cast, func, literal_column, or_, select, true

from domain.shared.actor import ScopeForm
from domain.shared.models import OrgUnit, Setting, Staff
from domain.shared.org_units import OrgUnitKind
from domain.shared.row_scope import ACTOR_GRIDS, ACTOR_STAFF
from schema.engine.given import known_text
from schema.engine.keys import bigint_key
from schema.engine.mapping import Many, One, TypeMap, Value, column, global_id
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.view import ACTOR_PERMISSION_NAMES, TODAY, View, rows_of, signed_in


def data_date() -> ColumnElement[Any]:
    """The data date in force; null before the first night."""
    setting = Setting.__table__.alias()  # type: ignore[attr-defined]
    text = setting.c.value.op("#>>")(literal_column("'{}'"))
    return select(cast(text, Date)).where(setting.c.name == "data_date").scalar_subquery()


def tile_version() -> ColumnElement[Any]:
    """What the night or a cut put in force; browsers keep tiles under it."""
    setting = Setting.__table__.alias()  # type: ignore[attr-defined]
    text = setting.c.value.op("#>>", return_type=String())(literal_column("'{}'"))
    kept = select(text).where(setting.c.name == "tile_version").scalar_subquery()
    return func.coalesce(kept, literal_column("'none'", String))


def _own_staff(view: View) -> Scope:
    return NOTHING if view.scope is ScopeForm.NOBODY else (Only(lambda row: row.c.id == ACTOR_STAFF),)


def _is_there(unit: Row) -> ColumnElement[bool]:
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
        "role": column("role"),
        "orgUnit": One("OrgUnit", lambda viewer, unit, _: unit.c.id == viewer.c.org_unit_id),
        "grids": Many(
            "Grid", lambda _viewer, grid, _: grid.c.id == any_(ACTOR_GRIDS), order=lambda grid: [grid.c.code]
        ),
        "dataDate": Value(lambda _row, _view: data_date()),
        "tileVersion": Value(lambda _row, _view: tile_version()),
    },
    rows=rows_of(Staff),
    scope=_own_staff,
)

PAYLOAD = TypeMap(
    "SignInSuccess", {"viewer": One("Viewer", lambda _payload, _viewer, _: true())}, is_root=True
)
ROOT = {
    "viewer": One("Viewer", lambda _root, _viewer, _: true()),
    "organisation": Many(
        "OrgUnit",
        lambda _root, unit, _: _is_there(unit),
        order=lambda unit: [unit.c.kind != known_text(OrgUnitKind.HEAD_OFFICE), unit.c.code],
    ),
}
TYPES = (ORG_UNIT, STAFF, VIEWER, PAYLOAD)
