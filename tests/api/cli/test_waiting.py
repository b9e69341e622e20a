"""`./yunge night --wait`: what a scheduler is told by its exit code, whoever else asks for the same night."""

import os
import signal
import subprocess
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from api.cli.waiting import NightExit
from api.jobs.listening import Listener
from api.local.place import Place
from api.local.state import note
from domain.shared.calendar import data_date_at
from domain.shared.nights import open_night_sync
from tests.api.cli.installation import command, environment, here
from tests.domain.feeds.files import row, write_batch

DAY = data_date_at(datetime.now(UTC))
NIGHT = ("night", "--wait", "--date", str(DAY))


@pytest.fixture
def bank(database_url: str, tmp_path: Path) -> Path:
    """A place where `up` ran, with a landing folder; no worker runs."""
    (tmp_path / "landing").mkdir()
    note(
        Place(tmp_path),
        database_url=database_url,
        mode="production",
        landing=str(tmp_path / "landing"),
        host="127.0.0.1",
        port=1,
    )
    return tmp_path


def ran(address: str, state: str, day: date = DAY) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            "insert into night_runs (data_date, state, is_full, retrain) values (%s, %s, false, false)",
            [day, state],
        )


def files(bank: Path) -> list[str]:
    return sorted(path.name for path in (bank / "landing.states").iterdir())


def opened_by_another(address: str, day: date = DAY) -> int:
    with psycopg.connect(address) as connection:
        return open_night_sync(connection, day)


def carry_out(address: str) -> threading.Thread:
    """Somebody who ends the night that is opened next, as a worker does."""

    def work() -> None:
        with psycopg.connect(address, autocommit=True) as watch:
            while watch.execute("select 1 from night_runs where state = 'RUNNING'").fetchone() is None:
                time.sleep(0.02)
            watch.execute("update night_runs set state = 'DONE', ended_at = now() where state = 'RUNNING'")

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_night_that_ends_well_is_0_and_the_file_is_there(bank: Path, database_url: str) -> None:
    worker = carry_out(database_url)
    said = here(bank, *NIGHT)
    worker.join()
    assert (said.returncode, said.stdout) == (NightExit.ENDED_WELL, ""), said.stderr
    assert files(bank) == [f"{DAY}.ok"]


def test_a_night_that_failed_is_3_and_says_why(bank: Path, database_url: str) -> None:
    run_id = opened_by_another(database_url)

    def fail() -> None:
        time.sleep(0.3)
        with psycopg.connect(database_url) as connection:
            connection.execute(
                """insert into night_steps (night_run_id, name, position, state, progress, message)
                   values (%s, 'identity', 1, 'FAILED', 0, '{"code": "DISK_FULL", "values": {}}')""",
                [run_id],
            )
            connection.execute(
                """update night_runs set state = 'FAILED', ended_at = now(),
                          failure = '{"code": "NIGHT_STEP_FAILED", "values": {"step": "identity"}}' where id = %s""",
                [run_id],
            )

    worker = threading.Thread(target=fail)
    worker.start()
    said = here(bank, *NIGHT)
    worker.join()
    assert said.returncode == NightExit.FAILED
    assert f"加入正在进行的夜间批处理 #{run_id}" in said.stderr
    assert "identity" in said.stderr
    assert files(bank) == [f"{DAY}.failed"]


def test_another_night_is_5_and_nothing_is_begun(bank: Path, database_url: str) -> None:
    opened_by_another(database_url, DAY - timedelta(days=1))
    said = here(bank, *NIGHT)
    assert said.returncode == NightExit.OTHER_NIGHT_RUNNING
    assert "什么也没有开始" in said.stderr
    assert files(bank) == [f"{DAY - timedelta(days=1)}.running"]


def test_done_before_is_6_until_a_file_comes_or_all_is_asked_for(bank: Path, database_url: str) -> None:
    ran(database_url, "DONE")
    assert here(bank, *NIGHT).returncode == NightExit.NOTHING_TO_DO
    assert here(bank, "night", "--wait", "--date", str(DAY - timedelta(days=1))).returncode == 6
    write_batch(bank / "landing", "loan", [row("loan", {"loan_no": "L1"})], day=DAY)
    worker = carry_out(database_url)
    assert here(bank, *NIGHT).returncode == NightExit.ENDED_WELL
    worker.join()
    (bank / "landing" / f"loan_{DAY:%Y%m%d}_1.dat").unlink()
    worker = carry_out(database_url)
    assert here(bank, *NIGHT, "--full").returncode == NightExit.ENDED_WELL
    worker.join()
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from batches").fetchone() == (0,), "a look stores nothing"


def test_a_held_file_is_4_at_the_end_and_when_asked_again(bank: Path, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """insert into batches (feed, data_date, sequence, file_name, state, reasons,
                                    rows, loaded, refused, quarantined, changed)
               values ('loan', %s, 1, 'loan_x.dat', 'HELD', '[]', 2, 0, 2, 0, 0)""",
            [DAY],
        )
    worker = carry_out(database_url)
    ended = here(bank, *NIGHT)
    worker.join()
    assert (ended.returncode, "loan_x.dat" in ended.stderr) == (NightExit.FILES_HELD, True)
    assert here(bank, *NIGHT).returncode == NightExit.FILES_HELD


def test_a_timeout_is_7_and_the_night_goes_on(bank: Path, database_url: str) -> None:
    said = here(bank, *NIGHT, "--timeout", "0.005")
    assert said.returncode == NightExit.TIMEOUT
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select state from night_runs").fetchall() == [("RUNNING",)]
    assert files(bank) == [f"{DAY}.running"]


def test_without_a_worker_it_is_8_and_a_worker_elsewhere_counts(
    bank: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.local.nights.PROGRESS_SECONDS", 0.05)
    assert here(bank, *NIGHT).returncode == NightExit.NO_WORKER
    elsewhere = Listener(database_url, lambda: None)
    monkeypatch.setattr("api.jobs.listening.LISTENS_SECONDS", 0.0)
    elsewhere()
    assert here(bank, *NIGHT, "--timeout", "0.01").returncode == NightExit.TIMEOUT
    elsewhere.close()


def test_a_signal_ends_the_waiting_and_not_the_night(bank: Path, database_url: str) -> None:
    waiting = subprocess.Popen(
        command(bank, *NIGHT), env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    state_file = bank / "landing.states" / f"{DAY}.running"
    until = time.monotonic() + 30
    while not state_file.exists():
        assert time.monotonic() < until, "no night was opened"
        time.sleep(0.02)
    os.kill(waiting.pid, signal.SIGTERM)
    _, said = waiting.communicate(timeout=30)
    assert waiting.returncode == 128 + signal.SIGTERM, said
    assert "照常进行" in said
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select state from night_runs").fetchall() == [("RUNNING",)]


NOT_TO_BE_ASKED = {
    "a timeout without waiting": (("--timeout", "3"), 2, "--wait"),
    "less than no time": (("--wait", "--timeout", "-1"), 2, "--timeout"),
    "no number of minutes": (("--wait", "--timeout", "nan"), 2, "1440"),
    "a day to come": (("--wait", "--date", "2999-01-01"), 1, str(DAY)),
    "the same without waiting": (("--date", "2999-01-01"), 1, str(DAY)),
}


def test_what_cannot_be_asked_begins_nothing(bank: Path, database_url: str) -> None:
    for what, (arguments, code, sentence) in NOT_TO_BE_ASKED.items():
        said = here(bank, "night", *arguments)
        assert (said.returncode, sentence in said.stderr) == (code, True), (what, said.stderr)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from night_runs").fetchone() == (0,)


def test_a_folder_that_cannot_be_written_is_a_sentence_and_no_failure(bank: Path, database_url: str) -> None:
    ran(database_url, "DONE")
    (bank / "landing.states").touch()
    said = here(bank, *NIGHT)
    assert said.returncode == NightExit.NOTHING_TO_DO
    assert "YUNGE_STATE_DIR" in said.stderr
