"""The files that a description means, wherever their folders lie.

Folders are opened one from the other and never through a link; nothing is written, moved or locked.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.feeds.adapters.naming import Found, Pattern
from domain.feeds.adapters.versions import Version
from domain.feeds.batch_files import (
    BatchName,
    LandingUnreadable,
    open_landing,
)


@dataclass(frozen=True)
class Entry:
    """A file that a description means: `folder` as it lies below the landing folder or from the root."""

    version: Version
    folder: str
    name: str
    data_date: date
    sequence: int

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name

    @property
    def batch(self) -> BatchName:
        return BatchName(self.version.feed, self.data_date, self.sequence, self.version.source)

    @property
    def control_name(self) -> str | None:
        pattern = self.version.adapter.control.name
        return None if pattern is None else pattern.filled(self.data_date, _digits(self), self.name)


def _digits(entry: Entry) -> str:
    """The sequence as the name writes it, noughts in front included."""
    found = entry.version.adapter.file.name.digits(entry.name)
    return found or str(entry.sequence)


@contextmanager
def open_folder(landing: int, folder: str) -> Iterator[int]:
    """A handle of a folder below the landing folder, or of one named from the root. Raises LandingUnreadable."""
    if folder.startswith("/"):
        with open_landing(Path(folder)) as handle:
            yield handle
        return
    opened = os.dup(landing)
    try:
        for part in folder.split("/") if folder else ():
            try:
                inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=opened)
            except OSError as problem:
                raise LandingUnreadable(problem=str(problem.strerror)) from None
            os.close(opened)
            opened = inner
        yield opened
    finally:
        os.close(opened)


def entries_of(landing: int, version: Version, until: date) -> list[Entry]:
    """In the order of days and sequences. Where names have no sequence, it is their order within a day."""
    form = version.adapter.file
    by_day: dict[date, list[tuple[str, str, int | None]]] = {}
    for folder, told in _folders(landing, form.folder):
        with suppress(LandingUnreadable), open_folder(landing, folder) as handle:
            for name in os.listdir(handle):
                if _is_control(version, name):
                    continue
                own = form.name.match(name)
                both = None if own is None else own.with_more(told)
                day = None if both is None else both.date
                if both is None or day is None or day > until or not version.holds_on(day):
                    continue
                if _is_plain(handle, name):
                    by_day.setdefault(day, []).append((name, folder, both.sequence))
    entries = []
    for day, files in sorted(by_day.items()):
        for place, (name, folder, sequence) in enumerate(sorted(files), start=1):
            entries.append(Entry(version, folder, name, day, place if sequence is None else sequence))
    return sorted(entries, key=lambda entry: (entry.data_date, entry.sequence, entry.name))


def _is_control(version: Version, name: str) -> bool:
    """A wide pattern of data files fits their control files too."""
    control = version.adapter.control.name
    return control is not None and control.match(name) is not None


def _is_plain(handle: int, name: str) -> bool:
    """A control file may fit a wide pattern too; links, pipes and folders are none of the bank's files."""
    try:
        name.encode()
        kind = os.stat(name, dir_fd=handle, follow_symlinks=False)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(kind.st_mode) and kind.st_nlink == 1


def _folders(landing: int, pattern: Pattern | None) -> list[tuple[str, Found]]:
    """The folders that a pattern means, with what their names say."""
    if pattern is None:
        return [("", Found())]
    is_from_root = pattern.text.startswith("/")
    found: list[tuple[str, Found]] = [("", Found())]
    for part in pattern.text.lstrip("/").split("/"):
        found = [one for before in found for one in _inner(landing, before, part, is_from_root)]
    return found


def _inner(landing: int, before: tuple[str, Found], part: str, is_from_root: bool) -> list[tuple[str, Found]]:
    path, told = before
    here = path or ("/" if is_from_root else "")
    if not Pattern(part).holes:
        return [(f"{path}/{part}" if path or is_from_root else part, told)]
    inner = []
    with suppress(LandingUnreadable), open_folder(landing, here) as handle:
        for name in sorted(os.listdir(handle)):
            own = Pattern(part).match(name)
            both = None if own is None else told.with_more(own)
            if both is not None:
                inner.append((f"{path}/{name}" if path or is_from_root else name, both))
    return inner
