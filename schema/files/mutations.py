"""Asking for an address. The bytes themselves go past GraphQL (`api/files/uploads.py`)."""

import strawberry

from domain.shared.files.asking import ask_for_upload
from domain.shared.permissions import SEND_FILES
from schema.context import Info
from schema.files.addresses import address_of
from schema.files.types import AskForUploadInput, AskForUploadResult, AskForUploadSuccess
from schema.permissions import write


@strawberry.type
class FileMutations:
    @write(SEND_FILES, "Gives an address for one file; the purpose asks for a permission of its own.")
    async def ask_for_upload(self, info: Info, input: AskForUploadInput) -> AskForUploadResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            expected = await ask_for_upload(
                uow,
                context.who(),
                context.house.files,
                file_id=input.file_id,
                purpose=input.purpose,
                name=input.name,
                size_bytes=input.size_bytes,
            )
        assert context.storage is not None, "whoever serves GraphQL has a place for files"
        return AskForUploadSuccess(
            key=expected.id,
            given_address=address_of(context.sign, expected.id, expected.expires_at),
            until=expected.expires_at,
            received=context.storage.received_bytes(expected.id),
        )
