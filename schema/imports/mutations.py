"""Trying a list, carrying it out, taking it back."""

from uuid import UUID

import strawberry

from domain.shared.imports.acts import apply_list, try_list, undo_list, withdraw_list
from domain.shared.permissions import BRING_IMPORTS, DECIDE_IMPORTS, VIEW_IMPORTS
from schema.context import Info
from schema.engine.keys import key_of
from schema.global_ids import key_named
from schema.imports.types import (
    ApplyImportInput,
    ImportResult,
    ImportSuccess,
    TryImportInput,
    UndoImportInput,
    WithdrawImportInput,
)
from schema.permissions import write


@strawberry.type
class ImportMutations:
    @write(BRING_IMPORTS, "Has a worker try a list that the viewer sent; nothing is changed by that.")
    async def try_import(self, info: Info, input: TryImportInput) -> ImportResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            import_id = await try_list(
                uow,
                context.who(),
                context.house.imports,
                input.kind,
                key_of(input.file_id, "StoredFile", UUID),
                day=input.from_on or context.today,
                is_whole=input.is_whole,
                datum=input.datum.value if input.datum else None,
                key=input.idempotency_key,
            )
        return ImportSuccess(key=import_id)

    @write(DECIDE_IMPORTS, "Carries out a list that another brought, as its dry run said.")
    async def apply_import(self, info: Info, input: ApplyImportInput) -> ImportResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            import_id = await apply_list(
                uow,
                context.who(),
                context.house.imports,
                key_named(input.import_id, "Import"),
                reason=input.reason,
                key=input.idempotency_key,
            )
        return ImportSuccess(key=import_id)

    @write(DECIDE_IMPORTS, "Takes an import back while nothing stands on it.")
    async def undo_import(self, info: Info, input: UndoImportInput) -> ImportResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            import_id = await undo_list(
                uow,
                context.who(),
                context.house.imports,
                key_named(input.import_id, "Import"),
                today=context.today,
                key=input.idempotency_key,
            )
        return ImportSuccess(key=import_id)

    @write(
        VIEW_IMPORTS, "Withdraws a list that waits for a second person: by whoever brought it, or may decide."
    )
    async def withdraw_import(self, info: Info, input: WithdrawImportInput) -> ImportResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            import_id = await withdraw_list(
                uow, context.who(), key_named(input.import_id, "Import"), key=input.idempotency_key
            )
        return ImportSuccess(key=import_id)
