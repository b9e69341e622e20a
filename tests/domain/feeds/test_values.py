"""How values are written: read where that can be meant in one way only, unknown where it is a default, else set aside.

A table is one file, a line each spelling, so that all of them cost one intake.
"""

from datetime import date
from pathlib import Path

import psycopg
import pytest

from domain.feeds.contracts import FEEDS
from domain.feeds.parameters import QUARANTINED_ALLOWED_ROWS
from domain.feeds.snapshots import stored_columns
from tests.domain.feeds.files import reasons, row, take, write_batch

BAD = "set aside"
OPEN = date(9999, 12, 31)


def read(
    connection: psycopg.Connection, landing: Path, feed: str, column: str, spellings: list[str], total: str
) -> list[object]:
    """What the snapshot holds of each spelling, or `BAD`. `total` is what the bank's database would have added up."""
    key = FEEDS[feed].key[0]
    plain = {"balance": "0.00", "pre_line": "0.00", "month_volume": "0.00", "opened_on": "20200101"}
    lines = [row(feed, {**plain, key: f"K{n:04d}", column: one}) for n, one in enumerate(spellings)]
    write_batch(landing, feed, [*lines, row(feed, {**plain, key: "Z"})], amount_sum=total)
    take(connection, landing, feed, parameters={QUARANTINED_ALLOWED_ROWS.name: 1000})
    name = next(one.name for one in stored_columns(FEEDS[feed]) if one.contract.name == column)
    stored = dict(connection.execute(f"select {key}, {name} from src_{feed}".encode()).fetchall())
    assert "Z" in stored, reasons(connection, feed)
    return [stored.get(f"K{n:04d}", BAD) for n in range(len(spellings))]


AMOUNTS: dict[str, object] = {
    "12.30": 1230, "0.00": 0, "-0.00": 0, "12": 1200, "12.3": 1230, "-12.30": -1230,
    ".5": 50, "-.5": -50, ".50": 50, "5.": 500, "+5": 500, "+.5": 50, "5.00-": -500, "\u22125": -500, "－5.00": -500,
    "１２３": 12300, "１２．３０": 1230, "00012.00": 1200, "0000000000000012.00": 1200, "12.3400": 1234,
    "1,234.00": 123400, "-1,234,567.89": -123456789, "１，２３４.00": 123400, " 7.00 ": 700, "\u00a07.00\u3000": 700,
    "9999999999999.99": 999999999999999,
    "12.345": BAD, "1E3": BAD, "1.2E+05": BAD, "1,23.00": BAD, "0,123.00": BAD, "1.234,00": BAD, "1 234.00": BAD,
    "(5.00)": BAD, "5.00CR": BAD, "￥5.00": BAD, "5元": BAD, "-": BAD, "+": BAD, ".": BAD, "--5": BAD, "-5-": BAD,
    "abc": BAD, "NaN": BAD, "Infinity": BAD, "0x10": BAD, "99999999999999.00": BAD, "NULL": BAD, "": BAD,
}  # fmt: skip


def test_amounts(connection: psycopg.Connection, tmp_path: Path) -> None:
    # Words and nothing are no numbers, so the sum of what was set aside is open, and no sum of the file is refused.
    found = read(connection, tmp_path, "core_deposit", "balance", list(AMOUNTS), "0.00")
    assert dict(zip(AMOUNTS, found, strict=True)) == AMOUNTS


DATES: dict[str, object] = {
    "20260630": date(2026, 6, 30), "2026-06-30": date(2026, 6, 30), "2026/06/30": date(2026, 6, 30),
    "2026/6/3": date(2026, 6, 3), "2026.6.30": date(2026, 6, 30), "2026年6月30日": date(2026, 6, 30),
    "２０２６０６３０": date(2026, 6, 30), "2026-06-30 00:00:00": date(2026, 6, 30), "2026-6-3": date(2026, 6, 3),
    "2026-06-30T08:15:00.000": date(2026, 6, 30), "20260630000000": date(2026, 6, 30), "20240229": date(2024, 2, 29),
    "00000000": None, "0": None, "0000-00-00": None, "0001-01-01": None, "00010101": None, "19000101": None,
    "1900-01-01 00:00:00": None, "1900/1/1": None, "18991230": None, "NULL": None, "无": None, "": None, "-": None,
    "20230230": BAD, "20230229": BAD, "2023-02-30": BAD, "20261301": BAD, "30/06/2026": BAD, "260630": BAD, "2026": BAD,
    "202606": BAD, "2026-06/30": BAD, "46203": BAD, "昨天": BAD, "2026063": BAD,
}  # fmt: skip


@pytest.mark.parametrize(
    ("feed", "column", "open_end"),
    [("core_deposit", "matures_on", OPEN), ("core_customer", "birth_on", None)],
)
def test_dates(
    connection: psycopg.Connection, tmp_path: Path, feed: str, column: str, open_end: date | None
) -> None:
    """An open end is known where a date may be open; elsewhere it is a default like the others."""
    wanted = DATES | dict.fromkeys(("99991231", "9999-12-31", "29991231", "99999999", "9999/12/31"), open_end)
    total = "0.00" if FEEDS[feed].amount else ""
    found = read(connection, tmp_path, feed, column, list(wanted), total)
    assert dict(zip(wanted, found, strict=True)) == wanted


NUMBERS: dict[str, dict[str, object]] = {
    "members": {
        "3": 3, "03": 3, "+3": 3, "3.0": 3, "3.00": 3, "３": 3, "-1": -1, "NULL": None, "": None, "无": None,
        "3.5": BAD, "三": BAD, "1E1": BAD, "9999999999": BAD,
    },
    "lon_deg": {
        "119.8": 119.8, "119": 119.0, "+119.8": 119.8, ".5": 0.5, "119.": 119.0, "１１９.８": 119.8, "0119.8": 119.8,
        "119.80000000000000001": 119.8, "": None, "NULL": None, "119,8": BAD, "119.8E": BAD, "119°48'": BAD, "181": BAD,
        "1e400": BAD,
    },
}  # fmt: skip


@pytest.mark.parametrize("column", NUMBERS)
def test_numbers(connection: psycopg.Connection, tmp_path: Path, column: str) -> None:
    wanted = NUMBERS[column]
    found = read(connection, tmp_path, "sunshine_credit", column, list(wanted), "0.00")
    assert dict(zip(wanted, found, strict=True)) == wanted


def test_rates(connection: psycopg.Connection, tmp_path: Path) -> None:
    wanted: dict[str, object] = {
        "4.3500": 435, "4.35": 435, "4.35%": 435, "4.35％": 435, ".5": 50, "04.35": 435, "4.3500000000": 435,
        "": BAD, "4,35": BAD, "NULL": BAD,
    }  # fmt: skip
    plain = {"start_on": "20200101", "end_on": "20300101", "balance": "0.00", "amount": "0.00"}
    lines = [row("loan", {**plain, "loan_no": f"K{n}", "rate": one}) for n, one in enumerate(wanted)]
    write_batch(tmp_path, "loan", lines)
    take(connection, tmp_path, "loan")
    stored = dict(connection.execute("select loan_no, rate_bps from src_loan").fetchall())
    assert {one: stored.get(f"K{n}", BAD) for n, one in enumerate(wanted)} == wanted


def test_codes_are_joined_on_and_defaults_are_none(connection: psycopg.Connection, tmp_path: Path) -> None:
    """`Ｃ１ ` is `C1`; a code of noughts or words for nothing is no code; a name stays as it is written."""
    wanted: dict[str, object] = {
        "C1": "C1", "Ｃ１": "C1", "C1\u3000": "C1", "\u200bC1\ufeff": "C1", "C\u00ad1": "C1", "C1\t": "C1",
        "\u2003C1": "C1", "0": None, "00000000": None, "-": None, "--": None, "/": None, "NULL": None, "null": None,
        "无": None, "N/A": None, "": None, "C 1": "C 1", "阜1": "阜1", "C" * 200: "C" * 200, "C" * 201: BAD,
        "0010": "0010",
    }  # fmt: skip
    assert (
        dict(zip(wanted, read(connection, tmp_path, "crm_legacy", "cust_no", list(wanted), ""), strict=True))
        == wanted
    )


def test_names_stay_as_they_are_written(connection: psycopg.Connection, tmp_path: Path) -> None:
    wanted: dict[str, object] = {
        "JOHN SMITH": "JOHN SMITH", "买买提·艾力": "买买提·艾力", " 王　磊 ": "王　磊", "王\u200d磊": "王磊",
        "ＡＢＣ商店": "ＡＢＣ商店", "王\ufffd": "王\ufffd", "王?": "王?", "赵\ue000": "赵\ue000", "0": "0",
        "名" * 1000: BAD, "": BAD, "\u3000": BAD,
    }  # fmt: skip
    assert (
        dict(zip(wanted, read(connection, tmp_path, "crm_legacy", "name", list(wanted), ""), strict=True))
        == wanted
    )


def test_listed_values_are_read_in_any_width_and_case(connection: psycopg.Connection, tmp_path: Path) -> None:
    wanted: dict[str, object] = {
        "GCJ02": "GCJ02", "gcj-02": "GCJ02", "ＧＣＪ０２": "GCJ02", "WGS 84": "WGS84", "wgs_84": "WGS84", "": None,
        "XIAN80": BAD, "-": BAD,
    }  # fmt: skip
    found = read(connection, tmp_path, "sunshine_credit", "datum", list(wanted), "0.00")
    assert dict(zip(wanted, found, strict=True)) == wanted


def test_keys_that_mean_the_same_are_the_same_key(connection: psycopg.Connection, tmp_path: Path) -> None:
    """Two spellings of one key in one file would break the index of what is in force, and the night with it."""
    lines = [
        row("crm_legacy", {"crm_id": key}) for key in ("K1", "Ｋ１", "K\u200b1", "K2", "K\ufffd3", "K" * 5000)
    ]
    write_batch(tmp_path, "crm_legacy", lines)
    take(connection, tmp_path, "crm_legacy")
    assert connection.execute("select crm_id from src_crm_legacy order by 1").fetchall() == [("K1",), ("K2",)]
    said = reasons(connection, "crm_legacy")
    assert "主键重复（2 行：第 2, 3 行）" in said
    assert "主键 crm_id 中有上游已丢失的字符（1 行：第 5 行）" in said
    assert "crm_id 超过 200 字节（1 行：第 6 行）" in said


def test_an_account_without_a_day_of_opening_is_taken(connection: psycopg.Connection, tmp_path: Path) -> None:
    lines = [row("core_deposit", {"acct_no": "A1", "balance": "5.00", "opened_on": "19000101"})]
    write_batch(tmp_path, "core_deposit", lines)
    take(connection, tmp_path, "core_deposit")
    assert connection.execute("select opened_on, balance_fen from src_core_deposit").fetchall() == [
        (None, 500)
    ]
