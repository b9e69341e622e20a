"""What lies inside of a grid or an area."""

import strawberry
from strawberry import UNSET

from domain.customers.permissions import VIEW_CUSTOMERS
from schema.context import Info
from schema.customers.areas import Area
from schema.global_ids import key_named
from schema.performance.inside import ONE_PLACE, statistics_inside
from schema.performance.inside_types import InsideStatistics
from schema.permissions import read


@strawberry.type
class PerformanceQueries:
    @read(
        VIEW_CUSTOMERS,
        "网格内统计: active customers within the viewer's scope inside of one grid, or of one area on the map.",
    )
    async def inside_statistics(
        self, info: Info, grid_id: strawberry.ID | None = UNSET, area: Area | None = UNSET
    ) -> InsideStatistics:
        if bool(grid_id) == bool(area):
            raise ONE_PLACE
        key = key_named(grid_id, "Grid") if grid_id else None
        return await statistics_inside(info.context, key, area or None)
