"""Reasons on demand."""

import strawberry

from domain.shared.permissions import Permission
from schema.context import Info
from schema.models.types import ExplainScoreInput, ExplainScoreResult
from schema.permissions import write


@strawberry.type
class ModelMutations:
    @write(Permission.EXPLAIN_SCORE, "Asks for the reasons of one score; a job finds them.")
    async def explain_score(self, info: Info, input: ExplainScoreInput) -> ExplainScoreResult:
        raise AssertionError
