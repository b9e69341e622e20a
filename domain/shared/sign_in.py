"""Signing in: a password, a lock after five failures that outlives Redis, a session of which only a hash is kept.

Times are the database's, so that no clock of an API process decides about an expiry.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import case, func, insert, select, text, update
from sqlmodel import col

from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.in_service import is_in_service
from domain.shared.models import Account, Session, Staff
from domain.shared.principal import SYSTEM
from domain.shared.sign_in_addresses import (
    TooManySignInFailures,
    count_address,
    give_back,
    is_slowed,
    one_at_a_time,
    take_turn,
)
from domain.shared.unit_of_work import OpenUnitOfWork, UnitOfWork

FAILURES_TO_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)
_TODAY = "cast(now() at time zone 'Asia/Shanghai' as date)"
NO_PASSWORD = "!"  # noqa: S105
"""In the place of a hash: the account is disabled, whatever somebody gives as its password."""

Wait = Callable[[float], Awaitable[None]]
"""Lets so many seconds pass."""

Verify = Callable[[str | None, str], Awaitable[bool]]
"""(hash or None, password) -> whether they fit; None takes as long and is always wrong."""


class SignInRefusedError(DomainError):
    """One answer for an unknown account, a wrong password and a locked account."""

    code = "SIGN_IN_REFUSED"


def token_sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def sign_in(
    open_unit_of_work: OpenUnitOfWork,
    account: str,
    password: str,
    verify: Verify,
    wait: Wait,
    *,
    address: str,
    token: str,
    held: str | None = None,
) -> int:
    """Begin a session with a fresh token where the password fits and no lock is on; gives the account's id.

    A failure is counted before it is told. The session that the browser still `held` ends.

    Argon2 takes a tenth of a second and holds nothing meanwhile: it runs between two transactions. The second one
    decides under the locks of address and account, so guesses at the same time count one by one, and one that was
    right but is counted after a lock fell opens nothing. An address that is slowed down gives its turns one by one.
    """
    async with open_unit_of_work() as uow:
        turn = await take_turn(uow, address)
        # A disabled account is hashed for as an unknown one is: neither can be told from a wrong password.
        kept = await uow.session.scalar(
            select(func.nullif(col(Account.password_hash), NO_PASSWORD)).where(
                col(Account.account) == account
            )
        )
    if turn.wait_seconds > 0:
        await wait(turn.wait_seconds)
    fits = await verify(kept, password)
    async with open_unit_of_work() as uow:
        await one_at_a_time(uow, address)
        if not turn.is_taken and await is_slowed(uow, address):
            raise TooManySignInFailures
        account_id = await _settle(uow, account, kept if fits else None)
        if account_id is None:
            await count_address(uow, address)
        else:
            if turn.is_taken:
                await give_back(uow, address)
            await _begin_session(uow, account_id, token, held)
    if account_id is None:
        raise SignInRefusedError
    return account_id


async def _settle(uow: UnitOfWork, account: str, verified_hash: str | None) -> int | None:
    """Clear or count under the row's lock. Gives None instead of raising, because the count has to be committed."""
    is_locked = func.coalesce(col(Account.locked_until) > func.now(), False)
    found = await uow.session.execute(
        select(col(Account.id), col(Account.password_hash), is_locked)
        .join(Staff, (col(Staff.id) == col(Account.staff_id)) & text(is_in_service("staff", _TODAY)))
        .where(col(Account.account) == account)
        .with_for_update(of=Account)
    )
    row = found.one_or_none()
    if row is None or row[2]:
        return None
    account_id = int(row[0] or 0)
    if row[1] != verified_hash:
        await _count_failure(uow, account_id)
        return None
    cleared = {"failed_attempts": 0, "locked_until": None}
    await uow.session.execute(update(Account).where(col(Account.id) == account_id).values(cleared))
    return account_id


async def _count_failure(uow: UnitOfWork, account_id: int) -> None:
    failures = col(Account.failed_attempts) + 1
    locks = failures >= FAILURES_TO_LOCK
    await uow.session.execute(
        update(Account)
        .where(col(Account.id) == account_id)
        .values(
            failed_attempts=case((locks, 0), else_=failures),
            locked_until=case((locks, func.now() + LOCKED_FOR), else_=None),
        )
    )
    await record(uow, by=SYSTEM, action="session.refused", subject=f"Account:{account_id}")


async def _begin_session(uow: UnitOfWork, account_id: int, token: str, held: str | None) -> None:
    """Keep the hash of a fresh token; a copied older one must not go on living beside it."""
    if held is not None:
        await end_session(uow, held)
    row = {
        "token_sha256": token_sha256(token),
        "account_id": account_id,
        "expires_at": func.now() + SESSION_LASTS,
    }
    await uow.session.execute(insert(Session).values(row))
    await record(uow, by=SYSTEM, action="session.begun", subject=f"Account:{account_id}")


async def end_session(uow: UnitOfWork, token: str) -> bool:
    """Revoke a session; True where there was one."""
    ended = await uow.session.execute(
        update(Session)
        .where(col(Session.token_sha256) == token_sha256(token), col(Session.revoked_at).is_(None))
        .values(revoked_at=func.now())
        .returning(col(Session.account_id))
    )
    account_id = ended.scalar_one_or_none()
    if account_id is None:
        return False
    await record(uow, by=SYSTEM, action="session.ended", subject=f"Account:{account_id}")
    return True
