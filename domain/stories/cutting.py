"""Cut a link within the actor's scope, once for each key."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from domain.customers.identity.one_at_a_time import take_identity
from domain.customers.models import Customer, SourceRecord
from domain.customers.ports import ToWgs84
from domain.customers.scope import customer_scope
from domain.shared.actor import Actor
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.masks import hides
from domain.shared.rooms import Rooms
from domain.shared.row_scope import scope_values, within
from domain.shared.statements import NUMBER
from domain.shared.unit_of_work import UnitOfWork
from domain.stories.links import RecordName, RecordNotFound, cut_link

LONGEST_REASON = 500


class ReasonMissing(DomainError):
    code = "REASON_MISSING"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_REASON)


@dataclass(frozen=True)
class Cut:
    """What somebody decided."""

    key: UUID
    a: RecordName
    b: RecordName
    reason: str


async def cut_within_scope(
    uow: UnitOfWork, actor: Actor, cut: Cut, *, rooms: Rooms, to_wgs84: ToWgs84
) -> list[int]:
    """The customers of the two records afterwards. A record outside the scope is not found, like one made up."""

    async def act() -> Answer:
        if not 0 < len(cut.reason.strip()) <= LONGEST_REASON:
            raise ReasonMissing
        # Whose customer a record is may change while a night is joining: seen again only when nobody else judges.
        await uow.session.run_sync(take_identity)
        for name in (cut.a, cut.b):
            await _check_scope(uow, actor, name)
        customers = await cut_link(
            uow,
            cut.a,
            cut.b,
            reason=cut.reason.strip(),
            by=actor.principal,
            rooms=rooms,
            to_wgs84=to_wgs84,
        )
        return {"customers": customers}

    answer = await answer_once(
        uow,
        by=actor.principal,
        key=cut.key,
        operation="cutLink",
        body={"a": cut.a, "b": cut.b, "reason": cut.reason},
        act=act,
    )
    return list(answer["customers"])


async def _check_scope(uow: UnitOfWork, actor: Actor, name: RecordName) -> None:
    """Who sees the feeds' numbers masked knows none; what he guesses is not found, right or wrong."""
    if hides(actor.mask, "number"):
        raise RecordNotFound(name)
    customer = Customer.__table__  # type: ignore[attr-defined]
    seen = (
        select(customer.c.id)
        .join(SourceRecord, col(SourceRecord.customer_id) == customer.c.id)
        .where(col(SourceRecord.feed) == name[0], col(SourceRecord.key) == name[1])
        .where(within(customer, customer_scope(actor.form)))
    )
    if (await uow.session.execute(seen, scope_values(actor))).first() is None:
        raise RecordNotFound(name)
