"""A row of a sheet, with the place at which the person who made it finds it again."""

from dataclasses import dataclass

from domain.shared.statements import TEXT, Statement, declare

DIGITS_LOST = declare("CELL_DIGITS_LOST")
"""A number of sixteen digits or more: the sheet keeps fifteen, so the rest is invented."""
IS_ERROR = declare("CELL_IS_ERROR")
"""#N/A, #REF!, #DIV/0!: what a formula came to."""
HAS_NO_VALUE = declare("CELL_HAS_NO_VALUE")
"""A formula that the program which wrote the file never worked out."""
HAS_CONTROL = declare("CELL_HAS_CONTROL", character=TEXT)
"""A character that is none of a text, such as U+0000."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with the cell at `column` (from 0)."""

    column: int
    said: Statement


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Row `row` (from 1, as the sheet shows it) of the sheet of this name, every cell as text.

    Days are ISO 8601, times HH:MM, whole numbers without a point, yes and no TRUE and FALSE, formulas their value.
    Blanks around a text are gone; empty cells at the end are left out. A cell with a problem is empty here. CSV has one
    sheet without a name.
    """

    sheet: str
    row: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...] = ()


def column_letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: the column as the sheet calls it."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def column_number(letters: str) -> int:
    """A -> 0, XFD -> 16383."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def without_empty_end(cells: list[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])
