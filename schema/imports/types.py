"""Imports: lists that people bring, what they would change, and what is wrong with them."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from geo.datum import Datum
from schema.field_classes import c1, c2
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.parameters.types import JsonValue
from schema.statements import Statement


@strawberry.enum(
    description="WAITING until a worker tried the file; then TRIED, or REFUSED as a whole; "
    "REFUSED also where it was withdrawn; APPLIED; UNDONE."
)
class ImportState(Enum):
    WAITING = "WAITING"
    REFUSED = "REFUSED"
    TRIED = "TRIED"
    APPLIED = "APPLIED"
    UNDONE = "UNDONE"


@strawberry.enum(description="What becomes of a key.")
class ImportAct(Enum):
    NEW = "NEW"
    CHANGED = "CHANGED"
    ENDED = "ENDED"


@strawberry.type(description="导入: one list of one kind.")
class Import(Node):
    kind: str = c1("What it is a list of: org, staff, posts, outline, atoms.")
    state: ImportState = c1("Where it stands.")
    file_name: str = c2("What the file was called where it came from.")
    from_on: date = c1("From when on it holds, where a row does not say.")
    is_whole: bool = c1("Whether what the list leaves out ends.")
    datum: Datum | None = c1("What was said of the numbers of a map; null for a sheet.")
    new_rows: int = c1("Rows whose key was not there.")
    changed_rows: int = c1("Rows that say something else.")
    ended_rows: int = c1("Keys that end.")
    same_rows: int = c1("Rows that are as they were.")
    refused_rows: int = c1("Rows with a problem; what is there for them stays.")
    notes: list[Statement] = c1("What there is to tell beside the changes.")
    refusal: Statement | None = c1(
        "Why the file as a whole was sent back; IMPORT_WITHDRAWN where a person withdrew it."
    )
    is_of_night: bool = c1("Whether a night brought it, from its feed.")
    brought_by: Staff | None = c1("Who brought it; null for the operator and for a night.")
    applied_by: Staff | None = c1("Who carried it out; null for the operator and for a night.")
    undone_by: Staff | None = c1("Who took it back or withdrew it; null for the operator.")
    tried_at: datetime = c1("When it was brought.")
    applied_at: datetime | None = c1("When it was carried out.")
    undone_at: datetime | None = c1("When it was taken back or withdrawn.")
    reason: str | None = c2("Why much may end.")


@strawberry.type(description="A column of a list.")
class ImportColumn:
    name: str = c1("What `ImportChange` calls it.")
    heading: str = c1("What it is called, in the reader's language.")
    told: str = c1("What it is and how it is written.")
    example: str = c1("An example.")
    is_needed: bool = c1("Whether a sheet without it is none of this kind.")


@strawberry.type(description="清单种类: what can be imported.")
class ImportKind:
    name: str = c1("What `tryImport` calls it.")
    title: str = c1("In the reader's language.")
    columns: list[ImportColumn] = c1("Its columns.")
    is_map: bool = c1("Whether map files are taken; then `tryImport` wants the datum of their numbers.")


@strawberry.type(description="What an import makes of one key.")
class ImportChange:
    position: int = c1("Its place, from 0.")
    act: ImportAct = c1("What becomes of it.")
    key: list[str] = c2("The key, such as a staff number.")
    before: JsonValue | None = c2("What was there; null for something new.")
    after: JsonValue = c2("What is to be there.")
    sheet: str | None = c2("The sheet; null where the file no longer names the key.")
    row: int | None = c1("The row, as the sheet counts; 0 of a night's feed.")


@strawberry.type(description="What is wrong with one cell or row.")
class ImportProblem:
    position: int = c1("Its place, from 0.")
    sheet: str = c2("The sheet; empty for a CSV; of a night's feed the key.")
    row: int = c1("The row, as the sheet counts; 0 for what the file leaves out, and of a night's feed.")
    sheet_column: str = c1("The letters of the column; empty for the row as a whole.")
    heading: str = c2("The sheet's own word for the column.")
    said: Statement | None = c1("What is wrong.")


@strawberry.type(description="One edge.")
class ImportEdge:
    cursor: str = c1("Where the import stands.")
    node: Import = c1("The import.")


@strawberry.type(description="A page of imports, the latest first.")
class ImportConnection:
    edges: list[ImportEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many imports there are.")


@strawberry.input(description="Has a list tried: the file was sent for the purpose `import`.")
class TryImportInput:
    idempotency_key: UUID
    kind: str
    file_id: strawberry.ID
    from_on: date | None = UNSET
    is_whole: bool = True
    datum: Datum | None = UNSET


@strawberry.input(description="Carries out what another brought; with a reason where much would end.")
class ApplyImportInput:
    idempotency_key: UUID
    import_id: strawberry.ID
    reason: str = ""


@strawberry.input(description="Takes an import back.")
class UndoImportInput:
    idempotency_key: UUID
    import_id: strawberry.ID


@strawberry.input(description="Withdraws a list that nobody has carried out.")
class WithdrawImportInput:
    idempotency_key: UUID
    import_id: strawberry.ID


@strawberry.type(description="The import as it stands now.")
class ImportSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The import.", name="import")
    def import_(self) -> Import:
        read_by_the_engine()


@strawberry.type(
    description="IMPORT_KIND_NOT_KNOWN, IMPORT_NOT_FOUND, IMPORT_NOT_TRIED, IMPORT_NOT_APPLIED, IMPORT_STALE, "
    "IMPORT_TIDIED, IMPORT_ENDS_MANY, IMPORT_LEAVES_NO_DECIDER, IMPORT_LEAVES_NO_FEED_DECIDER, IMPORT_CHANGED_SINCE, "
    "IMPORT_STOOD_ON, IMPORT_NEEDS_ANOTHER, IMPORT_NOT_WAITING, IMPORT_OF_NIGHT, IMPORT_OF_ANOTHER, "
    "STORED_FILE_NOT_FOUND, FILE_NOT_READY, FILE_WAS_REFUSED."
)
class ImportNotDone(Refusal):
    pass


ImportResult = Annotated[ImportSuccess | ImportNotDone, strawberry.union("ImportResult")]
