"""A night that runs while the release changes: it is carried on by the list that was laid out when it began."""

import threading
from datetime import date
from pathlib import Path

import psycopg
import pytest

from api.jobs.context import JobContext
from api.jobs.hand import Hand
from api.jobs.handlers import NIGHT_JOBS
from api.night import run
from domain.shared.night import NightStep
from domain.shared.nights import open_night_sync

from .small_steps import FAN, noting

DAY = date(2026, 11, 20)
ADDED = (
    *FAN[:3],
    NightStep("middle", noting("middle"), after=("left",)),
    NightStep("join", noting("join"), after=("middle", "right")),
)
REMOVED = (FAN[0], FAN[2], NightStep("join", noting("join"), after=("right",)))
RENAMED = (
    FAN[0],
    NightStep("sinister", noting("sinister"), after=("find",), formerly=("left",)),
    FAN[2],
    NightStep("join", noting("join"), after=("sinister", "right")),
)


@pytest.fixture
def url(database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "create table notes (id bigint generated always as identity, run_id bigint, name text)"
        )
        open_night_sync(connection, DAY)
    return database_url


class Release:
    """A worker's hand of one release."""

    def __init__(self, url: str, steps: tuple[NightStep, ...]) -> None:
        self.hand = Hand(JobContext(url, Path("/nowhere"), steps), NIGHT_JOBS)

    def jobs(self, count: int) -> "Release":
        """Carry out so many jobs and go."""
        for _ in range(count):
            assert self.hand.work_off_one()
        self.hand.close()
        return self

    def to_the_end(self, url: str) -> "Release":
        with psycopg.connect(url, autocommit=True) as watch:
            while is_running(watch):
                self.hand.work_off_one()
        self.hand.close()
        return self


def is_running(watch: psycopg.Connection) -> bool:
    return watch.execute("select from night_runs where state = 'RUNNING'").fetchone() is not None


def ask(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def notes(url: str) -> list[str]:
    return [row[0] for row in ask(url, "select name from notes order by id")]


def test_a_night_keeps_what_its_steps_wait_for(url: str) -> None:
    Release(url, FAN).jobs(1)
    assert ask(url, "select name, after from night_steps order by position") == [
        (step.name, list(step.after)) for step in FAN
    ]


@pytest.mark.parametrize("done", range(1, 5))
def test_a_step_that_a_release_adds_is_of_the_next_night(url: str, done: int) -> None:
    Release(url, FAN).jobs(done)
    Release(url, ADDED).to_the_end(url)
    assert notes(url) == ["find", "left", "right", "join"]
    assert ask(url, "select state, failure from night_runs") == [("DONE", None)]
    with psycopg.connect(url) as connection:
        open_night_sync(connection, DAY)
    Release(url, ADDED).to_the_end(url)
    assert notes(url)[4:] in (
        ["find", "left", "right", "middle", "join"],
        ["find", "left", "middle", "right", "join"],
    )


def test_an_older_release_carries_on_what_a_newer_one_began(url: str) -> None:
    """The step it does not know it leaves to the newer one, and does not close the night without it."""
    Release(url, ADDED).jobs(1)
    older, newer = Release(url, FAN), Release(url, ADDED)
    for _ in range(20):
        older.hand.work_off_one()
    assert notes(url) == ["find", "left", "right"]
    assert ask(url, "select state from night_runs") == [("RUNNING",)]
    assert newer.hand.work_off_one()
    assert notes(url)[3:] == ["middle"]
    older.to_the_end(url)
    newer.hand.close()
    assert notes(url)[4:] == ["join"]


def test_a_step_that_nobody_has_any_more_fails_the_night_and_says_which(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "WAITS_FOR_ITS_RELEASE_SECONDS", 0)
    monkeypatch.setattr("api.jobs.hand.LEFT_SECONDS", 0.05)
    Release(url, FAN).jobs(2)
    Release(url, REMOVED).to_the_end(url)
    assert "join" not in notes(url)
    ((state, message),) = ask(url, "select state, failure from night_runs")
    assert state == "FAILED"
    assert message == {"code": "NIGHT_STEP_FAILED", "values": {"step": "left"}}
    (failed,) = ask(url, "select message ->> 'code' from night_steps where state = 'FAILED'")
    assert failed == ("NIGHT_STEP_UNKNOWN",)
    with psycopg.connect(url) as connection:
        open_night_sync(connection, DAY)
    Release(url, REMOVED).to_the_end(url)
    assert ask(url, "select state, is_full from night_runs order by id")[1] == ("DONE", True)


def test_a_step_is_left_to_its_release_for_as_long_as_that_one_is_at_work(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long: what is in hand may take an hour, and whoever has it may know this step as well."""
    monkeypatch.setattr(run, "WAITS_FOR_ITS_RELEASE_SECONDS", 0)
    monkeypatch.setattr("api.jobs.hand.LEFT_SECONDS", 0.0)
    begun, may_end = threading.Event(), threading.Event()

    def slow(connection, night, report):
        begun.set()
        assert may_end.wait(20)
        return noting("right")(connection, night, report)

    steps = (FAN[0], NightStep("right", slow, after=("find",)), FAN[1], FAN[3])
    Release(url, steps).jobs(2)
    old = Release(url, steps)
    thread = threading.Thread(target=old.to_the_end, args=[url])
    thread.start()
    assert begun.wait(10)
    new = Release(url, REMOVED)
    for _ in range(10):
        new.hand.work_off_one()
    new.hand.close()
    may_end.set()
    thread.join(20)
    assert notes(url) == ["find", "right", "left", "join"]
    assert ask(url, "select state from night_runs") == [("DONE",)]


def test_a_step_that_was_renamed_is_found_by_its_former_name(url: str) -> None:
    Release(url, FAN).jobs(2)
    Release(url, RENAMED).to_the_end(url)
    assert notes(url) == ["find", "sinister", "right", "join"]
    assert ask(url, "select name from night_steps where state = 'DONE' order by position") == [
        (step.name,) for step in FAN
    ]


@pytest.mark.parametrize("steps", [FAN, RENAMED])
def test_a_night_laid_out_before_lists_were_kept_goes_on_by_this_release(
    url: str, steps: tuple[NightStep, ...]
) -> None:
    Release(url, FAN).jobs(1)
    with psycopg.connect(url) as connection:
        connection.execute("update night_steps set after = null")
    Release(url, steps).to_the_end(url)
    assert [notes(url)[0], notes(url)[-1], len(notes(url))] == ["find", "join", 4]
