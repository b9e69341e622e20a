"""A sheet as it is read, and what a reader tells of it beside its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.shared.sheets.rows import SheetRow
from domain.shared.statements import NUMBER, TEXT, Statement, declare

HIDDEN = declare("SHEET_HIDDEN", sheet=TEXT)
"""A hidden sheet is not read: whoever looks at the file does not see it."""
MERGED = declare("SHEET_MERGED", sheet=TEXT, ranges=NUMBER)
"""Cells over several rows count as the value of each of them."""
WITHOUT_HEADING = declare("SHEET_WITHOUT_HEADING", sheet=TEXT)
"""A sheet without the needed columns is left aside; another one has them."""
COLUMN_NOT_USED = declare("SHEET_COLUMN_NOT_USED", place=TEXT, column=TEXT)
EXAMPLE_LEFT_OUT = declare("SHEET_EXAMPLE_LEFT_OUT", place=TEXT)
"""A row of the template that still is the example."""


@dataclass(frozen=True)
class Sheet:
    """`rows` come once, in their order, without the empty ones; while they come the sheet stays open."""

    name: str
    rows: Iterator[SheetRow]
    notes: tuple[Statement, ...] = ()
