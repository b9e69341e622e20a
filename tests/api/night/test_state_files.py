"""The files that an outer scheduler watches: whole, readable by everybody, and never yesterday's verdict for today."""

import json
import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from api.jobs.told_outside import StateFiles
from api.night.state_files import KEPT_DAYS, NightState, publish

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_file_a_data_date_follows_the_night(tmp_path: Path) -> None:
    folder = tmp_path / "states"
    mask = os.umask(0o077)
    try:
        publish(folder, [NightState(DAY, "RUNNING", 7, AT)])
    finally:
        os.umask(mask)
    assert names(folder) == ["2026-11-20.running"]
    assert stat.S_IMODE((folder / "2026-11-20.running").stat().st_mode) == 0o644
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    publish(folder, [NightState(DAY, "FAILED", 7, AT, AT, failed_step="identity")])
    assert names(folder) == ["2026-11-20.failed"]
    assert json.loads((folder / "2026-11-20.failed").read_text())["failed_step"] == "identity"
    publish(folder, [NightState(DAY, "RUNNING", 8, AT)])
    publish(folder, [NightState(DAY, "DONE", 8, AT, AT, held=("loan_20261120_1.dat",))])
    assert names(folder) == ["2026-11-20.ok"]
    told = json.loads((folder / "2026-11-20.ok").read_text())
    assert (told["night"], told["state"], told["held"]) == (8, "ok", ["loan_20261120_1.dat"])


def test_what_is_right_is_left_alone_and_what_is_left_over_is_put_right(tmp_path: Path) -> None:
    done = NightState(DAY, "DONE", 8, AT, AT)
    publish(tmp_path, [done])
    before = (tmp_path / done.file_name).stat().st_ino
    (tmp_path / "2026-11-20.running").write_text("left by a process that was killed")
    publish(tmp_path, [done])
    assert names(tmp_path) == ["2026-11-20.ok"]
    assert (tmp_path / done.file_name).stat().st_ino == before
    (tmp_path / done.file_name).write_bytes(b"\xff half")
    publish(tmp_path, [done])
    assert (tmp_path / done.file_name).read_text() == done.content()


def test_old_files_of_ours_go_and_nothing_else(tmp_path: Path) -> None:
    old = DAY - timedelta(days=KEPT_DAYS + 1)
    for name in (f"{old}.ok", f"{old}.ok.4711.partial", f"{old}.txt", "notes"):
        (tmp_path / name).touch()
    publish(tmp_path, [NightState(DAY, "DONE", 8, AT, AT)])
    assert names(tmp_path) == [f"{old}.txt", "2026-11-20.ok", "notes"]


def test_a_worker_tells_of_the_last_run_of_each_day_and_bears_a_folder_it_cannot_write(
    connection: psycopg.Connection, database_url: str, tmp_path: Path
) -> None:
    for day, state in ((DAY, "FAILED"), (DAY, "DONE"), (DAY + timedelta(days=1), "FAILED")):
        connection.execute(
            "insert into night_runs (data_date, state, is_full, retrain) values (%s, %s, false, false)",
            [day, state],
        )
    connection.commit()
    look = StateFiles(database_url, tmp_path / "states")
    look()
    assert names(tmp_path / "states") == ["2026-11-20.ok", "2026-11-21.failed"]
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    bears = StateFiles(database_url, in_the_way)
    bears()
    assert in_the_way.read_bytes() == b""
    look.close()
    bears.close()


def test_a_day_that_no_calendar_has_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "2026-99-99.ok").touch()
    publish(tmp_path, [NightState(DAY, "RUNNING", 7, AT)])
    assert "2026-11-20.running" in names(tmp_path)
