"""Crashes, hangs and an empty Redis, tried in seconds on small steps in real worker processes."""

import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from .processes import SMALL_WORKER, Fleet, open_night, own_redis, wait_until

DAY = date(2026, 11, 20)
STEPS = ("find", "left", "right", "careless", "join")


@pytest.fixture
def fleet(database_url: str, tmp_path: Path) -> Iterator[Fleet]:
    with psycopg.connect(database_url) as connection:
        connection.execute("create table notes (run_id bigint, name text)")
    with own_redis(tmp_path) as redis_url:
        fleet = Fleet(database_url, redis_url, tmp_path, tmp_path, SMALL_WORKER)
        yield fleet
        fleet.stop()


def notes(fleet: Fleet) -> dict[str, int]:
    with psycopg.connect(fleet.database_url) as connection:
        return dict(connection.execute("select name, count(*) from notes group by name").fetchall())


def test_a_killed_worker_is_replaced_within_thirty_seconds_and_only_carelessness_shows(fleet: Fleet) -> None:
    """Sound steps leave one note each. The careless twin leaves two: that is what the transaction prevents."""
    watch = open_night(fleet.database_url, DAY)
    places = ["before_commit:left", "before_commit:careless"]
    fleet.start(2, fault=",".join(places))
    wait_until(lambda: (fleet.folder / places[0]).exists(), 90, "the first crash")
    assert wait_until(lambda: watch.attempts("left") == 2, 30, "another takes it up") < 30
    wait_until(lambda: fleet.dead() == 2, 90, "the second crash")
    fleet.revive()
    wait_until(watch.is_over, 120, "the night")
    assert fleet.deaths == 2
    assert watch.state() == "DONE", watch.message()
    assert notes(fleet) == {"find": 1, "left": 1, "right": 1, "careless": 2, "join": 1}


@pytest.mark.slow("workers")
def test_a_hung_worker_writes_nothing_after_it_lost_the_lease(fleet: Fleet) -> None:
    """Frozen between its last write and its commit, the worst moment; thawed when another has done the work."""
    watch = open_night(fleet.database_url, DAY)
    fleet.start(2, fault="hang:before_commit:left")
    wait_until(lambda: (fleet.folder / "before_commit:left").exists(), 90, "the hang")
    assert wait_until(lambda: watch.attempts("left") == 2, 30, "another takes it up") < 30
    wait_until(watch.is_over, 90, "the night")
    for worker in fleet.workers:
        worker.send_signal(signal.SIGCONT)
    thawed = "job.failed"
    wait_until(
        lambda: thawed in fleet.logs() or "job.lease_lost" in fleet.logs(), 10, "the late write is refused"
    )
    assert watch.state() == "DONE"
    assert notes(fleet) == dict.fromkeys(STEPS, 1)


def test_a_redis_that_is_flushed_all_the_time_loses_nothing(fleet: Fleet) -> None:
    fleet.start(2)
    watch = open_night(fleet.database_url, DAY)
    with Redis.from_url(fleet.redis_url) as redis:

        def flush_and_look() -> bool:
            redis.flushall()
            return watch.is_over()

        wait_until(flush_and_look, 90, "the night")
    assert notes(fleet) == dict.fromkeys(STEPS, 1)


@pytest.mark.slow("workers")
def test_a_night_without_any_redis_goes_on(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("create table notes (run_id bigint, name text)")
    with own_redis(tmp_path) as gone:
        pass
    fleet = Fleet(database_url, gone, tmp_path, tmp_path, SMALL_WORKER)
    try:
        fleet.start(2)
        wait_until(open_night(database_url, DAY).is_over, 90, "the night")
        assert notes(fleet) == dict.fromkeys(STEPS, 1)
        # arq asks five times, a second apart, before it gives up; the night is over long before that.
        wait_until(lambda: "worker.redis_away" in fleet.logs(), 60, "the bell says that Redis is away")
        assert all(worker.poll() is None for worker in fleet.workers)
    finally:
        fleet.stop()


@pytest.mark.slow("workers")
def test_a_worker_that_is_asked_to_stop_gives_back_its_lease_at_once(fleet: Fleet) -> None:
    watch = open_night(fleet.database_url, DAY)
    fleet.start(1)
    wait_until(lambda: watch.attempts("left") == 1, 90, "a step in hand")
    fleet.workers[0].terminate()
    assert fleet.workers[0].wait(10) == 0
    held = watch.ask(
        "select state, attempts, lease_until from outbox where args->>'step' in ('left', 'right')"
    )
    assert set(held) == {("QUEUED", 0, None)}, "nobody has to wait for a lease to run out"
    fleet.start(1)
    wait_until(watch.is_over, 90, "the night")
    assert notes(fleet) == dict.fromkeys(STEPS, 1)
    assert watch.ask("select max(attempts) from outbox") == [(1,)]


@pytest.fixture
def poison(fleet: Fleet) -> Callable[[], None]:
    def strike() -> None:
        fleet.revive(fault="before_commit:join")
        (fleet.folder / "before_commit:join").unlink(missing_ok=True)

    return strike


@pytest.mark.slow("workers")
def test_a_job_that_kills_three_workers_is_dead_and_the_night_says_so(fleet: Fleet, poison) -> None:
    watch = open_night(fleet.database_url, DAY)
    fleet.start(2, fault="before_commit:join")

    def strike_and_look() -> bool:
        poison()
        return watch.is_over()

    wait_until(strike_and_look, 90, "the burial")
    assert watch.state() == "FAILED"
    assert watch.message_of("join") == "WORKER_VANISHED"
    assert fleet.deaths == 3
    assert notes(fleet) == {"find": 1, "left": 1, "right": 1, "careless": 1}
