"""账号: whoever leads a unit hands out one-time codes to its people. What a code opens is `sign_in`'s.

A code is a way into somebody's account, so it is never handed out upwards: not to oneself, not to whoever sees further,
and not to one of the two persons who propose and decide, for then one person would be both. Those get theirs from the
operator of the machine (`./yunge account code`). docs/decisions/one-time-codes.md.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.shared.actor import Actor, RoleScope
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.in_service import is_in_service
from domain.shared.models import Account, Session
from domain.shared.permissions import HAND_OUT_CODES
from domain.shared.sign_in import NO_PASSWORD
from domain.shared.unit_of_work import UnitOfWork

CODE_LASTS = timedelta(days=3)


class AccountHolderNotFound(DomainError):
    """No such member of staff, or none of one's own units: one answer for both."""

    code = "ACCOUNT_HOLDER_NOT_FOUND"


class OwnAccount(DomainError):
    code = "OWN_ACCOUNT"


class AccountDisabled(DomainError):
    """Closed by the operator, who alone opens it."""

    code = "ACCOUNT_DISABLED"


class EmploymentEnded(DomainError):
    code = "EMPLOYMENT_ENDED"


class AccountDecides(DomainError):
    """Its holder is one of the two persons of whatever two persons decide."""

    code = "ACCOUNT_DECIDES"


class AccountSeesMore(DomainError):
    """Its holder sees rows that the one who hands out does not."""

    code = "ACCOUNT_SEES_MORE"


class AccountNameTaken(DomainError):
    """Somebody else signs in with this member's number."""

    code = "ACCOUNT_NAME_TAKEN"


_HINDRANCES: dict[str, type[DomainError]] = {
    one.code: one for one in (AccountDisabled, EmploymentEnded, AccountDecides, AccountSeesMore)
}

_WORKS_HERE = is_in_service("s", "cast(now() at time zone 'Asia/Shanghai' as date)")
ACCOUNTS_OF_STAFF = f"""
select s.id, s.org_unit_id, s.number, a.id as account_id, coalesce(a.account, s.number) as account, a.code_until,
       a.locked_until,
       case when not {_WORKS_HERE} then 'ENDED'
            when a.disabled_at is not null then 'DISABLED'
            when a.id is null or a.password_hash = '{NO_PASSWORD}' then 'NONE'
            when a.code_until <= now() then 'CODE_OVER'
            when a.locked_until > now() then 'LOCKED'
            when a.code_until is not null then 'CODE'
            else 'OPEN' end as state,
       (select max(created_at) from sessions where account_id = a.id) as signed_in_at,
       case when a.disabled_at is not null then 'ACCOUNT_DISABLED'
            when not {_WORKS_HERE} then 'EMPLOYMENT_ENDED'
            when exists (select from unnest(r.permissions) p
                          where p ~ '\\.(propose|bring|edit|describe|decide|approve|release)$')
            then 'ACCOUNT_DECIDES' end as hindrance,
       r.scope = 'BANK' or exists (
           select from scope_grants g
            where g.staff_id = s.id
              and (g.to_on is null or g.to_on > cast(now() at time zone 'Asia/Shanghai' as date))) as sees_far
  from staff s
  join roles r on r.code = s.role
  left join lateral (select * from accounts where staff_id = s.id order by id limit 1) a on true
"""  # noqa: S608
"""A row for each member of staff, with his account or none: its state, and what stands in the way of a code for it.

`sees_far` stands in the way of everybody but one who sees the whole bank."""


async def hand_out_code(
    uow: UnitOfWork, actor: Actor, staff_id: int | None, *, key: UUID, code_hash: str
) -> tuple[int, str]:
    """Put a one-time code in the place of the password of one's own people; gives the account's id and name.

    Sessions of the account end, a lock falls, an account that is not there yet is opened under the staff number. The
    same key again changes nothing.
    """
    holder = await _holder(uow, actor, staff_id)

    async def act() -> Answer:
        _check(holder, actor)
        account_id, name = holder.account_id, holder.account
        row = {
            "password_hash": code_hash,
            "failed_attempts": 0,
            "locked_until": None,
            "code_until": func.now() + CODE_LASTS,
            "code_failures": 0,
            "code_by_id": actor.staff_id,
        }
        if account_id is None:
            made = insert(Account).values(account=name, staff_id=holder.id, **row)
            account_id = await uow.session.scalar(made.on_conflict_do_nothing().returning(col(Account.id)))
            if account_id is None:
                raise AccountNameTaken
        else:
            await uow.session.execute(update(Account).where(col(Account.id) == account_id).values(row))
        ended = await uow.session.execute(
            update(Session)
            .where(col(Session.account_id) == account_id, col(Session.revoked_at).is_(None))
            .values(revoked_at=func.now())
            .returning(col(Session.account_id))
        )
        await record(
            uow,
            by=actor.principal,
            action="account.code_handed_out",
            subject=f"Account:{account_id}",
            staff=holder.id,
            before=holder.state,
            sessions_ended=len(ended.all()),
        )
        return {"account": account_id}

    body = {"staff": staff_id}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="handOutCode", body=body, act=act)
    return int(answer["account"]), holder.account


async def _holder(uow: UnitOfWork, actor: Actor, staff_id: int | None) -> Any:
    """The member of staff, of the actor's own units; his row is locked against another who hands out at once."""
    await uow.session.execute(text("select 1 from staff where id = :id for no key update"), {"id": staff_id})
    found = await uow.session.execute(
        text(f"select * from ({ACCOUNTS_OF_STAFF}) one where id = :id"),  # noqa: S608
        {"id": staff_id},
    )
    row = found.one_or_none()
    if row is None or not actor.can(HAND_OUT_CODES):
        raise AccountHolderNotFound
    if actor.scope.of_role is not RoleScope.BANK and row.org_unit_id not in actor.scope.unit_ids:
        raise AccountHolderNotFound
    return row


def _check(holder: Any, actor: Actor) -> None:
    if holder.id == actor.staff_id:
        raise OwnAccount
    if holder.hindrance is not None:
        raise _HINDRANCES[holder.hindrance]
    if holder.sees_far and actor.scope.of_role is not RoleScope.BANK:
        raise AccountSeesMore
