"""Bytes and characters that are no text, at every place of a file: dropped with a word, or their line set aside."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.domain.feeds.files import DAY, batches, reasons, row, take, write_batch

CRM = "crm_legacy"
SUNSHINE = "sunshine_credit"


def crm(number: int, **values: str) -> str:
    return row(CRM, {"crm_id": f"K{number}", "name": "王磊"} | values)


def loaded(connection: psycopg.Connection, *columns: str, feed: str = CRM) -> list[tuple[object, ...]]:
    names = ", ".join(columns)
    return connection.execute(
        f"select {names} from src_{feed} where to_on = 'infinity' order by 1"
    ).fetchall()


def sunshine(number: int) -> str:
    return row(SUNSHINE, {"file_no": f"Y000{number}", "head_name": "李秀兰", "pre_line": "10000.00"})


def test_a_byte_order_mark_is_part_of_no_key(connection: psycopg.Connection, tmp_path: Path) -> None:
    lines = [sunshine(1), sunshine(2)]
    marked = b"\xef\xbb\xbf" + "".join(line + "\n" for line in lines).encode()
    write_batch(tmp_path, SUNSHINE, lines, content=marked)
    take(connection, tmp_path)
    assert loaded(connection, "file_no", feed=SUNSHINE) == [("Y0001",), ("Y0002",)]
    assert "1 处字节序标记" in reasons(connection, SUNSHINE)
    day = DAY + timedelta(days=1)
    write_batch(tmp_path, SUNSHINE, lines, day=day)
    take(connection, tmp_path, day=day)
    assert connection.execute(
        "select changed from batches where data_date = %s and feed = %s", [day, SUNSHINE]
    ).fetchone() == (0,)


def gbk(*lines: str) -> bytes:
    return "".join(line + "\n" for line in lines).encode("gb18030")


LEI, VILLAGE = "磊".encode("gbk"), "阜城街道向阳村"
GOOD, OTHER = gbk(crm(1)), gbk(crm(2))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD + OTHER, id="mark of UTF-8 before GBK"),
        pytest.param("\ufeff".encode("gb18030") + GOOD + OTHER, id="mark of GB18030"),
        pytest.param(GOOD + b"\xef\xbb\xbf" + OTHER, id="files joined"),
        pytest.param(GOOD + OTHER + b"\x1a", id="SUB at the end"),
        pytest.param(GOOD + OTHER[:-1] + b"\x1a", id="SUB at the end of the last line"),
        pytest.param(b"\x02" + GOOD + OTHER[:-1] + b"\x03\n", id="file framed by STX and ETX"),
        pytest.param(b"\x02" + GOOD[:-1] + b"\x03\r\n\x02" + OTHER[:-1] + b"\x03\r\n", id="lines framed"),
        pytest.param(b"\x0c" + GOOD + b"\x0c" + OTHER, id="form feed before a page"),
        pytest.param(GOOD.replace(b"|@|", b"\0\0|@|") + OTHER[:-1] + b"\0\0\0\n", id="NULs that fill columns"),
        pytest.param(GOOD.replace(b"\n", b"\r\r\n") + OTHER, id="two carriage returns"),
        pytest.param(gbk(crm(1, crm_id="K\u200b1", name="王\u00ad磊")) + OTHER, id="zero width, soft hyphen"),
        pytest.param(gbk(crm(1, name="王\u2028磊", crm_id="\u202eK1\u2066")) + OTHER, id="separator, direction"),
        pytest.param(gbk(crm(1, name="王\x85磊\ufe0f")) + OTHER, id="NEL and a variation selector"),
    ],
)  # fmt: skip
def test_marks_at_the_edge_and_what_no_eye_sees_are_dropped_with_a_word(
    connection: psycopg.Connection, tmp_path: Path, content: bytes
) -> None:
    write_batch(tmp_path, CRM, [], content=content, rows="2")
    take(connection, tmp_path, CRM)
    assert batches(connection, CRM) == [("LOADED", 2, 2, 0, 0)]
    assert loaded(connection, "crm_id", "name") == [("K1", "王磊"), ("K2", "王磊")]
    assert "不可见记号" in reasons(connection, CRM)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD + OTHER, id="as agreed"),
        pytest.param(GOOD + OTHER[:-1], id="no line feed at the end"),
        pytest.param((GOOD + OTHER).replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(GOOD.replace(b"|@|", b"  |@| ") + b"\t" + OTHER, id="spaces and a tab"),
        pytest.param(gbk("\u3000" + crm(1).replace("|@|", "\u3000\u3000|@|\u00a0")) + OTHER, id="full width"),
        pytest.param(gbk(crm(1).replace("|@|", "\u2003|@|\u2009")) + OTHER, id="em and thin spaces"),
    ],
)  # fmt: skip
def test_padding_and_line_ends_are_part_of_no_value_and_no_change(
    connection: psycopg.Connection, tmp_path: Path, content: bytes
) -> None:
    write_batch(tmp_path, CRM, [], content=content, rows="2")
    take(connection, tmp_path, CRM)
    assert batches(connection, CRM) == [("LOADED", 2, 2, 0, 0)]
    assert loaded(connection, "crm_id", "name") == [("K1", "王磊"), ("K2", "王磊")]
    assert reasons(connection, CRM) == ""
    day = DAY + timedelta(days=1)
    write_batch(tmp_path, CRM, [], content=GOOD + OTHER, day=day)
    take(connection, tmp_path, CRM, day=day)
    assert connection.execute("select sum(changed) from batches where data_date = %s", [day]).fetchone() == (
        0,
    )


@pytest.mark.parametrize(
    ("line", "raw", "reason"),
    [
        pytest.param(b"\x02", r"\x02", "无法识别", id="STX alone"),
        pytest.param(b"\x1a", r"\x1a", "无法识别", id="SUB alone"),
        pytest.param(b"\x00\x00", r"\x00\x00", "无法识别", id="NULs alone"),
        pytest.param(b"", "", "列数应为 8，实为 0", id="empty"),
        pytest.param(b" \t ", "", "列数应为 8，实为 0", id="blanks"),
        pytest.param(OTHER[:-1].replace(b"|@||@||@||@|", b"|@||@|\x1b|@|a|@|", 1), None, "无法识别", id="ESC"),
        pytest.param(OTHER[:-1].replace(LEI, b"\xc0\x0e"), None, "无法识别", id="shift out"),
        pytest.param(OTHER[:-1].replace(LEI, b"\xc0"), None, "列数应为 8，实为 7", id="half a character eats |"),
        pytest.param(OTHER[:-1] + b"\xc0", None, "无法识别", id="half a character at the end of the line"),
        pytest.param(crm(2, address=VILLAGE).encode(), crm(2, address=VILLAGE), "编码", id="UTF-8 in GBK"),
        pytest.param(crm(2, name="王磊").encode(), crm(2, name="王磊"), "编码", id="a name in UTF-8"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_set_aside_as_it_was_and_stops_nothing(
    connection: psycopg.Connection, tmp_path: Path, line: bytes, raw: str | None, reason: str
) -> None:
    write_batch(tmp_path, CRM, [], content=line + b"\n" + GOOD, rows="2")
    take(connection, tmp_path, CRM)
    assert batches(connection, CRM) == [("LOADED", 2, 1, 0, 1)]
    assert loaded(connection, "crm_id", "name") == [("K1", "王磊")]
    kept = connection.execute("select line, raw from quarantined_rows").fetchall()
    assert [number for number, _ in kept] == [1]
    assert raw is None or kept[0][1] == raw
    assert reason in reasons(connection, CRM)


@pytest.mark.parametrize(
    "line", ["王磊".encode("gbk"), b"\xe7\x8e", "王".encode() + b"\xe7\xa3", b"\xed\xa0\x80"]
)
def test_a_line_of_gbk_or_half_a_character_in_a_file_of_utf8(
    connection: psycopg.Connection, tmp_path: Path, line: bytes
) -> None:
    bad = sunshine(2).encode().replace("李秀兰".encode(), line)
    write_batch(tmp_path, SUNSHINE, [sunshine(1)], content=sunshine(1).encode() + b"\n" + bad + b"\n")
    take(connection, tmp_path, SUNSHINE)
    assert batches(connection, SUNSHINE) == [("LOADED", 2, 1, 0, 1)]


def test_text_as_people_write_it_is_no_mark(connection: psycopg.Connection, tmp_path: Path) -> None:
    names = ["买买提·艾力", "JOHN SMITH", "“新桥”便利店（二部）", "王䶮", "赵\ue000", "淇滨路—堃喆", "A\tB"]
    write_batch(tmp_path, CRM, [crm(n, name=name) for n, name in enumerate(names)])
    take(connection, tmp_path, CRM)
    assert [name for _, name in loaded(connection, "crm_id", "name")] == names
    assert reasons(connection, CRM) == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_named(connection: psycopg.Connection, tmp_path: Path, encoding: str) -> None:
    content = ("\ufeff" + crm(1) + "\n").encode(encoding)
    write_batch(tmp_path, CRM, [], content=content, rows="1")
    take(connection, tmp_path, CRM)
    assert "实际内容是 UTF-16" in reasons(connection, CRM)


def test_a_file_that_is_mostly_in_the_other_encoding_is_refused_although_a_line_is_not(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    lines = [crm(n).encode() for n in range(30)] + [OTHER[:-1] + b"\xc0"]
    write_batch(tmp_path, CRM, [], content=b"\n".join(lines) + b"\n")
    take(connection, tmp_path, CRM)
    assert batches(connection, CRM) == [("REFUSED", 31, 0, 31, 0)]
    assert "31 行中有 31 行含无法识别的字节" in reasons(connection, CRM)
