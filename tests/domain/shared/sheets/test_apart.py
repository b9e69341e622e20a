"""Workbooks that may take much memory are read by another process, alike, and refused where it has too little."""

import resource
from pathlib import Path

import pytest

from domain.shared.sheets.apart import is_small, read_apart
from domain.shared.sheets.errors import Measure, SheetNotWhole, SheetTooLarge
from domain.shared.sheets.measuring import measure
from domain.shared.sheets.packed import measured
from domain.shared.sheets.reading import read_sheets
from domain.shared.sheets.rows import IS_ERROR
from domain.shared.sheets.workbooks import read_opened
from tests.domain.shared.sheets.books import by_hand, sheet_of

MIB = 2**20
MERGED = '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'


def rows_to(corner: str, rows: str) -> str:
    number = corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return sheet_of(f'{rows}<row r="{number}"><c r="{corner}"><v>1</v></c></row>')


def test_it_is_read_as_beside_other_work(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
        '<row r="2"><c r="B2"><v>12345678901234567</v></c></row>'
    )
    sheet = rows_to("KN1400", cells).replace("</sheetData>", "</sheetData>" + MERGED)
    path = by_hand(tmp_path / "wide.xlsx", shared="<sst><si><t>城北 支行</t></si></sst>", sheet=sheet)
    packed = measured(path, "名单.xlsx")
    assert not is_small(measure(packed))

    (name,) = (one.name for one in read_opened(path, packed.name, {}))
    odd = {name: {(1, 1): IS_ERROR()}}
    beside = [(one.name, one.notes, list(one.rows)) for one in read_opened(path, packed.name, odd)]
    apart = [(one.name, one.notes, list(one.rows)) for one in read_apart(packed, odd)]
    assert apart == beside
    (_, notes, rows) = apart[0]
    assert [note.code for note in notes] == ["SHEET_MERGED"]
    assert [(row.row, len(row.problems)) for row in rows] == [(1, 1), (2, 1), (1400, 0)]
    assert rows[1].cells[0] == "城北 支行"
    assert [one.row for sheet in read_sheets(path) for one in sheet.rows] == [1, 2, 1400]


def test_one_that_takes_too_much_is_refused_and_its_reader_alone_dies(tmp_path: Path) -> None:
    """Within every limit of the measures: six thousand copies of one text, and a corner far away."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 6_001))
    text = f"<sst><si><t>{'长' * 10_000}</t></si></sst>"
    path = by_hand(tmp_path / "a.xlsx", shared=text, sheet=rows_to("KN15000", rows))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SheetTooLarge) as refused:
        [list(sheet.rows) for sheet in read_sheets(path, path.name)]
    assert refused.value.statement.values["measure"] == Measure.MEMORY.value
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_what_the_reader_cannot_read_is_damaged_there_too(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", sheet=rows_to("KN1400", "") + "<")
    with pytest.raises(SheetNotWhole):
        [list(sheet.rows) for sheet in read_sheets(path, path.name)]
