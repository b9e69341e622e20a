"""The threads of a worker: whatever they stumble over, they go on."""

import sys
import threading
from datetime import date, time, timedelta
from pathlib import Path

import psycopg
import pytest
import structlog
from psycopg import sql
from structlog.testing import LogCapture

import api.worker
from api.jobs.context import JobContext
from api.jobs.hand import Hand
from api.jobs.handlers import NIGHT_JOBS
from api.settings import Settings
from domain.shared.night import Connection, Night, NightStep, Report, StepResult
from domain.shared.nights import open_night_sync
from tests.faults.processes import wait_until
from tests.servers import redis_url

DAY = date(2026, 11, 20)


class Stumbling(Hand):
    """Fails outside of any job, as a bug in claiming would, or a process that gets no further thread."""

    falls = 2

    def work_off_one(self) -> bool:
        if self.falls:
            self.falls -= 1
            raise RuntimeError("can't start new thread")
        return super().work_off_one()


def easy(connection: Connection, night: Night, report: Report) -> StepResult:
    return StepResult(1)


def leaving(connection: Connection, night: Night, report: Report) -> StepResult:
    """Ends the thread in which it runs, the first time."""
    row = connection.execute("select max(attempts) from outbox where name = 'night.step'").fetchone()
    if row == (1,):
        sys.exit(1)
    return StepResult(1)


@pytest.fixture
def given(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, redis_url=redis_url(), landing=tmp_path)


def night_by(work: api.worker.Work, given: Settings) -> list[tuple]:
    """A night that the worker carries out; gives its state and the attempts that its jobs took."""
    with psycopg.connect(given.database_url) as connection:
        open_night_sync(connection, DAY)
    work.start()
    try:
        with psycopg.connect(given.database_url, autocommit=True) as watch:
            over = "select 1 from night_runs where state <> 'RUNNING'"
            wait_until(lambda: watch.execute(over).fetchone() is not None, 20, "the night")
            return watch.execute(
                "select state, (select max(attempts) from outbox) from night_runs"
            ).fetchall()
    finally:
        end(work)


def end(work: api.worker.Work) -> None:
    """A process just ends; here the threads are waited for and their connections closed."""
    work.stop()
    for thread in threading.enumerate():
        if thread.name in {*work._hands, "clock", "sealer"}:
            thread.join(10)
    for hand in work._hands.values():
        hand.close()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the worker logs, wherever another test of this process has led its log to."""
    capture = LogCapture()
    anything = structlog.make_filtering_bound_logger(0)
    heard = structlog.wrap_logger(None, processors=[capture], wrapper_class=anything)
    monkeypatch.setattr(api.worker, "log", heard)
    return capture


def test_a_hand_that_stumbles_outside_of_a_job_says_so_and_goes_on(given: Settings, said: LogCapture) -> None:
    context = JobContext(given.database_url, given.landing, (NightStep("find", easy),))
    work = api.worker.Work(given, context)
    work._hands["night"] = Stumbling(context, NIGHT_JOBS)
    assert night_by(work, given) == [("DONE", 1)]
    stumbles = [entry for entry in said.entries if entry["event"] == "worker.stumbled"]
    assert len(stumbles) == 2
    assert all("RuntimeError" in str(entry["reason"]) for entry in stumbles)


def test_a_step_that_ends_its_thread_has_failed_once_and_the_hand_goes_on(given: Settings) -> None:
    context = JobContext(given.database_url, given.landing, (NightStep("find", leaving),))
    assert night_by(api.worker.Work(given, context), given) == [("DONE", 2)]


def test_a_job_that_nobody_can_be_told_of_is_buried_all_the_same(given: Settings) -> None:
    """Its arguments name no run; whoever came upon it would stumble for ever, and nothing behind it would be done."""
    with psycopg.connect(given.database_url) as connection:
        connection.execute(
            """insert into outbox (name, key, args, state, attempts, lease_until)
               values ('night.step', 'poison', '[]', 'RUNNING', 3, now() - interval '1 minute')"""
        )
    context = JobContext(given.database_url, given.landing, (NightStep("find", easy),))
    assert night_by(api.worker.Work(given, context), given) == [("DONE", 3)]
    with psycopg.connect(given.database_url) as connection:
        row = connection.execute("select state from outbox where key = 'poison'").fetchone()
    assert row == ("DEAD",)


def test_a_night_that_falls_due_while_the_database_is_away_is_opened_when_it_is_back(
    given: Settings, monkeypatch: pytest.MonkeyPatch, said: LogCapture
) -> None:
    monkeypatch.setattr(api.worker, "CLOCK_SECONDS", 0.05)
    with psycopg.connect(given.database_url) as connection:
        connection.execute(
            "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false)",
            [DAY - timedelta(days=7)],
        )
    name = sql.Identifier(given.database_url.rsplit("/", 1)[1])
    server = given.database_url.rsplit("/", 1)[0] + "/postgres"
    context = JobContext(given.database_url, given.landing, (NightStep("find", easy),))
    work = api.worker.Work(given.model_copy(update={"night_at": time(0)}), context, has_clock=True)

    def was_away() -> bool:
        return any(
            entry["event"] == "worker.database_away" and entry["thread"] == "clock" for entry in said.entries
        )

    with psycopg.connect(server, autocommit=True) as away:
        away.execute(sql.SQL("alter database {} with allow_connections false").format(name))
        work.start()
        wait_until(was_away, 10, "a look in vain")
        away.execute(sql.SQL("alter database {} with allow_connections true").format(name))
    try:
        with psycopg.connect(given.database_url, autocommit=True) as watch:
            count = "select 1 from night_runs where state = 'DONE' offset 1"
            wait_until(lambda: watch.execute(count).fetchone() is not None, 20, "the night")
    finally:
        end(work)
