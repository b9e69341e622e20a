"""Files that people send."""

from datetime import datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry

from domain.shared.files import kinds
from schema.field_classes import c1, c2
from schema.lists import read_by_the_engine
from schema.nodes import Node, Refusal
from schema.permissions import enum_of
from schema.statements import Statement

FileKind = enum_of("FileKind", kinds.FileKind.__members__, "文件种类, by content and never by name.")


@strawberry.enum(
    description="文件状态: EXPECTED until all of it came, WAITING until somebody looked, then CHECKED or REFUSED."
)
class FileState(Enum):
    EXPECTED = "EXPECTED"
    WAITING = "WAITING"
    CHECKED = "CHECKED"
    REFUSED = "REFUSED"


@strawberry.type(description="文件: one that the viewer sent; nobody else sees it here.")
class StoredFile(Node):
    name: str = c2("What it was called where it came from.")
    purpose: str = c1("What it was sent for.")
    state: FileState = c1("Where it stands.")
    kind: FileKind | None = c1("What it is; null until somebody looked.")  # type: ignore[valid-type]
    size_bytes: int = c1("How large it was announced to be.")
    refusal: Statement | None = c1("Why nothing of it is kept.")
    asked_at: datetime = c1("When its address was asked for.")
    checked_at: datetime | None = c1("When it was looked at.")
    is_used: bool = c1("Whether something stands on it; while nothing does, it goes when its days are over.")


@strawberry.input(
    description="Asks for an address for one file. The id is the client's; asked again it is the same."
)
class AskForUploadInput:
    file_id: UUID
    purpose: str
    name: str
    size_bytes: int


@strawberry.type(
    description="Where the bytes of one file are sent, until when, and how many are there already."
)
class AskForUploadSuccess:
    key: strawberry.Private[UUID]
    given_address: strawberry.Private[str]
    until: strawberry.Private[datetime]
    received: strawberry.Private[int]

    @strawberry.field(
        description="PUT the bytes here, on the product's own origin, with the session that asked."
    )
    def address(self) -> str:
        return self.given_address

    @strawberry.field(description="When the address ends.")
    def expires_at(self) -> datetime:
        return self.until

    @strawberry.field(description="How many bytes there are: `Upload-Offset` of the next request.")
    def received_bytes(self) -> int:
        return self.received

    @strawberry.field(description="The file.")
    def file(self) -> StoredFile:
        read_by_the_engine()


@strawberry.type(
    description="FILE_PURPOSE_NOT_KNOWN, FILE_NAME_NOT_VALID, FILE_SIZE_NOT_VALID, TOO_MANY_FILES, "
    "FILES_OF_DAY_USED_UP, FILE_IS_ANOTHER."
)
class UploadNotGiven(Refusal):
    pass


AskForUploadResult = Annotated[AskForUploadSuccess | UploadNotGiven, strawberry.union("AskForUploadResult")]
