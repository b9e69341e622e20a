"""数据源: the feeds with their files, clocks, descriptions and legal bases; a description that is tried on a file."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain.feeds.bases import BASES, NOT_NOTED
from domain.feeds.lateness import Arrival
from domain.feeds.states import BatchState, TrialState
from schema.field_classes import c1, c2
from schema.imports.types import ImportState
from schema.nodes import Refusal
from schema.permissions import enum_of
from schema.scalars import Fen

SourceBasis = enum_of("SourceBasis", (*BASES, NOT_NOTED), "依据: on what the bank holds what others tell.")
strawberry.enum(TrialState, name="FeedTrialState", description="试读状态.")


@strawberry.type(description="The newest file of a source of a feed.")
class FeedFile:
    source: str = c1("The source; empty for a file as the contract has it.")
    file_name: str = c1("Its name in the landing folder.")
    data_date: date = c1("Its data date.")
    state: BatchState = c1("What became of it.")
    rows: int = c1("Rows of the file.")
    loaded: int = c1("Rows loaded.")
    refused: int = c1("Rows of a file that is not taken as a whole.")
    quarantined: int = c1("Rows set aside with a reason.")
    reasons: list[str] = c2("Why rows or the file were not taken, in words.")
    taken_at: datetime = c1("When a night looked at it.")


@strawberry.type(description="适配说明: a version of how one source writes a feed.")
class FeedAdapter:
    id: strawberry.ID = c1("Its id.")
    feed: str = c1("The feed.")
    source: str = c1("The source.")
    from_on: date = c1("From which data date on it holds.")
    until: date | None = c1("The first data date of the next version.")
    text: str | None = c1("The text; null where the source brings nothing from that day on.")
    reason: str = c1("Why it was kept.")
    added_by: str = c1("Who wrote it.")
    agreed_by: str | None = c1("Who agreed to it; null for what was added on the command line.")
    added_at: datetime = c1("When it was kept.")


@strawberry.type(description="来源依据: on what, for what and until when an outside feed may be held.")
class FeedBasis:
    id: strawberry.ID = c1("Its id.")
    basis: SourceBasis = c1("The ground.")  # type: ignore[valid-type]
    purpose: str = c1("For what.")
    document: str = c1("The document that says so.")
    from_on: date = c1("The first day.")
    until_on: date | None = c1("The last day; null where none was noted.")
    noted_by: str | None = c1("Who noted it.")
    ended_on: date | None = c1("On which day it was ended before its time.")
    ended_reason: str | None = c1("Why.")
    is_held: bool = c1("Whether it carries today.")
    told_by: str | None = c1("The third party whose facts are held on it; null where the feed is one source.")


@strawberry.type(description="夜间导入: what nights last made of a feed of units or of staff.")
class FeedImport:
    id: strawberry.ID = c1("The import.")
    state: ImportState = c1("Carried out, waiting for a person, sent back or taken back.")
    new_rows: int = c1("Rows whose key was not there.")
    changed_rows: int = c1("Rows that say something else.")
    ended_rows: int = c1("Keys that end.")
    refused_rows: int = c1("Rows with a problem; what is there for them stays.")
    brought_at: datetime = c1("When the night brought it.")


@strawberry.type(description="数据源: a feed as it stands.")
class FeedOverview:
    feed: str = c1("The feed.")
    is_optional: bool = c1("Whether many banks do not have it.")
    is_outside: bool = c1("Whether it needs a legal basis.")
    is_held: bool = c1("Whether what it tells may be used today.")
    is_by_party: bool = c1("Whether each third party that it carries needs a basis of its own.")
    state: Arrival = c1("How it stands on the data date in force.")
    data_date: date | None = c1("The newest data date that was taken.")
    due_at: datetime | None = c1("When its file should be there; null before the first night.")
    files: list[FeedFile] = c1("The newest file of each source.")
    adapters: list[FeedAdapter] = c1("The newest description of each source.")
    bases: list[FeedBasis] = c1("Its legal bases, the newest first; none for the bank's own systems.")
    last_import: FeedImport | None = c1("What nights last made of it; null for most feeds.")


@strawberry.type(description="One thing that is wrong with a text; line 0 for what is missing.")
class AdapterProblem:
    line: int = c1("The line, from 1.")
    message: str = c1("What is wrong and what may stand there.")


@strawberry.type(description="What a text says, or what is wrong with it. Nothing is kept.")
class AdapterCheck:
    feed: str | None = c1("The feed it describes.")
    source: str | None = c1("The source.")
    from_on: date | None = c1("From which data date on.")
    columns: list[str] = c1("The columns of the contract that it fills.")
    left_out: list[str] = c1("Those that it leaves unknown.")
    problems: list[AdapterProblem] = c1("What is wrong, by line.")


@strawberry.type(description="A row as it would be taken; particulars of people are hidden.")
class TrialRow:
    line: int = c1("The line of the file.")
    values: list[str | None] = c2("The values, column by column.")


@strawberry.type(description="A line that would be set aside; long numbers and names are hidden.")
class TrialAside:
    line: int = c1("The line of the file.")
    raw: str = c2("The line as it stands.")
    reasons: list[str] = c2("Why.")


@strawberry.type(description="A code that is on no list.")
class TrialCode:
    column: str = c1("The column of the contract.")
    code: str = c2("The code in the file.")
    rows: int = c1("In how many rows.")


@strawberry.type(description="What a worker read: rows = loaded + quarantined + skipped.")
class TrialFound:
    rows: int = c1("Rows of the file.")
    loaded: int = c1("Rows that would be loaded.")
    quarantined: int = c1("Rows that would be set aside.")
    skipped: int = c1("Rows that the description leaves out.")
    amount_fen: Fen | None = c2("The sum of the feed's amount, where it has one.")
    columns: list[str] = c1("The columns, in the order of the values.")
    first: list[TrialRow] = c1("The first rows.")
    aside: list[TrialAside] = c1("The first lines that would be set aside.")
    unknown: list[TrialCode] = c1("Unknown codes, the commonest first.")
    notes: list[str] = c2("What there is to know beside the rows.")
    reasons: list[str] = c2("Why rows would be set aside or are left out.")
    refused: list[str] = c2("Why the file as a whole would not be taken.")


@strawberry.type(description="试读: a text tried on a file; it goes after a day.")
class FeedTrial:
    id: strawberry.ID = c1("Its id.")
    state: TrialState = c1("WAITING until a worker read the file.")
    file_name: str = c2("What the file was called where it came from.")
    found: TrialFound | None = c1("What was read.")
    refusal: str | None = c2("Why the file could not be read at all.")


@strawberry.input(description="Has a text tried on a file that was sent for the purpose `feed_trial`.")
class TryAdapterInput:
    idempotency_key: UUID
    text: str
    file_id: strawberry.ID


@strawberry.input(
    description="Proposes that a text describe the files of its source; another person decides."
)
class ProposeAdapterInput:
    idempotency_key: UUID
    text: str
    reason: str


@strawberry.input(description="Proposes that a source bring nothing more from a day on.")
class ProposeRetirementInput:
    idempotency_key: UUID
    feed: str
    source: str
    from_on: date
    reason: str


@strawberry.input(description="Notes on what an outside feed is held, from a day through a day.")
class RenewSourceInput:
    idempotency_key: UUID
    feed: str
    basis: SourceBasis  # type: ignore[valid-type]
    purpose: str
    document: str
    from_on: date
    until_on: date
    told_by: str | None = None


@strawberry.input(
    description="Ends every basis of an outside feed as of today, or those of one third party, with a reason."
)
class EndSourceInput:
    idempotency_key: UUID
    feed: str
    reason: str
    told_by: str | None = None


@strawberry.type(description="The trial that a worker carries out.")
class TryAdapterSuccess:
    trial: FeedTrial = strawberry.field(description="The trial.")


@strawberry.type(
    description="ADAPTER_NOT_VALID, ADAPTER_NOT_ALLOWED, STORED_FILE_NOT_FOUND, FILE_NOT_READY, FILE_WAS_REFUSED, "
    "IDEMPOTENCY_KEY_REUSED."
)
class AdapterNotTried(Refusal):
    pass


@strawberry.type(description="The feed as it stands now.")
class SourceSuccess:
    feed: FeedOverview = strawberry.field(description="The feed.")


@strawberry.type(
    description="SOURCE_NOT_ALLOWED, SOURCE_NOT_OUTSIDE, SOURCE_BASIS_UNKNOWN, SOURCE_TEXT_MISSING, "
    "SOURCE_DAYS_NOT_VALID, SOURCE_WITHOUT_BASIS, SOURCE_PARTY_MISSING, SOURCE_HAS_NO_PARTIES, IDEMPOTENCY_KEY_REUSED."
)
class SourceNotChanged(Refusal):
    pass


TryAdapterResult = Annotated[TryAdapterSuccess | AdapterNotTried, strawberry.union("TryAdapterResult")]
SourceResult = Annotated[SourceSuccess | SourceNotChanged, strawberry.union("SourceResult")]
