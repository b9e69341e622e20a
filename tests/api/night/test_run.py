"""The runner: order, one transaction a step, failures, two hands at once."""

import threading
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from api.jobs.context import JobContext
from api.jobs.hand import Hand
from api.jobs.handlers import HANDLERS, NIGHT_JOBS
from api.night.inline import NightFailed, run_night_inline
from api.night.statements import STEP_FAILED
from api.night.steps import STEPS, NightStep
from domain.shared.night import DOING
from domain.shared.nights import NightRunning, NightSuperseded, open_night_sync
from tests.domain.shared.test_parameters import decided
from tests.domain.small_bank import SmallBank
from tests.words import in_chinese

from .small_steps import FAN, broken, fan_with, noting, refusing, telling_stops

DAY = date(2026, 11, 20)


@pytest.fixture
def night_database(database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "create table notes (id bigint generated always as identity, run_id bigint, name text)"
        )
    return database_url


def notes(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select name from notes order by id").fetchall()]


def states(url: str) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        return dict(connection.execute("select name, state from night_steps").fetchall())


def test_every_step_waits_for_what_it_names() -> None:
    known: set[str] = set()
    for step in STEPS:
        assert set(step.after) <= known, step.name
        known.add(step.name)
    assert len(known) == len(STEPS) == 36
    assert set(NIGHT_JOBS) <= set(HANDLERS)


def test_whoever_works_on_changes_waits_until_all_are_known() -> None:
    """Identity and holdings add to the night's changes; a step beside them would miss some, now and then."""
    before: dict[str, set[str]] = {}
    for step in STEPS:
        before[step.name] = {*step.after, *(name for waited in step.after for name in before[waited])}
    for name in ("features", "locate", "own", "score", "reasons", "due", "walks", "rollup"):
        assert {"identity", "holdings"} <= before[name], name


def test_a_night_runs_its_steps_once_and_in_order(night_database: str) -> None:
    done = run_night_inline(night_database, Path("/nowhere"), DAY, steps=FAN)
    assert notes(night_database) == ["find", "left", "right", "join"]
    assert [(step.name, step.rows, in_chinese(step.message)) for step in done.steps] == [
        (name, 1, f"{name} 完成") for name in ("find", "left", "right", "join")
    ]
    assert set(states(night_database).values()) == {"DONE"}


@pytest.mark.slow("workers")
def test_two_hands_share_a_night(night_database: str) -> None:
    """Twenty nights: the join is opened exactly once although left and right may end at the same moment."""
    context = JobContext(night_database, Path("/nowhere"), FAN)
    for _ in range(20):
        with psycopg.connect(night_database) as connection:
            run_id = open_night_sync(connection, DAY)
        hands = [Hand(context, NIGHT_JOBS) for _ in range(2)]
        threads = [
            threading.Thread(target=_until_done, args=[hand, night_database, run_id]) for hand in hands
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        for hand in hands:
            hand.close()
    with psycopg.connect(night_database) as connection:
        counts = connection.execute("select name, count(*) from notes group by name order by name").fetchall()
        runs = connection.execute("select state, count(*) from night_runs group by state").fetchall()
    assert counts == [("find", 20), ("join", 20), ("left", 20), ("right", 20)]
    assert runs == [("DONE", 20)]


def _until_done(hand: Hand, url: str, run_id: int) -> None:
    with psycopg.connect(url, autocommit=True) as watch:
        while watch.execute(
            "select 1 from night_runs where id = %s and state = 'RUNNING'", [run_id]
        ).fetchone():
            hand.work_off_one()


def test_a_refusal_fails_the_night_at_once_with_its_sentence(night_database: str) -> None:
    with pytest.raises(NightFailed) as failed:
        run_night_inline(night_database, Path("/nowhere"), DAY, steps=fan_with("left", refusing))
    assert failed.value.failure == STEP_FAILED(step="left")
    assert [said.code for said in failed.value.reasons] == ["TEST_REFUSED"]
    assert "refused" not in notes(night_database), "a failed step leaves nothing behind"
    assert states(night_database)["left"] == "FAILED"
    assert states(night_database)["join"] == "WAITING"


@pytest.mark.slow("workers")
def test_a_bug_is_tried_three_times_and_named_without_data(night_database: str) -> None:
    with pytest.raises(NightFailed, match="ZeroDivisionError"):
        run_night_inline(night_database, Path("/nowhere"), DAY, steps=fan_with("join", broken))
    with psycopg.connect(night_database) as connection:
        row = connection.execute(
            "select attempts, state, error from outbox where args->>'step' = 'join'"
        ).fetchone()
    assert row is not None
    assert row[:2] == (3, "DEAD")
    assert "small_steps.py" in row[2]


def test_a_bug_on_a_value_does_not_tell_the_value(night_database: str) -> None:
    def stumbling(connection, night, report):
        connection.execute("select '320923196305152407'::date")

    with pytest.raises(NightFailed, match=r"DatetimeFieldOverflow|InvalidDatetimeFormat") as failed:
        run_night_inline(night_database, Path("/nowhere"), DAY, steps=fan_with("join", stumbling))
    assert "320923" not in str(failed.value)


def test_after_a_failed_night_the_next_one_is_full(night_database: str) -> None:
    with pytest.raises(NightFailed):
        run_night_inline(night_database, Path("/nowhere"), DAY, steps=fan_with("left", refusing))
    run_night_inline(night_database, Path("/nowhere"), DAY, steps=FAN)
    run_night_inline(night_database, Path("/nowhere"), DAY, steps=FAN)
    with psycopg.connect(night_database) as connection:
        rows = connection.execute("select state, is_full from night_runs order by id").fetchall()
    assert rows == [("FAILED", False), ("DONE", True), ("DONE", False)]


def test_one_night_at_a_time(night_database: str) -> None:
    with psycopg.connect(night_database) as connection:
        open_night_sync(connection, DAY)
        with pytest.raises(NightRunning):
            open_night_sync(connection, date(2026, 11, 21))


def test_progress_is_seen_before_the_step_commits(night_database: str) -> None:
    seen: list[tuple[str, float]] = []

    def look(connection, night, report):
        report(0.25, DOING(doing="EXAMPLES"))
        with psycopg.connect(night_database) as other:
            seen.extend(
                other.execute("select message, progress from night_steps where state = 'RUNNING'").fetchall()
            )
        return noting("find")(connection, night, report)

    run_night_inline(night_database, Path("/nowhere"), DAY, steps=fan_with("find", look))
    assert seen == [(DOING(doing="EXAMPLES").as_json(), 0.25)]


def test_a_night_before_the_data_date_in_force_is_refused(database_url: str) -> None:
    """Old never overwrites new; the same day may be repeated for a correction."""
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
        with pytest.raises(NightSuperseded, match="wanted_on=2026-11-19 in_force_on=2026-11-20"):
            open_night_sync(connection, date(2026, 11, 19))
        assert open_night_sync(connection, date(2026, 11, 20)) > 0


def test_a_parameter_from_tomorrow_moves_nothing_tonight_and_tomorrows_figures_tomorrow(
    night_database: str,
) -> None:
    steps = (NightStep("walks", telling_stops),)
    with psycopg.connect(night_database) as connection:
        decided(SmallBank(connection), "tasks.walk_stops", 9, str(DAY + timedelta(days=1)))
    for day in (DAY, DAY + timedelta(days=1)):
        run_night_inline(night_database, Path("/nowhere"), day, steps=steps)
    assert notes(night_database) == ["12", "9"]
