"""Another role, or other rights of one, as a kind of proposal.

Whoever would gain by it neither proposes it nor agrees to it, and a bank is never left without somebody who can decide
on rights and somebody else who can propose: nobody could give them back.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import String, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import Actor, RoleScope
from domain.shared.errors import DomainError
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.masks import Mask
from domain.shared.night import Connection
from domain.shared.permissions import DECIDE_RIGHTS, PROPOSE_RIGHTS, VIEW_PROPOSALS, VIEW_RIGHTS
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.roles import NO_RIGHTS, RoleRights, add_role, change_role, check_role, role_named
from domain.shared.rows import NightRows, Rows
from domain.shared.sign_in import NO_PASSWORD
from domain.shared.unit_of_work import UnitOfWork

ROLE = "role"
"""The name of the kind."""

_TO_DECIDE = (VIEW_PROPOSALS, VIEW_RIGHTS, DECIDE_RIGHTS)
_TO_PROPOSE = (PROPOSE_RIGHTS,)


class OwnRights(DomainError):
    """Rights for oneself."""

    code = "OWN_RIGHTS"


class LastDecider(DomainError):
    """Nobody would be left to decide on rights, or nobody else to propose them."""

    code = "LAST_DECIDER"


def role_change(code: str, name: str, rights: RoleRights) -> Change:
    """What a role is to be, as a whole; a code that no role has yet makes a new one."""
    return Change(f"Role:{code}", {"name": name.strip(), **rights.as_json()})


def role_kind(known: Collection[str]) -> ProposalKind:
    """Proposals on roles, of the permissions that the program knows."""

    async def check(uow: UnitOfWork, change: Change, _now: datetime) -> None:
        rights = _rights(change.after)
        check_role(_code(change), change.after["name"], rights, known)
        # Two roles that lose the right at once would each count on the other.
        await uow.session.execute(text("select pg_advisory_xact_lock(hashtext('who decides on rights'))"))
        found = await role_named(uow, _code(change))
        taken = frozenset() if found is None else found[1].permissions - rights.permissions
        if taken.intersection(_TO_DECIDE + _TO_PROPOSE) and not await _can_go_on(uow, change):
            raise LastDecider

    async def apply(uow: UnitOfWork, decided: Decided) -> None:
        code, name = _code(decided.change), decided.change.after["name"]
        rights, by = _rights(decided.change.after), decided.decided_by.principal
        if await role_named(uow, code) is None:
            await add_role(uow, code, name, rights, by=by, known=known)
        else:
            await change_role(uow, code, rights, by=by, known=known, name=name)

    return ProposalKind(
        ROLE,
        VIEW_RIGHTS,
        PROPOSE_RIGHTS,
        DECIDE_RIGHTS,
        check,
        _present,
        apply,
        check_person=_refuse_who_gains,
    )


async def _present(uow: UnitOfWork, change: Change) -> Json:
    found = await role_named(uow, _code(change))
    if found is None:
        return {"name": None, "permissions": [], "mask": None, "scope": None}
    name, rights = found
    return {"name": name, **rights.as_json()}


async def _refuse_who_gains(uow: UnitOfWork, change: Change, actor: Actor) -> None:
    found = await role_named(uow, _code(change))
    if not _rights(change.after).gives_more_than(NO_RIGHTS if found is None else found[1]):
        return
    holds = text("select role = :code from staff where id = :staff")
    if await uow.session.scalar(holds, {"code": _code(change), "staff": actor.staff_id}):
        raise OwnRights


# Of those who can sign in, with the role as it would be.
_CAN_GO_ON = text(f"""
with held as (
    select s.id, case when s.role = :code then :permissions else r.permissions end as permissions
      from staff s join roles r on r.code = s.role
     where {is_in_service("s", TODAY)}
       and exists (select from accounts a where a.staff_id = s.id and a.password_hash <> :no_password))
select exists (select from held decider join held proposer on proposer.id <> decider.id
                where decider.permissions @> :to_decide and proposer.permissions @> :to_propose)
""").bindparams(  # noqa: S608
    *(bindparam(name, type_=ARRAY(String)) for name in ("permissions", "to_decide", "to_propose"))
)


_DECIDERS_WITHOUT = f"""
with held as (
    select s.id, r.permissions
      from staff s join roles r on r.code = s.role
     where {is_in_service("s", TODAY)}
       and exists (select from accounts a where a.staff_id = s.id and a.password_hash <> %(no_password)s
                                      and a.id is distinct from cast(%(account)s as bigint)))
select exists (select from held decider join held proposer on proposer.id <> decider.id
                where decider.permissions @> cast(%(to_decide)s as varchar[])
                  and proposer.permissions @> cast(%(to_propose)s as varchar[]))
"""  # noqa: S608


def is_last_way(connection: Connection, account_id: int) -> bool:
    """Whether rights can be decided on by two persons now, and could not be without this account."""
    rows = NightRows(connection)
    return two_can_decide(rows) and not two_can_decide(rows, without=account_id)


def two_can_decide(rows: Rows, *, without: int | None = None) -> bool:
    """Whether two persons who can sign in, none of them by the account `without`, can propose rights and decide."""
    given = {
        "account": without,
        "no_password": NO_PASSWORD,
        "to_decide": [str(one) for one in _TO_DECIDE],
        "to_propose": [str(one) for one in _TO_PROPOSE],
    }
    return bool(rows.execute(_DECIDERS_WITHOUT, given)[0][0])


async def _can_go_on(uow: UnitOfWork, change: Change) -> bool:
    given = {
        "code": _code(change),
        "permissions": change.after["permissions"],
        "no_password": NO_PASSWORD,
        "to_decide": [str(one) for one in _TO_DECIDE],
        "to_propose": [str(one) for one in _TO_PROPOSE],
    }
    return bool(await uow.session.scalar(_CAN_GO_ON, given))


def _code(change: Change) -> str:
    return change.subject.removeprefix("Role:")


def _rights(after: Json) -> RoleRights:
    return RoleRights(frozenset(after["permissions"]), Mask(after["mask"]), RoleScope(after["scope"]))
