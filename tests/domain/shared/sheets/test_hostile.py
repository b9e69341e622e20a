"""Workbooks that are made to hurt are refused by what they are measured to be, before the reader opens them."""

import resource
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.shared.sheets.columns import Column, Words, plain_heading
from domain.shared.sheets.errors import SheetNotPlain, SheetNotWhole, SheetRefused, SheetTooLarge
from domain.shared.sheets.reading import read_sheets
from domain.shared.sheets.records import read_records
from tests.domain.shared.sheets.books import PARTS, SHEET_BEGINS, by_hand, sheet_of

MIB = 2**20


def one_corner(path: Path) -> Path:
    return by_hand(path, sheet=sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def declared(path: Path) -> Path:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return by_hand(path, sheet=sheet_of(cell, before='<dimension ref="A1:XFD1048576"/>'))


def zeros(path: Path) -> Path:
    return by_hand(path, xl__media__image1="0" * 20 * MIB)


def longer_than_said(path: Path) -> Path:
    """The table of contents says 1,000 bytes of a part that unpacks to many."""
    said = by_hand(path, sheet=sheet_of(" " * 40 * MIB)).read_bytes()
    with zipfile.ZipFile(path) as archive:
        true = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    path.write_bytes(said.replace(true, struct.pack("<I", 1000)))
    return path


def shown_often(path: Path) -> Path:
    """One long text that a hundred thousand cells show: 3 GB of copies."""
    text = f"<sst><si><t>{'长' * 10_000}</t></si></sst>"
    row = (
        '<row r="{0}">' + "".join(f'<c r="{letter}{{0}}" t="s"><v>0</v></c>' for letter in "ABCDE") + "</row>"
    )
    return by_hand(path, shared=text, sheet=sheet_of("".join(row.format(at) for at in range(1, 20_001))))


def laughs(path: Path) -> Path:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return by_hand(path, sheet=f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>{SHEET_BEGINS}&l9;</worksheet>')


def laughs_in_utf_16(path: Path) -> Path:
    return by_hand(path, sheet='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><x/>'.encode("utf-16"))


def nested(path: Path) -> Path:
    inside = by_hand(path.with_name("inside.xlsx")).read_bytes()
    return by_hand(path, xl__embeddings__inside=inside)


def with_a_program(path: Path) -> Path:
    return by_hand(path, **{"xl__vbaProject.bin": b"\xd0\xcf"})


def many_entries(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        for at in range(3_000):
            archive.writestr(f"xl/media/{at}", "")
    return path


def overlapping(path: Path) -> Path:
    """Two entries of the table of contents that point at the same bytes."""
    by_hand(path, xl__a="1" * 100_000, xl__b="2" * 100_000)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first, second = archive.getinfo("xl/a").header_offset, archive.getinfo("xl/b").header_offset
    at = content.rfind(struct.pack("<I", second))
    content[at : at + 4] = struct.pack("<I", first)
    path.write_bytes(content)
    return path


def text_without_end(path: Path) -> Path:
    return by_hand(path, shared="<sst><si><t>" + "长短" * 4 * MIB + "</t></si></sst>")


def wide(path: Path) -> Path:
    return by_hand(path, sheet=sheet_of('<row r="1"><c r="ZZ1"><v>1</v></c></row>'))


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (one_corner, SheetTooLarge),
        (declared, SheetTooLarge),
        (zeros, SheetTooLarge),
        (longer_than_said, SheetNotWhole),
        (shown_often, SheetTooLarge),
        (laughs, SheetNotPlain),
        (laughs_in_utf_16, SheetNotPlain),
        (nested, SheetNotPlain),
        (with_a_program, SheetNotPlain),
        (many_entries, SheetTooLarge),
        (overlapping, SheetNotWhole),
        (text_without_end, SheetTooLarge),
        (wide, SheetTooLarge),
    ],
    ids=lambda one: one.__name__,
)
def test_hostile(tmp_path: Path, make: Callable[[Path], Path], refusal: type[SheetRefused]) -> None:
    path = make(tmp_path / "a.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(refusal):
        next(read_sheets(path))
    # What the making took stands in `before`; refusing may not need as much as the file promises.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_a_long_remark_among_many_names_is_no_bomb(tmp_path: Path) -> None:
    text = f"<sst><si><t>{'长' * 30_000}</t></si><si><t>城北支行</t></si></sst>"
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>1</v></c></row>' for at in range(1, 5_001))
    last = '<row r="5001"><c r="A5001" t="s"><v>0</v></c></row>'
    path = by_hand(tmp_path / "a.xlsx", shared=text, sheet=sheet_of(rows + last))
    assert sum(1 for sheet in read_sheets(path) for _ in sheet.rows) == 5_001


@pytest.mark.parametrize("cell", ['<c x="/" r="ZZ1"><v>1</v></c>', "<c x='>' r='ZZ1'><v>1</v></c>"])
def test_a_cell_is_counted_whatever_stands_before_its_place(tmp_path: Path, cell: str) -> None:
    path = by_hand(tmp_path / "b.xlsx", sheet=sheet_of(f'<row r="1">{cell}</row>'))
    with pytest.raises(SheetTooLarge):
        list(read_sheets(path, path.name))


@pytest.mark.parametrize(
    "tags",
    [
        '<c r="A1" ' * 100_000,
        "<c " + 'r="A1" ' * 100_000,
        '<c r="A1" t="e"><f></f>' + " " * 400_000,
        '<c t="s" ' * 100_000,
        "<c x='\"<c y=\"'" * 100_000,
    ],
)
def test_what_is_measured_is_looked_at_once(tmp_path: Path, tags: str) -> None:
    """A pattern that goes back would take hours for each, and the worker that reads it has a night to do."""
    path = by_hand(tmp_path / "b.xlsx", sheet=sheet_of(tags))
    with pytest.raises(SheetRefused):
        list(read_sheets(path, path.name))


def test_a_heading_of_nothing_but_brackets_takes_no_time(tmp_path: Path) -> None:
    """Seven seconds each, and a sheet may have hundreds of them in every row in which a heading is looked for."""
    brackets = "(" * 30_000
    assert plain_heading(brackets) == brackets
    assert plain_heading("机构号 （必填）*") == "机构号"
    path = tmp_path / "b.csv"
    path.write_text("\n".join(",".join([brackets] * 16) for _ in range(20)), "utf-8")
    with pytest.raises(SheetRefused):
        list(
            read_records(
                path, (Column("code", Words("机构号", "Unit"), Words("", ""), "", True),), path.name
            ).records
        )
