"""Two persons once: one proposes, another decides, and what was proposed is done in the transaction of the decision.

A kind of proposal is declared by the room whose rows it changes; which kinds there are is a list given as an argument.
The person is the member of staff: no other session, account or role makes two of one.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col

from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.parameter_models import APPLIED, OPEN, REJECTED, WITHDRAWN, Proposal
from domain.shared.permissions import Permission
from domain.shared.proposal_errors import (
    LONGEST_REASON,
    OPEN_AT_MOST_DAYS,
    NothingChanges,
    ProposalClosed,
    ProposalExpired,
    ProposalNotAllowed,
    ProposalNotFound,
    ProposalNotYours,
    ProposalReasonMissing,
    ProposalStale,
    ProposerDecides,
    UntilNotValid,
)
from domain.shared.unit_of_work import UnitOfWork

Json = dict[str, Any]
OPEN_FOR = timedelta(days=7)
"""How long a proposal waits where its proposer does not say."""


@dataclass(frozen=True)
class Change:
    """What is to become of a subject. `after` holds what the kind needs to know."""

    subject: str
    after: Json


@dataclass(frozen=True)
class Asked:
    """A change that leaves something to be completed from the rows there are, for the first request with its key alone.

    The key stands for `sent`: what that is completed to is another after midnight, or after somebody else's change.
    """

    sent: Json
    complete: Callable[[], Awaitable[Change]]


@dataclass(frozen=True)
class Decided:
    """A change that another person agreed to."""

    proposal_id: int
    change: Change
    reason: str
    decided_by: Actor


async def _anybody(_uow: UnitOfWork, _change: Change, _actor: Actor) -> None:
    """Whoever has the permission."""


async def differs(_uow: UnitOfWork, change: Change, present: Json) -> bool:
    """Whether a change says anything that is not so already."""
    return any(change.after.get(name) != value for name, value in present.items())


@dataclass(frozen=True)
class ProposalKind:
    """What may be proposed.

    `check` raises a refusal where a change may not stand, both when it is proposed and when it is decided; `present` is
    what the change would replace, as things are; `apply` carries it out and commits nothing. `changes` tells whether
    anything would be another than it is. `check_person` refuses one who may neither propose nor agree to this change,
    whatever he may do otherwise: nobody gives rights to himself. `of_the_bank`: only who sees the whole bank proposes,
    agrees or refuses; `seen_by_the_bank`: nobody else is told that it is proposed.
    """

    name: str
    view: Permission
    propose: Permission
    decide: Permission
    check: Callable[[UnitOfWork, Change, datetime], Awaitable[None]]
    present: Callable[[UnitOfWork, Change], Awaitable[Json]]
    apply: Callable[[UnitOfWork, Decided], Awaitable[None]]
    changes: Callable[[UnitOfWork, Change, Json], Awaitable[bool]] = differs
    check_person: Callable[[UnitOfWork, Change, Actor], Awaitable[None]] = _anybody
    of_the_bank: bool = False
    seen_by_the_bank: bool = False

    def may_view(self, actor: Actor) -> bool:
        return actor.can(self.view) and (actor.sees_bank or not self.seen_by_the_bank)

    def may_propose(self, actor: Actor) -> bool:
        return actor.can(self.propose) and (actor.sees_bank or not self.of_the_bank)

    def may_decide(self, actor: Actor) -> bool:
        return actor.can(self.decide) and (actor.sees_bank or not self.of_the_bank)


Kinds = Iterable[ProposalKind]


def kind_named(kinds: Kinds, name: str) -> ProposalKind | None:
    return next((kind for kind in kinds if kind.name == name), None)


async def propose(
    uow: UnitOfWork,
    actor: Actor,
    kind: ProposalKind,
    proposed: Change | Asked,
    *,
    key: UUID,
    reason: str,
    until: datetime | None,
    now: datetime,
) -> int:
    """Write a proposal once for each key; gives its id."""

    async def act() -> Answer:
        if not kind.may_propose(actor):
            raise ProposalNotAllowed
        _check_reason(reason)
        if until is not None and not now < until <= now + timedelta(days=OPEN_AT_MOST_DAYS):
            raise UntilNotValid
        change = proposed if isinstance(proposed, Change) else await proposed.complete()
        await kind.check(uow, change, now)
        before = await kind.present(uow, change)
        if not await kind.changes(uow, change, before):
            raise NothingChanges
        await kind.check_person(uow, change, actor)
        proposal = Proposal(
            kind=kind.name,
            subject=change.subject,
            before=before,
            after=change.after,
            reason=reason.strip(),
            proposed_by_id=actor.staff_id,
            proposed_at=now,
            until=until or now + OPEN_FOR,
        )
        uow.session.add(proposal)
        await uow.session.flush()
        await _note(uow, actor, "proposal.made", proposal)
        return {"proposal": proposal.id}

    sent = proposed.sent if isinstance(proposed, Asked) else vars(proposed)
    body = {"kind": kind.name, **sent, "reason": reason, "until": until}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="propose", body=body, act=act)
    return int(answer["proposal"])


async def decide(
    uow: UnitOfWork,
    actor: Actor,
    kinds: Kinds,
    proposal_id: int | None,
    *,
    key: UUID,
    agrees: bool,
    reason: str,
    now: datetime,
) -> int:
    """Agree, which carries the change out, or refuse. Of two who decide at once the second meets a closed proposal."""

    async def act() -> Answer:
        kind, proposal = await _open_proposal(uow, actor, kinds, proposal_id, now)
        if proposal.proposed_by_id == actor.staff_id:
            raise ProposerDecides
        if not kind.may_decide(actor):
            raise ProposalNotAllowed
        if not agrees or reason.strip():
            _check_reason(reason)
        if agrees:
            await _carry_out(uow, actor, kind, proposal, now)
        proposal.state = APPLIED if agrees else REJECTED
        proposal.decided_by_id, proposal.decided_at = actor.staff_id, now
        proposal.decision_reason = reason.strip() or None
        await _note(uow, actor, "proposal.applied" if agrees else "proposal.rejected", proposal)
        return {"proposal": proposal.id}

    body = {"proposal": proposal_id, "agrees": agrees, "reason": reason}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="decide", body=body, act=act)
    return int(answer["proposal"])


async def withdraw(
    uow: UnitOfWork, actor: Actor, kinds: Kinds, proposal_id: int | None, *, key: UUID, now: datetime
) -> int:
    """Take back one's own proposal while it is open."""

    async def act() -> Answer:
        _, proposal = await _open_proposal(uow, actor, kinds, proposal_id, now)
        if proposal.proposed_by_id != actor.staff_id:
            raise ProposalNotYours
        proposal.state = WITHDRAWN
        await _note(uow, actor, "proposal.withdrawn", proposal)
        return {"proposal": proposal.id}

    body = {"proposal": proposal_id}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="withdraw", body=body, act=act)
    return int(answer["proposal"])


async def _open_proposal(
    uow: UnitOfWork, actor: Actor, kinds: Kinds, proposal_id: int | None, now: datetime
) -> tuple[ProposalKind, Proposal]:
    """The proposal, locked, if the actor may see it and nobody has closed it."""
    found = select(Proposal).where(col(Proposal.id) == proposal_id).with_for_update()
    proposal = await uow.session.scalar(found)
    kind = None if proposal is None else kind_named(kinds, proposal.kind)
    if proposal is None or kind is None or not kind.may_view(actor):
        raise ProposalNotFound
    if proposal.state != OPEN:
        raise ProposalClosed(proposal.state)
    if proposal.until <= now:
        raise ProposalExpired(proposal.until)
    return kind, proposal


async def _carry_out(
    uow: UnitOfWork, actor: Actor, kind: ProposalKind, proposal: Proposal, now: datetime
) -> None:
    assert proposal.id is not None
    change = Change(proposal.subject, proposal.after)
    # Another proposal on the same subject may be decided at this moment: the second sees what the first has done.
    subject = f"{proposal.kind} {proposal.subject}"
    await uow.session.execute(text("select pg_advisory_xact_lock(hashtext(:subject))"), {"subject": subject})
    await kind.check(uow, change, now)
    present = await kind.present(uow, change)
    # An earlier release kept less of what the proposer saw; what it kept is compared.
    if any(present.get(name) != value for name, value in proposal.before.items()):
        raise ProposalStale(proposal.before, present)
    await kind.check_person(uow, change, actor)
    await kind.apply(uow, Decided(proposal.id, change, proposal.reason, actor))


def _check_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ProposalReasonMissing


async def _note(uow: UnitOfWork, actor: Actor, action: str, proposal: Proposal) -> None:
    detail = {"kind": proposal.kind, "of": proposal.subject}
    await record(uow, by=actor.principal, action=action, subject=f"Proposal:{proposal.id}", **detail)
