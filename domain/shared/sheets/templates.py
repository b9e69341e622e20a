"""A workbook to be filled in: what is there already (or an example), and a page that explains each column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.shared.sheets.columns import Column, Words


@dataclass(frozen=True)
class TemplateWords:
    """The words of the workbook itself, in one language."""

    explanations: str
    """The name of the second sheet."""
    column: str
    needed: str
    how: str
    example: str
    yes: str
    no: str
    example_mark: str
    """What the first cell of the example begins with (`records.EXAMPLE_MARKS`)."""
    notes: tuple[str, ...] = ()
    """Sentences below the table of columns."""


def write_template(
    path: Path,
    title: str,
    columns: Sequence[Column],
    words: TemplateWords,
    rows: Iterable[Mapping[str, str]] = (),
    *,
    is_english: bool = False,
) -> int:
    """Write the workbook; gives how many rows it holds, without the example.

    Every cell is a text and says so (the apostrophe that a spreadsheet shows in front of it), so that no number loses
    digits or noughts, and what begins with `=` is not worked out.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        text = workbook.add_format({"num_format": "@", "quote_prefix": True})
        heading = workbook.add_format({"bold": True, "bottom": 1, "num_format": "@", "bg_color": "#EEF2F7"})
        sheet = workbook.add_worksheet(title[:31])
        explained = workbook.add_worksheet(words.explanations)
        written = _write_rows(sheet, columns, rows, text, heading, is_english=is_english)
        if not written:
            _write_example(sheet, columns, words, text)
        _write_explanations(explained, columns, words, text, heading, is_english=is_english)
    return written


def _write_rows(
    sheet: Any,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    text: Any,
    heading: Any,
    *,
    is_english: bool,
) -> int:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, max(12, 2 * len(column.heading.chinese) + 4), text)
        sheet.write_string(0, at, _in(column.heading, is_english), heading)
    written = 0
    for written, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            if value := row.get(column.key, ""):
                sheet.write_string(written, at, value, text)
    return written


def _write_example(sheet: Any, columns: Sequence[Column], words: TemplateWords, text: Any) -> None:
    for at, column in enumerate(columns):
        sheet.write_string(1, at, (words.example_mark if at == 0 else "") + column.example, text)


def _write_explanations(
    sheet: Any,
    columns: Sequence[Column],
    words: TemplateWords,
    text: Any,
    heading: Any,
    *,
    is_english: bool,
) -> None:
    for at, (word, width) in enumerate(
        ((words.column, 20), (words.needed, 10), (words.how, 80), (words.example, 28))
    ):
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, word, heading)
    for row, column in enumerate(columns, 1):
        needed = words.yes if column.is_needed else words.no
        for at, told in enumerate(
            (_in(column.heading, is_english), needed, _in(column.told, is_english), column.example)
        ):
            sheet.write_string(row, at, told, text)
    for row, note in enumerate(words.notes, len(columns) + 2):
        sheet.write_string(row, 0, note, text)


def _in(words: Words, is_english: bool) -> str:
    return words.english if is_english else words.chinese
