"""Signing in: a password, a lock after five failures that outlives Redis, a session of which only a hash is kept.

Times are the database's, so that no clock of an API process decides about an expiry.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, insert, select, text, update
from sqlmodel import col

from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.in_service import is_in_service
from domain.shared.models import Account, Session, Staff
from domain.shared.passwords import check_new_password, plain_code
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
TRIES_OF_A_CODE = 20
"""Wrong ones, over all locks; then another code has to be handed out."""
_TODAY = "cast(now() at time zone 'Asia/Shanghai' as date)"
NO_PASSWORD = "!"  # noqa: S105
"""In the place of a hash: the account is disabled, whatever somebody gives as its password."""

Wait = Callable[[float], Awaitable[None]]
"""Lets so many seconds pass."""

Verify = Callable[[str | None, str], Awaitable[bool]]
"""(hash or None, password) -> whether they fit; None takes as long and is always wrong."""


HashPassword = Callable[[str], Awaitable[str]]


class SignInRefusedError(DomainError):
    """One answer for an unknown account, a wrong password and a locked account."""

    code = "SIGN_IN_REFUSED"


class PasswordToBeSet(DomainError):
    """The one-time code fits. It begins no session: first a password of one's own is set."""

    code = "PASSWORD_TO_BE_SET"


class CodeExpired(DomainError):
    """The one-time code fits and is over. Only its holder is told so."""

    code = "CODE_EXPIRED"


def token_sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class Attempt:
    """Who wants to be let in, from where, and by what."""

    account: str
    password: str
    address: str
    token: str
    """The fresh one of the session that begins."""
    held: str | None = None
    """The session that the browser still holds, which ends."""


async def sign_in(open_unit_of_work: OpenUnitOfWork, attempt: Attempt, verify: Verify, wait: Wait) -> int:
    """Begin a session with a fresh token where the password fits and no lock is on; gives the account's id.

    A one-time code begins none: it raises PasswordToBeSet, or CodeExpired. Who holds a code knows so much already.
    """

    async def open_session(uow: UnitOfWork, found: _Found) -> DomainError | None:
        if found.code_until is not None:
            return CodeExpired() if found.is_code_over else PasswordToBeSet()
        await _begin_session(uow, found.account_id, attempt.token, attempt.held)
        return None

    return await _let_in(open_unit_of_work, attempt, verify, wait, open_session, is_first_use=False)


async def set_first_password(
    open_unit_of_work: OpenUnitOfWork,
    attempt: Attempt,
    verify: Verify,
    wait: Wait,
    *,
    password: str,
    hash_password: HashPassword,
) -> int:
    """Put a password in the place of the one-time code of the attempt, and begin a session with it.

    Counted and slowed down as signing in is. An account with a password of its own is none that could be meant: it is
    refused like an unknown one, whatever is given as its code.
    """
    check_new_password(password, attempt.account, attempt.password)
    hashed = ""

    async def verify_and_hash(kept: str | None, code: str) -> bool:
        """Hashed for whoever holds the code alone: others would have a tenth of a second of work for each guess."""
        nonlocal hashed
        fits = await verify(kept, code)
        if fits:
            hashed = await hash_password(password)
        return fits

    async def take_password(uow: UnitOfWork, found: _Found) -> DomainError | None:
        if found.is_code_over:
            return CodeExpired()
        row = {"password_hash": hashed, "code_until": None, "code_failures": 0}
        await uow.session.execute(update(Account).where(col(Account.id) == found.account_id).values(row))
        await uow.session.execute(
            update(Session)
            .where(col(Session.account_id) == found.account_id, col(Session.revoked_at).is_(None))
            .values(revoked_at=func.now())
        )
        await record(uow, by=SYSTEM, action="account.password_chosen", subject=f"Account:{found.account_id}")
        await _begin_session(uow, found.account_id, attempt.token, attempt.held)
        return None

    return await _let_in(open_unit_of_work, attempt, verify_and_hash, wait, take_password, is_first_use=True)


@dataclass(frozen=True)
class _Found:
    """An account whose password, or code, fitted."""

    account_id: int
    code_until: datetime | None
    is_code_over: bool


async def _let_in(
    open_unit_of_work: OpenUnitOfWork,
    attempt: Attempt,
    verify: Verify,
    wait: Wait,
    act: Callable[[UnitOfWork, _Found], Awaitable[DomainError | None]],
    *,
    is_first_use: bool,
) -> int:
    """Verify, count, and `act` where it fitted; what `act` gives is raised after the commit, as a failure is.

    A failure is counted before it is told. Argon2 takes a tenth of a second and holds nothing meanwhile: it runs
    between two transactions. The second one decides under the locks of address and account, so guesses at the same
    time count one by one, and one that was right but is counted after a lock fell opens nothing. An address that is
    slowed down gives its turns one by one.
    """
    address = attempt.address
    async with open_unit_of_work() as uow:
        turn = await take_turn(uow, address)
        kept, is_code = await _kept_hash(uow, attempt.account)
    if turn.wait_seconds > 0:
        await wait(turn.wait_seconds)
    if is_first_use and not is_code:
        kept = None
    fits = await verify(kept, plain_code(attempt.password) if is_code or is_first_use else attempt.password)
    refused: DomainError | None = None
    async with open_unit_of_work() as uow:
        await one_at_a_time(uow, address)
        if not turn.is_taken and await is_slowed(uow, address):
            raise TooManySignInFailures
        found = await _settle(uow, attempt.account, kept if fits else None)
        if found is None:
            await count_address(uow, address)
        else:
            if turn.is_taken:
                await give_back(uow, address)
            refused = await act(uow, found)
    if found is None:
        raise SignInRefusedError
    if refused is not None:
        raise refused
    return found.account_id


async def _kept_hash(uow: UnitOfWork, account: str) -> tuple[str | None, bool]:
    """The hash, and whether it is a code's. A disabled account is hashed for as an unknown one is: neither can be told
    from a wrong password."""
    found = await uow.session.execute(
        select(
            func.nullif(col(Account.password_hash), NO_PASSWORD), col(Account.code_until).is_not(None)
        ).where(col(Account.account) == account)
    )
    kept, is_code = found.one_or_none() or (None, False)
    return kept, is_code


async def _settle(uow: UnitOfWork, account: str, verified_hash: str | None) -> _Found | None:
    """Clear or count under the row's lock. Gives None instead of raising, because the count has to be committed."""
    is_locked = func.coalesce(col(Account.locked_until) > func.now(), False)
    is_over = func.coalesce(col(Account.code_until) <= func.now(), False)
    found = await uow.session.execute(
        select(col(Account.id), col(Account.password_hash), is_locked, col(Account.code_until), is_over)
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
    return _Found(account_id, row[3], row[4])


async def _count_failure(uow: UnitOfWork, account_id: int) -> None:
    failures = col(Account.failed_attempts) + 1
    locks = failures >= FAILURES_TO_LOCK
    has_code, tries = col(Account.code_until).is_not(None), col(Account.code_failures) + 1
    await uow.session.execute(
        update(Account)
        .where(col(Account.id) == account_id)
        .values(
            failed_attempts=case((locks, 0), else_=failures),
            locked_until=case((locks, func.now() + LOCKED_FOR), else_=None),
            # Locks come and go; of a code all wrong tries count together, and the last of them ends it.
            code_failures=case((has_code, tries), else_=0),
            code_until=case(
                (has_code & (tries >= TRIES_OF_A_CODE), func.now()), else_=col(Account.code_until)
            ),
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
