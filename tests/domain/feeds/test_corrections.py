"""A correction is always heard, also of the control file alone; a verdict that stands is not told twice."""

import os
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.domain.feeds.files import DAY, batches, reasons, row, take, write_batch

FEED = "core_deposit"
LINES = [row(FEED, {"acct_no": f"A{n}", "cust_no": f"C{n}", "balance": "10.00"}) for n in range(3)]
LOADED = ("LOADED", 3, 3, 0, 0)


def states(connection: psycopg.Connection) -> list[str]:
    return [state for state, *_ in batches(connection, FEED)]


@pytest.mark.parametrize(
    "wrong",
    [{"rows": "4"}, {"amount_sum": "30.01"}, {"encoding": "utf-8"}, {"mode": "increment"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_control_file_that_was_put_right_is_heard(
    connection: psycopg.Connection, tmp_path: Path, wrong: dict[str, str]
) -> None:
    write_batch(tmp_path, FEED, LINES, **wrong)
    take(connection, tmp_path)
    first = batches(connection, FEED)
    assert states(connection) == ["REFUSED"]
    take(connection, tmp_path)
    assert batches(connection, FEED) == first, "the same verdict is not told twice"
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [*first, LOADED]


def test_a_second_wrong_control_file_is_told_too(connection: psycopg.Connection, tmp_path: Path) -> None:
    for rows in ("4", "5", "4"):
        write_batch(tmp_path, FEED, LINES, rows=rows)
        take(connection, tmp_path)
    assert states(connection) == ["REFUSED", "REFUSED"]
    assert "控制文件 5 行" in reasons(connection, FEED)


def test_a_refused_name_is_heard_again_with_other_bytes(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES[:2], rows="3")
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path)
    assert batches(connection, FEED)[1:] == [LOADED]


def test_a_data_file_put_right_without_its_control_file_is_told_and_then_taken(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES[:2], rows="3")
    take(connection, tmp_path)
    file = write_batch(tmp_path, FEED, LINES)
    right = file.with_suffix(".ctl").read_text()
    write_batch(tmp_path, FEED, LINES[:2], rows="3")
    file.write_bytes("".join(line + "\n" for line in LINES).encode())
    for _ in range(2):
        take(connection, tmp_path)
        assert states(connection) == ["REFUSED", "WAITING"]
        assert "可能尚未写完或已损坏" in reasons(connection, FEED)
    file.with_suffix(".ctl").write_text(right)
    take(connection, tmp_path)
    assert batches(connection, FEED)[1:] == [LOADED]


def test_the_next_sequence_with_the_same_bytes_is_taken_also_in_the_same_night(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES, rows="4")
    write_batch(tmp_path, FEED, LINES, sequence=2)
    write_batch(tmp_path, FEED, LINES, sequence=3)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("REFUSED", 4, 0, 4, 0), LOADED, ("REFUSED", 3, 0, 3, 0)]
    assert "已计一次" in reasons(connection, FEED)


def test_a_control_file_changed_after_its_batch_was_taken_is_told_once(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, LINES, rows="4")
    for _ in range(2):
        take(connection, tmp_path)
        assert batches(connection, FEED) == [LOADED, ("REFUSED", 4, 0, 4, 0)]
    assert "入库后它的控制文件又被改动" in reasons(connection, FEED)
    assert f"{FEED}_{DAY:%Y%m%d}_2" in reasons(connection, FEED)


def test_a_correction_to_an_older_day_is_heard_after_a_newer_day_was_taken(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    tomorrow = DAY + timedelta(days=1)
    write_batch(tmp_path, FEED, LINES, rows="4")
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, LINES[:2], day=tomorrow)
    take(connection, tmp_path, day=tomorrow)
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path, day=tomorrow)
    assert states(connection) == ["REFUSED", "LOADED", "LOADED"]
    intervals = "select acct_no, from_on::text, to_on::text from src_core_deposit order by 1, 2"
    assert connection.execute(intervals).fetchall() == [
        ("A0", f"{DAY}", "infinity"),
        ("A1", f"{DAY}", "infinity"),
        ("A2", f"{DAY}", f"{tomorrow}"),
    ]


def test_a_file_that_only_lies_there_anew_is_neither_told_nor_counted(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """Copied again, its control file's lines in another order and with other line ends."""
    write_batch(tmp_path, FEED, LINES)
    write_batch(tmp_path, "loan", [row("loan", {"loan_no": "L1"})], rows="2")
    take(connection, tmp_path)
    before = batches(connection, FEED), batches(connection, "loan")
    for feed in (FEED, "loan"):
        file = tmp_path / f"{feed}_{DAY:%Y%m%d}_1.dat"
        file.write_bytes(file.read_bytes())
        os.utime(file, (0, 0))
        control = file.with_suffix(".ctl")
        control.write_bytes(b"\r\n".join(reversed(control.read_bytes().split(b"\n"))))
    take(connection, tmp_path)
    take(connection, tmp_path)
    assert (batches(connection, FEED), batches(connection, "loan")) == before


def test_what_a_release_settled_that_kept_no_control_file(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """What it took stays taken; what it refused is looked at once more, for it may have been put right since."""
    write_batch(tmp_path, FEED, LINES)
    write_batch(tmp_path, FEED, LINES[:2], day=DAY + timedelta(days=1), rows="3")
    take(connection, tmp_path, day=DAY + timedelta(days=1))
    connection.execute("update batches set control_sha256 = null, file_changed_ns = null")
    for _ in range(2):
        take(connection, tmp_path, day=DAY + timedelta(days=1))
        assert states(connection) == ["LOADED", "REFUSED", "REFUSED"]


def test_a_control_file_that_changes_between_finding_and_reading_waits(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    from domain.feeds.intake import take_feed
    from domain.feeds.landing import find_batches
    from domain.shared.night import silent
    from tests.domain.feeds.files import begin_night

    write_batch(tmp_path, FEED, LINES)
    night = begin_night(connection, tmp_path)
    find_batches(connection, night, silent)
    write_batch(tmp_path, FEED, LINES, rows="4")
    take_feed(connection, night, silent, feed=FEED)
    assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]
    take(connection, tmp_path)
    assert states(connection) == ["REFUSED"]
