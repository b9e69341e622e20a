"""名单成员 as a kind of import: who is on which list, by the core's number, the certificate or the credit code.

However a file names a customer, he is known afterwards by the core's number, or by ours (`#12`) where he has none: what
is kept, shown and written into templates holds no certificate, and a customer who is named in two ways is one member.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.grids.import_columns import MEMBERS_COLUMNS, MEMBERS_TITLE
from domain.grids.list_keeping import MARK
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
from domain.shared.rows import Rows
from domain.shared.sheets.records import Problem

_CERTIFICATE = re.compile(r"[0-9A-Za-z]{15,}")

_LISTS = """
select code from list_grids where kind <> 'PERSON' and (to_on is null or to_on > cast(%(day)s as date))
"""


def _known(rows: Rows, day: date) -> frozenset[str]:
    return frozenset(code for (code,) in rows.execute(_LISTS, {"day": day}))


def _read(texts: Mapping[str, str], known: frozenset[str], say: Say) -> Values:
    said = values.needed(texts.get("list", ""), "list", 40, say)
    code = MARK + said.removeprefix(MARK) if said else said
    if code and code not in known:
        say("list", problems.NOT_KNOWN(given=code))
    found: Values = {"list": code, "customer": values.needed(texts.get("customer", ""), "customer", 40, say)}
    if "to_on" in texts:
        found["to_on"] = values.day(texts["to_on"], "to_on", say)
    return found


# Of two core numbers the lower one; without one, the number that we gave him.
_KEY = """coalesce((select min(r.key) from source_records r where r.feed = 'core_customer'
                     and r.customer_id = {customer}), '#' || {customer})"""
_PRESENT = f"""
select distinct on (l.id, m.customer_id) l.code, {_KEY.format(customer="m.customer_id")}, m.to_on
  from list_grid_members m join list_grids l on l.id = m.list_grid_id
 where (m.to_on is null or m.to_on > cast(%(day)s as date)) and l.kind <> 'PERSON'
 order by l.id, m.customer_id, m.from_on desc
"""  # noqa: S608


def _present(rows: Rows, day: date) -> Present:
    return {
        (code, key): {"to_on": None if to_on is None else to_on.isoformat()}
        for code, key, to_on in rows.execute(_PRESENT, {"day": day})
    }


_NAMED = "jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (list text, customer text, to_on date)"
# Certificates are no key of customers: whom two customers share nobody can tell apart.
_WHO = f"""
with said as (select distinct customer from {_NAMED}),
found as (
    select s.customer, r.customer_id from said s
      join source_records r on r.feed = 'core_customer' and r.key = s.customer and r.customer_id is not null
    union
    select s.customer, c.id from said s join customers c on c.certificate = s.customer
    union
    select s.customer, c.id from said s
      join customers c on c.id = case when s.customer ~ '^#[0-9]{{1,18}}$' then substr(s.customer, 2)::bigint end)
select customer, min(customer_id) as customer_id from found group by customer having count(*) = 1
"""  # noqa: S608
_KNOWN = f"select w.customer, {_KEY.format(customer='w.customer_id')} from ({_WHO}) w"  # noqa: S608


def _lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """The wishes by the numbers of customers; whom nobody knows, and who is named twice differently, is refused.

    Whoever is on a list that the file does not name stays there: one list's file knows nothing of the others.
    """
    keys = [*(wish.key for wish in wishes), *together.spared]
    asked = [{"list": code, "customer": said} for code, said in keys]
    known: dict[str, str] = dict(rows.execute(_KNOWN, {"rows": as_json(asked)}))
    lists = {code for code, _ in keys}
    refused: set[Key] = {(code, known[said]) for code, said in together.spared if said in known}
    refused |= {key for key in together.present if key[0] not in lists}
    laid: dict[Key, Wish] = {}
    wrong: list[Problem] = []
    for wish in wishes:
        code, said = wish.key
        key: Key = (code, known.get(said, said))
        first = laid.get(key)
        if said not in known:
            _list, customer = wish.key_places
            wrong.append(Problem(customer, problems.NOT_KNOWN(given=_shown(said))))
        elif first is None:
            laid[key] = Wish(key, wish.given, wish.place)
            continue
        elif first.given == wish.given:
            continue
        else:
            wrong.append(Problem(wish.place, problems.TWICE(first=str(first.place))))
        refused.add(key)
    return LaidOut(list(laid.values()), wrong, frozenset(refused))


def _shown(said: str) -> str:
    """A certificate of nobody whom we know by its ends; the row leads to the rest."""
    return f"{said[0]}{'*' * (len(said) - 2)}{said[-1]}" if _CERTIFICATE.fullmatch(said) else said


_BEGIN = f"""
insert into list_grid_members (list_grid_id, named_for_id, from_on, to_on, customer_id, named_as)
select l.id, who.customer_id, cast(%(day)s as date), n.to_on, who.customer_id, n.customer
  from ({_WHO}) who
  join {_NAMED} on n.customer = who.customer
  join list_grids l on l.code = n.list
on conflict (list_grid_id, named_for_id, from_on) do update set to_on = excluded.to_on, named_as = excluded.named_as
"""  # noqa: S608
_OF_IT = f"""
from ({_WHO}) who
  join {_NAMED} on n.customer = who.customer
  join list_grids l on l.code = n.list
 where m.list_grid_id = l.id and m.customer_id = who.customer_id
"""
# On the very day on which he came he never was there.
_SET = f"""
update list_grid_members m set to_on = case when n.to_on is not null then greatest(n.to_on, m.from_on) end {_OF_IT}
   and (m.to_on is null or m.to_on > cast(%(day)s as date))
"""  # noqa: S608
_AGAIN = f"""
update list_grid_members m set to_on = n.to_on {_OF_IT}
   and m.from_on = (select max(last.from_on) from list_grid_members last
                     where last.list_grid_id = m.list_grid_id and last.named_for_id = m.named_for_id)
"""  # noqa: S608
_REMOVE = f"""
delete from list_grid_members m using {_OF_IT.lstrip().removeprefix("from ")}
   and m.from_on >= cast(%(day)s as date)
"""  # noqa: S608
# Nights have gone by with him on the list: what they made of it stays, and he leaves it today.
_LEAVE = f"""
update list_grid_members m set to_on = cast(%(day)s as date) {_OF_IT}
   and (m.to_on is null or m.to_on > cast(%(day)s as date))
"""  # noqa: S608


def _write(rows: Rows, changes: Sequence[Change], day: date) -> None:
    _run(rows, _BEGIN, [one for one in changes if one.act is Act.NEW], day)
    _run(rows, _SET, [one for one in changes if one.act is not Act.NEW], day)


def _take_back(rows: Rows, changes: Sequence[Change], today: date) -> None:
    for statement in (_REMOVE, _LEAVE):
        _run(rows, statement, [one for one in changes if one.before is None], today)
    before = [
        Change(one.act, one.key, None, one.before, one.place) for one in changes if one.before is not None
    ]
    _run(rows, _AGAIN, before, today)


def _run(rows: Rows, statement: str, changes: Sequence[Change], day: date) -> None:
    if changes:
        rows.execute(statement, {"rows": _rows(changes), "day": day})


def _rows(changes: Sequence[Change]) -> str:
    given: list[dict[str, Any]] = [
        {"list": one.key[0], "customer": one.key[1], "to_on": one.after.get("to_on")} for one in changes
    ]
    return as_json(given)


def _ids(_rows: Rows, _keys: Sequence[Key]) -> dict[Key, int]:
    """Nothing refers to a member of a list: he has no number of his own."""
    return {}


MEMBERS_KIND = ImportKind(
    "members",
    MEMBERS_TITLE,
    MEMBERS_COLUMNS,
    ("list", "customer"),
    "list_grid_members",
    known=_known,
    read=_read,
    present=_present,
    write=_write,
    take_back=_take_back,
    ids=_ids,
    lay_out=_lay_out,
)
