"""Starting a night, and deciding on held files."""

import strawberry

from domain.feeds.deciding import decide_batch
from domain.feeds.permissions import RELEASE_FEEDS
from domain.shared.permissions import START_NIGHT
from domain.shared.starting import start_night
from schema.context import Info
from schema.global_ids import key_named
from schema.nights.types import (
    DecideBatchInput,
    DecideBatchResult,
    DecideBatchSuccess,
    StartNightInput,
    StartNightResult,
    StartNightSuccess,
)
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

    @write(RELEASE_FEEDS, "Lets a held file through or sends it back; with a reason.")
    async def decide_batch(self, info: Info, input: DecideBatchInput) -> DecideBatchResult:
        async with info.context.open_unit_of_work() as uow:
            batch_id = await decide_batch(
                uow,
                info.context.who(),
                key_named(input.batch_id, "Batch"),
                key=input.idempotency_key,
                accepts=input.accepts,
                reason=input.reason,
                landing=info.context.landing,
                now=info.context.now,
            )
        return DecideBatchSuccess(key=batch_id)
