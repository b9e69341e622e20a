"""员工 as a kind of import: who works where with which duty, from when to when, and who is on leave.

With a member of staff comes an account that nobody can sign in with until somebody hands him a code or a password. His
role goes with his duty where the file does not name one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.shared.imports import problems, values
from domain.shared.imports.history import History, begin_days, end_days, take_days_back
from domain.shared.imports.import_columns import DUTIES, STAFF_COLUMNS, STAFF_TITLE
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Present, Reference, Say, Values
from domain.shared.imports.taking_away import take_away
from domain.shared.rows import Rows
from domain.shared.sheets.columns import plain_heading
from domain.shared.sheets.records import Place, Problem
from domain.shared.sign_in import NO_PASSWORD

HISTORY = History("staff_days", "staff", "staff_id", ("org_unit_id", "role", "duty", "full_time_percent"))
_IN_HISTORY = ("unit", "role", "duty", "full_time_percent")
_RIGHTS = ("rights.decide", "rights.propose")


@dataclass(frozen=True)
class StaffKnown:
    """What a row may name: units with their last day, roles by code and by name."""

    units: Mapping[str, str | None]
    roles: Mapping[str, str]
    day: date


def _known(rows: Rows, day: date) -> StaffKnown:
    units = rows.execute("select code, to_on from org_units")
    roles = rows.execute("select code, name from roles order by position desc, code")
    words = {plain_heading(word): code for code, name in roles for word in (name, code)}
    return StaffKnown({code: _plain(to_on) for code, to_on in units}, words, day)


def _read(texts: Mapping[str, str], known: StaffKnown, say: Say) -> Values:
    found: Values = {"number": values.needed(texts.get("number", ""), "number", 30, say)}
    if "name" in texts:
        found["name"] = values.needed(texts["name"], "name", 40, say)
    if "unit" in texts:
        found["unit"] = _unit(texts["unit"], known, say)
    if "duty" in texts:
        found["duty"] = values.one_of(texts["duty"], "duty", DUTIES, say)
    if role := values.one_of(texts.get("role", ""), "role", known.roles, say):
        found["role"] = role
    if "phone" in texts:
        found["phone"] = values.telephone(texts["phone"], "phone", say)
    if "full_time_percent" in texts:
        found["full_time_percent"] = values.share(texts["full_time_percent"], "full_time_percent", say)
    for column in ("from_on", "to_on", "since_on", "leave_from_on", "leave_to_on"):
        if column in texts:
            found[column] = values.day(texts[column], column, say)
    values.in_order(found.get("from_on"), found.get("to_on"), "to_on", say)
    values.in_order(found.get("leave_from_on"), found.get("leave_to_on"), "leave_to_on", say)
    if found.get("leave_to_on") and not found.get("leave_from_on"):
        say("leave_from_on", problems.MISSING())
    return found


def _unit(code: str, known: StaffKnown, say: Say) -> str:
    code = values.needed(code, "unit", 40, say)
    if code and code not in known.units:
        say("unit", problems.NOT_KNOWN(given=code))
    elif code and (known.units[code] or "9999") <= known.day.isoformat():
        say("unit", problems.HAS_ENDED(given=code))
    return code


_PRESENT = """
select s.number, s.name, u.code, s.duty, s.role, s.phone, nullif(s.full_time_percent, 100), s.from_on, s.to_on,
       d.from_on, l.from_on, l.to_on
  from staff s join org_units u on u.id = s.org_unit_id
  left join staff_days d on d.staff_id = s.id and d.to_on = 'infinity'
  left join lateral (select from_on, to_on from staff_leaves l
                      where l.staff_id = s.id and (l.to_on is null or l.to_on > cast(%(day)s as date))
                      order by l.from_on limit 1) l on true
"""
_NAMES = (
    "name",
    "unit",
    "duty",
    "role",
    "phone",
    "full_time_percent",
    "from_on",
    "to_on",
    "since_on",
    "leave_from_on",
    "leave_to_on",
)


def _present(rows: Rows, day: date) -> Present:
    return {
        (number,): {name: _plain(value) for name, value in zip(_NAMES, others, strict=True)}
        for number, *others in rows.execute(_PRESENT, {"day": day})
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _ids(rows: Rows, keys: Sequence[Key]) -> dict[Key, int]:
    found = rows.execute(
        "select number, id from staff where number = any(%(numbers)s)", {"numbers": [key[0] for key in keys]}
    )
    return {(number,): one for number, one in found}


def _kept(rows: Rows, _day: date) -> frozenset[Key]:
    """Whoever proposes or decides rights: a list that leaves him out would lock the bank out."""
    found = rows.execute(
        """select s.number from staff s join roles r on r.code = s.role
            where r.permissions && cast(%(rights)s as varchar[])""",
        {"rights": list(_RIGHTS)},
    )
    return frozenset((number,) for (number,) in found)


_ROLE_OF_DUTY = """
select distinct on (scope) case scope when 'OWN_GRIDS' then 'CUSTOMERS' else 'UNIT' end, code
  from roles where scope in ('OWN_GRIDS', 'OWN_UNIT') order by scope, position, code
"""


def _with_roles(rows: Rows, changes: Sequence[Change], _present: Present) -> Sequence[Change]:
    """The first role whose scope is what people with the duty answer for: grids, or their unit."""
    by_duty: dict[str, str] = {duty: role for duty, role in rows.execute(_ROLE_OF_DUTY)}  # noqa: C416
    for change in changes:
        before = change.before or {}
        has_other_duty = change.after.get("duty") != before.get("duty")
        has_own_role = change.after.get("role") and change.after.get("role") != before.get("role")
        if has_other_duty and not has_own_role and change.after.get("duty") in by_duty:
            change.after["role"] = by_duty[change.after["duty"]]
    return changes


def _check(
    _rows: Rows, changes: Sequence[Change], _present: Present, day: date
) -> Sequence[tuple[Change, Problem]]:
    wrong = []
    for change in changes:
        place = change.place or Place("", 0)
        if not change.after.get("role"):
            wrong.append((change, Problem(place, problems.NO_DUTY())))
        elif change.before is not None and _is_moved(change) and change.after["since_on"] > day.isoformat():
            ahead = date.fromisoformat(change.after["since_on"])
            wrong.append((change, Problem(place, problems.DAY_AHEAD(day_on=ahead))))
    return wrong


def _is_moved(change: Change) -> bool:
    before = change.before or {}
    return any(before.get(name) != change.after.get(name) for name in _IN_HISTORY)


# --- writing

_TODAY = "cast(now() at time zone 'Asia/Shanghai' as date)"
_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as g (number text, name text, unit text, duty text, role text,
 phone text, full_time_percent smallint, from_on date, to_on date, leave_from_on date, leave_to_on date)"""
_INSERT = f"""
insert into staff (number, name, phone, role, org_unit_id, duty, full_time_percent, from_on, to_on, is_active)
select g.number, g.name, g.phone, g.role, u.id, g.duty, coalesce(g.full_time_percent, 100), g.from_on, g.to_on,
       g.to_on is null or g.to_on > {_TODAY}
  from {_GIVEN} join org_units u on u.code = g.unit
"""  # noqa: S608
_UPDATE = f"""
update staff s set name = g.name, phone = g.phone, role = g.role, org_unit_id = u.id, duty = g.duty,
       full_time_percent = coalesce(g.full_time_percent, 100), from_on = g.from_on, to_on = g.to_on,
       is_active = g.to_on is null or g.to_on > {_TODAY}
  from {_GIVEN} join org_units u on u.code = g.unit where s.number = g.number
"""  # noqa: S608
_LEAVES = f"""
insert into staff_leaves (staff_id, from_on, to_on)
select s.id, g.leave_from_on, g.leave_to_on from {_GIVEN} join staff s on s.number = g.number
 where g.leave_from_on is not null
    on conflict (staff_id, from_on) do update set to_on = excluded.to_on
"""  # noqa: S608
# A leave that has begun ends with the day before; one that was to come is none.
_NO_LEAVES = (
    f"""delete from staff_leaves l using {_GIVEN}, staff s
         where s.number = g.number and l.staff_id = s.id and l.from_on = g.leave_from_on
           and l.from_on >= cast(%(day)s as date)""",  # noqa: S608
    f"""update staff_leaves l set to_on = cast(%(day)s as date) from {_GIVEN}, staff s
         where s.number = g.number and l.staff_id = s.id and l.from_on = g.leave_from_on""",  # noqa: S608
)


def _write(rows: Rows, changes: Sequence[Change], day: date) -> None:
    new = [one for one in changes if one.act is Act.NEW]
    old = [one for one in changes if one.before is not None]
    moved = [one for one in old if _is_moved(one)]
    ids = _ids(rows, [one.key for one in moved])
    end_days(rows, HISTORY, [(ids[one.key], one.after["since_on"]) for one in moved])
    _set(rows, [one.after | {"number": one.key[0]} for one in new], _INSERT)
    _set(rows, [one.after | {"number": one.key[0]} for one in old], _UPDATE)
    ids |= _ids(rows, [one.key for one in new])
    begin_days(rows, HISTORY, [(ids[one.key], one.after["since_on"]) for one in (*new, *moved)])
    _change_leaves(rows, [(one.key[0], one.before or {}, one.after) for one in changes], day)
    open_accounts(rows, [ids[one.key] for one in new])


def _take_back(rows: Rows, changes: Sequence[Change], day: date) -> None:
    new = [one for one in changes if one.act is Act.NEW]
    old = [one for one in changes if one.before is not None]
    _set(rows, [(one.before or {}) | {"number": one.key[0]} for one in old], _UPDATE)
    moved = [one for one in old if _is_moved(one)]
    ids = _ids(rows, [one.key for one in changes])
    backs = [(ids[one.key], one.after["since_on"], (one.before or {}).get("since_on")) for one in moved]
    take_days_back(rows, HISTORY, backs)
    _change_leaves(rows, [(one.key[0], one.after, one.before or {}) for one in old], day)
    gone = [ids[one.key] for one in new]
    for table in ("staff_days", "staff_leaves", "accounts"):
        take_away(rows, table, "staff_id", gone)
    take_away(rows, "staff", "id", gone)


def _change_leaves(rows: Rows, changes: Sequence[tuple[str, Values, Values]], day: date) -> None:
    names = ("leave_from_on", "leave_to_on")
    differ = [
        (number, before, after)
        for number, before, after in changes
        if any(before.get(name) != after.get(name) for name in names)
    ]
    over = [
        before | {"number": number}
        for number, before, after in differ
        if before.get("leave_from_on") and before["leave_from_on"] != after.get("leave_from_on")
    ]
    for statement in _NO_LEAVES:
        if over:
            rows.execute(statement, {"rows": as_json(over), "day": day})
    _set(rows, [after | {"number": number} for number, _, after in differ], _LEAVES)


def open_accounts(rows: Rows, staff_ids: Sequence[int]) -> None:
    """An account under the staff number for each who has none; nobody can sign in with it until it is opened."""
    rows.execute(
        """insert into accounts (account, staff_id, password_hash, failed_attempts)
           select number, id, %(none)s, 0 from staff s where id = any(cast(%(ids)s as bigint[]))
              and not exists (select from accounts a where a.staff_id = s.id)
               on conflict (account) do nothing""",
        {"ids": list(staff_ids), "none": NO_PASSWORD},
    )


def _set(rows: Rows, given: Sequence[Values], statement: str) -> None:
    if given:
        rows.execute(statement, {"rows": as_json(list(given))})


STAFF_KIND = ImportKind(
    "staff",
    STAFF_TITLE,
    STAFF_COLUMNS,
    ("number",),
    "staff",
    known=_known,
    read=_read,
    present=_present,
    write=_write,
    take_back=_take_back,
    ids=_ids,
    check=_check,
    complete=_with_roles,
    kept=_kept,
    since="since_on",
    dated=_IN_HISTORY,
    own=("staff_days", "staff_leaves", "accounts"),
    references=(
        Reference("customers", "owner_id"),
        Reference("placements", "owner_id"),
        Reference(
            "sessions",
            "staff_id",
            "(select a.staff_id from sessions s join accounts a on a.id = s.account_id)",
        ),
    ),
    gives_rights=True,
)
