"""Another role, or other rights of one, as a kind of proposal.

Whoever would gain by it neither proposes it nor agrees to it, and a bank is never left without somebody who can decide
on rights and somebody else who can propose: nobody could give them back (`two_holders.py`).
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.shared.actor import Actor, RoleScope
from domain.shared.errors import DomainError
from domain.shared.masks import Mask
from domain.shared.permissions import DECIDE_RIGHTS, PROPOSE_RIGHTS, VIEW_RIGHTS
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.roles import NO_RIGHTS, RoleRights, add_role, change_role, check_role, role_named
from domain.shared.rows import SessionRows
from domain.shared.two_holders import FEEDS, RIGHTS, TakesTwo, are_two
from domain.shared.unit_of_work import UnitOfWork

ROLE = "role"
"""The name of the kind."""


class OwnRights(DomainError):
    """Rights for oneself."""

    code = "OWN_RIGHTS"


class LastDecider(DomainError):
    """Nobody would be left to decide on rights, or nobody else to propose them."""

    code = "LAST_DECIDER"


class LastFeedDecider(DomainError):
    """Nobody would be left to agree to descriptions of files, or nobody else to write them."""

    code = "LAST_FEED_DECIDER"


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
        await _check_two_are_left(uow, change, taken)

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


async def _check_two_are_left(uow: UnitOfWork, change: Change, taken: Collection[str]) -> None:
    """Of what takes two people; a bank that never had two for its files cannot lose them."""
    code, permissions = _code(change), change.after["permissions"]

    def lost(rows: SessionRows, takes: TakesTwo) -> bool:
        return not are_two(rows, takes, role=code, permissions=permissions)

    def look(session: Session) -> None:
        rows = SessionRows(session)
        if RIGHTS.permissions.intersection(taken) and lost(rows, RIGHTS):
            raise LastDecider
        if FEEDS.permissions.intersection(taken) and are_two(rows, FEEDS) and lost(rows, FEEDS):
            raise LastFeedDecider

    await uow.session.run_sync(look)


def _code(change: Change) -> str:
    return change.subject.removeprefix("Role:")


def _rights(after: Json) -> RoleRights:
    return RoleRights(frozenset(after["permissions"]), Mask(after["mask"]), RoleScope(after["scope"]))
