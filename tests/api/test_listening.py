"""The bell in the database: who commits a job is heard by every worker at once, and who rolls back by nobody."""

import threading
from pathlib import Path

import psycopg
import pytest

from api.jobs.context import JobContext
from api.jobs.hand import Hand
from api.jobs.listening import Listener
from domain.shared import outbox
from domain.shared.outbox import Job

NAMES = ["work"]


@pytest.fixture
def rung(database_url: str):
    """A bell that a listener rings, after its first ring of itself."""
    bell, is_over = threading.Event(), threading.Event()
    listener = Listener(database_url, bell.set)

    def listen() -> None:
        while not is_over.is_set():
            listener()

    thread = threading.Thread(target=listen)
    thread.start()
    assert bell.wait(10), "it wakes the hands when it begins to listen"
    bell.clear()
    yield bell
    is_over.set()
    with psycopg.connect(database_url, autocommit=True) as last:
        outbox.add_job(last, Job("work", "the last ring"))
    thread.join(10)
    listener.close()


def test_a_job_rings_when_it_is_committed(database_url: str, rung: threading.Event) -> None:
    with psycopg.connect(database_url) as connection:
        outbox.add_job(connection, Job("work", "undone"))
        connection.rollback()
        outbox.add_job(connection, Job("work", "wanted"))
        assert not rung.is_set()
        connection.commit()
        assert rung.wait(10)


def test_a_job_rings_when_it_is_given_back_and_not_when_it_is_taken(
    database_url: str, rung: threading.Event
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        outbox.add_job(connection, Job("work", "wanted"))
        assert rung.wait(10)
        rung.clear()
        job = outbox.claim(connection, NAMES)
        assert job is not None
        outbox.give_back(connection, job)
        assert rung.wait(10)
        rung.clear()
        job = outbox.claim(connection, NAMES)
        assert job is not None
        outbox.finish(connection, job)
        assert not rung.wait(0.5)


def test_a_hand_knows_when_to_look_again(database_url: str, tmp_path: Path) -> None:
    hand = Hand(JobContext(database_url, tmp_path, ()), NAMES)
    try:
        assert hand.due_in_seconds() is None
        with psycopg.connect(database_url, autocommit=True) as connection:
            outbox.add_job(connection, Job("other work", "not its own"))
            assert hand.due_in_seconds() is None
            outbox.add_job(connection, Job("work", "wanted"))
            assert (hand.due_in_seconds() or 1) <= 0
            job = outbox.claim(connection, NAMES)
            assert job is not None
            assert 0 < (hand.due_in_seconds() or 0) <= outbox.LEASE_SECONDS
            outbox.fail(connection, job, "gone wrong")
            assert (hand.due_in_seconds() or 9) <= 1
    finally:
        hand.close()


def test_a_hand_ends_the_frozen_holder_of_a_job_that_it_could_not_take_itself(
    database_url: str, tmp_path: Path
) -> None:
    """The hand that could may be waiting for the very locks that the frozen one keeps."""
    hand = Hand(JobContext(database_url, tmp_path, ()), ["other work"])
    with psycopg.connect(database_url, autocommit=True) as connection:
        outbox.add_job(connection, Job("work", "wanted"))
        job = outbox.claim(connection, NAMES)
        assert job is not None
        connection.execute("update outbox set lease_until = now() - interval '1 second'")
        frozen = psycopg.connect(database_url, application_name=outbox.session_name(job.id))
        try:
            assert not hand.work_off_one()
            with pytest.raises(psycopg.OperationalError):
                frozen.execute("select 1")
        finally:
            frozen.close()
            hand.close()
