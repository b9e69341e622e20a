"""底图 of the bank's own choice, as the map in a browser asks for it: the key stands in the addresses."""

from typing import Any

import strawberry
from sqlalchemy import ColumnElement, Integer, String, cast, func, literal_column, select, true

from domain.grids.base_map import BASE_MAP, USUAL_LARGEST_ZOOM
from domain.grids.permissions import VIEW_GRIDS
from schema.engine.given import known_text
from schema.engine.mapping import Field, One, TypeMap, Value
from schema.engine.scope import Row
from schema.field_classes import c1
from schema.parameters.mapping import versions_in_force
from schema.view import View, with_permission


@strawberry.type(
    description="底图: tiles of Web Mercator in WGS 84 or CGCS2000, of a service that the bank has set."
)
class BaseMap:
    tiles: str = c1("The address of tiles, with {z}, {x} and {y}.")
    labels: str | None = c1("The address of tiles with names on them, where they are apart.")
    attribution: str = c1("Whose map it is; shown wherever the map is.")
    approval_number: str = c1("审图号; shown wherever the map is.")
    largest_zoom: int = c1("The nearest zoom that there are tiles of.")


def _set(_view: View) -> Row:
    """One row, or none where there is to be no base map."""
    version = versions_in_force()
    has_tiles = version.c.value.op("?")(known_text("tiles"))
    return (
        select(version.c.value)
        .where(version.c.name == literal_column(f"'{BASE_MAP}'", String), has_tiles)
        .subquery()
    )


def _part(row: Row, name: str) -> ColumnElement[Any]:
    return row.c.value.op("->>", return_type=String())(known_text(name))


def _address(name: str) -> Value:
    def sql(row: Row, _view: View) -> ColumnElement[Any]:
        key = func.coalesce(_part(row, "key"), literal_column("''", String))
        return func.replace(_part(row, name), literal_column("'{key}'", String), key, type_=String())

    return Value(sql)


def _largest_zoom(row: Row, _view: View) -> ColumnElement[Any]:
    usual = literal_column(str(USUAL_LARGEST_ZOOM), Integer)
    return func.coalesce(cast(_part(row, "largest_zoom"), Integer), usual)


BASE_MAP_TYPE = TypeMap(
    "BaseMap",
    {
        "tiles": _address("tiles"),
        "labels": _address("labels"),
        "attribution": Value(lambda row, _view: _part(row, "attribution")),
        "approvalNumber": Value(lambda row, _view: _part(row, "approval")),
        "largestZoom": Value(_largest_zoom),
    },
    rows=_set,
    key="value",
    scope=with_permission(VIEW_GRIDS),
)
BASE_MAP_ROOT: dict[str, Field] = {"baseMap": One("BaseMap", lambda _root, _set, _: true())}
