"""Recording a visit."""

import strawberry

from domain.shared.permissions import Permission
from schema.context import Info
from schema.permissions import write
from schema.tasks.types import RecordVisitInput, RecordVisitResult


@strawberry.type
class TaskMutations:
    @write(
        Permission.RECORD_VISIT, "Records a visit; the same key and body give the same visit, however often."
    )
    async def record_visit(self, info: Info, input: RecordVisitInput) -> RecordVisitResult:
        raise AssertionError
