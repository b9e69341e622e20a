"""What lies in the landing folder, and what of it is a batch."""

import os
from pathlib import Path

import psycopg
import pytest

from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileUnfinished,
    LandingUnreadable,
    family,
    hash_of,
    open_landing,
    parse_control,
)
from domain.feeds.landing import ODD_FEED, find_batches
from domain.shared.night import silent
from tests.domain.feeds.files import DAY, batches, begin_night, reasons, row, take, write_batch

FEED = "crm_legacy"
LINES = [row(FEED, {"crm_id": "1"}), row(FEED, {"crm_id": "2"})]


def loaded(connection: psycopg.Connection) -> int:
    found = connection.execute("select count(*) from src_crm_legacy").fetchone()
    assert found is not None
    return int(found[0])


def test_without_its_control_file_a_batch_waits_and_is_taken_when_it_comes(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    file = write_batch(tmp_path, FEED, LINES)
    control = file.with_suffix(".ctl")
    text = control.read_text()
    control.unlink()
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]
    assert "缺少控制文件" in reasons(connection, FEED)
    control.write_text(text)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 2, 2, 0, 0)]


def test_without_its_data_file_a_batch_waits(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, LINES).unlink()
    take(connection, tmp_path)
    assert "只有控制文件" in reasons(connection, FEED)
    assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]


def test_half_a_file_waits_and_no_row_is_taken_early(connection: psycopg.Connection, tmp_path: Path) -> None:
    file = write_batch(tmp_path, FEED, LINES)
    whole = file.read_bytes()
    for size in range(0, len(whole), max(1, len(whole) // 5)):
        file.write_bytes(whole[:size])
        take(connection, tmp_path)
        assert loaded(connection) == 0
        assert "可能尚未写完或已损坏" in reasons(connection, FEED)
    file.write_bytes(whole)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 2, 2, 0, 0)]


def test_a_half_written_control_file_waits(connection: psycopg.Connection, tmp_path: Path) -> None:
    file = write_batch(tmp_path, FEED, LINES)
    control = file.with_suffix(".ctl")
    control.write_text("rows=2\namount_")
    take(connection, tmp_path)
    assert "控制文件缺少 amount_sum" in reasons(connection, FEED)
    assert loaded(connection) == 0


def test_a_file_that_changes_between_finding_and_reading_waits(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    from domain.feeds.intake import take_feed

    file = write_batch(tmp_path, FEED, LINES)
    night = begin_night(connection, tmp_path)
    find_batches(connection, night, silent)
    file.write_bytes(file.read_bytes().replace(b"2", b"3"))
    take_feed(connection, night, silent, feed=FEED)
    assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]
    assert loaded(connection) == 0


def test_same_bytes_count_once(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, LINES, sequence=2)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 2, 2, 0, 0), ("REFUSED", 2, 0, 2, 0)]
    assert "已计一次" in reasons(connection, FEED)


def test_same_name_with_other_bytes_is_refused(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, LINES)
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, [*LINES, row(FEED, {"crm_id": "3"})])
    take(connection, tmp_path)
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 2, 2, 0, 0), ("REFUSED", 3, 0, 3, 0)]
    assert "同名文件的内容不同" in reasons(connection, FEED)
    assert loaded(connection) == 2


def test_a_sequence_that_comes_after_its_correction_is_refused(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES, sequence=2)
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, LINES[:1], sequence=1)
    take(connection, tmp_path)
    assert "以更正为准" in reasons(connection, FEED)
    assert loaded(connection) == 2


def test_nothing_odd_is_read_and_everything_odd_is_named(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    landing, outside = tmp_path / "landing", tmp_path / "outside"
    landing.mkdir()
    outside.mkdir()
    secret = write_batch(outside, FEED, LINES)
    for suffix in (".dat", ".ctl"):
        (landing / f"{FEED}_{DAY:%Y%m%d}_1{suffix}").symlink_to(secret.with_suffix(suffix))
        os.link(secret.with_suffix(suffix), landing / f"{FEED}_{DAY:%Y%m%d}_2{suffix}")
        os.mkfifo(landing / f"{FEED}_{DAY:%Y%m%d}_3{suffix}")
    (landing / f"{FEED}_{DAY:%Y%m%d}_4.dat").mkdir()
    for name in (
        b"crm_legacy_20260631_1.dat",
        b"CRM_LEGACY_20260630_1.dat",
        "crm_legacy_２０２６０６３０_5.dat".encode(),
        b"crm_legacy_09990630_1.dat",
        b"crm_legacy_20260630_05.dat",
        b"a\nb.dat",
        b"\xd0\xc2.dat",
        b"x" * 255,
    ):
        (landing / os.fsdecode(name)).write_bytes(b"1")
    take(connection, landing)
    named = [
        name
        for (name,) in connection.execute(
            "select file_name from batches where feed = %s order by 1", [ODD_FEED]
        )
    ]
    assert len(named) == 15
    assert "a\\x0ab.dat" in named
    assert loaded(connection) == 0


def test_a_folder_that_is_not_there_is_a_sentence(connection: psycopg.Connection, tmp_path: Path) -> None:
    with pytest.raises(LandingUnreadable, match="LANDING_UNREADABLE"):
        find_batches(connection, begin_night(connection, tmp_path / "none"), silent)


def test_a_file_that_vanished_waits(tmp_path: Path) -> None:
    with open_landing(tmp_path) as folder, pytest.raises(FileUnfinished, match="FILE_NOT_OPENED"):
        hash_of(folder, BatchName(FEED, DAY, 1))


CONTROL = {"rows": "1", "amount_sum": "-12.50", "sha256": "a" * 64, "encoding": "gbk", "mode": "full"}


@pytest.mark.parametrize(
    "line",
    ["rows=1000000000", "rows=-1", "rows=1.0", "rows=1,00", "rows=", "sha256=ab", "amount_sum=1e400000", "amount_sum=."]
    + [f"amount_sum={one}" for one in ("NaN", "1.005", "1E3", "(5.00)", "1.234,00", "1,23.00", "--5", "-5-", "-")],
)  # fmt: skip
def test_a_number_of_a_control_file_that_cannot_be_read_is_a_sentence(line: str) -> None:
    name, _, value = line.partition("=")
    assert _control(CONTROL).amount_sum_fen == -1250
    with pytest.raises(FileUnfinished):
        _control(CONTROL | {name: value})


@pytest.mark.parametrize(
    ("amount", "fen"),
    [
        (".5", 50), ("-.5", -50), ("5.", 500), ("1,234.00", 123400), ("１２３", 12300), ("+5", 500), (" 5.00 ", 500),
        ("00012.00", 1200), ("12.3400", 1234), ("5.00-", -500), ("−5", -500), ("0", 0), ("-0.00", 0),
        ("1,834,220,193.55", 183422019355), ("9999999999999999.99", 999999999999999999),
    ],
)  # fmt: skip
def test_an_amount_that_can_be_read_in_one_way_only_is_read(amount: str, fen: int) -> None:
    assert _control(CONTROL | {"amount_sum": amount}).amount_sum_fen == fen


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfrows=1\namount_sum=-12.50\nsha256=%s\nencoding=gbk\nmode=full\n",
        b"rows = 1 \r\namount_sum= -12.50\r\nsha256=%s\r\nencoding=gbk\r\nmode=full\r\n\x1a",
        b"rows=1\ramount_sum=-12.50\rsha256=%s\rencoding=gbk\rmode=full\r",
        b"ROWS=00001\nAMOUNT_SUM=-12.50\nSHA256=%s\nENCODING=gbk\nMODE=FULL\n\0\0\0",
        b"# written by the core\n\nrows=1\nrows=1\nfeed=loan\namount_sum=-12.50\nsha256=%s\nencoding=gbk\nmode=full",
        "备注：一行\nrows=１\namount_sum=－12.50\nsha256=%s\nencoding=gbk\nmode=full\n".encode("gbk"),
        "rows=1\namount_sum=-12.50\nsha256=%s\nencoding=gbk\nmode=full\n".encode("utf-16"),
    ],
)  # fmt: skip
def test_a_control_file_is_read_whatever_system_wrote_it(content: bytes) -> None:
    digest = b"A" * 64 if not content.startswith(b"\xff\xfe") else ("A" * 64).encode("utf-16-le")
    hole = b"%s" if not content.startswith(b"\xff\xfe") else "%s".encode("utf-16-le")
    assert parse_control(content.replace(hole, digest)) == Control(1, -1250, "a" * 64, "gbk")


def test_a_control_file_that_says_two_things_is_a_sentence() -> None:
    lines = "".join(f"{name}={value}\n" for name, value in [*CONTROL.items(), ("rows", "2")])
    with pytest.raises(FileUnfinished, match="CONTROL_CONTRADICTS name='rows'"):
        parse_control(lines.encode())


@pytest.mark.parametrize(
    ("written", "read"),
    [("GBK", "gb18030"), ("x-gbk", "gb18030"), ("MS936", "gb18030"), ("GB_2312-80", "gb18030"), ("UTF8", "utf-8"),
     ("utf-8-sig", "utf-8"), ("AL32UTF8", "utf-8"), ("big5", None), ("utf-16", None), ("", None)],
)  # fmt: skip
def test_names_of_encodings(written: str, read: str | None) -> None:
    assert family(written) == read


def test_without_the_sum_that_the_contract_asks_for_a_file_is_refused(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    deposits = [row("core_deposit", {"acct_no": f"A{n}", "balance": "100.00"}) for n in range(9)]
    write_batch(tmp_path, "core_deposit", deposits, amount_sum="")
    take(connection, tmp_path, "core_deposit")
    assert batches(connection, "core_deposit") == [("REFUSED", 9, 0, 9, 0)]
    assert "amount_sum 为空，约定为 balance 合计" in reasons(connection, "core_deposit")


def test_a_sum_that_the_contract_does_not_ask_for_is_told_and_stops_nothing(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, LINES, amount_sum="123.45")
    take(connection, tmp_path, FEED)
    assert batches(connection, FEED) == [("LOADED", 2, 2, 0, 0)]
    assert "未核对" in reasons(connection, FEED)


def _control(fields: dict[str, str]) -> Control:
    return parse_control("\n".join(f"{name}={value}" for name, value in fields.items()).encode("utf-8"))
