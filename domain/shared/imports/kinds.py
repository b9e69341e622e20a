"""A kind of import, as a value that a room declares."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column, Words
from domain.shared.sheets.records import Place, Problem, Reading
from domain.shared.statements import Statement

Values = dict[str, Any]
"""What a row says, by the keys of its columns: texts, numbers, days as ISO 8601, null for nothing."""
Key = tuple[str, ...]
Present = dict[Key, Values]
Known = Any
"""What a kind looks up once to read rows by: units, roles, staff."""
Say = Callable[[str, Statement], None]
"""(column, what is wrong): the row is refused."""


@dataclass(frozen=True)
class Brought:
    """A file somebody brings; `name` is his own for it, `datum` what he says of the numbers of a map."""

    path: Path
    name: str
    day: date
    is_whole: bool = True
    datum: str | None = None

    def sha256(self) -> bytes:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()


class Act(StrEnum):
    NEW = "NEW"
    CHANGED = "CHANGED"
    ENDED = "ENDED"


@dataclass(frozen=True)
class Wish:
    """One row as it is wished; `given` holds the columns that the sheet has, and no others."""

    key: Key
    given: Values
    place: Place
    key_places: tuple[Place, ...] = ()
    """Where each part of the key stands; empty for what was not read from a row."""


@dataclass(frozen=True)
class Change:
    """What becomes of one key. `place` is null where something ends because the file no longer names it."""

    act: Act
    key: Key
    before: Values | None
    after: Values
    place: Place | None = None


@dataclass(frozen=True)
class LaidOut:
    """Wishes after they were seen together, as areas that share one ground have to be."""

    wishes: Sequence[Wish]
    problems: Sequence[Problem] = ()
    refused: frozenset[Key] = frozenset()
    """The keys that fell out."""
    notes: Sequence[Statement] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    """What is too large for a row of changes, by the name under which the rows speak of it."""


@dataclass(frozen=True)
class Together:
    """What wishes are seen together with: `spared` are the keys of rows that were refused."""

    present: Present
    spared: frozenset[Key]
    brought: Brought


@dataclass(frozen=True)
class Tried:
    """What a file would do."""

    kind: str
    day: date
    """From when on it holds, where a row does not say."""
    is_whole: bool
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Statement, ...]
    same: int
    """Rows that are as they were."""
    open_before: int
    """How many there are, of which some may end."""
    refused: int = 0
    """Rows with a problem."""
    beside: Mapping[str, str] = field(default_factory=dict)

    def count(self, act: Act) -> int:
        return sum(change.act is act for change in self.changes)


@dataclass(frozen=True)
class Reference:
    """A column of another table that names a row without a foreign key; `rows` is SQL where it takes a join."""

    table: str
    column: str
    rows: str | None = None

    @property
    def source(self) -> str:
        return self.rows or self.table


@dataclass(frozen=True)
class ImportKind:
    """`since` is the column that says from which day on the row is as it is; it is no change by itself.

    Of rows that refer to the ones made anew (`table`) the database knows by its foreign keys; `references` are others,
    `own` the tables that go with a row.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    table: str
    known: Callable[[Rows, date], Known]
    read: Callable[[Mapping[str, str], Known, Say], Values]
    present: Callable[[Rows, date], Present]
    write: Callable[[Rows, Sequence[Change], date], None]
    take_back: Callable[[Rows, Sequence[Change], date], None]
    ids: Callable[[Rows, Sequence[Key]], dict[Key, int]]
    check: Callable[[Rows, Sequence[Change], Present, date], Sequence[tuple[Change, Problem]]] = field(
        default=lambda _rows, _changes, _present, _day: ()
    )
    """What is wrong with changes as a whole; those changes are left out."""
    complete: Callable[[Rows, Sequence[Change], Present], Sequence[Change]] = field(
        default=lambda _rows, changes, _present: changes
    )
    """Changes with what their rows leave to be worked out."""
    kept: Callable[[Rows, date], frozenset[Key]] = field(default=lambda _rows, _day: frozenset())
    """What does not end because a file leaves it out."""
    since: str | None = None
    dated: tuple[str, ...] = ()
    """The columns of which `since` speaks: where none of them changes, it stays as it was."""
    own: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    gives_rights: bool = False
    open: Callable[[Brought, Sequence[Column]], Reading] | None = None
    """Reads what is no sheet; without one, every file is a sheet."""
    lay_out: Callable[[Rows, Sequence[Wish], Together], LaidOut] | None = None
    keep_beside: Callable[[Rows, Mapping[str, str]], None] = field(default=lambda _rows, _beside: None)
    listed: Callable[[Rows, date], Present] | None = None
    """What a template lists, where that is not what rows are compared with."""
    present_of: Callable[[Rows, Sequence[Key]], Present] | None = None
    """What is there of some keys. A kind that has it only adds: what a file leaves out stays, and is not looked at."""
    is_map: bool = False
    """Whether map files are taken, whose datum somebody has to say."""

    @property
    def only_adds(self) -> bool:
        return self.present_of is not None

    def there(self, rows: Rows, day: date, keys: Sequence[Key]) -> Present:
        """What is there, at least of the keys."""
        return self.present(rows, day) if self.present_of is None else self.present_of(rows, keys)


def kind_named(kinds: Sequence[ImportKind], name: str) -> ImportKind | None:
    return next((kind for kind in kinds if kind.name == name), None)
