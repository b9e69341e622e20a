"""地名、网点与网格 as the map's search finds them: by a part of the name, or by their id."""

from enum import Enum
from typing import Any

import strawberry
from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Select,
    String,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from strawberry import UNSET

from domain.customers.identity.text import half_width
from domain.grids.models import Atom, Grid
from domain.grids.permissions import VIEW_GRIDS
from domain.grids.scope import grid_scope
from domain.shared.models import OrgUnit
from domain.shared.rules.values import escaped
from geo.tables import AtomBoundary, GridBoundary, PlaceName
from schema.customers.filters import wanted_text
from schema.engine.given import Given, known_text
from schema.engine.mapping import Field, OrderKey, Page, TypeMap, Value, column, plain_column
from schema.engine.scope import Row, within
from schema.field_classes import c1
from schema.grids.mapping import GEOJSON_DIGITS, grids_in_force
from schema.nodes import Count, PageInfo
from schema.organisation.mapping import is_there
from schema.scalars import GeoJSON
from schema.view import View, branches, with_permission

AROUND_AN_OUTLET_DEG = 0.004
"""Some 400 m to each side."""


@strawberry.enum(description="地图地点: what the map can find by its name.")
class MapPlaceKind(Enum):
    TOWN = "TOWN"
    VILLAGE = "VILLAGE"
    ATOM = "ATOM"
    OUTLET = "OUTLET"
    LARGE = strawberry.enum_value("LARGE", description="大网格 of the plan in force.")
    SMALL = strawberry.enum_value("SMALL", description="小网格 of the plan in force.")


@strawberry.type(description="地图地点: a place, an outlet with a place, or a grid of the viewer's scope.")
class MapPlace:
    id: strawberry.ID = c1("What it is called in `mapPlaces` and on tiles, such as TOWN:123 or Grid:12.")
    kind: MapPlaceKind = c1("What it is.")
    code: str = c1("Its code.")
    name: str = c1("The name people use.")
    within: str = c1("What it belongs to, the largest first; empty where there is nothing to say.")
    west_deg: float = c1("WGS 84, of the smallest box around it.")
    south_deg: float = c1("The same.")
    east_deg: float = c1("The same.")
    north_deg: float = c1("The same.")
    boundary: GeoJSON | None = c1("The outline, always a MultiPolygon; null for an outlet.")


@strawberry.type(description="A place in a list.")
class MapPlaceEdge:
    node: MapPlace = c1("The place.")
    cursor: str = c1("Where it stands in the list.")


@strawberry.type(description="A page of places, those with the shortest names first.")
class MapPlaceConnection:
    edges: list[MapPlaceEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many places match.")


@strawberry.input(description="All given conditions hold.")
class MapPlaceFilter:
    text: str | None = strawberry.field(default=UNSET, description="Part of the name, or the code.")
    kind: list[MapPlaceKind] | None = UNSET
    id: list[strawberry.ID] | None = UNSET


_COLUMNS = (
    "id",
    "kind",
    "code",
    "name",
    "within",
    "west_deg",
    "south_deg",
    "east_deg",
    "north_deg",
    "grid_id",
)
_NO_GRID = literal_column("null::bigint", BigInteger)


def _named(*values: ColumnElement[Any]) -> Select[Any]:
    return select(*(value.label(name) for name, value in zip(_COLUMNS, values, strict=True)))


def _prefixed(prefix: ColumnElement[Any], key: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.concat(prefix, literal_column("':'"), key, type_=String())


def _places() -> Select[Any]:
    place = PlaceName.__table__.alias().c  # type: ignore[attr-defined]
    box = (place.west_deg_wgs84, place.south_deg_wgs84, place.east_deg_wgs84, place.north_deg_wgs84)
    told = (place.kind, place.code, place.name, place.within)
    return _named(_prefixed(place.kind, place.code), *told, *box, _NO_GRID)


def _outlets() -> Select[Any]:
    unit = OrgUnit.__table__.alias()  # type: ignore[attr-defined]
    around = literal_column(str(AROUND_AN_OUTLET_DEG), Double)
    lon, lat = unit.c.lon_deg_wgs84, unit.c.lat_deg_wgs84
    return _named(
        _prefixed(known_text("OrgUnit"), unit.c.id),
        known_text("OUTLET"),
        unit.c.code,
        unit.c.name,
        func.coalesce(unit.c.address, literal_column("''", String)),
        *(lon - around, lat - around, lon + around, lat + around),
        _NO_GRID,
    ).where(is_there(unit), lon.is_not(None), lat.is_not(None))


def _grids(view: View) -> Select[Any]:
    grid, boundary = grids_in_force(view), GridBoundary.__table__.alias()  # type: ignore[attr-defined]
    large, shape = Grid.__table__.alias(), boundary.c.boundary_wgs84  # type: ignore[attr-defined]
    box = (getattr(func, edge)(shape, type_=Double) for edge in ("ST_XMin", "ST_YMin", "ST_XMax", "ST_YMax"))
    return (
        _named(
            _prefixed(known_text("Grid"), grid.c.id),
            *(
                grid.c.level,
                grid.c.code,
                grid.c.name,
                func.coalesce(large.c.name, literal_column("''", String)),
            ),
            *box,
            grid.c.id,
        )
        .select_from(
            grid.join(boundary, boundary.c.grid_id == grid.c.id).outerjoin(
                large, large.c.id == grid.c.parent_id
            )
        )
        .where(within(grid, branches(grid_scope(view.scope), VIEW_GRIDS)))
    )


def _rows(view: View) -> Row:
    return union_all(_places(), _outlets(), _grids(view)).subquery()


def _boundary(row: Row, _view: View) -> ColumnElement[Any]:
    """A grid's own, or the union of the atoms of a place."""
    atom, area = Atom.__table__.alias(), AtomBoundary.__table__.alias()  # type: ignore[attr-defined]
    grid = GridBoundary.__table__.alias()  # type: ignore[attr-defined]
    code = {"TOWN": atom.c.town_code, "VILLAGE": atom.c.village_code, "ATOM": atom.c.code}
    is_part = or_(*(and_(row.c.kind == known_text(kind), key == row.c.code) for kind, key in code.items()))
    united = (
        select(func.ST_Multi(func.ST_Union(area.c.boundary_wgs84)))
        .select_from(atom.join(area, area.c.atom_id == atom.c.id))
        .where(is_part)
        .correlate(row)
        .scalar_subquery()
    )
    own = (
        select(grid.c.boundary_wgs84).where(grid.c.grid_id == row.c.grid_id).correlate(row).scalar_subquery()
    )
    turned = func.ST_ForcePolygonCCW(case((row.c.grid_id.is_not(None), own), else_=united))
    written = func.ST_AsGeoJSON(turned, literal_column(str(GEOJSON_DIGITS)), type_=String)
    return cast(written, JSON)


def _wanted(asked: str) -> str:
    return half_width(wanted_text(asked))


def _text(row: Row, asked: Given, _view: View) -> ColumnElement[bool]:
    part = asked.bind(String(), lambda one: f"%{escaped(_wanted(one))}%")
    return or_(row.c.name.ilike(part), row.c.code == asked.bind(String(), _wanted))


def _one_of(name: str) -> Any:
    return lambda row, asked, _view: row.c[name] == any_(asked.bind(ARRAY(String)))


MAP_PLACE = TypeMap(
    "MapPlace",
    {
        "id": column("id"),
        "kind": plain_column("kind"),
        "code": column("code"),
        "name": column("name"),
        "within": column("within"),
        "westDeg": column("west_deg"),
        "southDeg": column("south_deg"),
        "eastDeg": column("east_deg"),
        "northDeg": column("north_deg"),
        "boundary": Value(_boundary),
    },
    rows=_rows,
    scope=with_permission(VIEW_GRIDS),
    filters={"text": _text, "kind": _one_of("kind"), "id": _one_of("id")},
)
_SHORTEST_FIRST = OrderKey(lambda row, _view: -func.char_length(row.c.name, type_=Integer))
PLACES_ROOT: dict[str, Field] = {"mapPlaces": Page("MapPlace", newest_first=_SHORTEST_FIRST)}
