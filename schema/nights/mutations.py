"""Starting a night."""

import strawberry

from domain.shared.permissions import START_NIGHT
from domain.shared.starting import start_night
from schema.context import Info
from schema.nights.types import StartNightInput, StartNightResult, StartNightSuccess
from schema.permissions import write


@strawberry.type
class NightMutations:
    @write(START_NIGHT, "Starts a night; one at a time.")
    async def start_night(self, info: Info, input: StartNightInput) -> StartNightResult:
        async with info.context.open_unit_of_work() as uow:
            run_id = await start_night(
                uow,
                info.context.who(),
                key=input.idempotency_key,
                data_date=input.data_date or None,
                now=info.context.now,
            )
        return StartNightSuccess(key=run_id)
