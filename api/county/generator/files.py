"""A feed's file on the way to the landing folder: written aside, renamed in, control file last."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from domain.feeds.contracts import Feed

_FLUSH_BYTES = 1 << 20


@dataclass(frozen=True)
class Mark:
    """Bytes before the first line or behind the last; `rows` of them are counted as lines by whoever sends them."""

    kind: str
    head: bytes = b""
    tail: bytes = b""
    rows: int = 0


class FeedFile:
    """Takes lines, counts rows and fen, and appears under its name only when it is whole."""

    def __init__(
        self, landing: Path, feed: Feed, day: date, sequence: int = 1, mark: Mark | None = None
    ) -> None:
        self.feed = feed
        self.day = day
        self.name = f"{feed.name}_{day:%Y%m%d}_{sequence}"
        self.rows = 0
        self.amount_fen = 0
        self._landing = landing
        self._part = landing / f"{self.name}.dat.part"
        self._hash = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._handle: BinaryIO = self._part.open("wb")
        self._mark = mark or Mark("")
        self.write(self._mark.head, self._mark.rows)

    def write(self, lines: bytes, rows: int, amount_fen: int = 0) -> None:
        """Adds whole lines; `amount_fen` is the sum over those whose amount can be read."""
        self.rows += rows
        self.amount_fen += amount_fen
        self._waiting.append(lines)
        self._waiting_bytes += len(lines)
        if self._waiting_bytes >= _FLUSH_BYTES:
            self._flush()

    def write_text(self, lines: list[str], amount_fen: int = 0) -> None:
        self.write("".join(lines).encode(self.feed.encoding), len(lines), amount_fen)

    def finish(self, *, with_control: bool = True) -> None:
        """Renames the file in and writes its control file, which tells the night that the file is whole."""
        self._waiting.append(self._mark.tail)
        self._flush()
        self._handle.close()
        self._part.replace(self._landing / f"{self.name}.dat")
        if not with_control:
            return
        part = self._landing / f"{self.name}.ctl.part"
        part.write_text(self.control(), encoding="ascii")
        part.replace(self._landing / f"{self.name}.ctl")

    def abandon(self) -> None:
        """Takes the half-written file away."""
        self._handle.close()
        self._part.unlink(missing_ok=True)

    def control(self) -> str:
        amount = yuan(self.amount_fen) if self.feed.amount else ""
        return (
            f"rows={self.rows}\namount_sum={amount}\nsha256={self._hash.hexdigest()}\n"
            f"encoding={self.feed.encoding}\nmode=full\n"
        )

    def _flush(self) -> None:
        block = b"".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        self._hash.update(block)
        self._handle.write(block)


def yuan(fen: int) -> str:
    """Whole fen as yuan with two decimals."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
