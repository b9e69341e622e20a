"""A/B 岗 as a kind of import: who has which post of the plan in force, with days; which grids nobody is left with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.grids.import_columns import POST_NAMES, POSTS_COLUMNS, POSTS_TITLE
from domain.grids.list_keeping import MARK
from domain.grids.posts import is_sat_on
from domain.shared.imports import problems, values
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import (
    Act,
    Change,
    ImportKind,
    Key,
    LaidOut,
    Present,
    Say,
    Together,
    Values,
    Wish,
)
from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place, Problem
from domain.shared.statements import Statement


@dataclass(frozen=True)
class PostsKnown:
    """Small grids and lists of the plan in force, and staff with whether they work here."""

    grids: frozenset[str]
    staff: Mapping[str, bool]


_GRIDS = (
    "select g.code from grids g join plan_in_force p on p.id = g.plan_id where g.level in ('SMALL', 'LIST')"
)
_STAFF = f"select s.number, {is_in_service('s', 'cast(%(day)s as date)')} from staff s"  # noqa: S608


def _known(rows: Rows, day: date) -> PostsKnown:
    return PostsKnown(
        frozenset(code for (code,) in rows.execute(_GRIDS)), dict(rows.execute(_STAFF, {"day": day}))
    )


def _read(texts: Mapping[str, str], known: PostsKnown, say: Say) -> Values:
    found: Values = {
        "grid": values.needed(texts.get("grid", ""), "grid", 40, say),
        "post": values.one_of(values.needed(texts.get("post", ""), "post", 10, say), "post", POST_NAMES, say),
    }
    if found["grid"] and found["grid"] not in known.grids:
        say("grid", problems.NOT_KNOWN(given=found["grid"]))
    number = texts.get("staff", "") or None
    if number is not None and number not in known.staff:
        say("staff", problems.NOT_KNOWN(given=number[:40]))
    elif number is not None and not known.staff[number]:
        say("staff", problems.HAS_ENDED(given=number))
    found["staff"] = number
    for column in ("from_on", "to_on"):
        if column in texts:
            found[column] = values.day(texts[column], column, say)
    values.in_order(found.get("from_on"), found.get("to_on"), "to_on", say)
    return found


# Who has the post, or who will have it after him: a list says how it is to be.
_PRESENT = """
select distinct on (g.code, p.role) g.code, p.role, s.number, p.from_on, p.to_on
  from posts p join grids g on g.id = p.grid_id join plan_in_force f on f.id = g.plan_id
  join staff s on s.id = p.staff_id
 where p.to_on is null or p.to_on > cast(%(day)s as date)
 order by g.code, p.role, p.from_on desc, p.id desc
"""


def _present(rows: Rows, day: date) -> Present:
    return {
        (grid, post): {
            "staff": number,
            "from_on": from_on.isoformat(),
            "to_on": None if to_on is None else to_on.isoformat(),
        }
        for grid, post, number, from_on, to_on in rows.execute(_PRESENT, {"day": day})
    }


def _with_vacancies(_rows: Rows, changes: Sequence[Change], _present: Present) -> Sequence[Change]:
    """A post without a number ends; one that nobody had stays as it is."""
    return list(_told(changes))


def _told(changes: Sequence[Change]) -> Iterator[Change]:
    for one in changes:
        if one.after.get("staff"):
            yield one
        elif one.before is not None:
            ends = one.after.get("to_on") or one.after["from_on"]
            yield Change(Act.ENDED, one.key, one.before, {**one.before, "to_on": ends}, one.place)


def _check(
    _rows: Rows, changes: Sequence[Change], present: Present, _day: date
) -> Sequence[tuple[Change, Problem]]:
    """One person does not cover for himself."""
    after = present | {change.key: change.after for change in changes}
    wrong = []
    for change in changes:
        grid, post = change.key
        other = after.get((grid, "A" if post == "B" else "B"))
        is_same = other is not None and other["staff"] == change.after["staff"]
        if change.act is not Act.ENDED and is_same and not (other or {}).get("to_on"):
            place = change.place or Place("", 0)
            wrong.append((change, Problem(place, problems.SAME_PERSON(given=change.after["staff"]))))
    return wrong


def _ids(rows: Rows, keys: Sequence[Key]) -> dict[Key, int]:
    found = rows.execute(
        """select g.code, p.role, p.id from posts p join grids g on g.id = p.grid_id
             join plan_in_force f on f.id = g.plan_id
            where p.to_on is null and g.code = any(%(codes)s)""",
        {"codes": [grid for grid, _ in keys]},
    )
    wanted = set(keys)
    return {(grid, post): number for grid, post, number in found if (grid, post) in wanted}


_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (grid text, post text, staff text, from_on date,
                                                      to_on date)
  join plan_in_force f on true join grids g on g.plan_id = f.id and g.code = n.grid
  join staff s on s.number = n.staff"""
_IS_IT = "p.grid_id = g.id and p.role = n.post and p.staff_id = s.id and p.from_on = n.from_on"
_DELETE = f"delete from posts p using {_GIVEN} where {_IS_IT}"  # noqa: S608
_END = f"update posts p set to_on = n.to_on from {_GIVEN} where {_IS_IT}"  # noqa: S608
_BEGIN = f"""
insert into posts (grid_id, staff_id, role, from_on, to_on)
select g.id, s.id, n.post, n.from_on, n.to_on from {_GIVEN}
 where not exists (select from posts p where {_IS_IT})
"""  # noqa: S608


def _write(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    """Who had the post before has it up to the day from which another has it; on that very day he never had it."""
    gone: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    begun: list[dict[str, Any]] = []
    for one in changes:
        if one.before is not None:
            ends = one.after["to_on"] if _is_same(one) else one.after["from_on"]
            has_a_day = ends is None or ends > one.before["from_on"]
            (ended if has_a_day else gone).append(_row(one.key, {**one.before, "to_on": ends}))
        if one.before is None or not _is_same(one):
            begun.append(_row(one.key, one.after))
    for statement, given in ((_DELETE, gone), (_END, ended), (_BEGIN, begun)):
        _set(rows, given, statement)


def _take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    made = [_row(one.key, one.after) for one in changes if one.before is None or not _is_same(one)]
    before = [_row(one.key, one.before) for one in changes if one.before is not None]
    for statement, given in ((_DELETE, made), (_END, before), (_BEGIN, before)):
        _set(rows, given, statement)


def _is_same(change: Change) -> bool:
    return change.before is not None and change.before["staff"] == change.after["staff"]


def _row(key: Key, found: Values) -> dict[str, Any]:
    return {**found, "grid": key[0], "post": key[1]}


def _set(rows: Rows, given: list[dict[str, Any]], statement: str) -> None:
    if given:
        rows.execute(statement, {"rows": as_json(given)})


_WITHOUT_ANYBODY = f"""
select count(*), coalesce((array_agg(g.code order by g.code))[1], '')
  from grids g join plan_in_force f on f.id = g.plan_id
 where g.level = 'SMALL' and not exists (
       select from posts p join staff s on s.id = p.staff_id
        where p.grid_id = g.id and {is_sat_on("p", "cast(%(day)s as date)")}
          and {is_in_service("s", "cast(%(day)s as date)")})
"""  # noqa: S608


def tell_grids_without_anybody(rows: Rows, kind: str, day: date) -> Sequence[Statement]:
    """After lists of people: how many small grids nobody in service has a post of."""
    if kind not in ("staff", "posts"):
        return ()
    count, first = rows.execute(_WITHOUT_ANYBODY, {"day": day})[0]
    return [problems.GRIDS_WITHOUT_ANYBODY(grids=count, first=first)] if count else []


def _lay_out(_rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """Posts of lists end by a row of theirs alone: other systems know nothing of them, and with a post that has ended a
    list, an exception or a rule would have nobody any more."""
    named = {wish.key for wish in wishes}
    lists = {key for key in together.present if key[0].startswith(MARK) and key not in named}
    return LaidOut(wishes, refused=frozenset(lists))


POSTS_KIND = ImportKind(
    "posts",
    POSTS_TITLE,
    POSTS_COLUMNS,
    ("grid", "post"),
    "posts",
    known=_known,
    read=_read,
    present=_present,
    write=_write,
    take_back=_take_back,
    ids=_ids,
    check=_check,
    complete=_with_vacancies,
    lay_out=_lay_out,
    since="from_on",
    dated=("staff",),
    gives_rights=True,
)
