"""From the bytes of a file to lines that COPY takes, in chunks: memory does not grow with the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

from domain.feeds import statements as said
from domain.feeds.batch_files import FileRefused

CHUNK_BYTES = 8 << 20
LONGEST_LINE_BYTES = 1 << 20
# Below this many non-ASCII bytes a text can be valid in both encodings by chance.
TELLING_BYTES = 24
# More broken lines than this share say that the file as a whole is not what it claims to be.
BROKEN_SHARE = 0.01
BROKEN_ALLOWED = 20
# Bytes that PostgreSQL's text cannot hold, or that would divide a line of the staging table.
_FORBIDDEN = ("\x00", "\x01")
_OTHER = {"gb18030": "utf-8", "utf-8": "gb18030"}


@dataclass
class Decoder:
    """Decodes one file. A line with broken bytes becomes an empty one here and is kept in `broken` with its number."""

    encoding: str
    rows: int = 0
    broken: list[tuple[int, str]] = field(default_factory=list)
    first_line: str | None = None
    size_bytes: int = 0

    def __post_init__(self) -> None:
        self._hash = sha256()
        self._is_told = False

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def copy_text(self, file: BinaryIO) -> Iterator[bytes]:
        """The file as COPY text of one column, UTF-8."""
        for chunk in self._whole_lines(file):
            self._tell_encoding(chunk)
            text = self._decode(chunk)
            if self.first_line is None:
                self.first_line = text.split("\n", 1)[0]
            if "\\" in text:
                text = text.replace("\\", "\\\\")
            yield text.encode()
        if len(self.broken) > max(BROKEN_ALLOWED, BROKEN_SHARE * self.rows):
            raise FileRefused(
                said.BROKEN(declared=self.encoding.upper(), rows=self.rows, broken=len(self.broken))
            )

    def _whole_lines(self, file: BinaryIO) -> Iterator[bytes]:
        rest = b""
        while read := file.read(CHUNK_BYTES):
            self._hash.update(read)
            self.size_bytes += len(read)
            cut = read.rfind(b"\n") + 1
            if cut == 0:
                rest += read
            else:
                yield rest + read[:cut]
                rest = read[cut:]
            if len(rest) > LONGEST_LINE_BYTES and cut == 0:
                raise FileRefused(said.LINE_TOO_LONG())
        if rest:
            yield rest + b"\n"

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
        try:
            text = chunk.decode(self.encoding)
        except UnicodeDecodeError:
            return self._by_line(chunk)
        if "\r" in text or any(letter in text for letter in _FORBIDDEN):
            return self._by_line(chunk)
        self.rows += text.count("\n")
        return text

    def _by_line(self, chunk: bytes) -> str:
        lines = []
        for raw in chunk[:-1].split(b"\n"):
            self.rows += 1
            try:
                line = raw.decode(self.encoding)
            except UnicodeDecodeError:
                line = "\x00"
            if "\r" in line or any(letter in line for letter in _FORBIDDEN):
                shown = raw.decode(self.encoding, "backslashreplace")
                for letter in (*_FORBIDDEN, "\r"):
                    shown = shown.replace(letter, f"\\x{ord(letter):02x}")
                self.broken.append((self.rows, shown))
                line = ""
            lines.append(line)
        return "\n".join(lines) + "\n"


def _is(chunk: bytes, encoding: str) -> bool:
    try:
        chunk.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
