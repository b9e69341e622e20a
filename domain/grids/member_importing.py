"""名单成员 as a kind of import: who is on which list, by the core's number, the certificate or the credit code."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.grids.import_columns import MEMBERS_COLUMNS, MEMBERS_TITLE
from domain.grids.list_keeping import MARK
from domain.shared.imports import problems, values
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Present, Say, Values
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place, Problem

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


_PRESENT = """
select l.code, m.named_as, m.to_on from list_grid_members m join list_grids l on l.id = m.list_grid_id
 where (m.to_on is null or m.to_on > cast(%(day)s as date)) and l.kind <> 'PERSON'
"""


def _present(rows: Rows, day: date) -> Present:
    return {
        (code, said): {"to_on": None if to_on is None else to_on.isoformat()}
        for code, said, to_on in rows.execute(_PRESENT, {"day": day})
    }


_NAMED = "jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (list text, customer text, to_on date)"
# Certificates are no key of customers: whom two customers share nobody can tell apart.
_WHO = f"""
with said as (select * from {_NAMED}),
found as (
    select s.customer, r.customer_id from said s
      join source_records r on r.feed = 'core_customer' and r.key = s.customer and r.customer_id is not null
    union
    select s.customer, c.id from said s join customers c on c.certificate = s.customer)
select customer, min(customer_id), count(*) from found group by customer
"""  # noqa: S608


def _check(
    rows: Rows, changes: Sequence[Change], _present: Present, _day: date
) -> Sequence[tuple[Change, Problem]]:
    named = [one for one in changes if one.act is Act.NEW]
    if not named:
        return ()
    found = {said: many for said, _, many in rows.execute(_WHO, {"rows": _rows(named)})}
    return [
        (one, Problem(one.place or Place("", 0), problems.NOT_KNOWN(given=one.key[1])))
        for one in named
        if found.get(one.key[1]) != 1
    ]


_BEGIN = f"""
insert into list_grid_members (list_grid_id, named_for_id, from_on, to_on, customer_id, named_as)
select l.id, who.customer_id, cast(%(day)s as date), n.to_on, who.customer_id, n.customer
  from ({_WHO}) who (customer, customer_id, many)
  join {_NAMED} on n.customer = who.customer
  join list_grids l on l.code = n.list
on conflict (list_grid_id, named_for_id, from_on) do update set to_on = excluded.to_on, named_as = excluded.named_as
"""  # noqa: S608
_OF_IT = f"""
from {_NAMED}
  join list_grids l on l.code = n.list
 where m.list_grid_id = l.id and m.named_as = n.customer
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
delete from list_grid_members m using {_NAMED}, list_grids l
 where l.code = n.list and m.list_grid_id = l.id and m.named_as = n.customer and m.from_on >= cast(%(day)s as date)
"""  # noqa: S608


def _write(rows: Rows, changes: Sequence[Change], day: date) -> None:
    _run(rows, _BEGIN, [one for one in changes if one.act is Act.NEW], day)
    _run(rows, _SET, [one for one in changes if one.act is not Act.NEW], day)


def _take_back(rows: Rows, changes: Sequence[Change], day: date) -> None:
    _run(rows, _REMOVE, [one for one in changes if one.before is None], day)
    before = [
        Change(one.act, one.key, None, one.before, one.place) for one in changes if one.before is not None
    ]
    _run(rows, _AGAIN, before, day)


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
    check=_check,
)
