"""What lies in the landing folder at this moment that no night has taken yet; nothing is stored."""

from datetime import date
from pathlib import Path

from domain.feeds.contracts import FEEDS
from domain.feeds.landing import find_batches
from domain.shared.night import Connection, Night, silent

_TO_BE_TAKEN = """
select distinct feed from batches
 where state = 'READY' or (state = 'WAITING' and reasons = '[]') order by feed
"""


def feeds_to_be_taken(connection: Connection, landing: Path, data_date: date) -> list[str]:
    """Feeds of which a night for this data date would take a batch, by the night's own first step, undone again.

    Empty before the first night of an installation: there is nothing yet that a night could be compared with. Raises
    LandingUnreadable where the folder is not to be seen.
    """
    row = connection.execute("select max(id) from night_runs").fetchone()
    if row is None or row[0] is None:
        return []
    with connection.transaction(force_rollback=True):
        find_batches(connection, Night(row[0], data_date, landing), silent)
        return [feed for (feed,) in connection.execute(_TO_BE_TAKEN)]


def feeds_behind(connection: Connection, data_date: date) -> set[str]:
    """Feeds of which nothing was taken for this data date or a later one."""
    came = connection.execute(
        "select distinct feed from batches where state = 'LOADED' and data_date >= %s", [data_date]
    )
    return set(FEEDS) - {feed for (feed,) in came}
