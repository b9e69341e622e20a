"""A file that comes after its night: taken at once in the early morning, and left to the next night after that."""

from datetime import datetime, time, timedelta
from pathlib import Path

import psycopg
import pytest

from api.jobs.late_files import open_for_late_files
from domain.feeds.parameters import TAKEN_UNTIL
from domain.shared.calendar import BANK_ZONE, data_date_at
from tests.domain.feeds.files import DAY, row, write_batch
from tests.domain.shared.test_parameters import decided
from tests.domain.small_bank import SmallBank

NEXT = DAY + timedelta(days=1)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(NEXT, time(hour, minute), BANK_ZONE)


@pytest.fixture
def after_the_night(connection: psycopg.Connection) -> psycopg.Connection:
    """The night of DAY ended well without any file of the loan feed."""
    connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false)", [DAY]
    )
    connection.execute(
        """insert into settings (name, value) values ('data_date', to_jsonb(%s::text))
           on conflict (name) do update set value = excluded.value""",
        [str(DAY)],
    )
    return connection


def opened(connection: psycopg.Connection, landing: Path, now: datetime) -> list[str]:
    with connection.transaction():
        return open_for_late_files(connection, now, landing)


def running(connection: psycopg.Connection) -> list[tuple]:
    return connection.execute("select data_date from night_runs where state = 'RUNNING'").fetchall()


def put_loan(landing: Path) -> None:
    write_batch(landing, "loan", [row("loan", {"loan_no": "L1"})], day=DAY)


def test_a_late_file_opens_its_night_once(after_the_night: psycopg.Connection, tmp_path: Path) -> None:
    assert data_date_at(at(7)) == DAY
    assert opened(after_the_night, tmp_path, at(7)) == []
    put_loan(tmp_path)
    assert opened(after_the_night, tmp_path, at(7)) == ["loan"]
    assert opened(after_the_night, tmp_path, at(7)) == [], "a night is running"
    assert running(after_the_night) == [(DAY,)]


@pytest.mark.parametrize(
    "now",
    [pytest.param(at(8), id="people set out"), pytest.param(at(7) + timedelta(days=1), id="the day after")],
)
def test_later_it_is_left_to_the_next_night(
    after_the_night: psycopg.Connection, tmp_path: Path, now: datetime
) -> None:
    put_loan(tmp_path)
    assert opened(after_the_night, tmp_path, now) == []


def test_the_bank_says_until_when(after_the_night: psycopg.Connection, tmp_path: Path) -> None:
    put_loan(tmp_path)
    decided(SmallBank(after_the_night), TAKEN_UNTIL.name, "10:30", str(DAY))
    assert opened(after_the_night, tmp_path, at(10, 30)) == []
    assert opened(after_the_night, tmp_path, at(10, 29)) == ["loan"]


def test_half_a_file_and_a_correction_wait(after_the_night: psycopg.Connection, tmp_path: Path) -> None:
    put_loan(tmp_path)
    (tmp_path / f"loan_{DAY:%Y%m%d}_1.ctl").unlink()
    assert opened(after_the_night, tmp_path, at(7)) == []
    put_loan(tmp_path)
    after_the_night.execute(
        """insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused, quarantined,
                                changed, reasons)
           values ('loan', %s, 9, 'loan_9.dat', 'LOADED', 1, 1, 0, 0, 1, '[]')""",
        [DAY],
    )
    assert opened(after_the_night, tmp_path, at(7)) == [], (
        "the feed is not behind: a correction is for people"
    )


def test_after_a_night_that_failed_nothing_opens_itself(
    after_the_night: psycopg.Connection, tmp_path: Path
) -> None:
    put_loan(tmp_path)
    after_the_night.execute("update night_runs set state = 'FAILED'")
    assert opened(after_the_night, tmp_path, at(7)) == []
    after_the_night.execute("update night_runs set state = 'DONE'")
    assert opened(after_the_night, tmp_path / "share that is away", at(7)) == []
    assert opened(after_the_night, tmp_path, at(7)) == ["loan"]
