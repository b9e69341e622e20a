"""Cutting a link between source records."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
import strawberry

from domain.customers.cutting import Cut, cut_within_scope
from domain.customers.permissions import CUT_LINK
from geo.datum import Datum, to_wgs84
from schema.context import Info
from schema.customers.types import CutLinkInput, CutLinkSuccess, LinkNotCut
from schema.permissions import write

CutLinkResult = Annotated[CutLinkSuccess | LinkNotCut, strawberry.union("CutLinkResult")]


def _to_wgs84(
    lon_deg: Sequence[float], lat_deg: Sequence[float], datum: str
) -> tuple[Sequence[float], Sequence[float]]:
    lon, lat = to_wgs84(np.asarray(lon_deg, float), np.asarray(lat_deg, float), Datum(datum))
    return lon.tolist(), lat.tolist()


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
            customers = await cut_within_scope(uow, info.context.who(), cut, to_wgs84=_to_wgs84)
        return CutLinkSuccess(key=customers)
