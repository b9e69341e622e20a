"""ZIP archives are measured before anything of them is opened: workbooks, zipped Shapefiles, whatever people send.

The table of contents says how many parts there are and how large each would be. It is held against limits, against
the file itself (parts that overlap, bytes before and after, a table that is longer than it says) and against what an
archive of data has no use for: links, ways out of the folder, passwords, archives inside. Nothing is unpacked for it.
"""

import gzip
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _LOCATOR_BYTES, _END_64_BYTES, _LOCAL_BYTES = 22, 20, 56, 30
_LONGEST_COMMENT = 0xFFFF
_LONGEST_NAME = 400
_BYTES_AN_ENTRY = 1_024
"""What an entry of the table takes at most; 46 and its name are usual."""
_ARCHIVES = re.compile(
    r"\.(zip|gz|tgz|bz2|xz|7z|rar|tar|jar|cab|iso|xls[xmb]?|doc[xm]?|ppt[xm]?|kmz)$", re.IGNORECASE
)
_BEGINS_ARCHIVE = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_ENCRYPTED = 0x1
_CHUNK = 256 * 1024


class ArchiveRefused(DomainError):
    """Nothing of the archive was opened."""

    code = "ARCHIVE_NOT_WHOLE"


class Measure(StrEnum):
    """What of an archive is measured."""

    ENTRIES = "ENTRIES"
    UNPACKED = "UNPACKED"
    RATIO = "RATIO"


class ArchiveTooLarge(ArchiveRefused):
    """More than the limit, as the archive itself says."""

    code = "ARCHIVE_TOO_LARGE"
    takes: ClassVar = {"archive_measure": TEXT, "found": NUMBER, "most": NUMBER}

    def __init__(self, measure: Measure, found: int, most: int) -> None:
        super().__init__(archive_measure=measure.value, found=found, most=most)


class ArchiveNotWhole(ArchiveRefused):
    """Cut off, damaged, or its table of contents says something else than what is there."""


class Oddity(StrEnum):
    """What an archive of data has no use for."""

    NAME = "NAME"
    """A name that leads out of its folder, or that is none."""
    TWICE = "TWICE"
    """Two parts under one name: each reader takes another."""
    LINK = "LINK"
    PASSWORD = "PASSWORD"  # noqa: S105
    METHOD = "METHOD"
    """Packed in a way that not every reader knows."""
    NESTED = "NESTED"
    """An archive inside."""


class ArchiveNotPlain(ArchiveRefused):
    """One part of it is none that data have."""

    code = "ARCHIVE_NOT_PLAIN"
    takes: ClassVar = {"part": TEXT, "oddity": TEXT}

    def __init__(self, part: str, oddity: Oddity) -> None:
        super().__init__(part=part[:80], oddity=oddity.value)


@dataclass(frozen=True)
class ArchiveLimits:
    """`ratio` is unpacked to packed bytes of one part, looked at from `ratio_from_bytes` on: short texts pack well."""

    entries: int = 2_000
    unpacked_bytes: int = 512 * 2**20
    ratio: int = 400
    ratio_from_bytes: int = 16 * 2**20


def measure_zip(path: Path, limits: ArchiveLimits = ArchiveLimits()) -> tuple[zipfile.ZipInfo, ...]:
    """The parts of an archive that is within the limits and plain, folders left out. Raises ArchiveRefused.

    A reader that unpacks no more of a part than it declares (`zipfile` does not) stays within what was measured here;
    for others `prove_parts` looks first.
    """
    try:
        with path.open("rb") as file:
            directory_at = _measure_table(file, path.stat().st_size, limits)
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
                _check_places(parts, directory_at)
                _check_sizes(parts, limits)
                for part in parts:
                    _check_part(part)
                _check_names(parts)
                _check_nested(archive, parts)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise ArchiveNotWhole from None
    return tuple(part for part in parts if not part.is_dir())


def gunzipped(path: Path, limits: ArchiveLimits = ArchiveLimits()) -> Iterator[bytes]:
    """The content of a gzip file, chunk by chunk; nothing of it is kept. Raises ArchiveTooLarge as soon as it is more
    than the limits allow, and ArchiveNotWhole where it ends early or is damaged."""
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path) as file:
            while chunk := file.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > limits.unpacked_bytes:
                    raise ArchiveTooLarge(Measure.UNPACKED, unpacked, limits.unpacked_bytes)
                if unpacked > max(limits.ratio_from_bytes, packed * limits.ratio):
                    raise ArchiveTooLarge(Measure.RATIO, unpacked // max(packed, 1), limits.ratio)
                yield chunk
    except (EOFError, OSError, zlib.error):
        raise ArchiveNotWhole from None


def prove_parts(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Unpack every part to nowhere: none gives more bytes than it declared, which other readers would take on trust.

    Some 400 MB a second. Raises ArchiveNotWhole.
    """
    with path.open("rb") as file:
        for part in parts:
            head = _read_at(file, part.header_offset, _LOCAL_BYTES)
            file.seek(_number(head, 26, 2) + _number(head, 28, 2), 1)
            if _unpacked(file, part) != part.file_size:
                raise ArchiveNotWhole


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> int:
    """How many bytes a part gives, counted no further than one beyond what it declares."""
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    unpacker, left, found = zlib.decompressobj(-zlib.MAX_WBITS), part.compress_size, 0
    try:
        while left and not unpacker.eof and found <= part.file_size:
            packed = file.read(min(left, _CHUNK))
            left -= len(packed)
            while packed and found <= part.file_size:
                found += len(unpacker.decompress(packed, _CHUNK))
                packed = unpacker.unconsumed_tail
            if not left and not unpacker.eof:
                found += len(unpacker.flush(_CHUNK))
                break
    except zlib.error:
        raise ArchiveNotWhole from None
    return found if unpacker.eof else -1


def _measure_table(file: BinaryIO, size: int, limits: ArchiveLimits) -> int:
    """Where the table of contents begins. It is measured before `zipfile` reads it, a million entries and all."""
    tail_at = max(0, size - _END_BYTES - _LONGEST_COMMENT)
    tail = _read_at(file, tail_at, size - tail_at)
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_BYTES:
        raise ArchiveNotWhole
    end_at, end = tail_at + place, tail[place:]
    if end_at + _END_BYTES + _number(end, 20, 2) != size or end[4:8] != bytes(4):
        # Something follows the archive, or the rest of it lies in other files.
        raise ArchiveNotWhole
    count, table_bytes, table_at = _number(end, 10, 2), _number(end, 12, 4), _number(end, 16, 4)
    if count == 0xFFFF or 0xFFFFFFFF in (table_bytes, table_at):
        end_at, count, table_bytes, table_at = _wide_table(file, end_at)
    if count > limits.entries:
        raise ArchiveTooLarge(Measure.ENTRIES, count, limits.entries)
    if table_at + table_bytes != end_at or table_bytes > limits.entries * _BYTES_AN_ENTRY:
        raise ArchiveNotWhole
    return table_at


def _wide_table(file: BinaryIO, end_at: int) -> tuple[int, int, int, int]:
    """The same numbers of an archive in ZIP64, which some programs write for small ones too."""
    locator = _read_at(file, end_at - _LOCATOR_BYTES, _LOCATOR_BYTES)
    at = _number(locator, 8, 8)
    end = _read_at(file, at, _END_64_BYTES)
    if locator[:4] != _LOCATOR_64 or end[:4] != _END_64 or at + _END_64_BYTES > end_at - _LOCATOR_BYTES:
        raise ArchiveNotWhole
    return at, _number(end, 32, 8), _number(end, 40, 8), _number(end, 48, 8)


def _read_at(file: BinaryIO, at: int, size: int) -> bytes:
    if at < 0:
        raise ArchiveNotWhole
    file.seek(at)
    return file.read(size)


def _number(of: bytes, at: int, width: int) -> int:
    return int.from_bytes(of[at : at + width], "little")


def _check_places(parts: Sequence[zipfile.ZipInfo], directory_at: int) -> None:
    """Each part lies behind the one before it, from the first byte on: bombs are made of parts that share bytes, and
    files that are two things at once of bytes that belong to no part."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end or (end == 0 and part.header_offset != 0):
            raise ArchiveNotWhole
        end = part.header_offset + _LOCAL_BYTES + part.compress_size
    if end > directory_at or not parts:
        raise ArchiveNotWhole


def _check_sizes(parts: Sequence[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(parts) > limits.entries:
        raise ArchiveTooLarge(Measure.ENTRIES, len(parts), limits.entries)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise ArchiveTooLarge(Measure.UNPACKED, unpacked, limits.unpacked_bytes)
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size >= limits.ratio_from_bytes and ratio > limits.ratio:
            raise ArchiveTooLarge(Measure.RATIO, ratio, limits.ratio)


def _check_part(part: zipfile.ZipInfo) -> None:
    # `zipfile` cuts a name at a NUL; other readers do not.
    name = part.orig_filename
    ways = re.split(r"[/\\]", name)
    is_odd = not name or len(name) > _LONGEST_NAME or any(ord(letter) < 32 for letter in name)
    if is_odd or ".." in ways or ways[0] == "" or ways[0].endswith(":"):
        raise ArchiveNotPlain(_shown(name), Oddity.NAME)
    kind = stat.S_IFMT(part.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveNotPlain(_shown(name), Oddity.LINK)
    if part.flag_bits & _ENCRYPTED:
        raise ArchiveNotPlain(_shown(name), Oddity.PASSWORD)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveNotPlain(_shown(name), Oddity.METHOD)
    if _ARCHIVES.search(name):
        raise ArchiveNotPlain(_shown(name), Oddity.NESTED)


def _check_names(parts: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.filename.casefold()
        if name in seen:
            raise ArchiveNotPlain(_shown(name), Oddity.TWICE)
        seen.add(name)


def _check_nested(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Under whatever name: the first bytes tell."""
    for part in parts:
        if part.file_size:
            with archive.open(part) as opened:
                if opened.read(6).startswith(_BEGINS_ARCHIVE):
                    raise ArchiveNotPlain(_shown(part.filename), Oddity.NESTED)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name) or "?"
