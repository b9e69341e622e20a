"""What lies inside of a grid or an area, and what grids came to on past days."""

from datetime import date

import strawberry
from strawberry import UNSET

from domain.customers.permissions import VIEW_CUSTOMERS
from schema.context import Info
from schema.customers.areas import Area
from schema.global_ids import key_named
from schema.grids.types import GridLevel
from schema.performance.day_types import GridsOnDay, KeptDay, UnderPlan
from schema.performance.days import grids_on_day, kept_days
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

    @read(VIEW_CUSTOMERS, "留存日: data dates of which figures of grids are kept, the newest first.")
    async def kept_days(self, info: Info) -> list[KeptDay]:
        return await kept_days(info.context)

    @read(
        VIEW_CUSTOMERS,
        "某日各网格 within the viewer's scope of today: of the plan in force, or of the plan that the day had.",
    )
    async def grids_on_day(self, info: Info, day: date, level: GridLevel, under: UnderPlan) -> GridsOnDay:
        return await grids_on_day(info.context, day, level, under)
