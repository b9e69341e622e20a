"""The dry run: what a file would do. It writes nothing but, where asked, what it found."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.shared.imports.comparing import compared, is_open, wished
from domain.shared.imports.kinds import Change, ImportKind, Key, Tried
from domain.shared.imports.problems import KEPT
from domain.shared.rows import Rows
from domain.shared.sheets.records import Problem, read_records
from domain.shared.statements import Statement

ImportNotes = Callable[[Rows, str, date], Sequence[Statement]]
"""(rows, kind, day) -> what a room has to tell of what an import left behind."""


@dataclass(frozen=True)
class Brought:
    """A file somebody brings; `name` is his own for it."""

    path: Path
    name: str
    day: date
    is_whole: bool = True

    def sha256(self) -> bytes:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()


def try_import(rows: Rows, kind: ImportKind, brought: Brought) -> Tried:
    """Compare a file with what is there. Raises `SheetRefused` and its kinds."""
    found: list[Problem] = []
    refused: set[Key] = set()
    reading = read_records(brought.path, kind.columns, brought.name)
    known = kind.known(rows, brought.day)
    wishes = list(wished(kind, reading.records, known, found, refused))
    present = kind.present(rows, brought.day)
    kept = kind.kept(rows, brought.day)
    named = {wish.key for wish in wishes}
    changes, same = compared(
        kind, wishes, present, brought.day, is_whole=brought.is_whole, spared=refused | kept
    )
    notes = list(reading.notes)
    if brought.is_whole:
        left_out = sorted(key for key in kept & present.keys() if key not in named)
        notes += [KEPT(key=" ".join(key)) for key in left_out if is_open(present[key], brought.day)]
    places = {(one.place.sheet, one.place.row) for one in found}
    whole, late = _checked(rows, kind, kind.complete(rows, changes, present), present, brought.day)
    places |= {(one.place.sheet, one.place.row) for one in late}
    return Tried(
        kind.name,
        brought.day,
        brought.is_whole,
        tuple(whole),
        tuple(sorted((*found, *late), key=lambda one: (one.place.sheet, one.place.row))),
        tuple(notes),
        same,
        sum(is_open(values, brought.day) for values in present.values()),
        len(places),
    )


def _checked(
    rows: Rows, kind: ImportKind, changes: Sequence[Change], present: dict[Key, dict[str, object]], day: date
) -> tuple[Sequence[Change], list[Problem]]:
    """Without the changes that cannot be; what hangs on one of these falls in the next round."""
    late: list[Problem] = []
    while wrong := kind.check(rows, changes, present, day):
        late += [problem for _, problem in wrong]
        out = {id(change) for change, _ in wrong}
        changes = [change for change in changes if id(change) not in out]
    return changes, late
