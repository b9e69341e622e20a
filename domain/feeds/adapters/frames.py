"""The frame of a file's lines: which bytes are none of a text where a delimiter of its own is one of them."""

import re
from dataclasses import dataclass
from functools import cached_property

from domain.feeds import marks
from domain.feeds.contracts import DELIMITER

STAND_IN = "|＠|"
"""What stands for the canonical delimiter where it is part of a value of a file with another one."""


@dataclass(frozen=True)
class Frame:
    """`delimiter` as the file writes it; `encoding` of its bytes."""

    delimiter: str
    encoding: str

    @cached_property
    def _bytes(self) -> bytes:
        return self.delimiter.encode(self.encoding)

    @cached_property
    def controls(self) -> bytes:
        return bytes(byte for byte in marks.CONTROLS if byte not in self._bytes)

    @cached_property
    def _edge(self) -> bytes:
        return bytes(byte for byte in self.controls + b" \t" if byte not in self._bytes)

    @cached_property
    def _nul_padding(self) -> re.Pattern[bytes]:
        return re.compile(rb"\x00+(?=%b|$)" % re.escape(self._bytes))

    def has_controls(self, raw: bytes) -> bool:
        return len(raw.translate(None, self.controls)) != len(raw)

    def unframed(self, raw: bytes) -> bytes:
        """A line without the control characters at its ends and without the NULs that fill its columns."""
        kept = raw.strip(self._edge)
        return self._nul_padding.sub(b"", kept) if b"\0" in kept else kept

    def parted(self, text: str) -> str:
        """Lines with the canonical delimiter between their parts."""
        if self.delimiter == DELIMITER:
            return text
        if DELIMITER in text:
            text = text.replace(DELIMITER, STAND_IN)
        return text.replace(self.delimiter, DELIMITER)

    def shown(self, raw: bytes) -> bytes:
        """A line that cannot be read, with the canonical delimiter where its own stands."""
        return raw.replace(self._bytes, DELIMITER.encode())
