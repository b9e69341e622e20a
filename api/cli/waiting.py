"""`./yunge night --wait`: what an outer scheduler (MOIA, Control-M) calls, with exit codes that stay as they are."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from types import FrameType

import psycopg

from api.local.nights import End, say_done, watch
from api.local.place import Place
from api.local.screen import Screen
from api.local.status import noted_or_refuse
from api.local.supervisor import Supervisor
from api.local.words import say_kept, t
from api.local.workers import are_workers_up
from api.night.state_files import last_nights, publish
from api.settings import states_beside
from domain.feeds.arrivals import feeds_to_be_taken
from domain.shared.nights import NightRunning, open_night_sync


class NightExit(IntEnum):
    """How `night --wait` ends. Schedulers are set up by these numbers, so none ever changes its meaning.

    1 is left to what hinders any command (no installation, no database), 2 to a mistake in the arguments.
    """

    ENDED_WELL = 0
    FAILED = 3
    FILES_HELD = 4
    """It ended well, without the files that wait for a person's word."""
    OTHER_NIGHT_RUNNING = 5
    NOTHING_TO_DO = 6
    """The night of this data date, or a later one, ended well before, and nothing new lies there."""
    TIMEOUT = 7
    NO_WORKER = 8


class WatchingEnded(BaseException):
    """A signal ended the watching; the night itself goes on."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


@dataclass(frozen=True)
class Waited:
    """The night that a caller asks for."""

    data_date: date
    is_full: bool = False
    retrain: bool = False
    minutes_at_most: float | None = None


@dataclass(frozen=True)
class _Found:
    """The night to watch, or why there is none."""

    run_id: int | None = None
    exit: NightExit = NightExit.ENDED_WELL


def wait_for_night(place: Place, screen: Screen, wanted: Waited) -> int:
    """Open the night or join the one that runs for this data date, show its steps, and wait for its end."""
    noted = noted_or_refuse(place)
    database_url = str(noted["database_url"])
    # Not the settings of the processes: a scheduler's shell has no secret, and needs none.
    landing = Path(os.environ.get("YUNGE_LANDING") or noted["landing"])
    named = os.environ.get("YUNGE_STATE_DIR") or noted.get("state_dir")
    states = states_beside(landing, Path(named) if named else None)
    with _signals_end_the_watching():
        try:
            found = _open_or_join(database_url, landing, wanted, screen)
            _publish(database_url, states, screen)
            if found.run_id is None:
                return found.exit
            code = _watch(place, database_url, found.run_id, wanted, screen)
            _publish(database_url, states, screen)
        except WatchingEnded as ended:
            screen.line(t("waiting.watching_ended", data_date=wanted.data_date))
            return ended.exit_code
    return code


@contextmanager
def _signals_end_the_watching() -> Iterator[None]:
    def end(number: int, _frame: FrameType | None) -> None:
        raise WatchingEnded(number)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_or_join(database_url: str, landing: Path, wanted: Waited, screen: Screen) -> _Found:
    with psycopg.connect(database_url) as database:
        while True:
            running = database.execute(
                "select id, data_date from night_runs where state = 'RUNNING'"
            ).fetchone()
            if running is not None:
                return _join(running[0], running[1], wanted, screen)
            if (found := _why_not(database, landing, wanted, screen)) is not None:
                return found
            try:
                with database.transaction():
                    run_id = open_night_sync(
                        database, wanted.data_date, is_full=wanted.is_full, retrain=wanted.retrain
                    )
            except NightRunning:
                continue  # somebody opened one since we looked: join it
            screen.line(t("local_nights.night_data_date", run_id=run_id, data_date=wanted.data_date))
            return _Found(run_id)


def _join(run_id: int, data_date: date, wanted: Waited, screen: Screen) -> _Found:
    if data_date != wanted.data_date:
        screen.line(
            t("waiting.other_night_running", run_id=run_id, data_date=data_date, wanted=wanted.data_date)
        )
        return _Found(exit=NightExit.OTHER_NIGHT_RUNNING)
    screen.line(t("waiting.joined", run_id=run_id, data_date=data_date))
    return _Found(run_id)


def _why_not(database: psycopg.Connection, landing: Path, wanted: Waited, screen: Screen) -> _Found | None:
    """Nothing is to be done where the last night of this data date ended well and no file came since."""
    last = next(iter(last_nights(database, 1)), None)
    database.rollback()  # what was read is no reason to keep others from the night's rows
    if last is None or last.state != "DONE" or last.data_date < wanted.data_date:
        return None
    if last.data_date == wanted.data_date and (
        wanted.is_full or wanted.retrain or feeds_to_be_taken(database, landing, wanted.data_date)
    ):
        database.rollback()
        return None
    screen.line(t("waiting.nothing_to_do", run_id=last.run_id, data_date=last.data_date))
    if last.held:
        screen.line(t("local_nights.files_are_held", files=", ".join(last.held)))
        return _Found(exit=NightExit.FILES_HELD)
    return _Found(exit=NightExit.NOTHING_TO_DO)


def _watch(place: Place, database_url: str, run_id: int, wanted: Waited, screen: Screen) -> NightExit:
    supervisor = Supervisor(place)
    seconds = float("inf") if wanted.minutes_at_most is None else wanted.minutes_at_most * 60
    seen = watch(
        database_url,
        run_id,
        screen,
        lambda: are_workers_up(database_url, supervisor),
        seconds_at_most=seconds,
    )
    if seen.end is End.TIMEOUT:
        screen.line(t("waiting.timeout", run_id=run_id, minutes=f"{wanted.minutes_at_most:g}"))
        return NightExit.TIMEOUT
    if seen.end is End.NO_WORKER:
        screen.line(t("local_nights.no_worker_running"))
        return NightExit.NO_WORKER
    if seen.end is End.FAILED:
        screen.line(t("local_nights.night_did_not", run_id=run_id, value=say_kept(seen.failure)))
        return NightExit.FAILED
    held = say_done(database_url, run_id, seen, screen)
    return NightExit.FILES_HELD if held else NightExit.ENDED_WELL


def _publish(database_url: str, folder: Path, screen: Screen) -> None:
    """The state file is there before the exit code is, also where the workers cannot write to the folder."""
    try:
        with psycopg.connect(database_url) as database:
            publish(folder, last_nights(database))
    except OSError as failure:
        screen.line(t("waiting.no_state_file", folder=folder, why=failure.strerror or str(failure)))
