"""Files as a bank has them, read by descriptions: what is taken, and what becomes of what is wrong with it."""

import gzip
import os
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path

import psycopg
import pytest
import xlsxwriter

from domain.feeds.adapters import opened
from tests.domain.feeds.files import DAY, batches, reasons, take, write_batch
from tests.domain.feeds.files import row as canonical_row
from tests.domain.feeds.own import deposits, described, write

HEADER = ("账号", "客户号", "产品", "余额", "开户日", "到期日", "状态")
ROWS = (
    ("A1", "C1", "01", "1,234.50", "01/02/2020", "0", "正常"),
    ("A2", "C2", "02", "5.00-", "31/12/2024", "20270101", "销户"),
)
TAKEN = [
    ("A1", "C1", "活期储蓄", 123450, "2020-02-01", "9999-12-31", "1"),
    ("A2", "C2", "定期储蓄", -500, "2024-12-31", "2027-01-01", "0"),
]
DATED = f"{DAY:%Y%m%d}"


def state(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select acct_no, cust_no, product, balance_fen, opened_on::text, matures_on::text, status"
        " from src_core_deposit where to_on = 'infinity' order by 1"
    ).fetchall()


def joined(delimiter: str, *rows: tuple[str, ...], header: bool = True) -> str:
    return "".join(delimiter.join(row) + "\n" for row in ((HEADER,) if header else ()) + rows)


def fixed(*rows: tuple[str, ...], widths: tuple[int, ...] = (4, 4, 4, 12, 10, 8, 6)) -> bytes:
    lines = []
    for row in rows:
        cells = [text.encode("gbk").ljust(width) for text, width in zip(row, widths, strict=True)]
        lines.append(b"".join(cells) + b"\n")
    return b"".join(lines)


def workbook(folder: Path, *rows: tuple[object, ...]) -> bytes:
    path = folder / "made.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("存款")
        for at, row in enumerate((("存款明细表",), HEADER, *rows)):
            sheet.write_row(at, 0, row)
    return path.read_bytes()


def gs(folder: Path) -> tuple[str, str, bytes]:
    """GBK, parts between GS bytes, an .ok file."""
    write(folder, f"DEP_{DATED}.ok", "")
    form = 'name = "DEP_{YYYYMMDD}.txt"\nencoding = "GBK"\ndelimiter = "0x1D"\nheader = 1'
    return form, '[control]\nname = "{stem}.ok"', joined("\x1d", *ROWS).encode("gbk")


def etx_of_utf16(folder: Path) -> tuple[str, str, bytes]:
    write(folder, f"DEP_{DATED}.txt.flg", f"DEP_{DATED}.txt|2|1229.50|")
    form = 'name = "DEP_{YYYYMMDD}.txt"\nencoding = "UTF-16"\ndelimiter = "0x03"\nheader = 1'
    control = '[control]\nname = "{file}.flg"\nfile = 1\nrows = 2\namount = 3'
    return form, control, joined("\x03", *ROWS).encode("utf-16")


def widths_in_bytes(folder: Path) -> tuple[str, str, bytes]:
    """Fixed width, cut before it is decoded; counts in a trailer, in fen."""
    names = ", ".join(f'"{name}"' for name in HEADER)
    form = (
        'name = "DEP_{YYYYMMDD}.txt"\nformat = "fixed"\nwidths = [4, 4, 4, 12, 10, 8, 6]\n'
        f'columns = [{names}]\ntrailer = "TRL"'
    )
    control = '[control]\nkind = "trailer"\ndelimiter = "|"\nrows = 2\namount = 3\namount_unit = "分"'
    return form, control, fixed(*ROWS) + b"TRL|2|122950\n"


def quoted(folder: Path) -> tuple[str, str, bytes]:
    """CSV of UTF-8 with a mark, CRLF, and a control file of names and values."""
    content = "\ufeff" + joined(",", *(tuple(f'"{cell}"' for cell in row) for row in ROWS)).replace(
        "\n", "\r\n"
    )
    digest = md5(content.encode(), usedforsecurity=False).hexdigest()
    write(folder, f"DEP_{DATED}.ctl", f"ROWS: 2\nMD5: {digest.upper()}\n", "utf-8")
    form = 'name = "DEP_{YYYYMMDD}.csv"\nformat = "csv"\nencoding = "UTF-8"\nheader = 1'
    return form, '[control]\nname = "{stem}.ctl"\nrows = "ROWS"\nmd5 = "MD5"', content.encode()


def packed(folder: Path) -> tuple[str, str, bytes]:
    """Packed, in a folder a day, without any control file: nobody has touched it for ten minutes."""
    form = 'folder = "core/{YYYY-MM-DD}"\nname = "DEP.txt.gz"\nencoding = "GB18030"\n'
    form += 'delimiter = "|+|"\nheader = 1\ngz = true'
    return form, "", gzip.compress(joined("|+|", *ROWS).encode("gbk"))


def sheet(folder: Path) -> tuple[str, str, bytes]:
    rows: list[tuple[object, ...]] = [
        ("A1", "C1", "01", 1234.5, "01/02/2020", 0, "正常"),
        (*ROWS[1][:3], -5, *ROWS[1][4:]),
    ]
    content = workbook(folder, *rows, ("合计", "", "", 1229.5))
    (folder / "made.xlsx").unlink()
    return 'name = "DEP_{YYYYMMDD}.xlsx"\nformat = "xlsx"\nheader = 2\ntrailer = "合计"', "", content


@pytest.mark.parametrize("made", [gs, etx_of_utf16, widths_in_bytes, quoted, packed, sheet])
def test_a_bank_s_own_form_is_taken_as_the_contract_s(
    connection: psycopg.Connection, tmp_path: Path, made: Callable[[Path], tuple[str, str, bytes]]
) -> None:
    form, control, content = made(tmp_path)
    described(connection, deposits(form, control=control))
    ending = form.partition("name = ")[2].partition("\n")[0].strip('"').replace("{YYYYMMDD}", DATED)
    folder = f"core/{DAY}/" if "folder" in form else ""
    path = write(tmp_path, folder + ending, content)
    os.utime(path, (0, 0))
    take(connection, tmp_path)
    assert reasons(connection, "core_deposit") == ""
    assert batches(connection, "core_deposit") == [("LOADED", 2, 2, 0, 0)]
    assert state(connection) == TAKEN
    take(connection, tmp_path)  # the same files again say and count nothing
    assert batches(connection, "core_deposit") == [("LOADED", 2, 2, 0, 0)]
    told = connection.execute(
        "select file_name, reasons::text from batches where feed = 'unknown'"
    ).fetchall()
    assert told == []


FORM = 'name = "DEP_{YYYYMMDD}.txt"\ndelimiter = "|"\nheader = 1'


def taken(
    connection: psycopg.Connection,
    landing: Path,
    content: str | bytes,
    day: date = DAY,
    *,
    name: str = "DEP",
    settled: bool = True,
) -> None:
    path = write(landing, f"{name}_{day:%Y%m%d}.txt", content)
    if settled:
        os.utime(path, (0, 0))
    take(connection, landing, day=day)


def test_a_file_that_somebody_still_writes_waits(connection: psycopg.Connection, tmp_path: Path) -> None:
    described(connection, deposits(FORM))
    taken(connection, tmp_path, joined("|", *ROWS), settled=False)
    assert batches(connection, "core_deposit") == [("WAITING", 0, 0, 0, 0)]
    assert "10 分钟" in reasons(connection, "core_deposit")


def test_what_did_not_come_is_told_by_its_own_name(connection: psycopg.Connection, tmp_path: Path) -> None:
    described(connection, deposits('folder = "core/{YYYYMMDD}"\n' + FORM))
    take(connection, tmp_path)
    assert f"core/{DATED}/DEP_{DATED}.txt" in reasons(connection, "core_deposit")
    assert batches(connection, "core_deposit") == [("WAITING", 0, 0, 0, 0)]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (("A9", "C9", "99", "1.00", "01/02/2020", "0", "正常"), "product 的代码不在适配说明的对照表中"),
        (("A9", "C9", "01", "1.00", "01/02/2020", "0", "?"), "status 的代码不在适配说明的对照表中"),
        (("A9", "C9", "01", "一元", "01/02/2020", "0", "正常"), "balance 不是金额"),
        (("A9", "C9", "01", "1.00", "02/31/2020", "0", "正常"), "opened_on 不是日期"),
        (("A9", "C9", "01", "", "01/02/2020", "0", "正常"), "balance 为空"),
        (("A9", "C9"), "列数应为 7，实为 2"),
        (ROWS[0], "主键重复"),
    ],
)
def test_a_bad_row_goes_alone(
    connection: psycopg.Connection, tmp_path: Path, bad: tuple[str, ...], reason: str
) -> None:
    described(connection, deposits(FORM))
    taken(connection, tmp_path, joined("|", *ROWS, bad))
    assert batches(connection, "core_deposit") == [("LOADED", 3, 2, 0, 1)]
    assert reasons(connection, "core_deposit").startswith(reason)
    assert connection.execute("select line from quarantined_rows").fetchall() == [(4,)]


def test_a_row_of_another_width_goes_alone(connection: psycopg.Connection, tmp_path: Path) -> None:
    """A name that was counted in letters where the form counts bytes shifts everything behind it."""
    form, control, _ = widths_in_bytes(tmp_path)
    described(connection, deposits(form, control=control))
    content = fixed(*ROWS) + fixed(("A3", "C3", "01", "1.00", "", "", "正常"))[:-1] + b" \xd5\n"
    content += b"A4  C4  01  \xd5" + b" " * 35 + b"\n" + b"TRL|4|122950\n"
    taken(connection, tmp_path, content)
    assert batches(connection, "core_deposit") == [("LOADED", 4, 2, 0, 2)]
    told = reasons(connection, "core_deposit")
    assert "长度" in told
    assert "无法识别的字节" in told


def test_quotes_hold_breaks_of_lines_and_delimiters(connection: psycopg.Connection, tmp_path: Path) -> None:
    columns = """[columns]
crm_id = 1
name = 2
note = 3
"""
    text = f"""feed = "crm_legacy"
source = "crm"
from = 2026-01-01
[file]
name = "CRM_{{YYYYMMDD}}.txt"
format = "csv"
delimiter = ";"
{columns}"""
    described(connection, text, feed="crm_legacy", source="crm")
    content = '1;"王记;面馆";"第一行\n第二行"\n2;"张""三""";x\n3;"没有收尾;x\n4;李四;|@|\n5;"a"b;x\n'
    taken(connection, tmp_path, content, name="CRM")
    assert connection.execute("select crm_id, name, note from src_crm_legacy order by 1").fetchall() == [
        ("1", "王记;面馆", "第一行 第二行"),
        ("2", '张"三"', "x"),
        ("4", "李四", "|＠|"),
    ]
    assert batches(connection, "crm_legacy") == [("LOADED", 5, 3, 0, 2)]


def test_totals_hold_with_bad_rows_and_units(connection: psycopg.Connection, tmp_path: Path) -> None:
    columns = '[columns]\nacct_no = 1\ncust_no = 2\nproduct = { constant = "活期储蓄" }\n'
    columns += 'balance = { from = 3, unit = "万元" }\nstatus = { constant = "1" }\n'
    columns += '[[skip]]\nfrom = 1\nstarts = ["TEST"]'
    form = 'name = "DEP_{YYYYMMDD}.txt"\ntrailer = 1'
    control = '[control]\nkind = "trailer"\nrows = 1\namount = 2\namount_unit = "万元"'
    described(connection, deposits(form, control=control, columns=columns))
    content = "A1|C1|0.1234\nA2||2\nTEST1|C9|5\nA3|C3|-1\n{}|{}\n"
    taken(connection, tmp_path, content.format(4, "6.1234"))
    assert batches(connection, "core_deposit") == [("LOADED", 3, 2, 0, 1)]
    assert "按适配说明略过 1 行（第 3 行）" in reasons(connection, "core_deposit")
    assert connection.execute("select acct_no, balance_fen from src_core_deposit order by 1").fetchall() == [
        ("A1", 123400),
        ("A3", -1000000),
    ]
    taken(connection, tmp_path, content.format(4, "7"), DAY + timedelta(days=1))
    assert batches(connection, "core_deposit")[1] == ("REFUSED", 4, 0, 4, 0)
    taken(connection, tmp_path, content.format(9, "6.1234"), DAY + timedelta(days=2))
    assert batches(connection, "core_deposit")[2] == ("REFUSED", 9, 0, 9, 0)
    half = content.rpartition("\n{}")[0].rpartition("\n")[0] + "\n"
    described(
        connection,
        deposits('name = "DEP_{YYYYMMDD}.txt"\ntrailer = "合计"', control=control, columns=columns),
    )
    taken(connection, tmp_path, half, DAY + timedelta(days=3))
    assert batches(connection, "core_deposit")[-1][0] == "WAITING"


def test_a_header_without_a_column_refuses_the_file_and_another_order_does_not(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    described(connection, deposits(FORM))
    taken(connection, tmp_path, joined("|", *ROWS).replace("余额", "金额"))
    assert "表头中没有 余额" in reasons(connection, "core_deposit")
    turned = "".join("|".join(reversed(row)) + "|\n" for row in (HEADER, *ROWS))
    taken(connection, tmp_path, turned)  # with a delimiter at the end of each line
    assert state(connection) == TAKEN


def test_another_description_reads_the_same_bytes_anew(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    described(connection, deposits(FORM).replace('"01" = "活期储蓄", ', ""))
    taken(connection, tmp_path, joined("|", *ROWS))
    assert batches(connection, "core_deposit") == [("LOADED", 2, 1, 0, 1)]
    described(connection, deposits(FORM))
    taken(connection, tmp_path, joined("|", *ROWS), DAY + timedelta(days=1))
    assert state(connection) == TAKEN
    assert batches(connection, "core_deposit")[1] == ("LOADED", 2, 2, 0, 0)
    # Refused by a description: read anew by the next one.
    day = DAY + timedelta(days=2)
    taken(connection, tmp_path, joined("|", *ROWS).replace("余额", "金额"), day)
    described(connection, deposits(FORM).replace('balance = "余额"', 'balance = "金额"'), from_on=day)
    take(connection, tmp_path, day=day)
    assert [state for state, *_ in batches(connection, "core_deposit")][2:] == ["REFUSED", "LOADED"]


def test_other_bytes_under_a_name_without_a_sequence_correct_it(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    described(connection, deposits(FORM))
    taken(connection, tmp_path, joined("|", *ROWS))
    taken(connection, tmp_path, joined("|", ROWS[0], (*ROWS[1][:3], "6.00", *ROWS[1][4:])))
    assert [row[3] for row in state(connection)] == [123450, 600]
    assert batches(connection, "core_deposit") == [("LOADED", 2, 2, 0, 0)] * 2


OPERATIONS = '\n[operations]\nfrom = "标志"\n'
CHANGES = 'name = "DEP_{YYYYMMDD}.txt"\nheader = 1\nmode = "increment"'


def changes(connection: psycopg.Connection, landing: Path, day: int, *rows: tuple[str, str, str]) -> None:
    """Rows of flag, account and balance; of ended ones nothing but the key."""
    lines = ["标志|" + "|".join(HEADER)]
    for flag, account, balance in rows:
        cells = ("C1", "01", balance, "", "", "正常") if balance else ("",) * 6
        lines.append("|".join((flag, account, *cells)))
    taken(connection, landing, "".join(line + "\n" for line in lines), DAY + timedelta(days=day))


def on(connection: psycopg.Connection, day: int) -> list[tuple[str, int]]:
    at = DAY + timedelta(days=day)
    return connection.execute(
        "select acct_no, balance_fen from src_core_deposit where from_on <= %s and %s < to_on order by 1",
        [at, at],
    ).fetchall()


def test_an_increment_ends_what_it_says_and_nothing_else(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    described(
        connection,
        deposits(
            CHANGES,
            columns=OPERATIONS
            + deposits("").partition("[columns]")[1]
            + deposits("").partition("[columns]")[2],
        ),
    )
    changes(connection, tmp_path, 0, ("I", "A1", "1.00"), ("I", "A2", "2.00"), ("I", "A3", "3.00"))
    changes(
        connection,
        tmp_path,
        1,
        ("U", "A1", "5.00"),
        ("U", "A1", "6.00"),
        ("D", "A2", ""),
        ("X", "A3", "9.00"),
    )
    assert batches(connection, "core_deposit")[1] == ("LOADED", 4, 3, 0, 1)
    assert on(connection, 1) == [("A1", 600), ("A3", 300)]
    changes(connection, tmp_path, 3, ("U", "A3", "8.00"))
    # One that comes late holds until its key changed again.
    changes(connection, tmp_path, 2, ("U", "A1", "7.00"), ("U", "A3", "4.00"), ("I", "A4", "1.00"))
    assert on(connection, 0) == [("A1", 100), ("A2", 200), ("A3", 300)]
    assert on(connection, 2) == [("A1", 700), ("A3", 400), ("A4", 100)]
    assert on(connection, 3) == [("A1", 700), ("A3", 800), ("A4", 100)]


def test_two_sources_have_their_keys_each(connection: psycopg.Connection, tmp_path: Path) -> None:
    described(connection, deposits(FORM))
    described(connection, deposits(FORM.replace("DEP", "CARD"), source="card"), source="card")
    write_batch(tmp_path, "core_deposit", [canonical_row("core_deposit", {"acct_no": "Z1"})])
    taken(connection, tmp_path, joined("|", *ROWS))
    card = ("K1", *ROWS[0][1:])
    taken(connection, tmp_path, joined("|", card, ROWS[0]), name="CARD")
    assert [row[0] for row in state(connection)] == ["A1", "A2", "K1", "Z1"]
    assert "主键属于另一个来源" in reasons(connection, "core_deposit")
    # A file with every key ends those of its own source alone.
    day = DAY + timedelta(days=1)
    taken(connection, tmp_path, joined("|", ROWS[1]), day)
    assert [row[0] for row in state(connection)] == ["A2", "K1", "Z1"]


@pytest.mark.parametrize("made", ["half", "other", "bomb"])
def test_what_is_packed_badly(
    connection: psycopg.Connection, tmp_path: Path, made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "FREE_BYTES", 1 << 20)
    described(connection, deposits('name = "DEP_{YYYYMMDD}.txt"\nheader = 1\ngz = true'))
    good = gzip.compress(joined("|", *ROWS).encode("gbk"))
    line = ("|".join(ROWS[0]) + "\n").encode("gbk")
    bomb = gzip.compress(joined("|").encode("gbk") + line * 60_000) if made == "bomb" else b""
    taken(
        connection,
        tmp_path,
        {"half": good[:-12], "other": joined("|", *ROWS).encode("gbk"), "bomb": bomb}[made],
    )
    state = {"half": "WAITING", "other": "REFUSED", "bomb": "REFUSED"}[made]
    assert [one for one, *_ in batches(connection, "core_deposit")] == [state]


def test_links_are_not_followed(connection: psycopg.Connection, tmp_path: Path) -> None:
    described(connection, deposits('folder = "in"\n' + FORM))
    away = tmp_path.parent / "away"
    away.mkdir(exist_ok=True)
    path = write(away, f"DEP_{DATED}.txt", joined("|", *ROWS))
    os.utime(path, (0, 0))
    (tmp_path / "in").symlink_to(away)
    take(connection, tmp_path)
    assert [one for one, *_ in batches(connection, "core_deposit")] == ["WAITING"]
    (tmp_path / "in").unlink()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / path.name).symlink_to(path)
    take(connection, tmp_path)
    assert state(connection) == []


def test_what_is_held_is_let_through_by_a_word(connection: psycopg.Connection, tmp_path: Path) -> None:
    described(connection, deposits(FORM.replace(".txt", "*")))
    many = [(f"A{n}", *ROWS[0][1:]) for n in range(30)]
    taken(connection, tmp_path, joined("|", *many))
    day = DAY + timedelta(days=1)
    taken(connection, tmp_path, joined("|", *many[:5]), day)
    assert batches(connection, "core_deposit")[1] == ("HELD", 5, 0, 5, 0)
    connection.execute(
        "update batches set state = 'READY', decided_by_id = (select min(id) from staff), decided_at = now(),"
        " decision_reason = '已核实' where state = 'HELD'"
    )
    take(connection, tmp_path, day=day)
    assert batches(connection, "core_deposit")[1] == ("LOADED", 5, 5, 0, 0)
    assert len(state(connection)) == 5


SPELLED = """feed = "loan"
source = "credit"
from = 2026-01-01
[file]
name = "LN_{YYYYMMDD}.txt"
[columns]
loan_no = { join = [{ text = "XD" }, 1] }
cust_no = { from = 2, cut = [3, 4] }
product = { from = 3, empty = "其他" }
purpose = { constant = "B" }
amount = { from = 4, unit = "万元" }
balance = { from = 4, unit = "万元", sign = { from = 5, minus = ["D"] } }
rate = { from = 6, unit = "月‰" }
start_on = { from = 7, date = "YYYYDDD" }
end_on = { from = 8, date = "YYMMDD", open = ["0"] }
overdue_days = { constant = 0 }
status = { from = 9, codes = { "Y" = "1" }, unknown = "0" }
"""


@pytest.mark.parametrize(
    ("line", "as_read"),
    [
        (
            "7|99C001|流贷|12.3456|C|6.5|2024366|270101|Y",
            ("XD7", "C001", "流贷", 12345600, 12345600, 780, "2024-12-31", "2027-01-01", "1"),
        ),
        (
            "8|99C002||1,000.5|D|5|2025001|0|N",
            ("XD8", "C002", "其他", 1000500000, -1000500000, 600, "2025-01-01", "9999-12-31", "0"),
        ),
        (
            "9|99C003|x|0.5-|C|5|2025001|291231|Y",
            ("XD9", "C003", "x", -500000, -500000, 600, "2025-01-01", "2029-12-31", "1"),
        ),
        ("9|99C003|x|1|C|5|2025001|0|", "status 为空"),
        ("9|99C003|x|1.23456789|C|5|2025001|0|Y", "amount 不是金额"),
        ("9|99C003|x|1|C|5|2025367|0|Y", "start_on 不是日期"),
        ("9|99C003|x|一|C|5|2025001|0|Y", "amount 不是金额"),
        ("|99C003|x|1|C|5|2025001|0|Y", "loan_no 为空"),
    ],
)
def test_ways_of_writing(
    connection: psycopg.Connection, tmp_path: Path, line: str, as_read: tuple[object, ...] | str
) -> None:
    described(connection, SPELLED, feed="loan", source="credit")
    taken(connection, tmp_path, line + "\n", name="LN")
    found = connection.execute(
        "select loan_no, cust_no, product, amount_fen, balance_fen, rate_bps, start_on::text, end_on::text, status"
        " from src_loan"
    ).fetchone()
    if isinstance(as_read, str):
        assert as_read in reasons(connection, "loan")
    else:
        assert found == as_read, reasons(connection, "loan")


def test_a_description_that_is_none_any_more_stops_no_night(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    described(connection, deposits(FORM).replace('balance = "余额"', ""))
    described(connection, deposits(FORM.replace("DEP", "CARD"), source="card"), source="card")
    path = write(tmp_path, f"DEP_{DATED}.txt", joined("|", *ROWS))
    os.utime(path, (0, 0))
    taken(connection, tmp_path, joined("|", *ROWS), name="CARD")
    assert "[columns] 中缺少 balance" in reasons(connection, "core_deposit")
    assert sorted(state for state, *_ in batches(connection, "core_deposit")) == ["LOADED", "WAITING"]
