"""From the bytes of a bank's own file to lines that COPY takes: parts in the file's order, `|@|` between them.

The work is done a chunk at a time (replacing, cutting by `struct`, the reader of the csv module), and line by line only
where something is wrong. What holds for canonical files holds here: `domain.feeds.decoding` has it.
"""

import csv
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from domain.feeds import marks
from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import FileForm, Format
from domain.feeds.adapters.frames import STAND_IN, Frame
from domain.feeds.adapters.opened import Hashed, InUtf8, Unpacked
from domain.feeds.batch_files import FileRefused
from domain.feeds.contracts import DELIMITER
from domain.feeds.decoding import BROKEN, OTHER_ENCODING, WIDTH, Decoder, Readable

_CUT = b"\x1d"
_LONGEST_RECORD_LINES = 50
_LAST_LINES = 10
_LONGEST_HEADER_BYTES = 1 << 16
_BAD = (BROKEN, OTHER_ENCODING, WIDTH)
_JOINED = DELIMITER.join
_STRIPPED = bytes.strip


@dataclass
class FileLines(Decoder):
    """Decodes one file by its form. `header` are the parts of the last header line, `trailer` the last lines, parted,
    that are no rows, with their bytes."""

    form: FileForm = field(kw_only=True)
    header: tuple[str, ...] = ()
    trailer: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._raw: Hashed | None = None
        self._header_left = self.form.header_lines
        self._held = b""
        self._quoted = ""  # of a record whose quotes are still open

    @property
    def sha256(self) -> str:
        return "" if self._raw is None else self._raw.sha256

    @property
    def first_number(self) -> int:
        return self.form.header_lines + 1

    def copy_text(self, file: BinaryIO) -> Iterator[bytes]:
        self._raw = Hashed(file)
        opened: Readable = Unpacked(self._raw) if self.form.is_gzipped else self._raw
        if self.form.encoding.startswith("utf-16"):
            opened = InUtf8(opened, self.form.encoding)
            self._is_told = True
        for chunk in self._rows_of(opened):
            before = self.rows
            encoded = self._tidy(self._decode(chunk), before)
            if self.first_line is None:
                self.first_line = encoded.split(b"\n", 1)[0].decode()
            if b"\\" in encoded:
                encoded = encoded.replace(b"\\", b"\\\\")
            yield encoded
        self.size_bytes = self._raw.size_bytes
        if self._quoted:
            yield from self._unclosed()
        if self._header_left:
            raise FileRefused(said.NO_LINES())

    def _rows_of(self, opened: Readable) -> Iterator[bytes]:
        """The file in chunks of whole lines without its header and its trailer."""
        is_first = True
        for chunk in self._whole_lines(opened):
            if b"\r" in chunk:
                chunk = chunk.replace(b"\r\n", b"\n")
            if is_first:
                chunk, is_first = self._without_head(chunk), False
            self._tell_encoding(chunk)
            if self._header_left:
                chunk = self._without_header(chunk)
            chunk = self._without_trailer(chunk)
            if chunk:
                yield chunk
        rest = self._end_of_rows()
        if rest:
            yield rest

    def _without_head(self, chunk: bytes) -> bytes:
        """Whoever writes CSV for sheets puts a mark before it: nothing to tell anybody about."""
        if self.form.format is Format.CSV and self.encoding == "utf-8":
            chunk = chunk.removeprefix(marks.UTF_8_MARK)
        return super()._without_head(chunk)

    def _without_header(self, chunk: bytes) -> bytes:
        chunk = self._held + chunk
        self._held = b""
        while self._header_left:
            end = chunk.find(b"\n")
            if self.form.format is Format.CSV:  # names over two lines, in quotes
                quote = self.form.quote.encode()
                while end >= 0 and chunk.count(quote, 0, end) % 2 and end < _LONGEST_HEADER_BYTES:
                    end = chunk.find(b"\n", end + 1)
            if end < 0:
                self._held = chunk
                return b""
            self._header_left -= 1
            if not self._header_left:
                self.header = self._parts(chunk[:end])
            chunk = chunk[end + 1 :]
        return chunk

    def _parts(self, raw: bytes) -> tuple[str, ...]:
        if self.form.format is Format.FIXED:
            raw = raw.ljust(sum(self.form.widths))
        text = self._tidy(self._decode(raw + b"\n"), 0).decode().rstrip("\n")
        self.rows, self._quoted = 0, ""
        if text.startswith(_BAD):
            return ()
        return tuple(text.split(DELIMITER))

    @property
    def _held_lines(self) -> int:
        return _LAST_LINES if self.form.trailer_starts else self.form.trailer_lines

    def _without_trailer(self, chunk: bytes) -> bytes:
        """Holds back so many lines as may be the trailer, and the empty ones that may stand behind it."""
        if not self._held_lines:
            return chunk
        chunk = self._held + chunk
        end = len(chunk)
        for _ in range(self._held_lines + 3):
            end = chunk.rfind(b"\n", 0, max(end - 1, 0)) + 1
            if end == 0:
                break
        self._held = chunk[end:]
        return chunk[:end]

    def _end_of_rows(self) -> bytes:
        """What was held back and is no trailer. The trailer is kept, parted by the delimiter."""
        if not self._held_lines or self._header_left:
            return b""
        lines = self._held.split(b"\n")[:-1]
        while lines and not self._frame.unframed(lines[-1]):
            lines.pop()
        starts = self.form.trailer_starts.encode(self.encoding)
        if starts:
            first = len(lines)
            while first and lines[first - 1].lstrip(b"\x02 ").startswith(starts):
                first -= 1
        else:
            first = max(len(lines) - self.form.trailer_lines, 0)
        self.trailer = [self._frame.unframed(line).decode(self.encoding, "replace") for line in lines[first:]]
        return b"".join(line + b"\n" for line in lines[:first])

    def _note_read(self, read: bytes) -> None:
        """Hashed where it lies, before it was unpacked."""

    @cached_property
    def _frame(self) -> Frame:
        delimiter = _CUT.decode() if self.form.format is Format.FIXED else self.form.delimiter
        return Frame(delimiter, self.encoding)

    @cached_property
    def _row(self) -> struct.Struct:
        return struct.Struct("".join(f"{width}s" for width in self.form.widths) + "x")

    def _has_controls(self, raw: bytes) -> bool:
        if self.form.format is Format.FIXED:
            return marks.has_controls(raw)
        return self._frame.has_controls(raw)

    def _unframed(self, raw: bytes) -> bytes:
        if self.form.format is Format.FIXED:
            return raw.strip(b"\x02\x03\x0c\x1a").replace(b"\0", b" ")
        return self._frame.unframed(raw)

    def _decode(self, chunk: bytes) -> str:
        if self._has_controls(chunk) or self._may_be_mixed(chunk):
            return self._recorded(self._by_line(chunk))
        cut = self._cut(chunk) if self.form.format is Format.FIXED else chunk
        if cut is None:
            return self._by_line(chunk)
        try:
            text = cut.decode(self.encoding)
        except UnicodeDecodeError:
            return self._recorded(self._by_line(chunk))
        if self.form.format is not Format.CSV:
            self.rows += text.count("\n")
            return self._frame.parted(text)
        if self.form.quote not in text and not self._quoted:
            self.rows += text.count("\n")
            return self._frame.parted(text)
        self.rows += text.count("\n")
        return self._recorded(text)

    def _cut(self, chunk: bytes) -> bytes | None:
        """Lines of fixed width as parts; None where one has another width."""
        size = self._row.size
        count, rest = divmod(len(chunk), size)
        if rest or chunk[size - 1 :: size].count(b"\n") != count or chunk.count(b"\n") != count:
            return None
        # Nearly every part is filled up with blanks: here they go at the least cost.
        return b"\n".join([_CUT.join(map(_STRIPPED, row)) for row in self._row.iter_unpack(chunk)]) + b"\n"

    def _text_of_line(self, raw: bytes) -> str:
        if self.form.format is Format.CSV:
            return raw.decode(self.encoding)  # parted when the whole record is there
        if self.form.format is not Format.FIXED:
            return self._frame.parted(raw.decode(self.encoding))
        size = self._row.size - 1
        last = size - self.form.widths[-1]
        if (len(raw) < size and len(raw) <= last) or raw[size:].strip(b" "):
            return WIDTH + marks.shown(raw, self.encoding)
        cut = _CUT.join(next(self._row.iter_unpack(raw[:size].ljust(size) + b"\n")))
        return self._frame.parted(cut.decode(self.encoding))

    def _broken(self, raw: bytes) -> str:
        return BROKEN + marks.shown(self._frame.shown(raw), self.encoding)

    def _recorded(self, text: str) -> str:
        """Quoted lines as records, a line break inside of quotes made a blank. One whose quotes do not close within
        some lines is bad alone: what follows is read anew."""
        if self.form.format is not Format.CSV:
            return text
        lines = (self._quoted + text).split("\n")[:-1]
        self._quoted = ""
        whole = self._at_once(lines)
        if whole is not None:
            return whole
        records: list[str] = []
        at = 0
        while at < len(lines):
            size = self._record_lines(lines, at)
            if size == 0:
                if len(lines) - at < _LONGEST_RECORD_LINES:
                    self._quoted = "\n".join(lines[at:]) + "\n"
                    break
                records.append(BROKEN + lines[at])
                size = 1
            else:
                records.append(self._record(lines[at : at + size]))
                self.rows -= size - 1
            at += size
        return "".join(record + "\n" for record in records)

    def _at_once(self, lines: list[str]) -> str | None:
        """Lines that are records each; None where one is not, or is bad."""
        quote = self.form.quote
        if len(self.form.delimiter) != 1 or any(line.count(quote) % 2 or line[:1] in _BAD for line in lines):
            return None
        reader = csv.reader(lines, delimiter=self.form.delimiter, quotechar=quote, strict=True)
        try:
            text = "\n".join(map(_JOINED, map(_without_delimiter, reader)))
        except csv.Error:
            return None
        return text + "\n" if lines else ""

    def _record_lines(self, lines: list[str], at: int) -> int:
        """How many lines a record has; 0 where its quotes do not close."""
        if lines[at].startswith(_BAD):
            return 1
        quotes = 0
        for size, line in enumerate(lines[at : at + _LONGEST_RECORD_LINES], start=1):
            quotes += line.count(self.form.quote)
            if quotes % 2 == 0:
                return size
        return 0

    def _record(self, lines: list[str]) -> str:
        if lines[0].startswith(_BAD) or not lines[0]:
            return lines[0]
        if len(self.form.delimiter) == 1:
            reader = csv.reader(
                ["\n".join(lines)], delimiter=self.form.delimiter, quotechar=self.form.quote, strict=True
            )
            try:
                parts = next(reader)
            except csv.Error:
                return BROKEN + " ".join(lines)
        else:
            parts = " ".join(lines).split(self.form.delimiter)
            parts = [part.strip(self.form.quote) for part in parts]
        return DELIMITER.join(_without_delimiter(parts)).replace("\n", " ")

    def _unclosed(self) -> Iterator[bytes]:
        """The end of a file within quotes: its first line is bad, the others are what they are."""
        while self._quoted:
            first, _, rest = self._quoted.partition("\n")
            self._quoted = ""
            text = BROKEN + first + "\n" + (self._recorded(rest) if rest else "")
            yield self._tidy(text, self.rows).replace(b"\\", b"\\\\")


def _without_delimiter(parts: list[str]) -> list[str]:
    """Nothing is copied where nothing is in the way, which is nearly always."""
    if "|@|" in "".join(parts):
        return [part.replace(DELIMITER, STAND_IN) for part in parts]
    return parts
