"""Balances over the drafts of plans."""

import strawberry

from domain.grids.permissions import EDIT_GRIDS
from schema.balances.types import PlanBalance
from schema.lists import read_by_the_engine
from schema.permissions import read


@strawberry.type
class BalanceQueries:
    @read(EDIT_GRIDS, "均衡 asked for over a draft, the latest first.")
    def plan_balances(self, plan_id: strawberry.ID) -> list[PlanBalance]:
        read_by_the_engine(plan_id)

    @read(EDIT_GRIDS, "One of them; null where there is none.")
    def plan_balance(self, id: strawberry.ID) -> PlanBalance | None:
        read_by_the_engine(id)
