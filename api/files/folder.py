"""Files in a folder (`YUNGE_FILES`): `incoming/<id>` while they come, `kept/ab/abcd…` by their SHA-256 afterwards.

Names are made here and never taken from anybody. Folders and files are the product's own user's alone, nothing is
executable, and no link is followed.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from domain.shared.files.errors import FileLost
from domain.shared.files.storage import IncomingBusy, Kept

_CHUNK = 1024 * 1024
_OWN = 0o600
_OWN_FOLDER = 0o700


@dataclass(frozen=True)
class OpenIncoming:
    """One writer's view of a file that comes; the lock is on the open file and goes with the process."""

    number: int
    path: Path

    @property
    def received_bytes(self) -> int:
        return os.fstat(self.number).st_size

    def write(self, chunk: bytes) -> None:
        left = memoryview(chunk)
        while left:
            left = left[os.write(self.number, left) :]

    def cut(self, size_bytes: int) -> None:
        os.ftruncate(self.number, size_bytes)

    def sha256(self) -> bytes:
        os.fsync(self.number)
        return _sha256(self.path)


@dataclass(frozen=True)
class FolderStorage:
    folder: Path

    def make(self) -> None:
        """The folders; more than one process may."""
        for place in (self.folder, self._incoming, self._kept):
            place.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)

    @property
    def _incoming(self) -> Path:
        return self.folder / "incoming"

    @property
    def _kept(self) -> Path:
        return self.folder / "kept"

    def incoming_path(self, file_id: UUID) -> Path:
        return self._incoming / file_id.hex

    def received_bytes(self, file_id: UUID) -> int:
        try:
            return self.incoming_path(file_id).lstat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def open_incoming(self, file_id: UUID) -> Iterator[OpenIncoming]:
        self.make()
        path = self.incoming_path(file_id)
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, _OWN)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IncomingBusy from None
            yield OpenIncoming(number, path)
        finally:
            os.close(number)

    def forget_incoming(self, file_id: UUID) -> None:
        self.incoming_path(file_id).unlink(missing_ok=True)

    def incoming_ids(self) -> list[tuple[UUID, datetime]]:
        found = []
        for path in self._files(self._incoming, "*"):
            with suppress(ValueError, FileNotFoundError):
                found.append((UUID(path.name), _touched_at(path)))
        return found

    def keep(self, path: Path) -> Kept:
        sha256, size = _sha256(path), path.stat().st_size
        final = self._path_of(sha256)
        final.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
        if final.is_file():
            # It may have been about to be swept: now it is as good as new.
            os.utime(final)
            return Kept(sha256, size)
        # Half a copy that a killed process leaves is swept as a file that nobody sends any more.
        partial = self.incoming_path(uuid4())
        try:
            with (
                path.open("rb") as source,
                os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN), "wb") as to,
            ):
                shutil.copyfileobj(source, to, _CHUNK)
                to.flush()
                os.fsync(to.fileno())
            partial.replace(final)
        finally:
            partial.unlink(missing_ok=True)
        _fsync_folder(final.parent)
        return Kept(sha256, size)

    def kept_path(self, sha256: bytes) -> Path:
        path = self._path_of(sha256)
        if not path.is_file():
            raise FileLost
        return path

    def kept_ones(self) -> list[tuple[bytes, datetime]]:
        found = []
        for path in self._files(self._kept, "*/*"):
            with suppress(ValueError, FileNotFoundError):
                found.append((bytes.fromhex(path.name), _touched_at(path)))
        return found

    def forget_kept(self, sha256: bytes) -> None:
        self._path_of(sha256).unlink(missing_ok=True)

    def _path_of(self, sha256: bytes) -> Path:
        name = sha256.hex()
        return self._kept / name[:2] / name

    def _files(self, folder: Path, pattern: str) -> list[Path]:
        return sorted(path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())


def _touched_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _fsync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
