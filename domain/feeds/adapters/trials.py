"""Trying a description at the desk: asked for here, read by a worker, kept for a day with particulars hidden."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.feeds.adapters.errors import AdapterNotAllowed
from domain.feeds.adapters.hiding import hidden, hidden_line, hidden_text
from domain.feeds.adapters.parsing import parse
from domain.feeds.adapters.trying import ReadRow, Tried
from domain.feeds.contracts import Column, Feed
from domain.feeds.models import FeedTrial
from domain.feeds.permissions import DESCRIBE_FEEDS
from domain.feeds.snapshots import stored_columns
from domain.feeds.states import TrialState
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.files.kinds import FEEDS, MIB, FilePurpose
from domain.shared.files.using import checked_file
from domain.shared.idempotency import Answer, answer_once
from domain.shared.outbox import Job
from domain.shared.statements import Statement
from domain.shared.unit_of_work import UnitOfWork

TRY = "feeds.try"
PURPOSE = FilePurpose("feed_trial", DESCRIBE_FEEDS, FEEDS, 64 * MIB)
"""A file as a system of the bank writes it; a worker removes it when its day is over."""


async def ask_trial(uow: UnitOfWork, actor: Actor, text: str, file_id: UUID | None, *, key: UUID) -> int:
    """Have a worker read a file that the actor sent by a text; gives the trial's id, once for each key.

    Raises AdapterNotValid, and the refusals of files by their id.
    """

    async def act() -> Answer:
        if not actor.can(DESCRIBE_FEEDS) or actor.staff_id is None:
            raise AdapterNotAllowed
        adapter = parse(text)
        file = await checked_file(uow, file_id or UUID(int=0), purpose=PURPOSE.name, staff_id=actor.staff_id)
        row = {
            "state": TrialState.WAITING.value,
            "text": text,
            "file_id": file.id,
            "file_name": file.name,
            "asked_by_id": actor.staff_id,
        }
        found = await uow.session.execute(insert(FeedTrial).values(row).returning(FeedTrial.__table__.c.id))  # type: ignore[attr-defined]
        trial_id = int(found.scalar_one())
        uow.outbox.add(Job(TRY, key=f"feed_trial:{trial_id}", args={"trial": trial_id}))
        subject, of = f"FeedTrial:{trial_id}", {"feed": adapter.feed_name, "source": adapter.source}
        await record(uow, by=actor.principal, action="feed.tried", subject=subject, **of)
        return {"trial": trial_id}

    body = {"text": text, "file": str(file_id)}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="tryAdapter", body=body, act=act)
    return int(answer["trial"])


def found_of(tried: Tried, feed: Feed) -> dict[str, Any]:
    """What a page shows of a trial, as a row keeps it."""
    columns = [stored.contract for stored in stored_columns(feed)]
    return {
        "rows": tried.rows,
        "loaded": tried.loaded,
        "quarantined": tried.quarantined,
        "skipped": tried.skipped,
        "amount_fen": tried.amount_fen,
        "columns": list(tried.columns),
        "first": [_shown(row, columns) for row in tried.first],
        "aside": [
            {"line": row.line, "raw": hidden_line(row.values[0] or ""), "reasons": _said(row.reasons)}
            for row in tried.aside
        ],
        "unknown": [
            {"column": one.column, "code": hidden_text(one.code), "rows": one.rows} for one in tried.unknown
        ],
        "notes": _said(tried.notes),
        "reasons": _said(tried.reasons),
        "refused": _said(tried.refused),
    }


def _shown(row: ReadRow, columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "line": row.line,
        "values": [hidden(column, value) for column, value in zip(columns, row.values, strict=True)],
    }


def _said(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    return [one.as_json() for one in statements]
