"""The rows of a file under their headings: in whichever order, below a title, on one sheet or on several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from domain.shared.sheets.columns import Column, plain_heading
from domain.shared.sheets.errors import HeadingNotFound, HeadingTwice
from domain.shared.sheets.reading import read_sheets
from domain.shared.sheets.rows import SheetRow, column_letters
from domain.shared.sheets.told import COLUMN_NOT_USED, EXAMPLE_LEFT_OUT, WITHOUT_HEADING, Sheet
from domain.shared.statements import Statement

ROWS_LOOKED_AT = 12
"""A heading stands among the first rows of a sheet that hold anything."""
EXAMPLE_MARKS = ("示例", "例：", "e.g.")
"""What the first cell of a template's example begins with."""
EXPLANATIONS = ("说明", "Explanations")
"""What our templates call the sheet that explains the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `column` are the sheet's letters, `heading` the sheet's own word; both may be empty.

    Of what stands in no sheet the row is 0, and `sheet` is its key.
    """

    sheet: str
    row: int
    column: str = ""
    heading: str = ""

    def __str__(self) -> str:
        if not self.row:
            return self.sheet
        return f"{self.sheet}!{self.column}{self.row}" if self.sheet else f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where."""

    place: Place
    said: Statement


@dataclass(frozen=True)
class Headings:
    """The heading row of one sheet."""

    sheet: str
    columns: Mapping[str, int]
    """Key -> column, from 0."""
    words: tuple[str, ...]

    def place(self, row: int, key: str = "") -> Place:
        at = self.columns.get(key)
        if at is None:
            return Place(self.sheet, row)
        return Place(self.sheet, row, column_letters(at), self.words[at])


@dataclass(frozen=True, slots=True)
class Record:
    """One row: key -> text, empty where nothing stands there or the sheet has no such column."""

    headings: Headings
    row: int
    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def place(self, key: str = "") -> Place:
        return self.headings.place(self.row, key)


@dataclass
class Reading:
    """`records` come once. The notes are whole when the last record has come."""

    records: Iterator[Record]
    notes: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is wrong beside the records."""


def read_records(path: Path, columns: Sequence[Column], name: str | None = None) -> Reading:
    """Every record of every visible sheet that has the needed columns. Raises `SheetRefused` and its kinds."""
    reading = Reading(iter(()))
    reading.records = _records(read_sheets(path, name), columns, name or path.name, reading.notes)
    return reading


def _records(
    sheets: Iterator[Sheet], columns: Sequence[Column], file: str, notes: list[Statement]
) -> Iterator[Record]:
    nearest: tuple[int, list[str], list[str]] | None = None
    without: list[Statement] = []
    has_any = False
    for sheet in sheets:
        notes += sheet.notes
        if sheet.name in EXPLANATIONS:
            continue
        first = list(islice(sheet.rows, ROWS_LOOKED_AT))
        found = [(_missing(row, columns), place) for place, row in enumerate(first)]
        fewest = min(found, key=lambda one: len(one[0]), default=None)
        if fewest is None:
            continue
        missing, place = fewest
        if missing:
            without.append(WITHOUT_HEADING(sheet=sheet.name))
            if nearest is None or len(missing) < nearest[0]:
                nearest = len(missing), missing, [one for one in first[place].cells if one][:20]
            continue
        has_any = True
        headings = _headings(first[place], columns, file, notes)
        yield from _under(headings, chain(first[place + 1 :], sheet.rows), notes)
    if not has_any:
        _, missing, words = nearest or (0, [one.heading.chinese for one in columns if one.is_needed], [])
        raise HeadingNotFound(file, missing, words)
    notes += without


def _missing(row: SheetRow, columns: Sequence[Column]) -> list[str]:
    words = {plain_heading(cell) for cell in row.cells}
    return [one.heading.chinese for one in columns if one.is_needed and words.isdisjoint(one.names)]


def _headings(row: SheetRow, columns: Sequence[Column], file: str, notes: list[Statement]) -> Headings:
    found: dict[str, int] = {}
    keys = {name: column.key for column in columns for name in column.names}
    for at, word in enumerate(row.cells):
        place = Place(row.sheet, row.row, column_letters(at), word)
        key = keys.get(plain_heading(word)) if word else None
        if key is None:
            if word:
                notes.append(COLUMN_NOT_USED(place=str(place), column=word))
        elif key in found:
            raise HeadingTwice(file, str(place), word)
        else:
            found[key] = at
    return Headings(row.sheet, found, row.cells)


def _under(headings: Headings, rows: Iterator[SheetRow], notes: list[Statement]) -> Iterator[Record]:
    wanted = tuple(headings.columns.items())
    used = {at: key for key, at in wanted}
    for row in rows:
        cells = row.cells
        if cells and cells[0].startswith(EXAMPLE_MARKS):
            notes.append(EXAMPLE_LEFT_OUT(place=str(Place(row.sheet, row.row))))
            continue
        width = len(cells)
        values = {key: cells[at] if at < width else "" for key, at in wanted}
        problems = tuple(
            Problem(headings.place(row.row, used[one.column]), one.said)
            for one in row.problems
            if one.column in used
        )
        if problems or any(values.values()):
            yield Record(headings, row.row, values, problems)
