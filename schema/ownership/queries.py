"""Rules, lists and exceptions for those who keep them."""

import strawberry

from domain.grids.ownership_reading import read_lists, read_rules
from domain.grids.permissions import GIVE_CUSTOMERS
from schema.context import Info
from schema.lists import read_by_the_engine
from schema.ownership.answers import list_of, rule_of
from schema.ownership.types import ListGrid, OwnerException, OwnershipRule
from schema.permissions import read
from schema.plans.queries import ask


@strawberry.type
class OwnershipQueries:
    @read(GIVE_CUSTOMERS, "管护规则 in force and to come, in their order.")
    async def ownership_rules(self, info: Info) -> list[OwnershipRule]:
        who, today = info.context.who(), info.context.today
        return [rule_of(one) for one in await ask(info.context, lambda rows: read_rules(rows, who, today))]

    @read(GIVE_CUSTOMERS, "名单网格 of the viewer's units, those of single people last.")
    async def list_grids(self, info: Info) -> list[ListGrid]:
        who, today = info.context.who(), info.context.today
        return [list_of(one) for one in await ask(info.context, lambda rows: read_lists(rows, who, today))]

    @read(
        GIVE_CUSTOMERS, "管护例外 within the viewer's scope, the next to end first; ended ones where asked."
    )
    def owner_exceptions(self, ended: bool = False) -> list[OwnerException]:
        read_by_the_engine(ended)
