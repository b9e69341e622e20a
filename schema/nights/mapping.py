"""How batches and night runs are read."""

from sqlalchemy import BigInteger, ColumnElement, Date, String, and_, func, literal_column, select, true

from domain.feeds.models import Batch
from domain.feeds.permissions import RELEASE_FEEDS
from domain.shared.calendar import day_of, instant_of
from domain.shared.models import NightRun, NightStep
from domain.shared.permissions import VIEW_NIGHTS
from schema.engine.given import Given
from schema.engine.keys import bigint_key
from schema.engine.mapping import Field, Many, One, OrderKey, Page, TypeMap, Value, column, global_id
from schema.engine.scope import Row
from schema.statements import statement, statements
from schema.view import View, may, payload, rows_of, signed_in, with_permission

BATCH = TypeMap(
    "Batch",
    {
        "id": global_id("Batch"),
        "feed": column("feed"),
        "dataDate": column("data_date"),
        "fileName": column("file_name"),
        "state": column("state"),
        "rows": column("rows"),
        "loaded": column("loaded"),
        "refused": column("refused"),
        "quarantined": column("quarantined"),
        "reasons": statements("reasons"),
        "decidedBy": One("Staff", lambda batch, staff, _: staff.c.id == batch.c.decided_by_id),
        "decidedAt": column("decided_at"),
        "decisionReason": column("decision_reason"),
        "decidable": Value(
            lambda row, _view: and_(row.c.state == literal_column("'HELD'", String), may(RELEASE_FEEDS))
        ),
    },
    rows=rows_of(Batch),
    scope=with_permission(VIEW_NIGHTS),
    read_key=bigint_key,
)

NIGHT_RUN = TypeMap(
    "NightRun",
    {
        "id": global_id("NightRun"),
        "dataDate": column("data_date"),
        "state": column("state"),
        "failure": statement("failure"),
        "startedAt": column("started_at"),
        "endedAt": column("ended_at"),
        "steps": Many(
            "NightStep",
            lambda run, step, _: step.c.night_run_id == run.c.id,
            order=lambda step: [step.c.position],
        ),
    },
    rows=rows_of(NightRun),
    scope=with_permission(VIEW_NIGHTS),
    read_key=bigint_key,
)

NIGHT_STEP = TypeMap(
    "NightStep",
    {
        "name": column("name"),
        "state": column("state"),
        "rows": column("rows"),
        "seconds": column("seconds"),
        "progress": column("progress"),
        "message": statement("message"),
    },
    rows=rows_of(NightStep),
    key="name",
)


FEED_STATE = TypeMap(
    "FeedState",
    {
        "feed": column("feed"),
        "dataDate": column("data_date"),
        "late": column("late"),
        "held": column("held"),
        "state": column("state"),
        "dueAt": column("due_at"),
    },
)


def _failed(_view: View) -> Row:
    """The last night, if it failed, with the first of its steps that did. One that runs by now takes it away."""
    run, step, newer = NightRun.__table__.alias(), NightStep.__table__.alias(), NightRun.__table__.alias()  # type: ignore[attr-defined]
    failed = literal_column("'FAILED'", String)
    last = select(func.max(newer.c.id)).scalar_subquery()
    return (
        select(
            run.c.id,
            run.c.data_date,
            run.c.ended_at.label("failed_at"),
            step.c.name.label("step"),
            func.coalesce(step.c.message, run.c.failure).label("reason"),
        )
        .select_from(run)
        .outerjoin(step, and_(step.c.night_run_id == run.c.id, step.c.state == failed))
        .where(run.c.id == last, run.c.state == failed)
        .order_by(step.c.position)
        .limit(literal_column("1"))
        .subquery()
    )


FAILED_NIGHT = TypeMap(
    "FailedNight",
    {
        "dataDate": column("data_date"),
        "step": column("step"),
        "failedAt": column("failed_at"),
        "reason": statement("reason"),
    },
    rows=_failed,
    scope=signed_in,
)


def _of_day(_root: Row, batch: Row, arguments: Given) -> ColumnElement[bool]:
    return batch.c.data_date == arguments["dataDate"].bind(Date()) if "dataDate" in arguments else true()


def _held(_root: Row, batch: Row, _arguments: Given) -> ColumnElement[bool]:
    return batch.c.state.in_([literal_column("'HELD'", String), literal_column("'READY'", String)])


_LATEST_DAY_FIRST = OrderKey(lambda row, _: row.c.data_date, read=day_of)
ROOT: dict[str, Field] = {
    "batches": Page("Batch", _of_day, newest_first=_LATEST_DAY_FIRST),
    "heldBatches": Page("Batch", _held, newest_first=_LATEST_DAY_FIRST),
    "nightRuns": Page(
        "NightRun",
        lambda _root, _run, _: true(),
        newest_first=OrderKey(lambda row, _: row.c.started_at, read=instant_of),
    ),
}
PAYLOAD = TypeMap(
    "StartNightSuccess",
    {"nightRun": One("NightRun", lambda _payload, run, _: run.c.id == payload(BigInteger()))},
    is_root=True,
)
DECIDED = TypeMap(
    "DecideBatchSuccess",
    {"batch": One("Batch", lambda _payload, batch, _: batch.c.id == payload(BigInteger()))},
    is_root=True,
)
TYPES = (BATCH, FAILED_NIGHT, FEED_STATE, NIGHT_RUN, NIGHT_STEP, PAYLOAD, DECIDED)
