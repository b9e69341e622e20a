"""休假 as a kind of import: who is away from when to when; today's walks follow at once.

A leave is told by who and its first day. It may have begun, as a list comes when it comes; one that is over by the
day of the list is kept as it was and ends nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from domain.shared.imports import problems, values
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Change, ImportKind, Key, Present, Say, Values
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.rows import Rows
from domain.shared.sheets.records import Problem
from domain.tasks.import_columns import LEAVE_COLUMNS, LEAVE_TITLE

Follow = Callable[[Rows, Sequence[int], date], object]
"""Gives today's stops to whoever walks them now (`geo/following_leave.py`)."""


@dataclass(frozen=True)
class LeaveKnown:
    """Numbers of staff, with whether they work here."""

    staff: Mapping[str, bool]
    day: date


_STAFF = f"select s.number, {is_in_service('s', 'cast(%(day)s as date)')} from staff s"  # noqa: S608


def _known(rows: Rows, day: date) -> LeaveKnown:
    return LeaveKnown(dict(rows.execute(_STAFF, {"day": day})), day)


def _read(texts: Mapping[str, str], known: LeaveKnown, say: Say) -> Values:
    number = values.needed(texts.get("number", ""), "number", 30, say)
    if number and number not in known.staff:
        say("number", problems.NOT_KNOWN(given=number))
    elif number and not known.staff[number]:
        say("number", problems.HAS_ENDED(given=number))
    from_on = values.day(values.needed(texts.get("from_on", ""), "from_on", 40, say), "from_on", say)
    found: Values = {"number": number, "from_on": from_on}
    if "back_on" in texts:
        back_on = values.day(texts["back_on"], "back_on", say)
        values.in_order(from_on, back_on, "back_on", say)
        found |= _days(back_on, known.day)
    return found


def _days(back_on: str | None, day: date) -> Values:
    """`to_on` is the engine's word for what is over: such a leave does not end by being left out."""
    return {"back_on": back_on, "to_on": back_on if back_on and back_on <= day.isoformat() else None}


_PRESENT = """
select s.number, cast(l.from_on as text), cast(l.to_on as text) from staff_leaves l join staff s on s.id = l.staff_id
"""


def _present(rows: Rows, day: date) -> Present:
    return {(number, from_on): _days(back_on, day) for number, from_on, back_on in rows.execute(_PRESENT)}


def _with_last_days(_rows: Rows, changes: Sequence[Change], _present: Present) -> Sequence[Change]:
    """A leave that a list leaves out has the list's day as the one on which he is back."""
    return [
        replace(one, after={**one.after, "back_on": one.after["to_on"]}) if one.place is None else one
        for one in changes
    ]


def _check(
    _rows: Rows, changes: Sequence[Change], present: Present, _day: date
) -> Sequence[tuple[Change, Problem]]:
    """Two leaves of one person have no day together. What is there stays; of two rows of the list, the earlier."""
    changed = {one.key: one.after for one in changes}
    after = {key: found["back_on"] for key, found in {**present, **changed}.items()}
    of_person: dict[str, list[Key]] = {}
    for key in after:
        of_person.setdefault(key[0], []).append(key)
    wrong = []
    for change in changes:
        if change.place is None:
            continue
        for other in of_person[change.key[0]]:
            is_before = other not in changed or other < change.key
            if other != change.key and is_before and _have_days_together(other, change.key, after):
                said = problems.LEAVES_OVERLAP(from_on=date.fromisoformat(other[1]))
                wrong.append((change, Problem(change.place, said)))
                break
    return wrong


def _have_days_together(one: Key, other: Key, back_on: Mapping[Key, str | None]) -> bool:
    first, second = sorted((one, other))
    ends = back_on[first]
    return ends is None or ends > second[1]


_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (number text, from_on date, back_on date)
  join staff s on s.number = n.number"""
_SET = f"""
insert into staff_leaves (staff_id, from_on, to_on) select s.id, n.from_on, n.back_on from {_GIVEN}
on conflict (staff_id, from_on) do update set to_on = excluded.to_on
"""  # noqa: S608
_REMOVE = f"""
delete from staff_leaves l using {_GIVEN} where l.staff_id = s.id and l.from_on = n.from_on
"""  # noqa: S608


def _write(rows: Rows, changes: Sequence[Change], day: date, *, follow: Follow) -> None:
    """A leave that the list leaves out ends with the day before its day; one that was to come is none."""
    left_out = [one for one in changes if one.place is None]
    begun = [one for one in left_out if one.key[1] < day.isoformat()]
    _run(rows, _REMOVE, [(one.key, None) for one in left_out if one not in begun])
    _run(rows, _SET, [(one.key, one.after["back_on"]) for one in begun])
    _run(rows, _SET, [(one.key, one.after.get("back_on")) for one in changes if one.place is not None])
    _follow(rows, changes, follow)


def _take_back(rows: Rows, changes: Sequence[Change], _day: date, *, follow: Follow) -> None:
    _run(rows, _REMOVE, [(one.key, None) for one in changes if one.before is None])
    _run(rows, _SET, [(one.key, one.before.get("back_on")) for one in changes if one.before is not None])
    _follow(rows, changes, follow)


def _run(rows: Rows, statement: str, leaves: Sequence[tuple[Key, str | None]]) -> None:
    if leaves:
        listed = [{"number": key[0], "from_on": key[1], "back_on": back_on} for key, back_on in leaves]
        rows.execute(statement, {"rows": as_json(listed)})


def _follow(rows: Rows, changes: Sequence[Change], follow: Follow) -> None:
    numbers = sorted({one.key[0] for one in changes})
    found = rows.execute("select id from staff where number = any(%(numbers)s)", {"numbers": numbers})
    today = rows.execute(f"select {TODAY}")[0][0]
    follow(rows, [int(staff) for (staff,) in found], today)


def _ids(_rows: Rows, _keys: Sequence[Key]) -> dict[Key, int]:
    """Nothing refers to a leave: it has no number of its own."""
    return {}


def leave_kind(follow: Follow) -> ImportKind:
    return ImportKind(
        "leave",
        LEAVE_TITLE,
        LEAVE_COLUMNS,
        ("number", "from_on"),
        "staff_leaves",
        known=_known,
        read=_read,
        present=_present,
        write=partial(_write, follow=follow),
        take_back=partial(_take_back, follow=follow),
        ids=_ids,
        check=_check,
        complete=_with_last_days,
    )
