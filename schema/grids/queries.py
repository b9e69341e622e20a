"""Grids of the plan in force within the viewer's scope."""

import strawberry
from strawberry import UNSET

from domain.grids.permissions import VIEW_GRIDS
from schema.grids.base_map import BaseMap
from schema.grids.ground import GroundLayer
from schema.grids.places import MapPlaceConnection, MapPlaceFilter
from schema.grids.types import Grid, GridLevel, PostNotice
from schema.lists import read_by_the_engine
from schema.permissions import read


@strawberry.type
class GridQueries:
    @read(VIEW_GRIDS, "Grids of the plan in force, by code.")
    def grids(self, level: GridLevel | None = UNSET, parent_id: strawberry.ID | None = UNSET) -> list[Grid]:
        read_by_the_engine(level, parent_id)

    @read(VIEW_GRIDS, "One grid; null where there is none within the viewer's scope.")
    def grid(self, id: strawberry.ID) -> Grid | None:
        read_by_the_engine(id)

    @read(VIEW_GRIDS, "岗位提醒 of the grids within the viewer's scope, the most pressing first.")
    def post_notices(self) -> list[PostNotice]:
        read_by_the_engine()

    @read(VIEW_GRIDS, "地图地点 by name: places, outlets, grids of the scope; the shortest name first.")
    def map_places(
        self, first: int | None = UNSET, after: str | None = UNSET, filter: MapPlaceFilter | None = UNSET
    ) -> MapPlaceConnection:
        read_by_the_engine(first, after, filter)

    @read(
        VIEW_GRIDS, "底图: what lies beneath the map as of the data date; null where the bank has set none."
    )
    def base_map(self) -> BaseMap | None:
        read_by_the_engine()

    @read(
        VIEW_GRIDS, "地物图层 that the bank has brought: water before roads; none where it has brought none."
    )
    def ground_layers(self) -> list[GroundLayer]:
        read_by_the_engine()
