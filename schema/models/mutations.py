"""Reasons on demand."""

import strawberry

from ml.explaining import ask_for_reasons
from ml.permissions import EXPLAIN_SCORE
from schema.context import Info
from schema.global_ids import key_named
from schema.models.types import ExplainScoreInput, ExplainScoreResult, ExplainScoreSuccess
from schema.permissions import write


@strawberry.type
class ModelMutations:
    @write(EXPLAIN_SCORE, "Asks for the reasons of one score; a job finds them.")
    async def explain_score(self, info: Info, input: ExplainScoreInput) -> ExplainScoreResult:
        async with info.context.open_unit_of_work() as uow:
            queued = await ask_for_reasons(
                uow,
                info.context.who(),
                key=input.idempotency_key,
                customer_id=key_named(input.customer_id, "Customer"),
                model=input.model,
            )
        return ExplainScoreSuccess(queued=queued)
