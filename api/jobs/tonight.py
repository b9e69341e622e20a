"""Open the night that is due, once a bank day, and change to the plan that begins, by whichever worker looks first.

Every worker looks every few seconds, and the database decides. So a night that falls due while another one runs follows
it, and a fleet that was down at the time makes it up when it comes back.
"""

from collections.abc import Callable
from datetime import datetime, time
from enum import StrEnum
from math import inf
from pathlib import Path
from time import monotonic

import structlog

from api.jobs.files import queue_sweep
from api.jobs.kept import Kept
from api.jobs.late_files import open_for_late_files
from api.jobs.plans import queue_due_plan
from api.local import demonstration
from domain.shared.calendar import BANK_ZONE, bank_day, data_date_at
from domain.shared.night import Connection
from domain.shared.nights import NightRunning, NightSuperseded, open_night_sync

log = structlog.get_logger()

LATE_FILES_SECONDS = 60


class Tonight(StrEnum):
    """What a look came to."""

    NOTHING = "nothing"
    """None is due, or it was opened before."""
    OPENED = "opened"
    WAITS = "waits"
    """One is due, and another one is running."""


def open_tonight(connection: Connection, now: datetime, night_at: time, *, since: datetime) -> Tonight:
    """Open the night that fell due today, unless it was opened. The caller commits.

    `since` is when the asking worker began to look.
    """
    due_at = datetime.combine(bank_day(now), night_at, BANK_ZONE)
    if now < due_at or not _is_left(connection, due_at, since):
        return Tonight.NOTHING
    # The second of two who look at once sees the first one's run.
    connection.execute("select pg_advisory_xact_lock(hashtext('open tonight'))")
    if not _is_left(connection, due_at, since):
        return Tonight.NOTHING
    try:
        open_night_sync(connection, data_date_at(due_at))
    except NightRunning:
        return Tonight.WAITS
    except NightSuperseded:
        return Tonight.NOTHING
    return Tonight.OPENED


def _is_left(connection: Connection, due_at: datetime, since: datetime) -> bool:
    """Whether nobody opened it. One that failed after it was due was opened, and what to do then is for people."""
    data_date = data_date_at(due_at)
    row = connection.execute(
        """select not exists (select from night_runs where data_date >= %(data_date)s
                                and (state <> 'FAILED' or started_at >= %(due_at)s)),
                  exists (select from night_runs)""",
        {"data_date": data_date, "due_at": due_at},
    ).fetchone()
    assert row is not None
    is_unopened, has_nights = row
    # An installation that never carried out a night is being set up: its first one is never late.
    if not is_unopened or not (has_nights or since <= due_at):
        return False
    shown = demonstration.loaded_in(connection)
    return shown is None or shown.leaves_to_the_clock(data_date)


class Clock:
    """The look of one worker, called every few seconds. Only the database's clock counts."""

    def __init__(
        self, database_url: str, night_at: time, wake: Callable[[], None], landing: Path | None = None
    ) -> None:
        self._kept = Kept(database_url)
        self._night_at = night_at
        self._landing = landing
        self._looked_s = -inf
        self._wake = wake
        self._since: datetime | None = None
        self._last = Tonight.NOTHING

    def __call__(self) -> None:
        connection = self._kept()
        with connection.transaction():
            row = connection.execute("select now()").fetchone()
            assert row is not None
            is_first, since = self._since is None, self._since or row[0]
            has_plan = queue_due_plan(connection, bank_day(row[0]))
            queue_sweep(connection, bank_day(row[0]))
            found = open_tonight(connection, row[0], self._night_at, since=since)
        if is_first:
            log.info("clock.started", night_at=f"{self._night_at:%H:%M}", tonight=found)
        if has_plan:
            log.info("plan.queued", day=str(bank_day(row[0])))
            self._wake()
        if found is Tonight.OPENED:
            log.info("night.opened", data_date=str(data_date_at(row[0])))
            self._wake()
        elif found is Tonight.WAITS and self._last is not Tonight.WAITS:
            log.warning("night.waits", data_date=str(data_date_at(row[0])), reason="another night is running")
        self._since, self._last = since, found
        self._look_for_late_files(connection)

    def _look_for_late_files(self, connection: Connection) -> None:
        """Once a minute: the landing folder may be a share that answers slowly."""
        if self._landing is None or monotonic() - self._looked_s < LATE_FILES_SECONDS:
            return
        self._looked_s = monotonic()
        with connection.transaction():
            row = connection.execute("select now()").fetchone()
            assert row is not None
            come = open_for_late_files(connection, row[0], self._landing)
        if come:
            log.info("night.opened", data_date=str(data_date_at(row[0])), late_files=come)
            self._wake()

    def close(self) -> None:
        self._kept.close()
