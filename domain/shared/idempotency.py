"""Same key and same body give the same answer; same key and another body are refused."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.shared.at_once import CarryOut
from domain.shared.errors import DomainError
from domain.shared.models import IdempotencyKey
from domain.shared.principal import Principal
from domain.shared.unit_of_work import UnitOfWork

Answer = dict[str, Any]


class IdempotencyKeyReused(DomainError):
    code = "IDEMPOTENCY_KEY_REUSED"


def body_sha256(operation: str, body: Mapping[str, Any]) -> bytes:
    """The fingerprint of a request: order of fields does not matter, the operation does."""
    text = json.dumps([operation, body], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()


async def answer_once(
    uow: UnitOfWork,
    *,
    by: Principal,
    key: UUID,
    operation: str,
    body: Mapping[str, Any],
    act: Callable[[], Awaitable[Answer]],
) -> Answer:
    """Carry out `act` for the first request with this key; give its answer again to every later one.

    Call it inside the unit of work of the mutation: the key and the effect are one transaction. Two requests at once:
    the second waits at the unique key until the first has committed. A refusal raised by `act` undoes the key
    too: nothing happened, so a retry is judged anew. The answer is kept as JSON: ids and codes, no personal data.
    """
    sha256 = body_sha256(operation, body)
    whose: Answer = {"actor_kind": by.kind, "actor_id": by.id, "key": key}
    row = {**whose, "operation": operation, "body_sha256": sha256, "answer": {}}
    mine = await uow.session.execute(
        insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(col(IdempotencyKey.key))
    )
    this_key = and_(
        col(IdempotencyKey.actor_kind) == by.kind,
        col(IdempotencyKey.actor_id) == by.id,
        col(IdempotencyKey.key) == key,
    )
    if mine.first() is None:
        known = select(col(IdempotencyKey.body_sha256), col(IdempotencyKey.answer)).where(this_key)
        kept_sha256, answer = (await uow.session.execute(known)).one()
        if kept_sha256 != sha256:
            raise IdempotencyKeyReused
        return dict(answer)
    answer = await act()
    await uow.session.execute(update(IdempotencyKey).where(this_key).values(answer=answer))
    return answer


_KEPT = """
select body_sha256, answer::text as answer from idempotency_keys where actor_kind = $1 and actor_id = $2 and key = $3
"""


async def kept_answer(carry_out: CarryOut, *, by: Principal, key: UUID, body_sha256: bytes) -> Answer | None:
    """The answer that the key was given before; None for a key that is free. For acts that are one statement."""
    kept = await carry_out(_KEPT, [by.kind.value, by.id, key])
    if kept is None:
        return None
    if kept["body_sha256"] != body_sha256:
        raise IdempotencyKeyReused
    answer: Answer = json.loads(kept["answer"])
    return answer
