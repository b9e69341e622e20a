"""A person's word on a held file: yes lets these bytes through to the next night, no sends them back. One is enough."""

from asyncio import to_thread
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from domain.feeds.batch_files import BatchName
from domain.feeds.errors import BatchChanged, BatchDecisionNotAllowed, BatchNotFound, BatchNotHeld
from domain.feeds.landing import seen_now
from domain.feeds.models import Batch
from domain.feeds.permissions import RELEASE_FEEDS
from domain.feeds.settled import Seen
from domain.feeds.states import BatchState
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.proposal_errors import LONGEST_REASON, ProposalReasonMissing
from domain.shared.unit_of_work import UnitOfWork


async def decide_batch(
    uow: UnitOfWork,
    actor: Actor,
    batch_id: int | None,
    *,
    key: UUID,
    accepts: bool,
    reason: str,
    landing: Path | None,
    now: datetime,
) -> int:
    """Let a held batch through or send it back, once for each key; gives its id.

    Of two who decide at once the second meets a batch that is held no longer. The word belongs to the bytes and the
    control file of this row; where the landing folder is to be seen from here, other ones are found out at once, else
    by the night. Raises the refusals of `domain/feeds/errors.py`.
    """

    async def act() -> Answer:
        if not actor.can(RELEASE_FEEDS):
            raise BatchDecisionNotAllowed
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise ProposalReasonMissing
        batch = await uow.session.scalar(select(Batch).where(col(Batch.id) == batch_id).with_for_update())
        if batch is None:
            raise BatchNotFound
        if batch.state != BatchState.HELD:
            raise BatchNotHeld(batch.state)
        if accepts:
            await _check_lies_there(batch, landing)
        batch.state = BatchState.READY if accepts else BatchState.REFUSED
        batch.decided_by_id, batch.decided_at = actor.staff_id, now
        batch.decision_reason = reason.strip()
        action = "batch.accepted" if accepts else "batch.refused"
        detail = {"file": batch.file_name, "sha256": batch.sha256, "reason": batch.decision_reason}
        await record(uow, by=actor.principal, action=action, subject=f"Batch:{batch.id}", **detail)
        return {"batch": batch.id}

    body = {"batch": batch_id, "accepts": accepts, "reason": reason}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="decide_batch", body=body, act=act)
    return int(answer["batch"])


async def _check_lies_there(batch: Batch, landing: Path | None) -> None:
    if landing is None or batch.adapter_id is not None:  # of a bank's own files the night looks again
        return
    seen = await to_thread(seen_now, landing, BatchName(batch.feed, batch.data_date, batch.sequence))
    if seen is None:
        return
    if seen == Seen() or seen != Seen(batch.control_sha256, batch.file_changed_ns):
        raise BatchChanged(batch.file_name)
