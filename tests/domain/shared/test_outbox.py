"""Jobs: one holder at a time, three attempts, no write under a lost lease."""

from collections.abc import Iterator

import psycopg
import pytest

from domain.shared import outbox
from domain.shared.outbox import Job, LeaseLost

NAMES = ["work"]


@pytest.fixture
def leases(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url, autocommit=True) as opened:
        opened.execute("create table effects (worker text)")
        yield opened


def expire(leases: psycopg.Connection) -> None:
    leases.execute("update outbox set lease_until = now() - interval '1 second' where state = 'RUNNING'")


def row(leases: psycopg.Connection) -> tuple:
    found = leases.execute("select state, attempts, error from outbox").fetchone()
    assert found is not None
    return found


def test_wanted_twice_is_one_job(leases: psycopg.Connection) -> None:
    outbox.add_job(leases, Job("work", "same"))
    outbox.add_job(leases, Job("work", "same"))
    assert outbox.claim(leases, NAMES) is not None
    assert outbox.claim(leases, NAMES) is None


def ended(leases: psycopg.Connection, state: str) -> None:
    """The job in the outbox is carried out, or given up."""
    job = outbox.claim(leases, NAMES)
    assert job is not None
    if state == "DONE":
        outbox.finish(leases, job)
    else:
        outbox.fail(leases, job, "模型文件损坏", is_final=True)


@pytest.mark.parametrize("state", ["DONE", "DEAD"])
def test_a_job_that_ended_is_done_again_only_where_it_is_repeatable(
    leases: psycopg.Connection, state: str
) -> None:
    outbox.add_job(leases, Job("work", "once"))
    ended(leases, state)
    outbox.add_job(leases, Job("work", "once"))
    assert outbox.claim(leases, NAMES) is None
    outbox.add_job(leases, Job("work", "again", is_repeatable=True))
    ended(leases, state)
    outbox.add_job(leases, Job("work", "again", {"customer_id": 1}, is_repeatable=True))
    job = outbox.claim(leases, NAMES)
    assert job is not None
    assert (job.key, job.args, job.attempts) == ("again", {"customer_id": 1}, 1)


def test_a_repeatable_job_that_goes_on_is_left_alone(leases: psycopg.Connection) -> None:
    for _ in range(2):
        outbox.add_job(leases, Job("work", "again", is_repeatable=True))
    assert outbox.claim(leases, NAMES) is not None
    outbox.add_job(leases, Job("work", "again", is_repeatable=True))
    assert outbox.claim(leases, NAMES) is None


def test_a_name_that_is_not_in_the_list_is_never_taken(leases: psycopg.Connection) -> None:
    outbox.add_job(leases, Job("os.system", "x"))
    assert outbox.claim(leases, NAMES) is None


def test_two_claims_at_once_take_different_jobs(leases: psycopg.Connection, database_url: str) -> None:
    for number in range(2):
        outbox.add_job(leases, Job("work", str(number)))
    with psycopg.connect(database_url) as one, psycopg.connect(database_url) as other:
        first, second = outbox.claim(one, NAMES), outbox.claim(other, NAMES)
    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_an_expired_lease_is_taken_over_and_the_late_write_is_refused(
    leases: psycopg.Connection, database_url: str
) -> None:
    assert _effects_after_take_over(leases, database_url) == [("second",)]


def test_without_the_token_check_the_late_write_would_get_through(
    leases: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the same story with the protection off must end badly, or the test above proves nothing."""
    monkeypatch.setattr(outbox, "finish", lambda connection, job: None)
    assert _effects_after_take_over(leases, database_url) == [("second",), ("first",)]


def _effects_after_take_over(leases: psycopg.Connection, url: str) -> list[tuple]:
    outbox.add_job(leases, Job("work", "one"))
    first = outbox.claim(leases, NAMES)
    assert first is not None
    expire(leases)
    second = outbox.claim(leases, NAMES)
    assert second is not None
    assert second.id == first.id
    for worker, job in (("second", second), ("first", first)):
        try:
            with psycopg.connect(url) as effect:
                effect.execute("insert into effects values (%s)", [worker])
                outbox.finish(effect, job)
        except LeaseLost:
            assert worker == "first"
    return leases.execute("select worker from effects").fetchall()


def test_a_lost_lease_is_not_renewed_and_not_given_back(leases: psycopg.Connection) -> None:
    outbox.add_job(leases, Job("work", "one"))
    first = outbox.claim(leases, NAMES)
    assert first is not None
    assert outbox.renew(leases, first)
    expire(leases)
    second = outbox.claim(leases, NAMES)
    assert second is not None
    assert not outbox.renew(leases, first)
    outbox.give_back(leases, first)
    assert row(leases)[0] == "RUNNING"
    outbox.give_back(leases, second)
    assert row(leases)[:2] == ("QUEUED", 1), "an attempt that was given back was none"


def test_a_job_that_was_put_off_was_not_tried_and_says_what_it_waits_for(leases: psycopg.Connection) -> None:
    outbox.add_job(leases, Job("work", "one"))
    for _ in range(5):
        job = outbox.claim(leases, NAMES)
        assert job is not None
        assert job.attempts == 1
        outbox.put_off(leases, job, "磁盘已满")
        assert row(leases) == ("QUEUED", 0, "磁盘已满")
        assert outbox.claim(leases, NAMES) is None, "not at once again"
        leases.execute("update outbox set run_after = now()")
    job = outbox.claim(leases, NAMES)
    assert job is not None
    outbox.finish(leases, job)
    assert row(leases) == ("DONE", 1, None)
    outbox.put_off(leases, job, "zu spät")
    assert row(leases) == ("DONE", 1, None), "only its holder puts it off"


def test_a_job_that_fails_three_times_is_dead_and_says_why(leases: psycopg.Connection) -> None:
    outbox.add_job(leases, Job("work", "one"))
    for attempt in (1, 2, 3):
        leases.execute("update outbox set run_after = now()")
        job = outbox.claim(leases, NAMES)
        assert job is not None
        assert outbox.fail(leases, job, f"第 {attempt} 次") is (attempt == 3)
    assert row(leases) == ("DEAD", 3, "第 3 次")
    assert outbox.claim(leases, NAMES) is None


def test_a_job_whose_workers_vanish_is_buried_after_the_third(leases: psycopg.Connection) -> None:
    """A poison job takes down three workers, not the fleet."""
    outbox.add_job(leases, Job("work", "one"))
    for _ in range(3):
        assert outbox.bury_exhausted(leases) is None
        assert outbox.claim(leases, NAMES) is not None
        expire(leases)
    assert outbox.claim(leases, NAMES) is None
    buried = outbox.bury_exhausted(leases)
    assert buried is not None
    assert buried[0].key == "one"
    assert row(leases)[0] == "DEAD"


def test_a_hung_holders_session_is_ended(leases: psycopg.Connection, database_url: str) -> None:
    with psycopg.connect(database_url, application_name=outbox.session_name(7)) as hung:
        hung.execute("insert into effects values ('hung')")
        leases.execute(outbox.FENCE, {"name": outbox.session_name(7)})
        with pytest.raises(psycopg.OperationalError):
            hung.execute("select 1")
    assert leases.execute("select count(*) from effects").fetchone() == (0,)
