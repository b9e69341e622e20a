"""The parts of a packed file, unpacked piece by piece and never trusted: what its table of contents says is checked
first, and what comes out is compared with it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.shared.sheets.errors import Measure, SheetNotPlain, SheetNotWhole, SheetTooLarge
from domain.shared.sheets.limits import (
    MOST_BYTES,
    MOST_BYTES_UNPACKED,
    MOST_ENTRIES,
    MOST_RATIO,
    RATIO_COUNTS_FROM_BYTES,
)

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_END = 65_557 + 76
_MOST_BYTES_OF_AN_ENTRY = 1_024
_LOCAL_HEADER = 30
_PIECE = 2**20
_ENCRYPTED = 0x1
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


@dataclass(frozen=True)
class Part:
    name: str
    offset: int
    bytes_packed: int
    bytes_unpacked: int
    is_deflated: bool


@dataclass(frozen=True)
class Packed:
    """A file whose table of contents keeps within the limits; `name` is the person's own for it."""

    path: Path
    name: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.name == name), None)

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part in pieces of a mebibyte. Raises `SheetNotWhole` where there is more or less of it than was said."""
        unpacked = 0
        for piece in self._unpack(part):
            if unpacked == 0 and piece.startswith(_ARCHIVES):
                raise SheetNotPlain(self.name, part.name)
            unpacked += len(piece)
            if unpacked > part.bytes_unpacked:
                break
            yield piece
        if unpacked != part.bytes_unpacked:
            raise SheetNotWhole(self.name, part.name)

    def _unpack(self, part: Part) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(part.offset)
            header = file.read(_LOCAL_HEADER)
            if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
                raise SheetNotWhole(self.name, part.name)
            name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
            file.seek(name_bytes + extra_bytes, 1)
            left = part.bytes_packed
            if not part.is_deflated:
                while left and (piece := file.read(min(left, _PIECE))):
                    left -= len(piece)
                    yield piece
                return
            unpacker = zlib.decompressobj(-15)
            try:
                while left and (packed := file.read(min(left, _PIECE // 16))):
                    left -= len(packed)
                    while packed:
                        if piece := unpacker.decompress(packed, _PIECE):
                            yield piece
                        packed = unpacker.unconsumed_tail
                if piece := unpacker.flush():
                    yield piece
            except zlib.error as error:
                raise SheetNotWhole(self.name, part.name) from error
            if not unpacker.eof:
                raise SheetNotWhole(self.name, part.name)


def measured(path: Path, name: str) -> Packed:
    """The table of contents, where it keeps within the limits (`limits`). Nothing is unpacked."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SheetTooLarge(name, Measure.BYTES, size, MOST_BYTES)
    _check_contents(path, name, size)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise SheetNotWhole(name) from error
    if len(entries) > MOST_ENTRIES:
        raise SheetTooLarge(name, Measure.ENTRIES, len(entries), MOST_ENTRIES)
    _check_sizes(name, entries)
    _check_apart(name, entries, size)
    parts = (
        Part(one.filename, one.header_offset, one.compress_size, one.file_size, one.compress_type != 0)
        for one in entries
        if not one.is_dir()
    )
    return Packed(path, name, tuple(parts))


def _check_contents(path: Path, name: str, size: int) -> None:
    """How many entries the end of the file announces, before Python makes an object of each."""
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise SheetNotWhole(name)
    entries, contents_bytes = struct.unpack("<HI", tail[at + 10 : at + 16])
    if at >= 76 and tail[at - 20 : at - 16] == _END_64:
        more, longer = struct.unpack("<QQ", tail[at - 44 : at - 28])
        entries, contents_bytes = max(entries, more), max(contents_bytes, longer)
    found = max(entries, contents_bytes // _MOST_BYTES_OF_AN_ENTRY)
    if found > MOST_ENTRIES:
        raise SheetTooLarge(name, Measure.ENTRIES, found, MOST_ENTRIES)


def _check_sizes(name: str, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(one.file_size for one in entries)
    if unpacked > MOST_BYTES_UNPACKED:
        raise SheetTooLarge(name, Measure.UNPACKED, unpacked, MOST_BYTES_UNPACKED)
    for one in entries:
        ratio = one.file_size // max(1, one.compress_size)
        if ratio > MOST_RATIO and one.file_size > RATIO_COUNTS_FROM_BYTES:
            raise SheetTooLarge(name, Measure.RATIO, ratio, MOST_RATIO)
        if one.flag_bits & _ENCRYPTED or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SheetNotPlain(name, one.filename)


def _check_apart(name: str, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Parts that lie over one another are unpacked many times from the same bytes."""
    end = 0
    for one in sorted(entries, key=lambda entry: entry.header_offset):
        if one.header_offset < end:
            raise SheetNotWhole(name, one.filename)
        end = one.header_offset + _LOCAL_HEADER + one.compress_size
    if end > size:
        raise SheetNotWhole(name)
