"""What whoever leads units notes of their people: leave, and how much of full time somebody works."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.grids.ownership_errors import OwnerNotInScope, OwnershipNotAllowed
from domain.grids.permissions import GIVE_CUSTOMERS
from domain.shared.actor import Actor, ScopeForm
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

_WHO = f"""
select s.id, s.org_unit_id from staff s
 where s.number = %(number)s and {is_in_service("s", "cast(%(today)s as date)")} for update
"""  # noqa: S608


def own_staff(rows: Rows, actor: Actor, number: str, today: date) -> int:
    """The id of somebody in service of the actor's units, whose row is held; raises OwnerNotInScope."""
    found = rows.execute(_WHO, {"number": number, "today": today})
    if not found or not (actor.form is ScopeForm.BANK or found[0][1] in actor.scope.unit_ids):
        raise OwnerNotInScope(number)
    return int(found[0][0])


async def note_of_staff(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    body: dict[str, object],
    act: Callable[[Rows], int],
    key: UUID,
) -> int:
    """Carry out once what gives the id of a member of staff, with its audit row."""
    if not actor.can(GIVE_CUSTOMERS):
        raise OwnershipNotAllowed

    async def carry_out() -> Answer:
        staff = await uow.session.run_sync(lambda session: act(SessionRows(session)))
        detail = {name: str(value) for name, value in body.items() if value is not None}
        await record(uow, by=actor.principal, action=action, subject=f"Staff:{staff}", **detail)
        return {"staff": staff}

    answer = await answer_once(uow, by=actor.principal, key=key, operation=action, body=body, act=carry_out)
    return int(answer["staff"])
