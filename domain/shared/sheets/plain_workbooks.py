"""Workbooks of nothing but texts: sheets with a heading, for people to look through."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST_SHEET_NAME = 31


@dataclass(frozen=True)
class PlainSheet:
    """Every row is as long as the heading or shorter."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_plain_workbook(path: Path, sheets: Sequence[PlainSheet]) -> int:
    """Gives how many rows it holds without the headings. What begins with `=` stays a text."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        text = workbook.add_format({"num_format": "@", "quote_prefix": True})
        bold = workbook.add_format({"bold": True, "bottom": 1, "num_format": "@", "bg_color": "#EEF2F7"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name[:LONGEST_SHEET_NAME])
            page.freeze_panes(1, 0)
            page.set_column(0, max(0, len(sheet.heading) - 1), 24)
            for line, row in enumerate((sheet.heading, *sheet.rows)):
                for at, value in enumerate(row):
                    page.write_string(line, at, value, text if line else bold)
    return sum(len(sheet.rows) for sheet in sheets)
