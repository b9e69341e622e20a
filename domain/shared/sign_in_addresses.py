"""A limit by address: who tries one password on a thousand accounts locks none of them, and is slowed down here.

Behind one address there is often a whole branch, so nobody is shut out for what his neighbours mistyped. From the
fiftieth failure on one password is looked at every six seconds, until there was none for a quarter of an hour. Whoever
is next waits for his turn; beyond that an attempt is refused before its password is looked at. A right password gives
its turn back, so that colleagues follow each other at once. Success clears nothing: a guesser has an account of his
own, too.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from sqlalchemy import case, delete, extract, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.models import SignInFailures
from domain.shared.principal import SYSTEM
from domain.shared.unit_of_work import UnitOfWork

FAILURES_OF_AN_ADDRESS = 50
COUNTED_FOR = timedelta(minutes=15)
BETWEEN_TURNS = timedelta(seconds=6)
"""Also the longest that somebody waits: well below what an operation may take."""
FORGOTTEN_AT_ONCE = 20

_is_over = col(SignInFailures.since) <= func.now() - COUNTED_FOR
_is_many = col(SignInFailures.failures) >= FAILURES_OF_AN_ADDRESS - 1


class TooManySignInFailures(DomainError):
    code = "TOO_MANY_SIGN_IN_FAILURES"


def counted_address(host: str | None) -> str:
    """What is counted as one client: an IPv4 address, or the /64 of an IPv6 one, all of which is his."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return host or "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


async def one_at_a_time(uow: UnitOfWork, address: str) -> None:
    """Until the end of the transaction nobody else is counted at this address."""
    await uow.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('sign in from ' || :address, 0))"),
        {"address": address},
    )


@dataclass(frozen=True)
class Turn:
    """When the password may be looked at."""

    wait_seconds: float = 0.0
    is_taken: bool = False
    """Whether the address was slowed down already and the turn is this attempt's alone."""


async def take_turn(uow: UnitOfWork, address: str) -> Turn:
    """At once, or one turn of an address that is slowed down. Raises TooManySignInFailures when others wait already."""
    if not await is_slowed(uow, address):
        return Turn()
    turn_at = func.greatest(func.now(), col(SignInFailures.next_turn_at))
    waits = await uow.session.scalar(
        update(SignInFailures)
        .where(col(SignInFailures.address) == address, turn_at <= func.now() + BETWEEN_TURNS)
        .values(next_turn_at=turn_at + BETWEEN_TURNS)
        .returning(extract("epoch", col(SignInFailures.next_turn_at) - BETWEEN_TURNS - func.now()))
    )
    if waits is None:
        raise TooManySignInFailures
    return Turn(float(waits), is_taken=True)


async def give_back(uow: UnitOfWork, address: str) -> None:
    """The turn of an attempt that was no guess."""
    await uow.session.execute(
        update(SignInFailures)
        .where(col(SignInFailures.address) == address)
        .values(next_turn_at=col(SignInFailures.next_turn_at) - BETWEEN_TURNS)
    )


async def is_slowed(uow: UnitOfWork, address: str) -> bool:
    failures = await uow.session.scalar(
        select(col(SignInFailures.failures)).where(col(SignInFailures.address) == address, ~_is_over)
    )
    return failures is not None and failures >= FAILURES_OF_AN_ADDRESS


async def count_address(uow: UnitOfWork, address: str) -> None:
    """One more failure, or the first one anew. Others whose time is over are forgotten by and by."""
    await _forget(uow)
    first = insert(SignInFailures).values(address=address, failures=1)
    again = {
        "failures": case((_is_over, 1), else_=col(SignInFailures.failures) + 1),
        # Of a slowed address the last failure counts, so that going on does not end it.
        "since": case((_is_over | _is_many, func.now()), else_=col(SignInFailures.since)),
    }
    failures = await uow.session.scalar(
        first.on_conflict_do_update(index_elements=["address"], set_=again).returning(
            col(SignInFailures.failures)
        )
    )
    if failures == FAILURES_OF_AN_ADDRESS:
        await record(uow, by=SYSTEM, action="address.slowed", subject=f"SignInFailures:{address}")


async def _forget(uow: UnitOfWork) -> None:
    # Rows that somebody else is forgetting are left to him: two who wait for each other's would be a deadlock.
    old = (
        select(col(SignInFailures.address))
        .where(_is_over)
        .limit(FORGOTTEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    await uow.session.execute(delete(SignInFailures).where(col(SignInFailures.address).in_(old)))
