"""A late file is taken as soon as it is there: its night is opened again, until the hour at which people set out."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from domain.feeds.arrivals import feeds_behind, feeds_to_be_taken
from domain.feeds.batch_files import LandingUnreadable
from domain.feeds.parameters import TAKEN_UNTIL
from domain.shared.calendar import BANK_ZONE, data_date_at
from domain.shared.data_date import data_date_in_force
from domain.shared.night import Connection
from domain.shared.nights import NightRunning, open_night_sync
from domain.shared.parameters import parameters_on


def open_for_late_files(connection: Connection, now: datetime, landing: Path) -> list[str]:
    """Feeds for whose files the night of yesterday's data date was opened once more. The caller commits.

    Nothing is opened beside a night that runs, after one that failed (what to do then is for people), or after the
    hour of `TAKEN_UNTIL`: people are on their way then, and a walk does not change under their feet.
    """
    day = data_date_in_force(connection)
    if day is None or day != data_date_at(now) or now >= _until(connection, day):
        return []
    behind = feeds_behind(connection, day)
    if not behind or not _ended_well(connection) or not _is_first(connection):
        return []
    try:
        come = [feed for feed in feeds_to_be_taken(connection, landing, day) if feed in behind]
        if come:
            open_night_sync(connection, day)
    except (LandingUnreadable, NightRunning):
        return []
    return come


def _until(connection: Connection, day: date) -> datetime:
    hour = time.fromisoformat(TAKEN_UNTIL.of(parameters_on(connection, day, (TAKEN_UNTIL,))))
    return datetime.combine(day + timedelta(days=1), hour, BANK_ZONE)


def _ended_well(connection: Connection) -> bool:
    last = connection.execute("select state from night_runs order by id desc limit 1").fetchone()
    return last is not None and last[0] == "DONE"


def _is_first(connection: Connection) -> bool:
    """One worker looks at a time: looking reads the bytes of what is new."""
    row = connection.execute("select pg_try_advisory_xact_lock(hashtext('late files'))").fetchone()
    return row is not None and bool(row[0])
