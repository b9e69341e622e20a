"""One bad row never sends back the other thousands: what a control file says beyond the lines that can be read."""

from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from domain.feeds.totals import Carried, amounts_of
from tests.domain.feeds.files import batches, reasons, row, take, write_batch

POS = "pos_merchant"


def shop(number: int, volume: str = "1000.00", **values: str) -> str:
    return row(
        POS, {"merchant_no": f"M{number}", "name": f"新桥便利店{number}", "month_volume": volume} | values
    )


NINE = [shop(n) for n in range(1, 10)]


NAMED = shop(10, "880.00", name="王记|@|面馆")
SPLIT = "列数应为 16"


@pytest.mark.parametrize(
    ("bad", "total", "quarantined", "sentence"),
    [
        pytest.param(
            [NAMED], "9880.00", [10], f"{SPLIT}，实为 17（1 行：第 10 行）", id="delimiter in a name, summed"
        ),
        pytest.param([NAMED], "9000.00", [10], SPLIT, id="not summed"),
        pytest.param([shop(10, "880.00", status="1|@|")], "9880.00", [10], SPLIT, id="delimiter behind it"),
        pytest.param(
            [NAMED.replace("王记|@|面馆|@|", "")], "9880.00", [10], "实为 15", id="column lost before it"
        ),
        pytest.param(
            [shop(10, "880.00").rsplit("|@|", 1)[0]], "9880.00", [10], "实为 15", id="column lost behind"
        ),
        pytest.param([NAMED.replace("|@|面", "\n面")], "9880.00", [10, 11], SPLIT, id="line feed in a name"),
        pytest.param(
            [NAMED.replace("|@|面", "\r面")], "9880.00", [10], "控制字符", id="carriage return in a name"
        ),
        pytest.param(
            [shop(10, "440.00") + "\rM" + shop(1, "440.00")], "9880.00", [10], "控制字符", id="two rows"
        ),
        pytest.param([shop(10, "880.00", name="王\x00记")], "9880.00", [10], "控制字符", id="NUL"),
        pytest.param([shop(10, "12.345")], "9012.35", [10], "month_volume 不是金额", id="rounded"),
        pytest.param(
            [shop(10, "12.345")], "9012.345", [], "amount_sum 无法识别", id="a sum with a third decimal"
        ),
        pytest.param([shop(10, "1E3")], "10000.00", [10], "month_volume 不是金额", id="digits lost"),
        pytest.param(
            [shop(10, "880.00", status="7")], "9880.00", [10], "status 不在", id="another column is bad"
        ),
        pytest.param([shop(10, "多")], "9880.00", [10], "差额未能核对", id="no number at all"),
        pytest.param(
            [NAMED, shop(11, "20.00", name="C|@|D")], "9020.00", [10, 11], SPLIT, id="one of two summed"
        ),
        pytest.param([shop(9)], "10000.00", [10], "主键重复", id="a line twice"),
        pytest.param(["", "  "], "9000.00", [10, 11], f"{SPLIT}，实为 0", id="empty lines that are counted"),
        pytest.param(["T|@|9|@|9000.00"], "9000.00", [10], "实为 3", id="a trailer that is counted"),
    ],
)
def test_the_other_lines_are_taken(
    connection: psycopg.Connection,
    tmp_path: Path,
    bad: list[str],
    total: str,
    quarantined: list[int],
    sentence: str,
) -> None:
    write_batch(tmp_path, POS, NINE + bad, amount_sum=total, rows=str(9 + len(bad) + ("\rM" in bad[0])))
    take(connection, tmp_path, POS)
    lines = [n for (n,) in connection.execute("select line from quarantined_rows order by 1")]
    assert sentence in reasons(connection, POS)
    assert lines == quarantined
    if quarantined:
        assert batches(connection, POS) == [("LOADED", 9 + len(lines), 9, 0, len(lines))]


@pytest.mark.parametrize(
    ("bad", "total"),
    [
        pytest.param([], "9000.01", id="nothing explains a fen"),
        pytest.param([NAMED], "9880.01", id="a fen more than the bad line carries"),
        pytest.param([NAMED], "9500.00", id="a part of it"),
        pytest.param([NAMED], "8120.00", id="less, not more"),
    ],
)
def test_what_no_bad_line_carries_refuses_the_file_and_says_which_were_asked(
    connection: psycopg.Connection, tmp_path: Path, bad: list[str], total: str
) -> None:
    write_batch(tmp_path, POS, NINE + bad, amount_sum=total)
    take(connection, tmp_path, POS)
    rows = 9 + len(bad)
    assert batches(connection, POS) == [("REFUSED", rows, 0, rows, 0)]
    said = reasons(connection, POS)
    assert "合计与控制文件不符（文件 9,000.00 元" in said
    assert ("不合格的 1 行（第 10 行）所载金额约 880.00 元" in said) == bool(bad)
    assert connection.execute("select line from quarantined_rows").fetchall() == [(10,)] * len(bad)


@pytest.mark.parametrize(
    ("lines", "rows", "sentence"),
    [
        pytest.param([*NINE, "", "   ", "\u3000"], "9", "已去掉控制文件未计入的 3 个空行", id="empty lines"),
        pytest.param(["", *NINE, "\x02"], "9", "已去掉控制文件未计入的 2 个空行", id="a mark alone"),
        pytest.param([*NINE, "T|@|9|@|9000.00"], "9", "文件 10 行，控制文件 9 行", id="a trailer"),
    ],
)
def test_lines_that_the_control_file_does_not_count(
    connection: psycopg.Connection, tmp_path: Path, lines: list[str], rows: str, sentence: str
) -> None:
    write_batch(tmp_path, POS, lines, rows=rows)
    take(connection, tmp_path, POS)
    (state, count, loaded, refused, quarantined) = batches(connection, POS)[0]
    assert (state, loaded, count) == ("LOADED", 9, loaded + refused + quarantined)
    assert sentence in reasons(connection, POS)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("\n".join(NINE) + "\n", "8", id="a row too many"),
        pytest.param("\n".join(NINE) + "\n", "10", id="a row too few"),
        pytest.param("\r".join(NINE) + "\r", "9", id="lines that end with a carriage return alone"),
        pytest.param("\n".join([*NINE, "T|@|9"]) + "\n", "8", id="more than the bad line stands for"),
    ],
)
def test_rows_that_no_bad_line_stands_for_refuse_the_file(
    connection: psycopg.Connection, tmp_path: Path, content: str, rows: str
) -> None:
    write_batch(tmp_path, POS, NINE, content=content.encode(), rows=rows)
    take(connection, tmp_path, POS)
    (state, _, loaded, _, _) = batches(connection, POS)[0]
    assert (state, loaded) == ("REFUSED", 0)
    assert "行数与控制文件不符" in reasons(connection, POS)


def test_amounts_of_a_line_whose_columns_are_shifted() -> None:
    assert amounts_of("a|@|1.00|@|5.00|@|x", 2, 4).from_left == 500
    assert amounts_of("a|@|b|@|1.00|@|5.00|@|x", 2, 4).likeliest == 500
    assert amounts_of("a|@|5.00", 2, 4).likeliest == 0
    assert not amounts_of("a|@|5.00", 2, 4).is_open
    assert amounts_of("a|@|b|@|c|@|x", 2, 4).is_open
    assert amounts_of("a|@|b|@|1.00|@|x|@|b|@|2.00|@|x", 2, 4).joined == 300


def test_many_lines_are_taken_all_alike_and_their_sums_are_not_held() -> None:
    carried = Carried()
    for line in range(100_000):
        carried.add(line, amounts_of(f"a|@|b|@|c|@|{line}.01|@|x", 2, 4))
    assert carried.explain(int(carried.likeliest))
    assert carried.likeliest == Decimal(sum(range(100_000)) * 100 + 100_000)
    assert not carried.explain(int(carried.likeliest) - 7)
    assert len(carried._sums) < 10_000
    assert carried.first_lines == "0, 1, 2 …"


@pytest.mark.parametrize(
    ("rows", "total"), [(11, "10000.00"), (11, "9000.00"), (10, "9000.00"), (10, "10000.00"), (9, "9000.00")]
)
def test_rows_that_were_printed_twice_may_have_been_counted_once(
    connection: psycopg.Connection, tmp_path: Path, rows: int, total: str
) -> None:
    """Whoever wrote the control file counted before the page went through the printer again, or after."""
    write_batch(tmp_path, POS, [*NINE, NINE[1], NINE[1]], amount_sum=total, rows=str(rows))
    take(connection, tmp_path)
    state = "select state, loaded, refused, quarantined from batches where feed = 'pos_merchant'"
    assert connection.execute(state).fetchall() == [("LOADED", 9, 0, 2)]


def test_a_row_printed_twice_explains_no_other_difference(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, POS, [*NINE, NINE[1]], amount_sum="8500.00")
    take(connection, tmp_path)
    assert connection.execute("select state from batches where feed = %s", [POS]).fetchall() == [("REFUSED",)]
