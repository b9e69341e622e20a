"""Cutting a link between source records."""

from typing import Annotated

import strawberry

from domain.customers.permissions import CUT_LINK
from domain.stories.cutting import Cut, cut_within_scope
from geo.identity import to_wgs84
from schema.context import Info
from schema.customers.types import CutLinkInput, CutLinkSuccess, LinkNotCut
from schema.permissions import write

CutLinkResult = Annotated[CutLinkSuccess | LinkNotCut, strawberry.union("CutLinkResult")]


@strawberry.type
class CustomerMutations:
    @write(
        CUT_LINK,
        "拆分: these two source records are not one party; both fall back to what they were.",
    )
    async def cut_link(self, info: Info, input: CutLinkInput) -> CutLinkResult:
        cut = Cut(
            input.idempotency_key, (input.feed_a, input.key_a), (input.feed_b, input.key_b), input.reason
        )
        async with info.context.open_unit_of_work() as uow:
            customers = await cut_within_scope(
                uow, info.context.who(), cut, rooms=info.context.house.rooms, to_wgs84=to_wgs84
            )
        return CutLinkSuccess(key=customers)
