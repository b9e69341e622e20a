"""Imports from the command line: one connection, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg

from api.files.import_contents import found_by, template_of
from api.local.refusal import CannotGoOn
from api.local.words import is_english, t
from domain.shared.calendar import bank_day
from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.errors import ImportKindNotKnown, ImportNotFound
from domain.shared.imports.keeping import Kept, import_of, keep_tried
from domain.shared.imports.kinds import Brought, ImportKind, Tried, kind_named
from domain.shared.imports.trying import try_import
from domain.shared.imports.withdrawing import withdraw_import
from domain.shared.principal import SYSTEM
from domain.shared.rooms import import_kinds_of, import_notes_of
from domain.shared.rows import NightRows
from domain.shared.sheets.plain_workbooks import write_plain_workbook
from domain.shared.statements import Statement
from schema.house import ROOMS

KINDS = import_kinds_of(ROOMS)


@dataclass(frozen=True)
class Outcome:
    """`import_id` is null where nothing was written."""

    tried: Tried
    notes: tuple[Statement, ...] = ()
    import_id: int | None = None


def carry_out(
    database_url: str,
    kind_name: str,
    path: Path,
    *,
    day: date | None,
    is_whole: bool,
    reason: str,
    is_dry_run: bool,
    datum: str | None = None,
) -> Outcome:
    """Compare a list with what is there and, unless it is a dry run, make it so. Raises `SheetRefused`, refusals of
    imports, and `CannotGoOn` where there is no such file."""
    brought = _brought(path, day, is_whole, datum)
    with psycopg.connect(database_url) as database:
        return _carried_out(
            NightRows(database), known_kind(kind_name), brought, reason, is_dry_run=is_dry_run
        )


def carry_out_atoms_and_towns(
    database_url: str,
    atoms: Path,
    towns: Path,
    *,
    day: date | None,
    is_whole: bool,
    reason: str,
    is_dry_run: bool,
    datum: str,
) -> tuple[Outcome, Outcome]:
    """Atoms and then the towns they belong to: two imports, both or neither. A dry run of the towns needs the atoms, so
    these are carried out and taken back with the transaction."""
    brought = _brought(atoms, day, is_whole, datum), _brought(towns, day, True, datum)
    with psycopg.connect(database_url) as database:
        rows = NightRows(database)
        first, second = (
            _carried_out(rows, known_kind(name), one, reason, is_dry_run=False)
            for name, one in zip(("atoms", "towns"), brought, strict=True)
        )
        if not is_dry_run:
            return first, second
        database.rollback()
    return replace(first, import_id=None), replace(second, import_id=None)


def _brought(path: Path, day: date | None, is_whole: bool, datum: str | None) -> Brought:
    if not path.is_file():
        raise CannotGoOn(t("imports.no_file", path=path))
    return Brought(path, path.name, day or bank_day(datetime.now(UTC)), is_whole, datum)


def _carried_out(
    rows: NightRows, kind: ImportKind, brought: Brought, reason: str, *, is_dry_run: bool
) -> Outcome:
    tried = try_import(rows, kind, brought)
    if is_dry_run or not tried.changes:
        return Outcome(tried)
    import_id = keep_tried(rows, kind, tried, brought, SYSTEM)
    apply_import(rows, kind, import_id, by=SYSTEM, reason=reason)
    notes = [note for told in import_notes_of(ROOMS) for note in told(rows, kind.name, brought.day)]
    return Outcome(tried, tuple(notes), import_id)


def carry_out_kept(database_url: str, import_id: int, reason: str) -> Outcome | None:
    """Carry out what a night found and left to a person; None where the import is no night's."""
    with psycopg.connect(database_url) as database:
        rows = NightRows(database)
        kept = _kept(rows, import_id)
        if not kept.is_of_a_night:
            return None
        kind = known_kind(kept.kind)
        changes = apply_import(rows, kind, import_id, by=SYSTEM, reason=reason)
        notes = [note for told in import_notes_of(ROOMS) for note in told(rows, kind.name, kept.day)]
        tried = Tried(kind.name, kept.day, True, tuple(changes), (), (), 0, kept.open_before)
        return Outcome(tried, tuple(notes), import_id)


def take_back(database_url: str, import_id: int) -> int:
    """Undo an import; gives how many rows are as they were."""
    with psycopg.connect(database_url) as database:
        rows = NightRows(database)
        kind = known_kind(_kept(rows, import_id).kind)
        return len(undo_import(rows, kind, import_id, by=SYSTEM, today=bank_day(datetime.now(UTC))))


def withdraw(database_url: str, import_id: int) -> None:
    """Drop a list that somebody brought at the desk and nobody has carried out. Raises the refusals of imports."""
    with psycopg.connect(database_url) as database:
        rows = NightRows(database)
        withdraw_import(rows, _kept(rows, import_id).id, by=SYSTEM)


def _kept(rows: NightRows, import_id: int) -> Kept:
    if not 0 < import_id < 2**63:
        raise ImportNotFound
    return import_of(rows, import_id)


def known_kind(name: str) -> ImportKind:
    kind = kind_named(KINDS, name)
    if kind is None:
        raise ImportKindNotKnown(name, " ".join(one.name for one in KINDS))
    return kind


_LATEST = """
select id, kind, case when refusal ->> 'code' = 'IMPORT_WITHDRAWN' then 'WITHDRAWN' else state end, from_on,
       coalesce(undone_at, applied_at, tried_at) at time zone 'Asia/Shanghai', file_name,
       night_run_id is not null, new_rows, changed_rows, ended_rows, same_rows, refused_rows
  from imports order by id desc limit 50
"""


def latest_imports(database_url: str) -> Sequence[tuple[Any, ...]]:
    with psycopg.connect(database_url) as database:
        return database.execute(_LATEST).fetchall()


def write_kind_template(database_url: str, kind_name: str, out: Path) -> int:
    """A workbook with what is there now; gives how many rows it holds."""
    kind = known_kind(kind_name)
    _check_out(out)
    with psycopg.connect(database_url) as database:
        made = template_of(NightRows(database), kind, bank_day(datetime.now(UTC)), is_english=is_english())
    return made.write(out)


def write_found(database_url: str, import_id: int, out: Path) -> int:
    """A workbook with what an import changes and what is wrong with its file; gives how many rows it holds."""
    _check_out(out)
    with psycopg.connect(database_url) as database:
        sheets = found_by(NightRows(database), KINDS, import_id, is_english=is_english())
    return write_plain_workbook(out, sheets)


def _check_out(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise CannotGoOn(t("imports.not_xlsx"))
    if not out.parent.is_dir():
        raise CannotGoOn(t("imports.no_folder", parent=out.parent))
