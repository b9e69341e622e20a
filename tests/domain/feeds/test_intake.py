"""What becomes of a file: taken, refused or quarantined, and the three always add up."""

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import psycopg
import pytest

from domain.feeds.landing import find_batches
from domain.feeds.parameters import QUARANTINED_ALLOWED_ROWS, QUARANTINED_SHARE_BPS
from domain.shared.night import silent
from tests.domain.feeds.files import DAY, batches, begin_night, reasons, row, take, write_batch
from tests.words import in_chinese

FEED = "core_deposit"


def deposit(number: int, balance: str = "10.00", **values: str) -> str:
    return row(FEED, {"acct_no": f"A{number}", "cust_no": f"C{number}", "balance": balance} | values)


def state_on(connection: psycopg.Connection, day: date) -> list[tuple[str, int]]:
    return connection.execute(
        "select acct_no, balance_fen from src_core_deposit where from_on <= %s and %s < to_on order by 1",
        [day, day],
    ).fetchall()


def history(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select acct_no, balance_fen, from_on::text, to_on::text from src_core_deposit"
        " where from_on < to_on order by 1, 3"
    ).fetchall()


def test_a_good_file_is_taken_with_its_types(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(
        tmp_path,
        FEED,
        [deposit(1, "1234.56", product="活期储蓄", opened_on="20200101", matures_on="99991231")],
    )
    take(connection, tmp_path)
    found = connection.execute(
        "select acct_no, product, balance_fen, opened_on::text, matures_on::text, from_on, to_on::text, row_hash ="
        " hashtextextended((select 'x'), 0) from src_core_deposit"
    ).fetchone()
    assert found == ("A1", "活期储蓄", 123456, "2020-01-01", "9999-12-31", DAY, "infinity", False)
    assert batches(connection, FEED) == [("LOADED", 1, 1, 0, 0)]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(deposit(9, "12.345"), "balance 不是金额", id="three decimals"),
        pytest.param(deposit(9, ""), "balance 为空", id="empty amount"),
        pytest.param(deposit(9, opened_on="20230230"), "opened_on 不是日期", id="30 February"),
        pytest.param(deposit(9, opened_on="01/02/2023"), "opened_on 不是日期", id="which day first"),
        pytest.param(deposit(9, status="7"), "status 不在 1/0 之内", id="unknown status"),
        pytest.param(deposit(9) + "|@|x", "列数应为 12，实为 13", id="one column more"),
        pytest.param("", "列数应为 12，实为 0", id="empty line"),
        pytest.param(deposit(1), "主键重复", id="key twice"),
        pytest.param(deposit(1, "99.00"), "主键重复", id="key twice with another amount"),
        pytest.param(deposit(9, product="a\x00b"), "含有无法识别的字节或控制字符", id="NUL"),
        pytest.param(deposit(9, product="a\rb"), "含有无法识别的字节或控制字符", id="carriage return"),
    ],
)
def test_a_bad_line_is_set_aside_with_its_reason(
    connection: psycopg.Connection, tmp_path: Path, bad: str, reason: str
) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2), bad])
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 3, 2, 0, 1)]
    quarantined = connection.execute("select line, reasons from quarantined_rows").fetchall()
    assert [line for line, _ in quarantined] == [3]
    # Beside a line its statements have no number of lines; a batch counts them.
    said = [{**one, "values": {**one["values"], "lines": 1, "first_lines": "3"}} for one in quarantined[0][1]]
    assert [reason] == [text[: len(reason)] for text in map(in_chinese, said)]


def test_a_batch_says_why_lines_were_set_aside_and_no_value_of_theirs(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """Columns that are shifted put a certificate where a date is due."""
    shifted = [deposit(n, opened_on=f"32092319630515240{n}") for n in (7, 8)]
    write_batch(tmp_path, FEED, [deposit(1), *shifted])
    take(connection, tmp_path)
    assert reasons(connection, FEED) == "opened_on 不是日期（YYYYMMDD）（2 行：第 2, 3 行）"
    day = DAY + timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1), *shifted], day=day)
    limits = {QUARANTINED_SHARE_BPS.name: 0, QUARANTINED_ALLOWED_ROWS.name: 1}
    take(connection, tmp_path, day=day, parameters=limits)
    assert "最多的原因如下。 opened_on 不是日期（YYYYMMDD）（2 行：第 2, 3 行）" in reasons(connection, FEED)
    assert "320923" not in reasons(connection, FEED)


def test_a_line_with_broken_bytes_is_set_aside_and_kept(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    good = deposit(1, product="活期储蓄").encode("gb18030")
    write_batch(
        tmp_path,
        FEED,
        [deposit(1)],
        content=good + b"\nA2|@|\xff\xfe\n" + deposit(3).encode() + b"\n",
        amount_sum="20.00",
    )
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 3, 2, 0, 1)]
    assert connection.execute("select line, raw from quarantined_rows").fetchall() == [(2, "A2|@|\\xff\\xfe")]


def test_backslashes_and_copy_marks_are_ordinary_letters(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, [deposit(1, product=r"a\nb\.\\"), deposit(2, product="'\t\""), r"\."])
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("LOADED", 3, 2, 0, 1)]
    assert connection.execute("select product from src_core_deposit order by 1").fetchall() == [
        ("'\t\"",),
        (r"a\nb\.\\",),
    ]


def test_the_same_line_twice_counts_once_also_when_it_did_not_change(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2)])
    take(connection, tmp_path)
    tomorrow = DAY + timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1), deposit(2), deposit(2), deposit(1, "77.00")], day=tomorrow)
    take(connection, tmp_path, day=tomorrow)
    assert batches(connection, FEED)[1] == ("LOADED", 4, 2, 0, 2)
    assert "与前面的一行完全相同（1 行：第 3 行）" in reasons(connection, FEED)
    assert state_on(connection, tomorrow) == [("A1", 1000), ("A2", 1000)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"rows": "3"}, "行数与控制文件不符", id="rows"),
        pytest.param({"amount_sum": "20.01"}, "balance 合计与控制文件不符", id="sum"),
        pytest.param({"encoding": "UTF-8"}, "控制文件声明编码", id="encoding declared"),
        pytest.param({"mode": "increment"}, "约定为 full", id="mode"),
    ],
)
def test_a_file_that_disagrees_with_its_control_file_is_refused_whole(
    connection: psycopg.Connection, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2)], **changes)
    take(connection, tmp_path)
    (state, rows, loaded, refused, quarantined) = batches(connection, FEED)[0]
    assert (state, loaded, quarantined) == ("REFUSED", 0, 0)
    assert rows == refused
    assert sentence in reasons(connection, FEED)
    assert state_on(connection, DAY) == []


def test_utf8_in_a_gbk_feed_is_refused_and_yesterday_stays(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, [deposit(1)])
    take(connection, tmp_path)
    tomorrow = DAY + timedelta(days=1)
    lines = [deposit(n, product="活期储蓄") for n in range(1, 9)]
    write_batch(tmp_path, FEED, lines, day=tomorrow, content="".join(line + "\n" for line in lines).encode())
    take(connection, tmp_path, day=tomorrow)
    assert batches(connection, FEED)[1] == ("REFUSED", 8, 0, 8, 0)
    assert "实际内容是 UTF-8" in reasons(connection, FEED)
    assert state_on(connection, tomorrow) == [("A1", 1000)]


def test_gbk_in_a_utf8_feed_is_refused(connection: psycopg.Connection, tmp_path: Path) -> None:
    lines = [row("pos_merchant", {"merchant_no": f"M{n}", "name": "新桥村建国便利店"}) for n in range(5)]
    write_batch(tmp_path, "pos_merchant", lines, content="".join(line + "\n" for line in lines).encode("gbk"))
    take(connection, tmp_path)
    assert batches(connection, "pos_merchant") == [("REFUSED", 5, 0, 5, 0)]
    assert "实际内容是 GB18030" in reasons(connection, "pos_merchant")


def test_a_header_with_a_renamed_column_is_named(connection: psycopg.Connection, tmp_path: Path) -> None:
    from domain.feeds.contracts import FEEDS

    header = "|@|".join(column.name for column in FEEDS[FEED].columns).replace("product", "prod_name")
    write_batch(tmp_path, FEED, [header, deposit(1)])
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("REFUSED", 2, 0, 2, 0)]
    assert "多出 prod_name；缺少 product" in reasons(connection, FEED)


def test_a_dropped_column_is_named(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [deposit(n).rsplit("|@|", 1)[0] for n in range(3)], amount_sum="0.00")
    take(connection, tmp_path)
    assert batches(connection, FEED) == [("REFUSED", 3, 0, 3, 0)]
    assert "约定 12 列，文件中 3 行为 11 列" in reasons(connection, FEED)


def test_too_many_bad_lines_refuse_the_file(connection: psycopg.Connection, tmp_path: Path) -> None:
    lines = [deposit(n, status="9" if n < 3 else "1") for n in range(20)]
    write_batch(tmp_path, FEED, lines)
    take(connection, tmp_path, parameters={QUARANTINED_ALLOWED_ROWS.name: 2})
    assert batches(connection, FEED) == [("REFUSED", 20, 0, 20, 0)]
    assert "20 行中有 3 行不合格" in reasons(connection, FEED)
    # Of a refused file a sample is kept for its page.
    assert connection.execute("select line from quarantined_rows").fetchall() == [(1,), (2,), (3,)]


def test_a_point_of_an_unknown_datum_is_set_aside(connection: psycopg.Connection, tmp_path: Path) -> None:
    point = {"lon_deg": "119.8", "lat_deg": "33.8"}
    write_batch(
        tmp_path,
        "pos_merchant",
        [
            row("pos_merchant", {"merchant_no": "M1", "datum": "XIAN80", **point}),
            row("pos_merchant", {"merchant_no": "M2"}),
        ],
    )
    take(connection, tmp_path)
    assert connection.execute("select reasons from quarantined_rows").fetchall() == [
        ([{"code": "ROW_DATUM", "values": {"column": "datum", "allowed": "WGS84/GCJ02/BD09"}}],)
    ]


def test_changes_and_ends_are_intervals(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2), deposit(3)])
    take(connection, tmp_path)
    tomorrow = DAY + timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1), deposit(2, "20.00"), deposit(4)], day=tomorrow)
    take(connection, tmp_path, day=tomorrow)
    assert state_on(connection, DAY) == [("A1", 1000), ("A2", 1000), ("A3", 1000)]
    assert state_on(connection, tomorrow) == [("A1", 1000), ("A2", 2000), ("A4", 1000)]
    assert connection.execute(
        "select sum(changed) from batches where data_date = %s", [tomorrow]
    ).fetchone() == (3,)


def test_a_quarantined_key_keeps_its_earlier_state(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2)])
    take(connection, tmp_path)
    tomorrow = DAY + timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1), deposit(2, "1,00.00")], day=tomorrow)
    take(connection, tmp_path, day=tomorrow)
    assert state_on(connection, tomorrow) == [("A1", 1000), ("A2", 1000)]
    assert connection.execute("select key from quarantined_rows").fetchall() == [("A2",)]


def test_a_correction_of_the_same_day_wins_and_the_day_before_stays(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    before = DAY - timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1, "1.00"), deposit(2, "1.00")], day=before)
    write_batch(tmp_path, FEED, [deposit(1, "2.00"), deposit(2, "2.00"), deposit(3, "2.00")])
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, [deposit(1, "2.00"), deposit(2, "3.00")], sequence=2)
    take(connection, tmp_path)
    assert state_on(connection, before) == [("A1", 100), ("A2", 100)]
    assert state_on(connection, DAY) == [("A1", 200), ("A2", 300)]


def test_files_in_any_order_end_in_the_same_state(lend_database, tmp_path: Path) -> None:
    days = [DAY + timedelta(days=ahead) for ahead in range(4)]
    contents = [
        [deposit(1, "1.00"), deposit(2, "1.00"), deposit(3, "1.00")],
        [deposit(1, "2.00"), deposit(2, "1.00"), deposit(4, "1.00")],
        [deposit(1, "2.00"), deposit(2, "3.00"), deposit(3, "1.00")],
        [deposit(1, "1.00"), deposit(2, "1.00"), deposit(4, "9.00")],
    ]
    with psycopg.connect(lend_database()) as connection:
        found = set()
        for number, order in enumerate(permutations(range(4))):
            landing = tmp_path / str(number)
            landing.mkdir()
            for position in order:
                write_batch(landing, FEED, contents[position], day=days[position])
                take(connection, landing, FEED, day=days[-1])
            found.add(str(history(connection)))
            for day, lines in zip(days, contents, strict=True):
                assert len(state_on(connection, day)) == len(lines)
            connection.execute("truncate src_core_deposit, batches, quarantined_rows cascade")
            connection.commit()
    assert len(found) == 1


def test_taking_the_same_night_twice_changes_nothing(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [deposit(1), deposit(2)])
    take(connection, tmp_path)
    before = history(connection), batches(connection, FEED)
    take(connection, tmp_path)
    assert (history(connection), batches(connection, FEED)) == before


def test_a_late_correction_that_brings_back_the_old_value_equals_never_having_been_wrong(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    before = DAY - timedelta(days=1)
    write_batch(tmp_path, FEED, [deposit(1, "1.00")], day=before)
    write_batch(tmp_path, FEED, [deposit(1, "5.00")])
    take(connection, tmp_path)
    write_batch(tmp_path, FEED, [deposit(1, "1.00")], sequence=2)
    take(connection, tmp_path)
    assert state_on(connection, before) == state_on(connection, DAY) == [("A1", 100)]


def test_a_night_of_an_older_date_takes_no_newer_file(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [deposit(1)], day=DAY + timedelta(days=1))
    find_batches(connection, begin_night(connection, tmp_path), silent)
    assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]
    assert "未到" in reasons(connection, FEED)
