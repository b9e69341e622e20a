"""Open the night that is due: once a bank day, whichever worker's clock rings first."""

from datetime import datetime, time, timedelta

import psycopg
import structlog

from domain.shared.calendar import BANK_ZONE, data_date_at
from domain.shared.nights import NightRunning, open_night_sync

log = structlog.get_logger()


def is_night_between(after: datetime, until: datetime, night_at: time) -> bool:
    """Whether the clock passed `night_at` of some bank day in (after, until]."""
    day = after.astimezone(BANK_ZONE).date()
    while (due := datetime.combine(day, night_at, BANK_ZONE)) <= until:
        if due > after:
            return True
        day += timedelta(days=1)
    return False


def open_tonight(database_url: str, now: datetime) -> int | None:
    """Open the night for yesterday's data date unless one was opened already; gives the run's id or None."""
    data_date = data_date_at(now)
    with psycopg.connect(database_url) as connection:
        # Two workers' clocks ring at once; the second sees the first one's run.
        connection.execute("select pg_advisory_xact_lock(hashtext('open tonight'))")
        known = connection.execute(
            "select 1 from night_runs where data_date = %s and state <> 'FAILED'", [data_date]
        ).fetchone()
        if known is not None:
            return None
        try:
            run_id = open_night_sync(connection, data_date)
        except NightRunning:
            log.warning("night.not_opened", data_date=str(data_date), reason="another night is running")
            return None
    log.info("night.opened", run=run_id, data_date=str(data_date))
    return run_id
