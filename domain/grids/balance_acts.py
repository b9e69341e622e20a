"""The acts on balances inside a mutation: once for each key, with a row of the audit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from domain.grids.balances import Wish, ask_balance, balance_job, stop_balance, take_over
from domain.grids.permissions import EDIT_GRIDS
from domain.grids.plan_errors import PlanNotFound
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork


class BalanceNotAllowed(DomainError):
    """From the command line: a request is told before it begins."""

    code = "BALANCE_NOT_ALLOWED"


def _check(actor: Actor) -> None:
    if not actor.can(EDIT_GRIDS):
        raise BalanceNotAllowed
    if not actor.sees_bank:
        raise PlanNotFound


async def _in_session(uow: UnitOfWork, act: Callable[[Rows], Any]) -> Any:
    def run(session: Session) -> Any:
        return act(SessionRows(session))

    return await uow.session.run_sync(run)


async def ask(
    uow: UnitOfWork, actor: Actor, plan: int | None, wish: Wish, *, key: UUID, is_queued: bool = True
) -> int:
    """Keep the question and queue the job that answers it, unless the caller answers himself; gives its id."""

    _check(actor)

    async def act() -> Answer:
        balance = await _in_session(uow, lambda rows: ask_balance(rows, plan, wish, by_id=actor.staff_id))
        if is_queued:
            uow.outbox.add(balance_job(balance))
        await record(
            uow, by=actor.principal, action="plan.balance_asked", subject=f"Plan:{plan}", balance=balance
        )
        return {"balance": balance}

    weights = {"even": wish.even, "few": wish.few, "short": wish.short, "seed": wish.seed}
    return await _once(
        uow, actor, key, "askPlanBalance", {"plan": plan, **weights, **wish.kept()}, act, "balance"
    )


async def stop(uow: UnitOfWork, actor: Actor, balance: int | None, *, key: UUID) -> int:
    _check(actor)

    async def act() -> Answer:
        await _in_session(uow, lambda rows: stop_balance(rows, balance))
        await record(uow, by=actor.principal, action="plan.balance_stopped", subject=f"PlanBalance:{balance}")
        return {"balance": balance}

    return await _once(uow, actor, key, "stopPlanBalance", {"balance": balance}, act, "balance")


async def take(uow: UnitOfWork, actor: Actor, proposal: int | None, *, key: UUID) -> int:
    """Take a proposal over into its draft; gives the proposal."""
    _check(actor)

    async def act() -> Answer:
        plan, version = await _in_session(uow, lambda rows: take_over(rows, proposal, by_id=actor.staff_id))
        await record(
            uow,
            by=actor.principal,
            action="plan.proposal_applied",
            subject=f"Plan:{plan}",
            proposal=proposal,
            version=version,
        )
        return {"proposal": proposal}

    return await _once(uow, actor, key, "applyPlanProposal", {"proposal": proposal}, act, "proposal")


async def _once(
    uow: UnitOfWork, actor: Actor, key: UUID, operation: str, body: dict[str, Any], act: Any, name: str
) -> int:
    answer = await answer_once(uow, by=actor.principal, key=key, operation=operation, body=body, act=act)
    return int(answer[name])
