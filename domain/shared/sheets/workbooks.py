"""XLSX by python-calamine, after it was measured."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from domain.shared.sheets.apart import Odd, is_small, read_apart
from domain.shared.sheets.cells import Value, as_text
from domain.shared.sheets.errors import Measure, SheetNotPlain, SheetNotWhole, SheetTooLarge
from domain.shared.sheets.limits import MOST_CELLS
from domain.shared.sheets.measuring import Measures, Place, measure
from domain.shared.sheets.packed import Packed, measured
from domain.shared.sheets.rows import CellProblem, SheetRow, without_empty_end
from domain.shared.sheets.told import HIDDEN, MERGED, Sheet
from domain.shared.statements import Statement

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_OF_THE_TABLE = 4 * 2**20
_NOTHING: Mapping[Place, Statement] = {}


def read_workbook(path: Path, name: str) -> Iterator[Sheet]:
    """Its visible sheets in their order; the hidden ones are named in the notes of the first."""
    packed = measured(path, name)
    if packed.part("xl/workbook.xml") is None:
        raise SheetNotPlain(name, "xl/workbook.xml")
    measures = measure(packed)
    odd = _odd_by_sheet(packed, measures)
    return read_opened(path, name, odd) if is_small(measures) else read_apart(packed, odd)


def read_opened(path: Path, name: str, odd: Odd) -> Iterator[Sheet]:
    """The same of a measured file. `odd`: cells that the reader gives as empty although they are not."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            shown = calamine.SheetVisibleEnum.Visible
            about = [one for one in workbook.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
            notes = [HIDDEN(sheet=one.name) for one in about if one.visible != shown]
            for one in about:
                if one.visible == shown:
                    sheet = workbook.get_sheet_by_name(one.name)
                    yield _sheet(name, sheet, odd.get(one.name, _NOTHING), notes)
                    notes = []
    except calamine.CalamineError as error:
        raise SheetNotWhole(name) from error
    except BaseException as error:
        # What the reader did not foresee reaches Python as a class that is no Exception.
        if type(error).__name__ == "PanicException":
            raise SheetNotWhole(name) from error
        raise


def _sheet(
    file: str, sheet: "CalamineSheet", odd: Mapping[Place, Statement], notes: list[Statement]
) -> Sheet:
    merged = _Merged.of(file, sheet)
    notes = [*notes, *([MERGED(sheet=sheet.name, ranges=merged.count)] if merged.count else [])]
    return Sheet(sheet.name, _rows(sheet, odd, merged), tuple(notes))


def _rows(sheet: "CalamineSheet", odd: Mapping[Place, Statement], merged: "_Merged") -> Iterator[SheetRow]:
    start = sheet.start
    if start is None:
        return
    before = [""] * start[1]
    odd_rows: dict[int, list[CellProblem]] = {}
    for (row, column), said in odd.items():
        odd_rows.setdefault(row, []).append(CellProblem(column, said))
    for row, values in enumerate(sheet.iter_rows(), 1):
        problems = odd_rows.get(row, [])
        cells = before + _texts(values, len(before), problems)
        merged.fill(row, cells)
        if problems or any(cells):
            yield SheetRow(sheet.name, row, without_empty_end(cells), tuple(problems))


def _texts(values: list[Value], offset: int, problems: list[CellProblem]) -> list[str]:
    cells = []
    for column, value in enumerate(values, offset):
        if type(value) is str and value.isprintable() and value.strip(" ") == value:
            cells.append(value)  # nearly every cell; a hundred thousand rows have a million of them
            continue
        cell, said = as_text(value)
        if said is not None:
            problems.append(CellProblem(column, said))
        cells.append(cell)
    return cells


@dataclass
class _Merged:
    """Cells that were made one over several rows: their value is that of each row, as it is to the eye."""

    begins: dict[int, list[tuple[int, int]]]
    """Row -> (column, last row)."""
    count: int = 0
    open: dict[int, tuple[int, str]] = field(default_factory=dict)

    @staticmethod
    def of(file: str, sheet: "CalamineSheet") -> "_Merged":
        begins: dict[int, list[tuple[int, int]]] = {}
        covered = count = 0
        for (first, column), (last, _) in sheet.merged_cell_ranges or []:
            if last > first:
                begins.setdefault(first + 1, []).append((column, last + 1))
                count += 1
                covered += last - first
        if covered > MOST_CELLS:
            raise SheetTooLarge(file, Measure.MERGED, covered, MOST_CELLS)
        return _Merged(begins, count)

    def fill(self, row: int, cells: list[str]) -> None:
        if not self.count:
            return
        for column, (last, value) in list(self.open.items()):
            if row > last:
                del self.open[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = value
        for column, last in self.begins.get(row, ()):
            if column < len(cells):
                self.open[column] = (last, cells[column])


def _odd_by_sheet(packed: Packed, measures: Measures) -> dict[str, dict[Place, Statement]]:
    """The odd cells by the names that the sheets show."""
    if not any(part.odd for part in measures.parts.values()):
        return {}
    targets = {
        one.get("Id"): one.get("Target", "") for one in _tree(packed, "xl/_rels/workbook.xml.rels").iter()
    }
    found = {}
    for one in _tree(packed, "xl/workbook.xml").iter():
        if one.tag.endswith("}sheet"):
            target = targets.get(one.get(_RELATION)) or ""
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if part in measures.parts:
                found[one.get("name", "")] = measures.parts[part].odd
    return found


def _tree(packed: Packed, name: str) -> ElementTree.Element:
    part = packed.part(name)
    if part is None or part.bytes_unpacked > _MOST_OF_THE_TABLE:
        raise SheetNotWhole(packed.name, name)
    try:
        return ElementTree.fromstring(b"".join(packed.pieces(part)))  # noqa: S314 (measured: it declares no entities)
    except ElementTree.ParseError as error:
        raise SheetNotWhole(packed.name, name) from error
