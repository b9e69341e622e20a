"""CSV as people save it: UTF-8 with or without a mark, GB18030, UTF-16 of spreadsheets; comma, semicolon, tab."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from domain.shared.sheets.cells import written
from domain.shared.sheets.errors import (
    Measure,
    SheetEncodingNotKnown,
    SheetNotWhole,
    SheetQuotesNotClosed,
    SheetTooLarge,
)
from domain.shared.sheets.limits import MOST_BYTES, MOST_CHARACTERS_A_CELL, MOST_COLUMNS, MOST_ROWS
from domain.shared.sheets.rows import CellProblem, SheetRow, without_empty_end
from domain.shared.sheets.told import Sheet

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",;\t"
_LINES_LOOKED_AT = 30
_MOST_LINES_OF_A_ROW = 200
_PIECE = 2**20


def read_separated(path: Path, name: str) -> Iterator[Sheet]:
    """One sheet without a name. Raises the refusals of `errors`, some of them while the rows come."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SheetTooLarge(name, Measure.BYTES, size, MOST_BYTES)
    encoding = _encoding(path, name)
    separator, skipped = _separator(path, encoding)
    yield Sheet("", _rows(path, name, encoding, separator, skipped))


def _encoding(path: Path, name: str) -> str:
    with path.open("rb") as file:
        first = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if first.startswith(mark)), None)
    if marked:
        if (line := _first_bad_line(path, marked)) is not None:
            raise SheetEncodingNotKnown(name, line)
        return marked
    if _first_bad_line(path, "utf-8") is None:
        return "utf-8"
    line = _first_bad_line(path, "gb18030")
    if line is not None:
        raise SheetEncodingNotKnown(name, line)
    return "gb18030"


def _first_bad_line(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(_PIECE)
            try:
                line += decoder.decode(piece, final=not piece).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not piece:
                return None


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """What stands between the cells, and how many lines before the first row say it (`sep=;`)."""
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice((line[:_PIECE] for line in _lines(file)), _LINES_LOOKED_AT))
    if lines and lines[0].strip().lower()[:4] == "sep=" and len(lines[0].strip()) <= 5:
        return (lines[0].strip("\r\n")[4:5] or ","), 1
    return max(_SEPARATORS, key=lambda one: _agreement(lines, one)), 0


def _lines(file: Iterator[str]) -> Iterator[str]:
    yield from file


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    """How many of the lines have as many columns as most have, and how many these are."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
    except csv.Error:
        return 0, 0
    width, times = max(Counter(widths).items(), key=lambda one: (one[0] > 1, one[1], one[0]), default=(0, 0))
    return (times / len(widths), width) if width > 1 else (0, 0)


def _rows(path: Path, name: str, encoding: str, separator: str, skipped: int) -> Iterator[SheetRow]:
    csv.field_size_limit(MOST_CHARACTERS_A_CELL * 4)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator)
        line = row = 0
        while True:
            row += 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SheetQuotesNotClosed(name, row) from error
            if reader.line_num - line > _MOST_LINES_OF_A_ROW:
                raise SheetQuotesNotClosed(name, row)
            line = reader.line_num
            if row > skipped:
                _check_size(name, row, values)
                yield from _row(row, values)


def _check_size(name: str, row: int, values: list[str]) -> None:
    if len(values) > MOST_COLUMNS and any(values[MOST_COLUMNS:]):
        raise SheetTooLarge(name, Measure.COLUMNS, len(values), MOST_COLUMNS)
    if row > MOST_ROWS and any(values):
        raise SheetTooLarge(name, Measure.ROWS, row, MOST_ROWS)
    if sum(map(len, values)) > MOST_CHARACTERS_A_CELL * 16:
        raise SheetNotWhole(name, str(row))


def _row(row: int, values: list[str]) -> Iterator[SheetRow]:
    problems = []
    cells = []
    for column, value in enumerate(values):
        cell, said = ("", None) if value == "" else written(value)
        if said is not None:
            problems.append(CellProblem(column, said))
        cells.append(cell)
    if problems or any(cells):
        yield SheetRow("", row, without_empty_end(cells), tuple(problems))
