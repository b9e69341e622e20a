"""What a file is sent back for as a whole. What is wrong with a single cell stands at its row (`rows.CellProblem`)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT


class SheetRefused(DomainError):
    """Nothing of the file was taken. What refusals of sheets have in common; never raised itself."""

    code = "SHEET_REFUSED"


class Looks(StrEnum):
    """What a file that is no sheet looks like, by its first bytes."""

    OLD_OFFICE = "OLD_OFFICE"
    """XLS, or an XLSX with a password: both are kept in the same container."""
    OTHER_ARCHIVE = "OTHER_ARCHIVE"
    PDF = "PDF"
    PICTURE = "PICTURE"
    WEB_PAGE = "WEB_PAGE"
    """An HTML table that a program wrote under the name of a sheet."""
    BINARY = "BINARY"
    EMPTY = "EMPTY"


class NotASheet(SheetRefused):
    code = "NOT_A_SHEET"
    takes: ClassVar = {"file": TEXT, "looks": TEXT}

    def __init__(self, file: str, looks: Looks) -> None:
        super().__init__(file=file, looks=looks.value)


class Measure(StrEnum):
    """What of a file is measured."""

    BYTES = "BYTES"
    ENTRIES = "ENTRIES"
    UNPACKED = "UNPACKED"
    RATIO = "RATIO"
    ROWS = "ROWS"
    COLUMNS = "COLUMNS"
    CELLS = "CELLS"
    CHARACTERS = "CHARACTERS"
    MERGED = "MERGED"
    MEMORY = "MEMORY"
    """Bytes that reading it takes."""


class SheetTooLarge(SheetRefused):
    """`found` is how far it was counted; more may follow."""

    code = "SHEET_TOO_LARGE"
    takes: ClassVar = {"file": TEXT, "measure": TEXT, "found": NUMBER, "most": NUMBER}

    def __init__(self, file: str, measure: Measure, found: int, most: int) -> None:
        super().__init__(file=file, measure=measure.value, found=found, most=most)


class SheetNotWhole(SheetRefused):
    """Cut off, damaged, or something else inside than its table of contents says."""

    code = "SHEET_NOT_WHOLE"
    takes: ClassVar = {"file": TEXT, "part": TEXT}

    def __init__(self, file: str, part: str = "") -> None:
        super().__init__(file=file, part=part or file)


class SheetNotPlain(SheetRefused):
    """It declares entities, or carries archives, programs or links inside."""

    code = "SHEET_NOT_PLAIN"
    takes: ClassVar = {"file": TEXT, "part": TEXT}

    def __init__(self, file: str, part: str) -> None:
        super().__init__(file=file, part=part)


class SheetEncodingNotKnown(SheetRefused):
    """Neither UTF-8 nor GB18030; the first line that is neither."""

    code = "SHEET_ENCODING_NOT_KNOWN"
    takes: ClassVar = {"file": TEXT, "line": NUMBER}

    def __init__(self, file: str, line: int) -> None:
        super().__init__(file=file, line=line)


class SheetQuotesNotClosed(SheetRefused):
    """A quotation mark that opens on this row and is never closed swallows what follows."""

    code = "SHEET_QUOTES_NOT_CLOSED"
    takes: ClassVar = {"file": TEXT, "row": NUMBER}

    def __init__(self, file: str, row: int) -> None:
        super().__init__(file=file, row=row)


class HeadingNotFound(SheetRefused):
    """No row among the first of any sheet names the columns that are needed."""

    code = "HEADING_NOT_FOUND"
    takes: ClassVar = {"file": TEXT, "missing": TEXT, "found": TEXT}

    def __init__(self, file: str, missing: Sequence[str], found: Sequence[str]) -> None:
        super().__init__(file=file, missing=" ".join(missing), found=" ".join(found) or "-")


class HeadingTwice(SheetRefused):
    """Two columns under one name: which of them is meant?"""

    code = "HEADING_TWICE"
    takes: ClassVar = {"file": TEXT, "place": TEXT, "column": TEXT}

    def __init__(self, file: str, place: str, column: str) -> None:
        super().__init__(file=file, place=place, column=column)
