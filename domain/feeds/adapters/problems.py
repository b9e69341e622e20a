"""What is wrong with a description, with the line at which it is written (0: it is missing)."""

from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT, Statement, declare

NOT_TOML = declare("ADAPTER_NOT_TOML", line=NUMBER, problem=TEXT)
FULL_WIDTH = declare("ADAPTER_FULL_WIDTH", line=NUMBER, character=TEXT)
TWICE = declare("ADAPTER_TWICE", line=NUMBER, key=TEXT)
KEY_UNKNOWN = declare("ADAPTER_KEY_UNKNOWN", line=NUMBER, key=TEXT, known=TEXT)
KEY_MISSING = declare("ADAPTER_KEY_MISSING", key=TEXT)
VALUE = declare("ADAPTER_VALUE", line=NUMBER, key=TEXT, wanted=TEXT)
FEED_UNKNOWN = declare("ADAPTER_FEED_UNKNOWN", line=NUMBER, name=TEXT, known=TEXT)
COLUMN_UNKNOWN = declare("ADAPTER_COLUMN_UNKNOWN", line=NUMBER, column=TEXT, known=TEXT)
WITHOUT_SOURCE = declare("ADAPTER_WITHOUT_SOURCE", column=TEXT)
TWO_SOURCES = declare("ADAPTER_TWO_SOURCES", line=NUMBER, column=TEXT, keys=TEXT)
NO_SOURCE = declare("ADAPTER_NO_SOURCE", line=NUMBER, column=TEXT)
PLACE_UNKNOWN = declare("ADAPTER_PLACE_UNKNOWN", line=NUMBER, place=TEXT, known=TEXT)
NAME_WITHOUT_HEADER = declare("ADAPTER_NAME_WITHOUT_HEADER", line=NUMBER, place=TEXT)
HOLE_UNKNOWN = declare("ADAPTER_HOLE_UNKNOWN", line=NUMBER, hole=TEXT, known=TEXT)
WITHOUT_DATE = declare("ADAPTER_WITHOUT_DATE", line=NUMBER)
CODE_NOT_ALLOWED = declare("ADAPTER_CODE_NOT_ALLOWED", line=NUMBER, column=TEXT, value=TEXT, allowed=TEXT)
DOES_NOT_FIT = declare("ADAPTER_DOES_NOT_FIT", line=NUMBER, key=TEXT, column=TEXT)
FOLDER_OUTSIDE = declare("ADAPTER_FOLDER_OUTSIDE", line=NUMBER, folder=TEXT)
ENCODING_UNKNOWN = declare("ADAPTER_ENCODING_UNKNOWN", line=NUMBER, encoding=TEXT)
NEEDS = declare("ADAPTER_NEEDS", line=NUMBER, key=TEXT, needed=TEXT)
TOO_LONG = declare("ADAPTER_TOO_LONG", bytes=NUMBER, most=NUMBER)

# Of a file that a description does not fit.
COLUMNS_MISSING = declare("FILE_COLUMNS_MISSING", columns=TEXT, found=TEXT)
COLUMNS_TWICE = declare("FILE_COLUMNS_TWICE", columns=TEXT)
NO_LINES = declare("FILE_NO_LINES")
TRAILER_MISSING = declare("FILE_TRAILER_MISSING", starts=TEXT)
CONTROL_PLACE = declare("CONTROL_PLACE", place=TEXT)
CONTROL_WITHOUT_FILE = declare("CONTROL_WITHOUT_FILE", file=TEXT)
NOT_GZIP = declare("FILE_NOT_GZIP")
GZIP_CUT = declare("FILE_GZIP_CUT")
GZIP_BOMB = declare("FILE_GZIP_BOMB", ratio=NUMBER)
SIZE_DIFFERS = declare("FILE_SIZE_DIFFERS", found=NUMBER, wanted=NUMBER)
MD5_DIFFERS = declare("FILE_MD5_DIFFERS", found=TEXT, wanted=TEXT)
NOT_SETTLED = declare("FILE_NOT_SETTLED", minutes=NUMBER)
EXPECTED = declare("FILE_EXPECTED", feed=TEXT, file=TEXT)
NAME_DIFFERS = declare("FILE_NAME_DIFFERS", file=TEXT, pattern=TEXT)
SHEET_MISSING = declare("FILE_SHEET_MISSING", sheet=TEXT, found=TEXT)

ROW_WIDTH = declare("ROW_WIDTH", agreed=NUMBER, lines=NUMBER, first_lines=TEXT)
ROW_CODE_UNKNOWN = declare("ROW_CODE_UNKNOWN", column=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_OPERATION = declare("ROW_OPERATION", lines=NUMBER, first_lines=TEXT)
ROW_KEY_OF_OTHER = declare("ROW_KEY_OF_OTHER", lines=NUMBER, first_lines=TEXT)

SKIPPED = declare("FILE_ROWS_SKIPPED", lines=NUMBER, first_lines=TEXT)
OVERTAKEN = declare("FILE_ROWS_OVERTAKEN", lines=NUMBER)


class AdapterNotValid(DomainError):
    """A description that cannot be used; every problem that was found, in the order of its lines."""

    code = "ADAPTER_NOT_VALID"
    takes: ClassVar = {"problems": NUMBER}

    def __init__(self, problems: list[Statement]) -> None:
        super().__init__(problems=len(problems))
        self.problems = problems
