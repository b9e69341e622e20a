"""Who judges identity judges alone: the night's step and a cut share one lock.

Both read which records belong together, think, and write it. A cut that committed while the step was thinking would be
written over, and its customer would be left without records.
"""

from domain.shared.errors import DomainError
from domain.shared.night import Connection
from domain.shared.rows import Rows

_LOCK = "hashtext('identity')"


class IdentityIsBusy(DomainError):
    code = "IDENTITY_IS_BUSY"


def wait_for_identity(connection: Connection) -> None:
    """For the night: a cut takes moments, so it is waited for. Held to the end of the transaction."""
    connection.execute(f"select pg_advisory_xact_lock({_LOCK})")


def take_identity(rows: Rows) -> None:
    """For a person: a night's step takes minutes, which nobody waits for. Raises IdentityIsBusy, changing nothing."""
    # Two cuts at once take moments each, so a short wait is enough for them.
    rows.execute("set local lock_timeout = '2s'")
    if not rows.execute(f"select pg_try_advisory_xact_lock({_LOCK})")[0][0]:
        raise IdentityIsBusy
