"""What an adapter says, as values. `parsing` makes them of the text that people write."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.feeds.adapters.naming import Pattern
from domain.feeds.contracts import FEEDS, Feed


class Format(StrEnum):
    DELIMITED = "delimited"
    FIXED = "fixed"  # widths in bytes, cut before anything is decoded
    CSV = "csv"  # quoted
    XLSX = "xlsx"


class ControlKind(StrEnum):
    FILE = "file"  # .ctl, .ok, .flg beside the data
    TRAILER = "trailer"  # counts in the last line of the data
    NONE = "none"  # a file that nobody has touched for some time


@dataclass(frozen=True)
class FileForm:
    """Where the files of a source lie and how their bytes become lines. Lines and widths are counted in lines and
    bytes; `columns` names the parts where no header does, `sheet` a sheet of a workbook (else its first)."""

    folder: Pattern | None
    name: Pattern
    format: Format
    encoding: str = "gb18030"
    delimiter: str = "|"
    quote: str = '"'
    widths: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    header_lines: int = 0
    names_in_header: bool = False
    trailer_lines: int = 0
    trailer_starts: str = ""
    is_gzipped: bool = False
    is_increment: bool = False
    sheet: str = ""


Place = str | int
"""A part of a line: its name in the header or in `file.columns`, or its place, counted from 1."""


@dataclass(frozen=True)
class ControlForm:
    """How a file tells that it is whole, and what of its counts. A place is a number in a line, or a name before `=`.

    `file` is the place of the data file's name in a control file that speaks of several.
    """

    kind: ControlKind
    name: Pattern | None = None
    settle_minutes: int = 10
    delimiter: str = "|"
    file: Place | None = None
    rows: Place | None = None
    amount: Place | None = None
    fen_per_unit: int = 100
    size_bytes: Place | None = None
    md5: Place | None = None
    sha256: Place | None = None


@dataclass(frozen=True)
class Literal:
    """Letters that stand between the parts of a join."""

    text: str


@dataclass(frozen=True)
class Sign:
    """An amount whose sign stands in a part of its own."""

    place: Place
    minus: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a column of the contract comes from: a part, several joined, or always the same.

    `unknown` is what stands for a code that is on no list (None: its line is set aside), `empty` for an empty part.
    """

    column: str
    parts: tuple[Place | Literal, ...] = ()
    between: str = ""
    constant: str | None = None
    cut: tuple[int, int] | None = None
    codes: tuple[tuple[str, str], ...] = ()
    unknown: str | None = None
    empty: str | None = None
    date_form: str = ""
    open_words: tuple[str, ...] = ()
    unit: str = ""
    sign: Sign | None = None


class Test(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    STARTS = "starts"
    ENDS = "ends"
    CONTAINS = "contains"


@dataclass(frozen=True)
class Skip:
    """Rows that are left out without being wrong: test rows, rows with a deleted mark, those of another bank."""

    place: Place
    test: Test
    words: tuple[str, ...]


@dataclass(frozen=True)
class Operations:
    """The flag of an increment: what brings a row (I, U) and what ends its key (D)."""

    place: Place
    upsert: tuple[str, ...]
    delete: tuple[str, ...]


@dataclass(frozen=True)
class Adapter:
    """One description. It reads the files whose data date is on or after `from_on`, until the next version's day."""

    feed_name: str
    source: str
    from_on: date
    file: FileForm
    control: ControlForm
    sources: tuple[Source, ...]
    skips: tuple[Skip, ...] = ()
    operations: Operations | None = None
    note: str = ""

    @property
    def feed(self) -> Feed:
        return FEEDS[self.feed_name]
