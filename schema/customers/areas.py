"""在图上画的区域: whom an area on the map keeps, for each way in which a viewer sees places."""

from dataclasses import dataclass
from typing import Any, NewType

import strawberry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    any_,
    func,
    literal_column,
    or_,
    select,
    true,
)

from domain.shared.actor import ScopeForm
from domain.shared.row_scope import ACTOR_GRIDS, ACTOR_UNIT, ACTOR_UNITS
from geo.drawn_areas import FEWEST_CORNERS, MOST_CORNERS, DrawnArea, Wrong, WrongArea, area_of
from geo.tables import PLACE_BITS, WEB_MERCATOR_SRID, WORLD_M, CustomerPoint, GridBoundary
from schema.customers.masking import is_masked
from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given
from schema.engine.scope import Row
from schema.view import View

Area = NewType("Area", dict)  # type: ignore[type-arg]


def _object(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("not a GeoJSON object")
    return value


AREA_SCALAR = strawberry.scalar(
    name="Area",
    description=(
        f"区域: a GeoJSON Polygon of one ring in WGS 84, longitude first, {FEWEST_CORNERS} to {MOST_CORNERS} corners; "
        "its sides are straight on the map."
    ),
    serialize=_object,
    parse_value=_object,
)
AREA_SAMPLE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [
        [[119.505, 33.605], [119.53, 33.605], [119.53, 33.615], [119.505, 33.615], [119.505, 33.605]]
    ],
}

_CODE = "BAD_AREA"
_UNREADABLE = complaint(_CODE, "AREA_UNREADABLE")
_CORNERS = complaint(_CODE, "AREA_CORNERS", takes=("fewest", "most"))
_OFF_THE_MAP = complaint(_CODE, "AREA_OFF_THE_MAP", takes=("lon", "lat"))
_CROSSES = complaint(_CODE, "AREA_CROSSES", takes=("lon", "lat"))
_FLAT = complaint(_CODE, "AREA_FLAT")


def read_area(geojson: Any) -> DrawnArea:
    """Raises BadRequest with the place where something is wrong."""
    try:
        return area_of(geojson)
    except WrongArea as wrong:
        raise _refusal(wrong) from wrong


def _refusal(wrong: WrongArea) -> BadRequest:
    if wrong.at_deg is not None:
        lon_deg, lat_deg = wrong.at_deg
        said = _OFF_THE_MAP if wrong.wrong is Wrong.OFF_THE_MAP else _CROSSES
        return BadRequest(said, lon=f"{lon_deg:g}", lat=f"{lat_deg:g}")
    if wrong.wrong is Wrong.CORNERS:
        return BadRequest(_CORNERS, fewest=FEWEST_CORNERS, most=MOST_CORNERS)
    return BadRequest(_FLAT if wrong.wrong is Wrong.FLAT else _UNREADABLE)


def inside(row: Row, area: Given, view: View) -> ColumnElement[bool]:
    """Where the map draws the customer: at his point, or, where places are masked, at the centre of his grid.

    So a masked viewer gets whole grids and learns nothing of single places by moving the line.
    """
    box = _Box.of(area)
    ewkt = area.bind(String(), lambda one: read_area(one).ewkt)
    # A subquery of its own: a bound value would be read anew for each row, where a plan serves all values.
    shape = select(func.st_geomfromewkt(ewkt)).scalar_subquery()
    return _by_grid(row, shape, box) if is_masked("location", view) else _by_point(row, shape, box, view)


@dataclass(frozen=True)
class _Box:
    """What surely lies outside is left out before anything is measured: whole numbers, which an index finds."""

    first_row: ColumnElement[Any]
    last_row: ColumnElement[Any]
    first_column: ColumnElement[Any]
    last_column: ColumnElement[Any]

    @classmethod
    def of(cls, area: Given) -> "_Box":
        return cls(
            area.bind(Integer(), lambda one: read_area(one).first_row),
            area.bind(Integer(), lambda one: read_area(one).last_row),
            area.bind(Integer(), lambda one: read_area(one).first_column),
            area.bind(Integer(), lambda one: read_area(one).last_column),
        )

    def holds(self, row: ColumnElement[Any], column: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(
            row.between(self.first_row, self.last_row), column.between(self.first_column, self.last_column)
        )


def _by_point(row: Row, shape: Any, box: _Box, view: View) -> ColumnElement[bool]:
    point = CustomerPoint.__table__.alias()  # type: ignore[attr-defined]
    found = select(point.c.customer_id).where(
        _of_scope(point, view.scope),
        box.holds(point.c.mercator_row, point.c.mercator_column),
        func.st_intersects(shape, point.c.point_3857),
    )
    kept: ColumnElement[bool] = row.c.id.in_(found)
    return kept


def _of_scope(point: Row, form: ScopeForm) -> ColumnElement[bool]:
    """Nothing but the way to the points by the scope's index: whose customers are seen is the list's to say."""
    if form is ScopeForm.UNIT:
        return point.c.org_unit_id == ACTOR_UNIT
    if form is ScopeForm.UNITS:
        return point.c.org_unit_id == any_(ACTOR_UNITS)
    if form is ScopeForm.GRIDS:
        return or_(point.c.grid_id == any_(ACTOR_GRIDS), point.c.grid_id.is_(None))
    return true()


def _by_grid(row: Row, shape: Any, box: _Box) -> ColumnElement[bool]:
    grid = GridBoundary.__table__.alias()  # type: ignore[attr-defined]
    metres_a_step: ColumnElement[Any] = literal_column(f"{WORLD_M / (1 << PLACE_BITS)!r}::float8")
    middle: ColumnElement[Any] = literal_column(str(1 << PLACE_BITS - 1), BigInteger)
    half: ColumnElement[Any] = literal_column("0.5::float8")
    centre = func.st_setsrid(
        func.st_makepoint(
            (grid.c.centre_column - middle + half) * metres_a_step,
            (middle - grid.c.centre_row - half) * metres_a_step,
        ),
        literal_column(str(WEB_MERCATOR_SRID)),
    )
    found = select(grid.c.grid_id).where(
        box.holds(grid.c.centre_row, grid.c.centre_column), func.st_intersects(shape, centre)
    )
    kept: ColumnElement[bool] = row.c.grid_id == any_(
        func.array(found.scalar_subquery(), type_=ARRAY(BigInteger))
    )
    return kept
