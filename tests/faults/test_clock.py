"""The clock of real worker processes: one night however many look, none lost to another or to a fleet that was down."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from .processes import SMALL_WORKER, Fleet, open_night, own_redis, wait_until

LAST_WEEK = date(2026, 11, 20)
MIDNIGHT = "00:00"
"""Whenever the test runs, the night of the day is due."""


@pytest.fixture
def fleet(database_url: str, tmp_path: Path) -> Iterator[Fleet]:
    """A fleet that is down; nights were carried out before."""
    with psycopg.connect(database_url) as connection:
        connection.execute("create table notes (run_id bigint, name text)")
        connection.execute(
            """insert into night_runs (data_date, state, is_full, retrain, started_at, ended_at)
               values (%s, 'DONE', false, false, now() - interval '1 week', now() - interval '1 week')""",
            [LAST_WEEK],
        )
    with own_redis(tmp_path) as redis_url:
        fleet = Fleet(database_url, redis_url, tmp_path, tmp_path, SMALL_WORKER, night_at=MIDNIGHT)
        yield fleet
        fleet.stop()


def runs(fleet: Fleet) -> list[tuple]:
    with psycopg.connect(fleet.database_url) as connection:
        return connection.execute(
            """select data_date = (now() at time zone 'Asia/Shanghai')::date - 1, state from night_runs
                where started_at > now() - interval '1 day' order by id"""
        ).fetchall()


def test_a_fleet_that_was_down_makes_the_night_up_once_however_often_it_is_started(fleet: Fleet) -> None:
    fleet.start(3)
    wait_until(lambda: runs(fleet) == [(True, "DONE")], 60, "the night that was missed")
    # A small night can be over before the slowest of them has looked.
    wait_until(lambda: fleet.looks() == 3, 60, "the look of each of the first workers")
    fleet.stop()
    fleet.start(2)
    wait_until(lambda: fleet.looks() == 5, 60, "the look of each of the next workers")
    assert runs(fleet) == [(True, "DONE")]


def test_a_night_that_falls_due_while_another_runs_follows_it(fleet: Fleet) -> None:
    other = open_night(fleet.database_url, LAST_WEEK)
    fleet.start(2)
    wait_until(lambda: runs(fleet) == [(False, "DONE"), (True, "DONE")], 90, "both nights")
    assert "night.waits" in fleet.logs()
    assert other.ask(
        """select bool_and(later.started_at >= earlier.ended_at) from night_runs earlier, night_runs later
            where earlier.id = %(run)s and later.id > earlier.id"""
    ) == [(True,)]
