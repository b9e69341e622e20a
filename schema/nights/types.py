"""Batches and night runs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain.feeds.lateness import Arrival
from domain.feeds.states import BatchState
from domain.shared.nights import NightState, NightStepState
from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.statements import Statement

strawberry.enum(BatchState, description="批次状态.")
strawberry.enum(Arrival, name="FeedArrival", description="数据源到达情况.")
strawberry.enum(NightState, description="夜间批处理的状态.")
strawberry.enum(NightStepState, description="步骤的状态.")


@strawberry.type(description="批次: one file of a feed. Loaded + refused + quarantined = rows of the file.")
class Batch(Node):
    feed: str = c1("The feed.")
    data_date: date = c1("The data date of the file.")
    file_name: str = c1("Its name in the landing folder.")
    state: BatchState = c1("The state.")
    rows: int = c1("Rows of the file.")
    loaded: int = c1("Rows loaded.")
    refused: int = c1(
        "Rows of a file that is not taken as a whole: refused, or held until somebody says yes."
    )
    quarantined: int = c1("Rows set aside with a reason.")
    reasons: list[Statement] = c1("Why rows or the file were not taken.")
    decided_by: Staff | None = c1("Who let a held file through or sent it back.")
    decided_at: datetime | None = c1("When.")
    decision_reason: str | None = c1("Why.")
    decidable: bool = c1("Whether the viewer may decide it now.")


@strawberry.type(description="A batch in a list.")
class BatchEdge:
    node: Batch = c1("The batch.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of batches, the latest first.")
class BatchConnection:
    edges: list[BatchEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many batches match.")


@strawberry.type(description="How far a feed has come.")
class FeedState:
    feed: str = c1("The feed.")
    data_date: date | None = c1("The latest data date loaded; null before the first.")
    late: bool = c1("Whether it lags behind the data date in force.")
    held: bool = c1("Whether a file of it waits for a person's word.")
    state: Arrival = c1("How it stands on the data date in force.")
    due_at: datetime | None = c1(
        "When its file of the data date in force should be there; null before the first night."
    )


@strawberry.type(description="One step of a night.")
class NightStep:
    name: str = c1("The step.")
    state: NightStepState = c1("The state.")
    rows: int | None = c1("Rows worked on.")
    seconds: float | None = c1("How long it took.")
    progress: float = c1("From 0 to 1.")
    message: Statement | None = c1("What people should know.")


@strawberry.type(description="夜间批处理: everything from last night's files to this morning's walks.")
class NightRun(Node):
    data_date: date = c1("The data date.")
    state: NightState = c1("The state.")
    failure: Statement | None = c1("Why it failed; the message of the step that failed says more.")
    started_at: datetime = c1("When it began.")
    ended_at: datetime | None = c1("When it ended.")
    steps: list[NightStep] = c1("Its steps in order.")


@strawberry.type(
    description="The last night, where it failed: what it was for, where and since when it stands still."
)
class FailedNight:
    data_date: date = c1("The data date that it was to bring; the one in force before it still holds.")
    step: str | None = c1("The step that failed; null where the night failed before its first one.")
    failed_at: datetime | None = c1("Since when.")
    reason: Statement | None = c1("Why.")


@strawberry.type(description="A night run in a list.")
class NightRunEdge:
    node: NightRun = c1("The night run.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of night runs, the latest first.")
class NightRunConnection:
    edges: list[NightRunEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many night runs there are.")


@strawberry.input(description="Starts a night; without a data date, for yesterday.")
class StartNightInput:
    idempotency_key: UUID
    data_date: date | None = UNSET


@strawberry.type(description="The night has begun.")
class StartNightSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The night run.")
    def night_run(self) -> NightRun:
        read_by_the_engine()


@strawberry.type(description="NIGHT_RUNNING, NIGHT_SUPERSEDED, DATA_DATE_IN_FUTURE, IDEMPOTENCY_KEY_REUSED.")
class NightNotStarted(Refusal):
    pass


StartNightResult = Annotated[StartNightSuccess | NightNotStarted, strawberry.union("StartNightResult")]


@strawberry.input(description="Lets a held file through, which the next night takes, or sends it back.")
class DecideBatchInput:
    idempotency_key: UUID
    batch_id: strawberry.ID
    accepts: bool
    reason: str


@strawberry.type(description="The batch as it stands now.")
class DecideBatchSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The batch.")
    def batch(self) -> Batch:
        read_by_the_engine()


@strawberry.type(
    description="BATCH_NOT_FOUND, BATCH_NOT_HELD, BATCH_CHANGED, REASON_MISSING, IDEMPOTENCY_KEY_REUSED."
)
class BatchNotDecided(Refusal):
    pass


DecideBatchResult = Annotated[DecideBatchSuccess | BatchNotDecided, strawberry.union("DecideBatchResult")]
