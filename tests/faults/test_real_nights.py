"""Real nights of a small county in real worker processes: whatever happens, the result is the undisturbed one."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from api.night.inline import run_night_inline
from api.night.steps import STEPS
from tests.bench.night import correct_deposits
from tests.cells import assert_cells_are_right

from .conftest import DATA_DATE
from .dump import differences, dump
from .processes import Fleet, Watch, open_night, own_redis, wait_until

Picture = dict[str, tuple[int, str]]


@pytest.fixture
def fleet(
    lend_database: Callable[..., str], county_template: str, landing: Path, tmp_path: Path
) -> Iterator[Fleet]:
    with own_redis(tmp_path) as redis_url:
        fleet = Fleet(lend_database(county_template), redis_url, landing, tmp_path)
        yield fleet
        fleet.stop()


def finish(fleet: Fleet, watch: Watch, seconds: float, *, fault: str | None = None) -> None:
    """Wait for the night's end as a supervisor would: whoever died is started again."""

    def is_over() -> bool:
        if fleet.revive(fault=fault):
            vacuum_as_it_may_happen(fleet.database_url)
        return watch.is_over()

    wait_until(is_over, seconds, "the night", tell=lambda: watch.in_hand() + fleet.logs())
    assert watch.state() == "DONE", watch.message() + fleet.logs()


def vacuum_as_it_may_happen(database_url: str) -> None:
    """What autovacuum may do between two attempts, at its worst: it finds the rows of the first dead, cannot give back
    their pages, and notes a table that has pages and no rows. Identity once nested its joins without end upon that.
    """
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("vacuum (truncate off, skip_locked)")


def kill_in(fleet: Fleet, *steps: str) -> Watch:
    fault = ",".join(f"before_commit:{step}" for step in steps)
    watch = open_night(fleet.database_url, DATA_DATE)
    fleet.start(2, fault=fault)
    finish(fleet, watch, 240 + 60 * len(steps), fault=fault)
    assert fleet.deaths == len(steps)
    for step in steps:
        assert watch.attempts(step) == 2, step
    return watch


def assert_the_map_is_right(fleet: Fleet) -> None:
    with psycopg.connect(fleet.database_url) as connection:
        assert assert_cells_are_right(connection) > 0


@pytest.mark.slow("nights")
@pytest.mark.parametrize("steps", [("identity", "own", "score")])
def test_a_night_killed_in_the_middle_of_its_heaviest_steps(
    fleet: Fleet, undisturbed: Picture, steps: tuple[str, ...]
) -> None:
    kill_in(fleet, *steps)
    assert differences(undisturbed, dump(fleet.database_url)) == {}
    assert_the_map_is_right(fleet)


@pytest.mark.slow("nights")
def test_again_or_in_full_or_in_one_process_the_result_is_the_same_to_the_fen(
    fleet: Fleet, undisturbed: Picture
) -> None:
    run_night_inline(fleet.database_url, fleet.landing, DATA_DATE)
    first = dump(fleet.database_url)
    assert differences(undisturbed, first) == {}, "one process comes to the same result as two workers"
    again = run_night_inline(fleet.database_url, fleet.landing, DATA_DATE)
    assert again.step("identity").rows == 0
    assert differences(first, dump(fleet.database_url)) == {}
    run_night_inline(fleet.database_url, fleet.landing, DATA_DATE, is_full=True)
    assert differences(first, dump(fleet.database_url)) == {}
    # The twin of all tests here: a picture that differs in one value of one row is told apart.
    with psycopg.connect(fleet.database_url) as connection:
        connection.execute(
            "update customers set deposit_fen = deposit_fen + 1 where id = (select max(id) from customers)"
        )
    assert set(differences(first, dump(fleet.database_url))) == {"customers"}


@pytest.mark.slow("nights")
def test_a_late_correction_by_two_workers_ends_where_a_full_night_ends(fleet: Fleet, tmp_path: Path) -> None:
    corrected = shutil.copytree(fleet.landing, tmp_path / "corrected")
    run_night_inline(fleet.database_url, fleet.landing, DATA_DATE)
    assert correct_deposits(corrected, DATA_DATE, every=20) > 10
    fleet.landing = corrected
    fleet.start(2)
    finish(fleet, open_night(fleet.database_url, DATA_DATE), 180)
    partly = dump(fleet.database_url)
    assert_the_map_is_right(fleet)
    run_night_inline(fleet.database_url, corrected, DATA_DATE, is_full=True)
    assert set(differences(partly, dump(fleet.database_url))) <= {"night_changes", "settings"}


@pytest.mark.slow("nights")
def test_a_night_killed_once_in_every_step(fleet: Fleet, undisturbed: Picture) -> None:
    kill_in(fleet, *(step.name for step in STEPS if step.is_wanted is None))
    assert differences(undisturbed, dump(fleet.database_url)) == {}


@pytest.mark.slow("nights")
@pytest.mark.parametrize("step", ["intake.core_deposit", "identity", "features", "locate", "due"])
def test_a_worker_frozen_before_its_commit_writes_nothing_when_it_thaws(
    fleet: Fleet, undisturbed: Picture, step: str
) -> None:
    watch = open_night(fleet.database_url, DATA_DATE)
    fleet.start(2, fault=f"hang:before_commit:{step}")
    wait_until(lambda: (fleet.folder / f"before_commit:{step}").exists(), 120, "the hang")
    assert wait_until(lambda: watch.attempts(step) == 2, 30, "another takes it up") < 30
    finish(fleet, watch, 180)
    for worker in fleet.workers:
        worker.send_signal(signal.SIGCONT)
    wait_until(
        lambda: "job.failed" in fleet.logs() or "job.lease_lost" in fleet.logs(), 20, "the refused write"
    )
    assert differences(undisturbed, dump(fleet.database_url)) == {}


@pytest.mark.slow("nights")
def test_redis_flushed_throughout_the_night(fleet: Fleet, undisturbed: Picture) -> None:
    fleet.start(2)
    watch = open_night(fleet.database_url, DATA_DATE)
    with Redis.from_url(fleet.redis_url) as redis:

        def flush_and_look() -> bool:
            redis.flushall()
            return watch.is_over()

        wait_until(flush_and_look, 180, "the night")
    assert watch.state() == "DONE", watch.message()
    assert differences(undisturbed, dump(fleet.database_url)) == {}
