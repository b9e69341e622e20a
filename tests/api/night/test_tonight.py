"""The night that is due: opened once by whoever looks first, after another one, and late when nobody looked."""

import threading
from datetime import date, datetime, time, timedelta

import psycopg
import pytest

from api.jobs.tonight import Clock, Tonight, open_tonight
from domain.shared.calendar import BANK_ZONE
from domain.shared.nights import open_night_sync

TODAY = date(2026, 11, 21)
YESTERDAY, LAST_WEEK = TODAY - timedelta(days=1), TODAY - timedelta(days=7)
HALF_PAST_TWO = time(2, 30)


def at(hour: int, minute: int, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute), BANK_ZONE)


def look(connection: psycopg.Connection, now: datetime, since: datetime | None = None) -> Tonight:
    with connection.transaction():
        return open_tonight(connection, now, HALF_PAST_TWO, since=since or now)


def runs(connection: psycopg.Connection) -> list[tuple]:
    return connection.execute("select data_date, state from night_runs order by id").fetchall()


def ran(connection: psycopg.Connection, day: date, state: str, started_at: datetime) -> None:
    connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain, started_at) values (%s, %s, false, false, %s)",
        [day, state, started_at],
    )


@pytest.fixture
def at_work(connection: psycopg.Connection) -> psycopg.Connection:
    """A bank that carried out a night last week."""
    ran(connection, LAST_WEEK, "DONE", at(2, 30, LAST_WEEK + timedelta(days=1)))
    return connection


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(at(0, 0), Tonight.NOTHING, id="at midnight"),
        pytest.param(at(2, 29), Tonight.NOTHING, id="a minute before"),
        pytest.param(at(2, 30), Tonight.OPENED, id="on time"),
        pytest.param(at(9, 0), Tonight.OPENED, id="a fleet that was down comes back in the morning"),
        pytest.param(at(23, 59), Tonight.OPENED, id="and even late"),
    ],
)
def test_the_night_is_due_from_half_past_two(
    at_work: psycopg.Connection, now: datetime, expected: Tonight
) -> None:
    assert look(at_work, now) is expected
    opened = [(YESTERDAY, "RUNNING")] if expected is Tonight.OPENED else []
    assert runs(at_work)[1:] == opened
    assert look(at_work, now) is Tonight.NOTHING


def test_a_night_that_falls_due_while_another_runs_is_opened_when_that_one_is_over(
    at_work: psycopg.Connection,
) -> None:
    open_night_sync(at_work, LAST_WEEK)
    assert look(at_work, at(2, 30)) is Tonight.WAITS
    assert look(at_work, at(2, 31)) is Tonight.WAITS
    at_work.execute("update night_runs set state = 'DONE'")
    assert look(at_work, at(4, 0)) is Tonight.OPENED
    assert runs(at_work)[-1] == (YESTERDAY, "RUNNING")


@pytest.mark.parametrize("state", ["DONE", "RUNNING"])
def test_a_night_that_somebody_started_by_hand_is_not_opened_again(
    at_work: psycopg.Connection, state: str
) -> None:
    ran(at_work, YESTERDAY, state, at(1, 0))
    assert look(at_work, at(2, 30)) is Tonight.NOTHING


def test_one_that_failed_before_it_was_due_is_tried_on_time_and_one_that_failed_then_is_for_people(
    at_work: psycopg.Connection,
) -> None:
    ran(at_work, YESTERDAY, "FAILED", at(1, 0))
    assert look(at_work, at(2, 30)) is Tonight.OPENED
    at_work.execute(
        "update night_runs set state = 'FAILED', started_at = %s where state = 'RUNNING'", [at(2, 30)]
    )
    assert look(at_work, at(2, 31)) is Tonight.NOTHING


def test_ten_who_look_at_once_open_one(at_work: psycopg.Connection, database_url: str) -> None:
    at_work.commit()
    answers: list[Tonight] = []

    def look_too() -> None:
        with psycopg.connect(database_url) as own:
            answers.append(open_tonight(own, at(8, 0), HALF_PAST_TWO, since=at(8, 0)))

    threads = [threading.Thread(target=look_too) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == [Tonight.NOTHING] * 9 + [Tonight.OPENED]
    assert runs(at_work)[1:] == [(YESTERDAY, "RUNNING")]


def test_before_its_first_night_an_installation_is_not_late(connection: psycopg.Connection) -> None:
    """It is being set up; the first night begins on time, or when somebody starts it."""
    assert look(connection, at(9, 0), since=at(8, 0)) is Tonight.NOTHING
    assert look(connection, at(9, 0), since=at(2, 29)) is Tonight.OPENED


def test_a_newer_data_date_in_force_leaves_nothing_to_do(at_work: psycopg.Connection) -> None:
    at_work.execute("insert into settings (name, value) values ('data_date', '\"2026-11-30\"')")
    assert look(at_work, at(2, 30)) is Tonight.NOTHING


@pytest.mark.parametrize(
    ("as_of", "is_fixed", "expected"),
    [
        pytest.param(YESTERDAY, False, Tonight.NOTHING, id="its own nights are the launcher's"),
        pytest.param(LAST_WEEK, False, Tonight.OPENED, id="later ones are not"),
        pytest.param(
            LAST_WEEK, True, Tonight.NOTHING, id="where its clock stands still there are no later ones"
        ),
    ],
)
def test_a_demonstration(at_work: psycopg.Connection, as_of: date, is_fixed: bool, expected: Tonight) -> None:
    noted = psycopg.types.json.Jsonb(
        {"customers": 1000, "seed": 1, "as_of": as_of.isoformat(), "is_fixed": is_fixed}
    )
    at_work.execute("insert into settings (name, value) values ('demonstration', %s)", [noted])
    assert look(at_work, at(2, 30)) is expected


def test_a_worker_looks_by_the_database_s_clock_and_wakes_the_hands(
    at_work: psycopg.Connection, database_url: str
) -> None:
    at_work.commit()
    woken: list[bool] = []
    clock = Clock(database_url, time(0, 0), lambda: woken.append(True))
    clock()
    clock()
    clock.close()
    assert woken == [True]
    row = at_work.execute(
        "select max(data_date) = (now() at time zone 'Asia/Shanghai')::date - 1 from night_runs"
    )
    assert row.fetchone() == (True,)
