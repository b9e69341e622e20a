"""Ask for the reasons of one score: a job finds them, because explaining loads the model."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.outbox import Job, has_died
from domain.shared.row_scope import scope_values, within
from domain.shared.unit_of_work import UnitOfWork
from domain.tasks.errors import CustomerNotFound
from ml.tables import Score, ScoreReason, ScoreRun


class ScoreNotFound(DomainError):
    code = "SCORE_NOT_FOUND"


class ExplanationFailed(DomainError):
    code = "EXPLANATION_FAILED"


async def ask_for_reasons(
    uow: UnitOfWork, actor: Actor, *, key: UUID, customer_id: int | None, model: str
) -> bool:
    """True when a job was queued, False when the reasons are there already.

    Asked again with the same key, it tells when that job was given up; a fresh key queues it again.
    """

    async def act() -> Answer:
        await _check_scope(uow, actor, customer_id)
        same_run = and_(
            col(ScoreReason.customer_id) == col(Score.customer_id),
            col(ScoreReason.model) == col(Score.model),
            col(ScoreReason.night_run_id) == col(ScoreRun.night_run_id),
        )
        found = await uow.session.execute(
            select(col(ScoreRun.night_run_id), col(ScoreReason.customer_id))
            .select_from(Score)
            .join(ScoreRun, col(ScoreRun.model) == col(Score.model))
            .outerjoin(ScoreReason, same_run)
            .where(col(Score.customer_id) == customer_id, col(Score.model) == model)
        )
        row = found.one_or_none()
        if row is None:
            raise ScoreNotFound
        night_run_id, explained = row
        if explained is not None:
            return {"queued": False}
        job = Job(
            "models.explain_score",
            key=f"explain:{model}:{night_run_id}:{customer_id}",
            args={"customer_id": customer_id, "model": model},
            is_repeatable=True,
        )
        uow.outbox.add(job)
        await record(uow, by=actor.principal, action="score.explain", subject=f"Customer:{customer_id}")
        return {"queued": True, "job": job.key}

    answer = await answer_once(
        uow,
        by=actor.principal,
        key=key,
        operation="explainScore",
        body={"customer_id": customer_id, "model": model},
        act=act,
    )
    if uow.outbox.is_empty and await has_died(uow.session, answer.get("job", "")):
        raise ExplanationFailed
    return bool(answer["queued"])


async def _check_scope(uow: UnitOfWork, actor: Actor, customer_id: int | None) -> None:
    customer = Customer.__table__  # type: ignore[attr-defined]
    seen = select(customer.c.id).where(
        customer.c.id == customer_id, within(customer, customer_scope(actor.form))
    )
    if (await uow.session.execute(seen, scope_values(actor))).first() is None:
        raise CustomerNotFound
