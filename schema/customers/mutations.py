"""Cutting a link between source records."""

from typing import Annotated

import strawberry

from domain.shared.permissions import Permission
from schema.context import Info
from schema.customers.types import CutLinkInput, CutLinkSuccess, LinkNotCut
from schema.permissions import write

CutLinkResult = Annotated[CutLinkSuccess | LinkNotCut, strawberry.union("CutLinkResult")]


@strawberry.type
class CustomerMutations:
    @write(
        Permission.CUT_LINK,
        "拆分: these two source records are not one party; both fall back to what they were.",
    )
    async def cut_link(self, info: Info, input: CutLinkInput) -> CutLinkResult:  # noqa: ARG002
        raise AssertionError
