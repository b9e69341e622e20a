"""The bytes of a file as they lie there, hashed, and unpacked or brought to UTF-8 where they are packed or UTF-16."""

import codecs
import gzip
import zlib
from hashlib import sha256
from typing import BinaryIO

from domain.feeds.adapters import problems as said
from domain.feeds.batch_files import FileRefused, FileUnfinished
from domain.feeds.decoding import Readable

HIGHEST_RATIO = 250
"""Of unpacked to packed bytes; lists of accounts come to thirty."""
FREE_BYTES = 64 << 20
"""So much is unpacked before a ratio is asked for."""


class Hashed:
    """Reads through and knows the hash and the size of what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = sha256()
        self.size_bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        read = self._file.read(size)
        self._hash.update(read)
        self.size_bytes += len(read)
        return read

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class Unpacked:
    """A gzip file unpacked as it is read. Half a file is one that is not finished; a bomb is refused."""

    def __init__(self, packed: Hashed) -> None:
        self._packed = packed
        self._file = gzip.GzipFile(fileobj=packed)  # type: ignore[call-overload]
        self._size_bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            read: bytes = self._file.read(size)
        except EOFError:
            raise FileUnfinished(said.GZIP_CUT()) from None
        except (gzip.BadGzipFile, zlib.error):
            raise FileRefused(said.NOT_GZIP()) from None
        self._size_bytes += len(read)
        allowed = FREE_BYTES + HIGHEST_RATIO * self._packed.size_bytes
        if self._size_bytes > allowed:
            raise FileRefused(said.GZIP_BOMB(ratio=HIGHEST_RATIO))
        return read


class InUtf8:
    """UTF-16 as UTF-8. What is no character becomes U+FFFD, which no key may have."""

    def __init__(self, file: Readable, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1, /) -> bytes:
        read = self._file.read(size)
        text = self._decoder.decode(read, final=not read)
        while not text and read:  # half a character is no end of the file
            read = self._file.read(size)
            text = self._decoder.decode(read, final=not read)
        return text.encode("utf-8", "replace")
