"""Imports as rows: what a dry run found is kept, so that what is agreed to is what was seen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.shared.imports.errors import ImportNotFound, ImportTidied
from domain.shared.imports.kinds import Act, Brought, Change, ImportKind, Tried
from domain.shared.imports.models import ImportState
from domain.shared.principal import Principal
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place
from domain.shared.statements import Statement, declare

WITHDRAWN = declare("IMPORT_WITHDRAWN")

_KEPT = """
insert into imports (kind, state, file_name, file_sha256, from_on, is_whole, new_rows, changed_rows, ended_rows,
                     same_rows, refused_rows, notes, actor_kind, actor_id, file_id, datum, night_run_id)
values (%(kind)s, 'WAITING', %(file)s, %(sha256)s, %(day)s, %(is_whole)s, 0, 0, 0, 0, 0, '[]', %(actor_kind)s,
        %(actor_id)s, %(file_id)s, %(datum)s, %(night)s) returning id
"""
_FOUND = """
update imports set state = 'TRIED', new_rows = %(new)s, changed_rows = %(changed)s, ended_rows = %(ended)s,
       same_rows = %(same)s, refused_rows = %(refused)s, notes = cast(%(notes)s as jsonb)
 where id = %(id)s
"""
_REFUSED = "update imports set state = 'REFUSED', refusal = cast(%(said)s as jsonb) where id = %(id)s"
_CHANGES = """
insert into import_changes (import_id, position, act, key, before, after, sheet, row)
select %(id)s, position, act, key, before, after, sheet, row
  from jsonb_to_recordset(cast(%(rows)s as jsonb))
       as (position int, act text, key text[], before jsonb, after jsonb, sheet text, row int)
"""
_PROBLEMS = """
insert into import_problems (import_id, position, sheet, row, sheet_column, heading, said)
select %(id)s, position, sheet, row, sheet_column, heading, said
  from jsonb_to_recordset(cast(%(rows)s as jsonb))
       as (position int, sheet text, row int, sheet_column text, heading text, said jsonb)
"""


@dataclass(frozen=True)
class Kept:
    """An import as its row has it."""

    id: int
    kind: str
    state: ImportState
    day: date
    changes: int
    ended: int
    open_before: int
    actor_kind: str
    actor_id: int | None
    is_of_a_night: bool
    is_withdrawn: bool

    @property
    def standing(self) -> str:
        """Its state for people: a list that was withdrawn is kept as sent back."""
        return "WITHDRAWN" if self.is_withdrawn else self.state.value


def as_json(values: Any) -> str:
    """For a parameter of type jsonb, whichever driver carries it."""
    return json.dumps(values, ensure_ascii=False)


@dataclass(frozen=True)
class Wanted:
    """What is asked for with a file: `name` is the person's own for it, `file_id` that of the door."""

    kind: str
    name: str
    sha256: bytes
    day: date
    is_whole: bool
    file_id: UUID | None = None
    datum: str | None = None
    night_run_id: int | None = None


def keep_wanted(rows: Rows, wanted: Wanted, by: Principal) -> int:
    """Note that somebody wants a file tried; gives the import's id."""
    given = {
        "kind": wanted.kind,
        "file": wanted.name[-200:],
        "sha256": wanted.sha256,
        "day": wanted.day,
        "is_whole": wanted.is_whole,
        "actor_kind": by.kind.value,
        "actor_id": by.id,
        "file_id": wanted.file_id,
        "datum": wanted.datum,
        "night": wanted.night_run_id,
    }
    return int(rows.execute(_KEPT, given)[0][0])


def keep_tried(rows: Rows, kind: ImportKind, tried: Tried, brought: Brought, by: Principal) -> int:
    """Note a dry run with its changes and problems; gives its id."""
    wanted = Wanted(
        kind.name, brought.name, brought.sha256(), brought.day, tried.is_whole, datum=brought.datum
    )
    import_id = keep_wanted(rows, wanted, by)
    keep_found(rows, kind, import_id, tried)
    return import_id


def keep_refused(rows: Rows, import_id: int, said: Statement) -> None:
    """Note that the file as a whole was sent back."""
    rows.execute(_REFUSED, {"id": import_id, "said": as_json(said.as_json())})


def keep_notes(rows: Rows, import_id: int, notes: Sequence[Statement]) -> None:
    """Add to what there is to tell beside the changes."""
    if notes:
        given = {"id": import_id, "notes": as_json([note.as_json() for note in notes])}
        rows.execute("update imports set notes = notes || cast(%(notes)s as jsonb) where id = %(id)s", given)


def keep_found(rows: Rows, kind: ImportKind, import_id: int, tried: Tried) -> None:
    """Note what a dry run found."""
    kind.keep_beside(rows, tried.beside)
    rows.execute(
        _FOUND,
        {
            "id": import_id,
            "new": tried.count(Act.NEW),
            "changed": tried.count(Act.CHANGED),
            "ended": tried.count(Act.ENDED),
            "same": tried.same,
            "refused": tried.refused,
            "notes": as_json([note.as_json() for note in tried.notes]),
        },
    )
    changes = [
        {
            "position": at,
            "act": one.act.value,
            "key": list(one.key),
            "before": one.before,
            "after": one.after,
            "sheet": one.place and one.place.sheet,
            "row": one.place and one.place.row,
        }
        for at, one in enumerate(tried.changes)
    ]
    rows.execute(_CHANGES, {"id": import_id, "rows": as_json(changes)})
    problems = [
        {
            "position": at,
            "sheet": one.place.sheet,
            "row": one.place.row,
            "sheet_column": one.place.column,
            "heading": one.place.heading,
            "said": one.said.as_json(),
        }
        for at, one in enumerate(tried.problems)
    ]
    rows.execute(_PROBLEMS, {"id": import_id, "rows": as_json(problems)})


_NOTED = """
insert into audit (actor_kind, actor_id, action, subject, detail)
values (%(kind)s, %(by)s, %(action)s, %(subject)s, cast(%(detail)s as jsonb))
"""


def note_act(rows: Rows, action: str, import_id: int, by: Principal, detail: dict[str, Any]) -> None:
    """The act's row of the audit, in its transaction."""
    given = {
        "kind": by.kind.value,
        "by": by.id,
        "action": action,
        "subject": f"Import:{import_id}",
        "detail": as_json(detail),
    }
    rows.execute(_NOTED, given)


_READ = """
select id, kind, state, from_on, new_rows + changed_rows + ended_rows, ended_rows,
       same_rows + changed_rows + ended_rows, actor_kind, actor_id, night_run_id is not null,
       coalesce(refusal ->> 'code' = 'IMPORT_WITHDRAWN', false)
  from imports where id = %(id)s for update
"""


def import_of(rows: Rows, import_id: int) -> Kept:
    """Locked until the transaction ends. Raises `ImportNotFound`."""
    found = rows.execute(_READ, {"id": import_id})
    if not found:
        raise ImportNotFound
    number, kind, state, *others = found[0]
    return Kept(number, kind, ImportState(state), *others)


def changes_of(rows: Rows, kept: Kept) -> Sequence[Change]:
    """All of them. Raises `ImportTidied` where they have run out."""
    found = rows.execute(
        "select act, key, before, after, sheet, row from import_changes where import_id = %(id)s order by position",
        {"id": kept.id},
    )
    if len(found) < kept.changes:
        raise ImportTidied
    return [
        Change(
            Act(act),
            tuple(key),
            from_json(before),
            from_json(after),
            None if sheet is None else Place(sheet, row),
        )
        for act, key, before, after, sheet, row in found
    ]


def from_json(kept: Any) -> Any:
    """A value of type jsonb, which one of the drivers gives as its text."""
    return json.loads(kept) if isinstance(kept, str) else kept
