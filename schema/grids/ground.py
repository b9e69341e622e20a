"""水系 and 道路 that the bank has brought, as the map's legend names them; tiles have what is drawn."""

from datetime import date
from enum import Enum

import strawberry
from sqlalchemy import true

from domain.grids.permissions import VIEW_GRIDS
from geo.tables import GroundLayer as GroundLayerRow
from schema.engine.mapping import Field, Many, TypeMap, column, columns, plain_column
from schema.field_classes import c1
from schema.view import rows_of, with_permission


@strawberry.enum(description="地物: what lies on the ground beneath the grids.")
class GroundKind(Enum):
    WATER = strawberry.enum_value("WATER", description="水系: rivers and lakes.")
    ROADS = strawberry.enum_value("ROADS", description="道路.")


@strawberry.type(description="地物图层: one that the bank has brought as a file.")
class GroundLayer:
    layer: GroundKind = c1("Which.")
    source: str = c1("Whose map it is; shown wherever the map is.")
    as_of: date = c1("The day of the map.")
    features: int = c1("Lines and areas.")


GROUND_TYPE = TypeMap(
    "GroundLayer",
    {**columns("source", "features"), "layer": plain_column("layer"), "asOf": column("as_of")},
    rows=rows_of(GroundLayerRow),
    key="layer",
    scope=with_permission(VIEW_GRIDS),
)
GROUND_ROOT: dict[str, Field] = {
    "groundLayers": Many(
        "GroundLayer", lambda _root, _layer, _: true(), order=lambda layer: [layer.c.layer.desc()], weight=2
    )
}
