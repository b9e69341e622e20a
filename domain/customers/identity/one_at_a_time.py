"""Who judges identity judges alone: the night's step and a cut share one lock.

Both read which records belong together, think, and write it. A cut that committed while the step was thinking would be
written over, and its customer would be left without records.

The night's other steps write customers too, each in an order of its own. So a cut takes all its customers at once or
none of them: it never waits for one while it holds another, and nobody can wait for it in a circle.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from domain.shared.errors import DomainError
from domain.shared.night import Connection
from domain.shared.rows import Rows

_TAKE = "select pg_advisory_xact_lock(hashtext('identity'))"
_NOT_AVAILABLE = "55P03"
PATIENCE = "2s"
"""Two cuts take moments each and wait for one another; a night's step takes minutes, which nobody waits for."""


class IdentityIsBusy(DomainError):
    code = "IDENTITY_IS_BUSY"


def wait_for_identity(connection: Connection) -> None:
    """For the night: a cut takes moments, so it is waited for. Held to the end of the transaction."""
    connection.execute(_TAKE)


def take_identity(session: Session) -> None:
    """For a person. Raises IdentityIsBusy after a short wait; the transaction is over then and nothing was changed."""
    limit = session.execute(text("select current_setting('lock_timeout')")).scalar_one()
    session.execute(text(f"set local lock_timeout = '{PATIENCE}'"))
    try:
        session.execute(text(_TAKE))
    except DBAPIError as busy:
        if getattr(busy.orig, "sqlstate", None) == _NOT_AVAILABLE:
            raise IdentityIsBusy from busy
        raise
    session.execute(text("select set_config('lock_timeout', :limit, true)"), {"limit": limit})


_TRIES, _PAUSE_S = 40, 0.05
_ALL = "select count(*) from customers where id = any(cast(%(ids)s as bigint[]))"
_FREE = """
select count(*) from (
    select 1 from customers where id = any(cast(%(ids)s as bigint[])) order by id for update skip locked) as free
"""


def take_customers(rows: Rows, customer_ids: Sequence[int]) -> None:
    """For a person: locks all of these customers that there are, to the end of the transaction, or none of them.

    Raises IdentityIsBusy when a step of the night has held one of them for two seconds.
    """
    given = {"ids": sorted(customer_ids)}
    for _ in range(_TRIES):
        rows.execute("savepoint customers_taken")
        if rows.execute(_FREE, given) == rows.execute(_ALL, given):
            rows.execute("release savepoint customers_taken")
            return
        rows.execute("rollback to savepoint customers_taken")
        rows.execute("select pg_sleep(%(pause)s)", {"pause": _PAUSE_S})
    raise IdentityIsBusy
