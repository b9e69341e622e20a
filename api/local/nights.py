"""Start a night from the command line and watch it. The workers carry it out; Ctrl-C only stops the watching."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import psycopg

from api.local.held import held_files
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.words import say_kept, t
from domain.shared.nights import open_night_sync

LOOK_SECONDS = 0.5
PROGRESS_SECONDS = 10.0


def has_night(database_url: str, data_date: date) -> bool:
    """Whether a night for this data date, or a later one, ended well."""
    with psycopg.connect(database_url) as database:
        row = database.execute(
            "select exists (select from night_runs where state = 'DONE' and data_date >= %s)", [data_date]
        ).fetchone()
    return row is not None and bool(row[0])


def carry_out(
    database_url: str,
    data_date: date,
    screen: Screen,
    are_workers_up: Callable[[], bool],
    *,
    is_full: bool = False,
    retrain: bool = False,
    may_join: bool = False,
    when_read: Callable[[], None] = lambda: None,
) -> None:
    """Open a night (or join the one that runs), wake the workers, and show its steps until it ends.

    `when_read` is called, once or more often, from when the files are read: until then all processors are at work.
    """
    with psycopg.connect(database_url) as database:
        running = database.execute("select id, data_date from night_runs where state = 'RUNNING'").fetchone()
        if running is not None and may_join:
            run_id, data_date = running
        else:
            run_id = open_night_sync(database, data_date, is_full=is_full, retrain=retrain)
    screen.line(t("local_nights.night_data_date", run_id=run_id, data_date=data_date))
    seen = watch(database_url, run_id, screen, are_workers_up, when_read=when_read)
    if seen.end is End.NO_WORKER:
        raise CannotGoOn(t("local_nights.no_worker_running"))
    if seen.end is not End.DONE:
        raise CannotGoOn(t("local_nights.night_did_not", run_id=run_id, value=say_kept(seen.failure)))
    say_done(database_url, run_id, seen, screen)


class End(StrEnum):
    """How the watching of a night ended."""

    DONE = "done"
    FAILED = "failed"
    NO_WORKER = "no worker"
    TIMEOUT = "timeout"


@dataclass(frozen=True)
class Seen:
    end: End
    seconds: float
    failure: dict[str, Any] | None = None


def watch(
    database_url: str,
    run_id: int,
    screen: Screen,
    are_workers_up: Callable[[], bool],
    *,
    seconds_at_most: float = math.inf,
    when_read: Callable[[], None] = lambda: None,
) -> Seen:
    """Show the steps of a night as they end, and every ten seconds how far the others are; says how it ended."""
    shown: set[str] = set()
    last_word = began = time.monotonic()
    with psycopg.connect(database_url, autocommit=True) as database:
        while True:
            # The run first: whatever ends after it is asked for is still shown by the steps that follow.
            run = database.execute("select state, failure from night_runs where id = %s", [run_id]).fetchone()
            steps = _steps(database, run_id)
            if any(step["name"] == "identity" and step["state"] != "WAITING" for step in steps):
                when_read()
            for step in steps:
                if step["state"] in ("DONE", "FAILED") and step["name"] not in shown:
                    shown.add(step["name"])
                    screen.line(_ended(step))
                    last_word = time.monotonic()
            seconds = time.monotonic() - began
            if run is None or run[0] != "RUNNING":
                is_done = run is not None and run[0] == "DONE"
                return Seen(End.DONE if is_done else End.FAILED, seconds, run[1] if run else None)
            if seconds >= seconds_at_most:
                return Seen(End.TIMEOUT, seconds)
            if time.monotonic() - last_word > PROGRESS_SECONDS:
                last_word = time.monotonic()
                if not are_workers_up():
                    return Seen(End.NO_WORKER, seconds)
                _say_progress(steps, screen)
            time.sleep(min(LOOK_SECONDS, seconds_at_most - seconds))


def say_done(database_url: str, run_id: int, seen: Seen, screen: Screen) -> list[str]:
    """The last lines of a night that ended well; the files that are held."""
    screen.line(t("local_nights.night_s", run_id=run_id, seconds=f"{seen.seconds:.1f}"))
    with psycopg.connect(database_url) as database:
        held = held_files(database)
    if held:
        screen.line(t("local_nights.files_are_held", files=", ".join(held)))
    return held


def _steps(database: psycopg.Connection, run_id: int) -> list[dict[str, Any]]:
    rows = database.execute(
        """select name, state, rows, seconds, progress, message from night_steps
            where night_run_id = %s order by position""",
        [run_id],
    )
    names = ("name", "state", "rows", "seconds", "progress", "message")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _ended(step: dict[str, Any]) -> str:
    message = f"  {say_kept(step['message'])}" if step["message"] else ""
    if step["state"] == "FAILED":
        return f"  ✗ {step['name']}{message}"
    return f"  ✓ {step['name']:<24} {step['rows'] or 0:>9,}  {step['seconds'] or 0:>6.1f} s{message}"


def _say_progress(steps: list[dict[str, Any]], screen: Screen) -> None:
    for step in steps:
        if step["state"] == "RUNNING":
            message = f"  {say_kept(step['message'])}" if step["message"] else ""
            screen.line(f"  … {step['name']:<24} {step['progress']:>9.0%}{message}")
