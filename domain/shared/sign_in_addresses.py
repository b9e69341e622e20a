"""A limit by address: who tries one password on a thousand accounts locks none of them, and is stopped here.

An address that failed fifty times within a quarter of an hour is refused until that quarter is over, before a password
is looked at. Success clears nothing: a guesser has an account of his own, too.
"""

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from sqlalchemy import case, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.models import SignInFailures
from domain.shared.principal import SYSTEM
from domain.shared.unit_of_work import UnitOfWork

FAILURES_OF_AN_ADDRESS = 50
COUNTED_FOR = timedelta(minutes=15)
FORGOTTEN_AT_ONCE = 20

_is_over = col(SignInFailures.since) <= func.now() - COUNTED_FOR


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


async def refuse_address(uow: UnitOfWork, address: str) -> None:
    """Raise where the address has failed too often."""
    failures = await uow.session.scalar(
        select(col(SignInFailures.failures)).where(col(SignInFailures.address) == address, ~_is_over)
    )
    if failures is not None and failures >= FAILURES_OF_AN_ADDRESS:
        raise TooManySignInFailures


async def count_address(uow: UnitOfWork, address: str) -> None:
    """One more failure, or the first one anew. Others whose time is over are forgotten by and by."""
    await _forget(uow)
    first = insert(SignInFailures).values(address=address, failures=1)
    again = {
        "failures": case((_is_over, 1), else_=col(SignInFailures.failures) + 1),
        "since": case((_is_over, func.now()), else_=col(SignInFailures.since)),
    }
    failures = await uow.session.scalar(
        first.on_conflict_do_update(index_elements=["address"], set_=again).returning(
            col(SignInFailures.failures)
        )
    )
    if failures == FAILURES_OF_AN_ADDRESS:
        await record(uow, by=SYSTEM, action="address.refused", subject=f"SignInFailures:{address}")


async def _forget(uow: UnitOfWork) -> None:
    # Rows that somebody else is forgetting are left to him: two who wait for each other's would be a deadlock.
    old = (
        select(col(SignInFailures.address))
        .where(_is_over)
        .limit(FORGOTTEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    await uow.session.execute(delete(SignInFailures).where(col(SignInFailures.address).in_(old)))
