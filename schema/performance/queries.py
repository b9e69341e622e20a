"""经营看板."""

import strawberry
from strawberry import UNSET

from domain.performance.permissions import VIEW_DASHBOARD
from schema.lists import read_by_the_engine
from schema.performance.types import Dashboard
from schema.permissions import read


@strawberry.type
class PerformanceQueries:
    @read(VIEW_DASHBOARD, "The viewer's own figures, or those of an org unit within the scope.")
    def dashboard(self, org_unit_id: strawberry.ID | None = UNSET) -> Dashboard:
        read_by_the_engine(org_unit_id)
