"""A file of sheets, by what it is rather than by what it is called."""

from collections.abc import Iterator
from pathlib import Path

from domain.shared.sheets.errors import Looks, NotASheet
from domain.shared.sheets.separated import read_separated
from domain.shared.sheets.told import Sheet
from domain.shared.sheets.workbooks import read_workbook

_BEGINS = (
    (b"\xd0\xcf\x11\xe0", Looks.OLD_OFFICE),
    (b"%PDF", Looks.PDF),
    (b"\x89PNG", Looks.PICTURE),
    (b"\xff\xd8\xff", Looks.PICTURE),
    (b"GIF8", Looks.PICTURE),
    (b"BM", Looks.PICTURE),
    (b"\x1f\x8b", Looks.OTHER_ARCHIVE),
    (b"7z\xbc\xaf", Looks.OTHER_ARCHIVE),
    (b"Rar!", Looks.OTHER_ARCHIVE),
    (b"PK\x05\x06", Looks.OTHER_ARCHIVE),
    (b"\x7fELF", Looks.BINARY),
    (b"MZ\x90", Looks.BINARY),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_sheets(path: Path, name: str | None = None) -> Iterator[Sheet]:
    """The visible sheets of an XLSX, or the one sheet of a CSV; `name` is the person's own for the file.

    Raises `SheetRefused` and its kinds, before anything is opened where the file is no sheet or too large. The rows of
    a sheet are to be read before the next sheet is asked for.
    """
    name = name or path.name
    with path.open("rb") as file:
        begins = file.read(4096)
    if begins.startswith(b"PK\x03\x04"):
        return read_workbook(path, name)
    looks = _looks(begins)
    if looks is not None:
        raise NotASheet(name, looks)
    return read_separated(path, name)


def _looks(begins: bytes) -> Looks | None:
    """What it looks like where it is neither a workbook nor text."""
    if not begins.strip():
        return Looks.EMPTY
    for mark, looks in _BEGINS:
        # "BM" may begin a text as well; a picture has noughts soon after it.
        if begins.startswith(mark) and (mark != b"BM" or b"\0" in begins[:32]):
            return looks
    text = begins.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<svg", b"<meta")):
        return Looks.WEB_PAGE
    # A nought or two in a text is a matter of its cells.
    if begins.count(b"\0") * 20 > len(begins) and not begins.startswith(_UTF_16):
        return Looks.BINARY
    return None
