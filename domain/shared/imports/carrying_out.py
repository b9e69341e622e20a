"""Carrying an import out and taking it back: each one transaction, which the caller commits."""

from collections.abc import Sequence
from datetime import date

from domain.shared.imports.comparing import is_open
from domain.shared.imports.errors import (
    ImportChangedSince,
    ImportEndsMany,
    ImportLeavesNoDecider,
    ImportLeavesNoFeedDecider,
    ImportNotApplied,
    ImportNotTried,
    ImportStale,
    ImportStoodOn,
)
from domain.shared.imports.keeping import changes_of, import_of, note_act
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Present, Reference
from domain.shared.imports.models import ImportState
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.principal import Principal
from domain.shared.rows import Rows
from domain.shared.two_holders import FEEDS, RIGHTS, are_two

MOST_ENDED_UNASKED = 5
_SHARE_ENDED_UNASKED = 5
"""A fifth."""

_LOCK = "select pg_advisory_xact_lock(hashtext('import ' || cast(%(kind)s as text)))"
_APPLIED = """
update imports set state = 'APPLIED', applied_at = now(), applied_by_id = %(by)s, reason = %(reason)s
 where id = %(id)s
"""
_UNDONE = "update imports set state = 'UNDONE', undone_at = now(), undone_by_id = %(by)s where id = %(id)s"
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('who decides on rights'))"
_CAN_GO_ON = f"""
select exists (select from staff s join roles r on r.code = s.role
                where {is_in_service("s", TODAY)} and r.permissions @> array[cast('rights.decide' as varchar)])
"""  # noqa: S608


def ends_many(ended: int, present: int) -> bool:
    """Whether so much would end that somebody has to say why: more than a fifth, and more than five."""
    return ended > MOST_ENDED_UNASKED and ended * _SHARE_ENDED_UNASKED > present


def apply_import(
    rows: Rows, kind: ImportKind, import_id: int, *, by: Principal, reason: str = ""
) -> Sequence[Change]:
    """Make what the dry run found so. Raises the refusals of `errors`; then nothing is changed."""
    rows.execute(_LOCK, {"kind": kind.name})
    kept = import_of(rows, import_id)
    if kept.state is not ImportState.TRIED:
        raise ImportNotTried(kept.standing)
    if ends_many(kept.ended, kept.open_before) and not reason.strip():
        raise ImportEndsMany(kept.ended, kept.open_before)
    changes = changes_of(rows, kept)
    present = kind.there(rows, kept.day, [one.key for one in changes])
    other = _differing(present, [(one.key, one.before) for one in changes])
    if other:
        raise ImportStale(_named(other[0]), len(other))
    could = _who_can_go_on(rows)
    kind.write(rows, changes, kept.day)
    _check_they_still_can(rows, could)
    rows.execute(_APPLIED, {"id": import_id, "by": by.id, "reason": reason.strip() or None})
    _note(rows, "import.applied", import_id, kind, changes, by)
    return changes


def undo_import(
    rows: Rows, kind: ImportKind, import_id: int, *, by: Principal, today: date
) -> Sequence[Change]:
    """Make everything as it was before, while nothing stands on it. Raises the refusals of `errors`."""
    rows.execute(_LOCK, {"kind": kind.name})
    kept = import_of(rows, import_id)
    if kept.state is not ImportState.APPLIED:
        raise ImportNotApplied(kept.standing)
    changes = changes_of(rows, kept)
    present = kind.there(rows, kept.day, [one.key for one in changes])
    # What has ended may be gone from what is there, if nothing came in its place.
    looked_at = [
        (one.key, one.after)
        for one in changes
        if one.act is not Act.ENDED or one.key in present or is_open(one.after, kept.day)
    ]
    other = _differing(present, looked_at)
    if other:
        raise ImportChangedSince(_named(other[0]), len(other))
    _check_nothing_stands_on(rows, kind, changes)
    could = _who_can_go_on(rows)
    kind.take_back(rows, changes, today)
    _check_they_still_can(rows, could)
    rows.execute(_UNDONE, {"id": import_id, "by": by.id})
    _note(rows, "import.undone", import_id, kind, changes, by)
    return changes


def _differing(present: Present, wanted: Sequence[tuple[Key, dict[str, object] | None]]) -> list[Key]:
    return [key for key, values in wanted if not _is_so(present.get(key), values)]


def _is_so(there: dict[str, object] | None, kept: dict[str, object] | None) -> bool:
    """By what was kept: a later version of the product may say more of the same thing."""
    if there is None or kept is None:
        return there is kept
    return _plain({name: there.get(name) for name in kept}) == _plain(kept)


def _plain(values: dict[str, object] | None) -> dict[str, object] | None:
    return None if values is None else {name: value for name, value in values.items() if value is not None}


def _named(key: Key) -> str:
    return " ".join(key)


def _who_can_go_on(rows: Rows) -> tuple[bool, bool, bool]:
    """Whether somebody can decide on rights, and whether two who can sign in can propose and decide: on rights, and on
    descriptions of files.

    A bank that is being set up has the first alone. Two changes at once would each count on the other's people.
    """
    rows.execute(_ONE_AT_A_TIME)
    return bool(rows.execute(_CAN_GO_ON)[0][0]), are_two(rows, RIGHTS), are_two(rows, FEEDS)


def _check_they_still_can(rows: Rows, could: tuple[bool, bool, bool]) -> None:
    *lost, lost_feeds = (
        before and not after for before, after in zip(could, _who_can_go_on(rows), strict=True)
    )
    if any(lost):
        raise ImportLeavesNoDecider
    if lost_feeds:
        raise ImportLeavesNoFeedDecider


def _note(
    rows: Rows, action: str, import_id: int, kind: ImportKind, changes: Sequence[Change], by: Principal
) -> None:
    counted = {act.value.lower(): sum(one.act is act for one in changes) for act in Act}
    note_act(rows, action, import_id, by, {"kind": kind.name, **counted})


_REFERENCES = """
select cast(cast(conrelid as regclass) as text), cast(attname as text)
  from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
 where contype = 'f' and confrelid = to_regclass(cast(%(table)s as text)) order by 1, 2
"""


def _check_nothing_stands_on(rows: Rows, kind: ImportKind, changes: Sequence[Change]) -> None:
    """Whatever refers to rows that would go, by the foreign keys that the database knows and by what the kind says."""
    ids = kind.ids(rows, [one.key for one in changes if one.act is Act.NEW])
    if not ids:
        return
    touched = list(kind.ids(rows, [one.key for one in changes]).values())
    names = {number: key for key, number in ids.items()}
    found = [
        Reference(str(table), column) for table, column in rows.execute(_REFERENCES, {"table": kind.table})
    ]
    for one in (*(one for one in found if one.table not in kind.own), *kind.references):
        # Rows of the same import may refer to one another: they go, or become as they were, together.
        among = " and not id = any(cast(%(touched)s as bigint[]))" if one.table == kind.table else ""
        standing = rows.execute(
            f"""select min({one.column}), count(*) from {one.source} found
                 where {one.column} = any(cast(%(ids)s as bigint[])){among}""",  # noqa: S608 (names of the catalogue)
            {"ids": list(ids.values()), "touched": touched},
        )[0]
        if standing[1]:
            raise ImportStoodOn(_named(names[standing[0]]), one.table, int(standing[1]))
