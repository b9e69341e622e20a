"""Who judges identity judges alone: the night's step and a cut share one lock.

Both read which records belong together, think, and write it. A cut that committed while the step was thinking would be
written over, and its customer would be left without records.
"""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from domain.shared.errors import DomainError
from domain.shared.night import Connection

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
