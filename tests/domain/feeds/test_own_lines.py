"""Bytes to lines: wherever a chunk of a file ends, the lines are the same."""

import gzip
import io

import pytest

from domain.feeds import decoding
from domain.feeds.adapters.lines import FileLines
from domain.feeds.adapters.opening import lines_of
from domain.feeds.adapters.parsing import parse
from domain.feeds.batch_files import FileRefused, FileUnfinished

CUT = (
    'format = "fixed"\nwidths = [3, 6, 4]\ncolumns = ["a", "b", "c"]',
    'crm_id = "a"\nname = "b"\nnote = "c"',
)
NAMED = 'crm_id = "键"\nname = "名"\nnote = "注"'
PLACED = "crm_id = 1\nname = 2\nnote = 3"


def read(form: str, columns: str, content: bytes) -> FileLines:
    head = 'feed = "crm_legacy"\nsource = "crm"\nfrom = 2026-01-01\n[file]\nname = "C_{YYYYMMDD}"\n'
    adapter = parse(f"{head}{form}\n[columns]\n{columns}\n")
    lines = lines_of(adapter)
    assert isinstance(lines, FileLines)
    lines.first_line = None
    text = b"".join(lines.copy_text(io.BytesIO(content))).decode()
    lines.first_line = text
    return lines


@pytest.mark.parametrize(
    ("form", "columns", "content", "text", "trailer"),
    [
        ("header = 1", NAMED, "键|名|注\n1|甲|\r\n2|乙|x".encode("gbk"), "1|@|甲|@|\n2|@|乙|@|x\n", []),
        ("header = 2", NAMED, "题\n键|名|注\n1|甲|\n\x1a".encode("gbk"), "1|@|甲|@|\n", []),
        ("trailer = 2", PLACED, b"1|a|b\n2|c|d\nX|2\nY|3\n\n \n", "1|@|a|@|b\n2|@|c|@|d\n", ["X|2", "Y|3"]),
        (
            'trailer = "X"',
            PLACED,
            b"1|a|b\nX|0|z\n2|c|d\nX|2\n",
            "1|@|a|@|b\nX|@|0|@|z\n2|@|c|@|d\n",
            ["X|2"],
        ),
        (
            'delimiter = "0x03"',
            PLACED,
            "1\x03甲\x03\n2\x03乙\x03x\n".encode("gbk"),
            "1|@|甲|@|\n2|@|乙|@|x\n",
            [],
        ),
        ('delimiter = "|"', PLACED, "1|亅|囗\n".encode("gbk"), "1|@|亅|@|囗\n", []),
        ('delimiter = "TAB"', PLACED, b"1\ta b\t\n", "1|@|a b|@|\n", []),
        (
            CUT[0],
            CUT[1],
            "1  甲乙丙yy  \r\n2  丁    x   \n".encode("gbk"),
            "1|@|甲乙丙|@|yy\n2|@|丁|@|x\n",
            [],
        ),
        (CUT[0], CUT[1], b"1  ab    y\n", "1|@|ab|@|y\n", []),  # blanks at the end were left out
        (
            'format = "csv"\nencoding = "UTF-8"\nheader = 1',
            NAMED,
            '\ufeff"键","名\n称","注"\n'.replace("名\n称", "名").encode()
            + '1,"甲\n乙",\n2,"a""b","c,d"\n'.encode(),
            '1|@|甲 乙|@|\n2|@|a"b|@|c,d\n',
            [],
        ),
        ('encoding = "UTF-16"', PLACED, "1|甲|x\n2|𠮷|y\n".encode("utf-16"), "1|@|甲|@|x\n2|@|𠮷|@|y\n", []),
        ('encoding = "UTF-16BE"', PLACED, "1|甲|x\n".encode("utf-16-be"), "1|@|甲|@|x\n", []),
        (
            "gz = true",
            PLACED,
            # Without the second in which it was packed, which would be in the test's name.
            gzip.compress(b"1|a|b\n", mtime=0) + gzip.compress(b"2|c|d\n", mtime=0),
            "1|@|a|@|b\n2|@|c|@|d\n",
            [],
        ),
        ("", PLACED, b"", "", []),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [1, 5, 1 << 20])
def test_lines_are_the_same_in_chunks_of_any_size(
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    columns: str,
    content: bytes,
    text: str,
    trailer: list[str],
    chunk_bytes: int,
) -> None:
    monkeypatch.setattr(decoding, "CHUNK_BYTES", chunk_bytes)
    lines = read(form, columns, content)
    assert lines.first_line == text
    assert lines.rows == text.count("\n")
    assert lines.trailer == trailer
    assert lines.size_bytes == len(content)


def test_what_is_no_file_of_the_form() -> None:
    with pytest.raises(FileRefused):
        read("header = 3", NAMED, b"a|b\n")
    with pytest.raises(FileRefused):
        read("", PLACED, "1|甲甲甲甲甲甲甲甲甲甲甲甲|\n".encode() * 3)
    with pytest.raises(FileRefused):
        read("", PLACED, "1|甲|\n".encode("utf-16"))
    with pytest.raises(FileUnfinished):
        read("gz = true", PLACED, gzip.compress(b"1|a|b\n")[:-4])
    with pytest.raises(FileRefused):
        read("gz = true", PLACED, b"1|a|b\n")


def test_quotes_that_never_close_are_one_bad_line_and_not_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for chunk_bytes in (3, 1 << 20):
        monkeypatch.setattr(decoding, "CHUNK_BYTES", chunk_bytes)
        lines = read('format = "csv"\nencoding = "UTF-8"', PLACED, b'1,"a,b\n' + b"2,c,d\n" * 100)
        assert lines.first_line is not None
        assert lines.first_line.count("2|@|c|@|d\n") == 100
        assert lines.rows == 101
