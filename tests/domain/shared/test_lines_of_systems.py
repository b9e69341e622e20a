"""Lines as systems write them, packed or in UTF-16: known where they are taken, measured, and refused elsewhere."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from domain.shared.errors import DomainError
from domain.shared.files.kinds import FileKind
from domain.shared.files.looking import kind_of

TEXT = "编号|姓名|余额\n" + "".join(f"C{n}|王小明|{n}.00\n" for n in range(2_000))


def sent(folder: Path, content: bytes) -> Path:
    (folder / "sent").write_bytes(content)
    return folder / "sent"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_what_the_night_reads_is_taken_where_lines_are(
    tmp_path: Path, encoding: str, *, is_packed: bool
) -> None:
    content = TEXT.encode(encoding)
    path = sent(tmp_path, gzip.compress(content) if is_packed else content)
    is_plain = not is_packed and not encoding.startswith("utf-16")
    assert kind_of(path, takes_lines=True) is (FileKind.CSV if is_plain else FileKind.LINES)
    if not is_plain:
        with pytest.raises(DomainError):
            kind_of(path)


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", "x" * 100)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(b"0" * 20_000_000, 9), "ARCHIVE_TOO_LARGE"),
        (gzip.compress(TEXT.encode())[:-20], "ARCHIVE_NOT_WHOLE"),
        (b"\x1f\x8b" + b"\0" * 40, "ARCHIVE_NOT_WHOLE"),
        (gzip.compress(gzip.compress(TEXT.encode())), "FILE_NOT_WANTED"),
        (gzip.compress(zipped()), "FILE_NOT_WANTED"),
        (gzip.compress(bytes(range(256)) * 50), "FILE_NOT_WANTED"),
        (gzip.compress(b""), "FILE_NOT_WANTED"),
        (gzip.compress(b"<html><script>x</script>"), "FILE_NOT_WANTED"),
        ("\ufeff<svg onload='x'/>".encode("utf-16-le"), "FILE_NOT_WANTED"),
        (b"\xff\xfe" + bytes(range(256)) * 9 + b"x", "FILE_NOT_WANTED"),
        (b"\xff\xfe", "FILE_NOT_WANTED"),
        (gzip.compress(b"#!/bin/sh\nrm\n"), "FILE_NOT_WANTED"),
    ],
    # Of its own: what is packed has the second in which it was, and two workers have to find the same tests.
    ids=[
        "too large", "cut off", "zeros", "packed twice", "a zip", "no text", "nothing", "a page", "a picture of lines",
        "no text behind the mark", "a mark alone", "a script",
    ],
)  # fmt: skip
def test_what_is_none_is_refused_unread(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        kind_of(sent(tmp_path, content), takes_lines=True)
    assert refused.value.statement.code == code
