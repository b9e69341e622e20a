"""The dry run: what a file would do. It writes nothing but, where asked, what it found."""

from collections.abc import Callable, Sequence
from datetime import date

from domain.shared.imports.comparing import compared, is_open, wished
from domain.shared.imports.kinds import Brought, Change, ImportKind, Key, LaidOut, Together, Tried
from domain.shared.imports.problems import KEPT
from domain.shared.rows import Rows
from domain.shared.sheets.records import Problem, Reading, read_records
from domain.shared.statements import Statement

ImportNotes = Callable[[Rows, str, date], Sequence[Statement]]
"""(rows, kind, day) -> what a room has to tell of what an import left behind."""


def try_import(rows: Rows, kind: ImportKind, brought: Brought) -> Tried:
    """Compare a file with what is there. Raises `SheetRefused` and its kinds, and what the kind's own reader does."""
    if kind.open is None:
        reading = read_records(brought.path, kind.columns, brought.name)
    else:
        reading = kind.open(brought, kind.columns)
    return try_records(rows, kind, brought, reading)


def try_records(
    rows: Rows, kind: ImportKind, brought: Brought, reading: Reading, spared: frozenset[Key] = frozenset()
) -> Tried:
    """The same of records, wherever they were read. What is `spared` stays though no record names it."""
    found: list[Problem] = []
    refused: set[Key] = set()
    known = kind.known(rows, brought.day)
    wishes = list(wished(kind, reading.records, known, found, refused))
    found += reading.problems
    named = {wish.key for wish in wishes}
    present = kind.there(rows, brought.day, list(named))
    kept = kind.kept(rows, brought.day)
    is_whole = brought.is_whole and not kind.only_adds
    laid = LaidOut(wishes)
    if kind.lay_out is not None:
        laid = kind.lay_out(rows, wishes, Together(present, frozenset(refused), brought))
        found += laid.problems
        refused |= laid.refused
    changes, same = compared(
        kind, laid.wishes, present, brought.day, is_whole=is_whole, spared=refused | kept | spared
    )
    notes = [*reading.notes, *laid.notes]
    if is_whole:
        left_out = sorted(key for key in (kept - spared) & present.keys() if key not in named)
        notes += [KEPT(key=" ".join(key)) for key in left_out if is_open(present[key], brought.day)]
    places = {(one.place.sheet, one.place.row) for one in found}
    whole, late = _checked(rows, kind, kind.complete(rows, changes, present), present, brought.day)
    places |= {(one.place.sheet, one.place.row) for one in late}
    return Tried(
        kind.name,
        brought.day,
        is_whole,
        tuple(whole),
        tuple(sorted((*found, *late), key=lambda one: (one.place.sheet, one.place.row))),
        tuple(notes),
        same,
        sum(is_open(values, brought.day) for values in present.values()),
        len(places),
        laid.beside,
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
