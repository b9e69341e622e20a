"""From the bytes of a file to lines that COPY takes, in chunks: memory grows neither with the file nor with what is
wrong in it.

Two spellings of one line become the same line here, for every feed: line ends, byte order marks, frames, invisible
characters and padding are gone, so that the hash of a line is that of what it says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Protocol

from domain.feeds import marks
from domain.feeds import statements as said
from domain.feeds.batch_files import FileRefused

CHUNK_BYTES = 8 << 20
LONGEST_LINE_BYTES = 1 << 20
# Below this many non-ASCII bytes a text can be valid in both encodings by chance.
TELLING_BYTES = 24
_OTHER = {"gb18030": "utf-8", "utf-8": "gb18030"}

# No line that can be read holds these, so before a line that cannot they say why.
BROKEN = "\x02"
OTHER_ENCODING = "\x03"
WIDTH = "\x04"
"""Of a line of fixed width that has another one."""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Lines(Protocol):
    """What stages lines asks of whatever reads them."""

    encoding: str
    rows: int
    marks: int
    first_marked: int
    size_bytes: int

    @property
    def first_number(self) -> int: ...

    def copy_text(self, file: BinaryIO) -> Iterator[bytes]: ...


@dataclass
class Decoder:
    """Decodes one file. A line that cannot be read is told by its first character and has its bytes as escapes.

    `rows` counts lines, `marks` what was dropped from them, the first of it in line `first_marked`.
    """

    encoding: str
    rows: int = 0
    marks: int = 0
    first_marked: int = 0
    first_line: str | None = None
    size_bytes: int = 0

    def __post_init__(self) -> None:
        self._hash = sha256()
        self._is_told = False

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def first_number(self) -> int:
        """The number of the first line that is a row."""
        return 1

    def copy_text(self, file: BinaryIO) -> Iterator[bytes]:
        """The file as COPY text of one column, UTF-8."""
        for chunk in self._whole_lines(file):
            if self.first_line is None:
                chunk = self._without_head(chunk)
            self._tell_encoding(chunk)
            before = self.rows
            encoded = self._tidy(self._decode(chunk), before)
            if self.first_line is None:
                self.first_line = encoded.split(b"\n", 1)[0].decode()
            if b"\\" in encoded:
                encoded = encoded.replace(b"\\", b"\\\\")
            yield encoded

    def _whole_lines(self, file: Readable) -> Iterator[bytes]:
        rest = b""
        while read := file.read(CHUNK_BYTES):
            self._note_read(read)
            cut = read.rfind(b"\n") + 1
            if cut == 0:
                rest += read
            else:
                yield rest + read[:cut]
                rest = read[cut:]
            if len(rest) > LONGEST_LINE_BYTES and cut == 0:
                raise FileRefused(said.LINE_TOO_LONG())
        if not rest:
            return
        if marks.unframed(rest):
            yield rest + b"\n"
        else:  # DOS ends a file with SUB, after its last line
            self._count_mark(self.rows)

    def _note_read(self, read: bytes) -> None:
        self._hash.update(read)
        self.size_bytes += len(read)

    def _without_head(self, chunk: bytes) -> bytes:
        if chunk.startswith(marks.UTF_16_MARKS):
            raise FileRefused(said.ENCODING_FOUND(declared=self.encoding.upper(), found="UTF-16"))
        if not chunk.startswith(marks.UTF_8_MARK):
            return chunk
        self._count_mark(1)
        return chunk.removeprefix(marks.UTF_8_MARK)

    def _tell_encoding(self, chunk: bytes) -> None:
        """UTF-8 read as GB18030 often passes without an error and yields rubbish, so the other encoding is tried."""
        if self._is_told or chunk.isascii():
            return
        self._is_told = True
        if sum(byte > 0x7F for byte in chunk[:65536]) < TELLING_BYTES:
            return
        other = _OTHER[self.encoding]
        if self.encoding == "gb18030" and not _is(chunk, "utf-8"):
            return
        if self.encoding == "utf-8" and (_is(chunk, "utf-8") or not _is(chunk, "gb18030")):
            return
        raise FileRefused(said.ENCODING_FOUND(declared=self.encoding.upper(), found=other.upper()))

    def _decode(self, chunk: bytes) -> str:
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n")
        if not marks.has_controls(chunk) and not self._may_be_mixed(chunk):
            try:
                text = chunk.decode(self.encoding)
            except UnicodeDecodeError:
                return self._by_line(chunk)
            self.rows += text.count("\n")
            return text
        return self._by_line(chunk)

    def _may_be_mixed(self, chunk: bytes) -> bool:
        return self.encoding == "gb18030" and (
            marks.may_hold_utf_8(chunk) or b"\n" + marks.UTF_8_MARK in chunk
        )

    def _by_line(self, chunk: bytes) -> str:
        lines = []
        for raw in chunk[:-1].split(b"\n"):
            self.rows += 1
            lines.append(self._line(raw))
        return "\n".join(lines) + "\n"

    def _line(self, raw: bytes) -> str:
        kept = raw.removeprefix(marks.UTF_8_MARK)  # where files were joined
        if self._has_controls(kept):
            kept = self._unframed(kept)
            if not kept or self._has_controls(kept):
                return self._broken(raw)
        if self._is_other(kept):
            return OTHER_ENCODING + marks.shown(kept, _OTHER[self.encoding])
        try:
            line = self._text_of_line(kept)
        except UnicodeDecodeError:
            return self._broken(raw)
        if len(kept) != len(raw):
            self._count_mark(self.rows)
        return line

    def _has_controls(self, raw: bytes) -> bool:
        return marks.has_controls(raw)

    def _unframed(self, raw: bytes) -> bytes:
        return marks.unframed(raw)

    def _text_of_line(self, raw: bytes) -> str:
        """Raises UnicodeDecodeError."""
        return raw.decode(self.encoding)

    def _broken(self, raw: bytes) -> str:
        return BROKEN + marks.shown(raw, self.encoding)

    def _is_other(self, raw: bytes) -> bool:
        """Whether a line is surely in the other encoding: at least two Chinese characters, and nothing against it."""
        if raw.isascii():
            return False
        if self.encoding == "gb18030":
            return marks.may_hold_utf_8(raw) and _is(raw, "utf-8")
        telling = sum(byte > 0x7F for byte in raw)
        return telling >= 4 and not _is(raw, "utf-8") and _is(raw, "gb2312")

    def _tidy(self, text: str, rows_before: int) -> bytes:
        """The lines in UTF-8 without invisible characters and padding."""
        encoded = text.encode()
        if marks.holds_invisible(encoded) and (first := marks.INVISIBLE.search(text)):
            line = rows_before + text.count("\n", 0, first.start()) + 1
            text, dropped = marks.INVISIBLE.subn("", text)
            self._count_mark(line, dropped)
            encoded = text.encode()
        if marks.may_be_padded(encoded):
            encoded = marks.unpadded(text).encode()
        return encoded

    def _count_mark(self, line: int, count: int = 1) -> None:
        self.first_marked = self.first_marked or max(line, 1)
        self.marks += count


def _is(chunk: bytes, encoding: str) -> bool:
    try:
        chunk.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
