"""Where bytes are put. A folder by default (`api/files/folder.py`); the rows say what they are."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID


class IncomingBusy(Exception):
    """Another request is writing this very file."""


@dataclass(frozen=True)
class Kept:
    """What was kept, by its own fingerprint."""

    sha256: bytes
    size_bytes: int


class Incoming(Protocol):
    """A file that is being sent, open at its end for one writer."""

    @property
    def received_bytes(self) -> int: ...

    def write(self, chunk: bytes) -> None: ...

    def cut(self, size_bytes: int) -> None:
        """Back to so many bytes."""
        ...

    def sha256(self) -> bytes:
        """Of what lies there, read back: what the disk has and not what was meant to be written."""
        ...


class Storage(Protocol):
    """Incoming files by the id of their row, kept ones by their SHA-256; nobody else names a path."""

    def received_bytes(self, file_id: UUID) -> int: ...

    def open_incoming(self, file_id: UUID) -> AbstractContextManager[Incoming]:
        """Raises IncomingBusy."""
        ...

    def incoming_path(self, file_id: UUID) -> Path:
        """Where it lies, also when it does not."""
        ...

    def forget_incoming(self, file_id: UUID) -> None: ...

    def incoming_ids(self) -> list[tuple[UUID, datetime]]:
        """With when each was last written to."""
        ...

    def keep(self, path: Path) -> Kept:
        """Keep a copy; the same content once. The file at `path` stays."""
        ...

    def kept_path(self, sha256: bytes) -> Path:
        """A file to read, whole and unchanging. Raises FileLost."""
        ...

    def kept_ones(self) -> list[tuple[bytes, datetime]]:
        """With when each was last put there."""
        ...

    def forget_kept(self, sha256: bytes) -> None: ...
