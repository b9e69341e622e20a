"""Names, control files and safe opening of what lies in the landing folder. Nothing here writes."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, ClassVar

from domain.feeds import statements as said
from domain.feeds.amounts import fen_of
from domain.feeds.contracts import FEEDS
from domain.feeds.marks import INVISIBLE, UTF_16_MARKS
from domain.shared.errors import DomainError
from domain.shared.statements import TEXT, Statement

_NAME = re.compile(r"([a-z_]{1,40})_([0-9]{8})_([0-9]{1,3})\.(dat|ctl)")
# What fits the column that keeps it; anything longer is a typing error.
_ROWS = re.compile(r"0*[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2}")
_CONTROL_BLANKS = " \t\0\x1a\f\v"
_CONTROL_LIMIT_BYTES = 4096
HASH_CHUNK_BYTES = 1 << 20


class LandingUnreadable(DomainError):
    code = "LANDING_UNREADABLE"
    takes: ClassVar = {"problem": TEXT}


@dataclass(frozen=True)
class Line:
    """One line that was set aside; `reasons` are statements as JSON text with commas between."""

    number: int
    raw: str
    reasons: str
    key: str | None


class FileRefused(Exception):
    """A whole file is sent back; nothing of it is taken. The first reason is why, the others tell more."""

    sample: Sequence[Line] = ()
    """Some of the lines that speak against it."""

    def __init__(self, *reasons: Statement) -> None:
        super().__init__(*map(str, reasons))
        self.reasons = list(reasons)


class FileUnfinished(Exception):
    """A file is not complete yet; it is looked at again in the next night."""

    def __init__(self, reason: Statement) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, order=True)
class BatchName:
    """`<feed>_<YYYYMMDD>_<n>`: orders by feed, date, sequence. A bank's own files have a source beside their feed."""

    feed: str
    data_date: date
    sequence: int
    source: str = ""

    @property
    def stem(self) -> str:
        return f"{self.feed}_{self.data_date:%Y%m%d}_{self.sequence}"


@dataclass(frozen=True)
class Control:
    """What a control file says. A bank's own may count nothing: `rows` is None then."""

    rows: int | None
    amount_sum_fen: int | None
    sha256: str
    encoding: str


def parse_name(name: str) -> tuple[BatchName, str] | None:
    """The batch and suffix that a file name stands for; None when it is not the name of a batch."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in FEEDS:
        return None
    try:
        day = date(int(match[2][:4]), int(match[2][4:6]), int(match[2][6:]))
    except ValueError:
        return None
    batch = BatchName(match[1], day, int(match[3]))
    # The name is made again from the batch when the file is opened, so both have to be the same.
    return (batch, match[4]) if name == f"{batch.stem}.{match[4]}" else None


def family(encoding: str) -> str | None:
    """GBK and GB2312 are read as GB18030, which contains them."""
    plain = re.sub(r"[^a-z0-9]", "", encoding.lower())
    if plain in ("gbk", "xgbk", "gb2312", "gb231280", "gb18030", "gb180302000", "gb180302005", "gb180302022"):
        return "gb18030"
    if plain in ("cp936", "ms936", "windows936", "936", "euccn"):
        return "gb18030"
    return "utf-8" if plain in ("utf8", "utf8sig", "utf8mb4", "al32utf8", "cp65001", "65001") else None


def parse_control(content: bytes) -> Control:
    """Reads the five lines of a control file, whatever else stands in it."""
    fields = control_fields(control_text(content))
    missing = [name for name in ("rows", "amount_sum", "sha256", "encoding", "mode") if name not in fields]
    if missing:
        raise FileUnfinished(said.CONTROL_INCOMPLETE(missing=", ".join(missing)))
    if not _ROWS.fullmatch(fields["rows"]) or not re.fullmatch(r"[0-9a-fA-F]{64}", fields["sha256"]):
        raise FileUnfinished(said.CONTROL_UNREADABLE())
    if fields["mode"].lower() != "full":
        raise FileRefused(said.CONTROL_MODE(mode=ascii(fields["mode"][:20])))
    return Control(
        int(fields["rows"].replace(",", "")),
        _fen(fields["amount_sum"]),
        fields["sha256"].lower(),
        fields["encoding"],
    )


def control_text(content: bytes) -> str:
    """In half-width, without marks; notes in Chinese may stand beside the five lines."""
    encodings = ("utf-16",) if content.startswith(UTF_16_MARKS) else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return INVISIBLE.sub("", unicodedata.normalize("NFKC", content.decode(encoding)))
        except UnicodeDecodeError:
            continue
    raise FileUnfinished(said.CONTROL_BYTES())


def control_fields(text: str) -> dict[str, str]:
    """The lines `name=value`. A name that says two things says nothing."""
    fields: dict[str, str] = {}
    for line in re.split(r"[\r\n]+", text):
        name, is_field, value = (part.strip(_CONTROL_BLANKS) for part in line.partition("="))
        name = name.lower()
        if not is_field:
            continue
        if fields.setdefault(name, value) != value:
            raise FileUnfinished(said.CONTROL_CONTRADICTS(name=ascii(name[:20])))
    return fields


def _fen(yuan: str) -> int | None:
    if yuan == "":
        return None
    amount = fen_of(yuan)
    if amount is None:
        raise FileUnfinished(said.CONTROL_AMOUNT())
    return amount


@contextmanager
def open_landing(landing: Path) -> Iterator[int]:
    """A handle of the folder. Everything else is opened relative to it, so a swapped path leads nowhere."""
    try:
        handle = os.open(landing, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as problem:
        raise LandingUnreadable(problem=str(problem.strerror)) from None
    try:
        yield handle
    finally:
        os.close(handle)


def why_odd(folder: int, name: str) -> Statement | None:
    """What is wrong with an entry of the folder, before anything of it is read."""
    try:
        kind = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except (OSError, ValueError):
        return said.ENTRY_UNSEEN()
    if stat.S_ISLNK(kind.st_mode):
        return said.ENTRY_SYMLINK()
    if not stat.S_ISREG(kind.st_mode):
        return said.ENTRY_NOT_A_FILE()
    if kind.st_nlink != 1:
        return said.ENTRY_LINKED_TWICE()
    if parse_name(name) is None:
        return said.ENTRY_NAME()
    return None


@contextmanager
def open_file(folder: int, name: str) -> Iterator[BinaryIO]:
    """Opens a regular file of the folder for reading; never through a link, never waiting on a pipe."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as problem:
        raise FileUnfinished(said.NOT_OPENED(file=name, problem=str(problem.strerror))) from None
    with os.fdopen(handle, "rb") as opened:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            raise FileRefused(said.NOT_REGULAR(file=name))
        yield opened


def control_content(folder: int, batch: BatchName) -> bytes:
    with open_file(folder, batch.stem + ".ctl") as opened:
        return opened.read(_CONTROL_LIMIT_BYTES)


def fingerprint(content: bytes) -> str:
    """What a control file says, in whatever order and with whatever line ends: the verdict on a batch belongs to it.

    It says the hash of the data file too, so two batches with one fingerprint are one batch.
    """
    said_lines = sorted(line.strip() for line in content.splitlines() if line.strip())
    return sha256(b"\n".join(said_lines)).hexdigest()


def changed_ns(folder: int, batch: BatchName) -> int:
    """When the data file was last written or replaced, in nanoseconds since 1970. Unlike the time of modification it
    cannot be set by whoever copies a file."""
    try:
        return os.stat(batch.stem + ".dat", dir_fd=folder, follow_symlinks=False).st_ctime_ns
    except OSError as problem:
        raise FileUnfinished(
            said.NOT_OPENED(file=batch.stem + ".dat", problem=str(problem.strerror))
        ) from None


def hash_of(folder: int, batch: BatchName) -> str:
    digest = sha256()
    with open_file(folder, batch.stem + ".dat") as opened:
        while chunk := opened.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
