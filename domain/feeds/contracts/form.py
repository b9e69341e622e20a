"""What a contract consists of: a feed and its columns, and short ways to write columns down."""

from dataclasses import dataclass, replace
from enum import StrEnum

DELIMITER = "|@|"
OPEN_DATE = "99991231"
DATUMS = ("WGS84", "GCJ02", "BD09")


class ColumnType(StrEnum):
    TEXT = "text"
    DATE = "date"
    YUAN = "yuan"  # stored as whole fen
    INTEGER = "integer"
    DEGREES = "degrees"
    CURRENCY = "currency"  # stored as the letters of ISO 4217; empty is yuan
    PERCENT = "percent"  # 4.3500 means 4.35 %; stored as basis points


@dataclass(frozen=True)
class Column:
    """One column of a line. A code stands for something and is joined on; it is read in half-width, and defaults like
    `0000`, `NULL` or 无 are no code. Of dates, those alone that may be open know `OPEN_DATE`."""

    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    allowed: tuple[str, ...] = ()
    is_code: bool = False
    may_be_open: bool = False


@dataclass(frozen=True)
class Feed:
    """One feed. `key` names the columns that identify a row; `amount` the column whose sum the control file holds.

    A contract grows at its end. `grown_from` are the numbers of columns that its files had before: a file of such a
    form is taken as it always was, and says nothing of what came later
    (docs/decisions/a-contract-grows-at-its-end.md).
    """

    name: str
    title: str
    encoding: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    amount: str | None = None
    grown_from: tuple[int, ...] = ()
    one_of: tuple[str, ...] = ()
    """Of these columns a row fills exactly one."""
    is_optional: bool = False
    """Not every bank has it: it is missed from the day on which one of its files was taken."""
    is_outside: bool = False
    """Whether what it tells is another's knowledge, which the bank may hold on a legal basis alone (`outside.py`)."""
    told_by: str | None = None
    """The column that names the third party, where a feed carries what several tell: each needs a basis of its own."""

    def __post_init__(self) -> None:
        first = min(self.grown_from, default=len(self.columns))
        if any(column.required for column in self.columns[first:]):
            raise ValueError(f"{self.name}: what earlier files do not say cannot be required")

    @property
    def table(self) -> str:
        return f"src_{self.name}"

    @property
    def forms(self) -> tuple[int, ...]:
        """The numbers of columns that a file may have, the newest first."""
        return (len(self.columns), *sorted(self.grown_from, reverse=True))

    def in_form(self, columns: int) -> "Feed":
        """The feed as files of one form have it."""
        return replace(self, columns=self.columns[:columns], grown_from=())


def text(name: str, *, required: bool = False, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, required, allowed)


def code(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.TEXT, required, is_code=True)


def day(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.DATE, required)


def open_day(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.DATE, required, may_be_open=True)


def yuan(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.YUAN, required)


def flag(name: str) -> Column:
    return text(name, allowed=("Y", "N"))
