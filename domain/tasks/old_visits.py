"""旧系统走访与档案 as a kind of import: what the bank's former system kept of visits and of customers' files.

It is a past that nobody made here: it tells when a customer was last seen, and counts in no figure of staff, coverage
or effect. Rows only come: what a file leaves out stays.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.customers.identity.certificates import certificate, credit_code
from domain.shared.dated import these
from domain.shared.imports import values
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
from domain.shared.statements import DATE, declare
from domain.tasks.cadence import VALID_OUTCOMES
from domain.tasks.due_statements import LAST_VISITS
from domain.tasks.import_columns import KINDS, OLD_COLUMNS, OLD_TITLE, OUTCOMES
from domain.tasks.visits import LONGEST_NOTE

NOBODY_SAID = declare("ROW_CUSTOMER_NOT_SAID")
NOBODY_FOUND = declare("ROW_CUSTOMER_NOT_FOUND")
SEVERAL_FOUND = declare("ROW_CUSTOMERS_SEVERAL")
"""Certificate, number and account lead to different customers, or one of them to several."""
NOT_YET = declare("ROW_DAY_NOT_YET", day_on=DATE)

_WAYS = ("certificate", "credit", "cust_no", "account")
"""How a row may name its customer, in the form in which source records keep it."""


def _last_day(rows: Rows, day: date) -> date:
    """What is to come nobody has visited yet, whatever day an import is for."""
    today: date = rows.execute("select cast(now() at time zone 'Asia/Shanghai' as date)")[0][0]
    return min(day, today)


def _read(texts: Mapping[str, str], last_day: date, say: Say) -> Values:
    """The ways to the customer are worked out together with all rows (`_with_customers`), and are not kept."""
    found: Values = {
        "source": values.needed(texts.get("source", ""), "source", 40, say),
        "made_on": values.day(values.needed(texts.get("made_on", ""), "made_on", 40, say), "made_on", say),
        "kind": values.one_of(texts.get("kind", ""), "kind", KINDS, say) or "VISIT",
    }
    if found["made_on"] and found["made_on"] > last_day.isoformat():
        say("made_on", NOT_YET(day_on=date.fromisoformat(found["made_on"])))
    if "outcome" in texts:
        found["outcome"] = values.one_of(texts["outcome"], "outcome", OUTCOMES, say)
    for column, most in (("by_whom", 40), ("content", LONGEST_NOTE)):
        if column in texts:
            found[column] = values.short(texts[column], column, most, say)
    found |= _ways(texts)
    if not any(texts.get(column) for column in ("certificate", "cust_no", "account")):
        say("source", NOBODY_SAID())
    found["number"] = values.short(texts.get("number", ""), "number", 60, say) or _number_of(found)
    return found


def _ways(texts: Mapping[str, str]) -> Values:
    said = texts.get("certificate", "")
    code = credit_code(said)
    paper = None if code else certificate("OTHER", said)
    return {
        "certificate": paper and paper[1],
        "credit": code,
        "cust_no": texts.get("cust_no") or None,
        "account": texts.get("account", "").replace(" ", "") or None,
    }


def _number_of(found: Values) -> str:
    """Of a record that had none: the same row is the same record, and nobody reads from it whose it is."""
    said = [str(found.get(name) or "") for name in (*_WAYS, "made_on", "kind", "content")]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


# --- whose a row is

# Records of one certificate, number or account; the lowest names the row for good, as its customer's id does, unless
# the row was kept for another record of the same customer before.
_WHOSE = """
with said as (
    select * from jsonb_to_recordset(cast(%(rows)s as jsonb))
                  as s (at int, certificate text, credit text, cust_no text, account text, before bigint)),
found as (
    select s.at, r.id, r.customer_id from said s join source_records r on r.cert_norm = s.certificate
     union
    select s.at, r.id, r.customer_id from said s join source_records r on r.uscc_norm = s.credit
     union
    select s.at, r.id, r.customer_id from said s
      join source_records r on r.feed = 'core_customer' and r.key = s.cust_no
     union
    select s.at, r.id, r.customer_id from said s
      join src_core_deposit d on d.acct_no = s.account
      join source_records r on r.feed = 'core_customer' and r.key = d.cust_no),
one as (
    select f.at, count(distinct f.customer_id) as customers, min(f.id) as record, min(f.customer_id) as customer
      from found f where f.customer_id is not null group by f.at)
select o.at, o.customers, coalesce(b.id, o.record)
  from one o join said s on s.at = o.at
  left join source_records b on b.id = s.before and b.customer_id = o.customer
"""


def _with_customers(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """Each wish with the record that it names instead of the ways there; without one or with several it falls out."""
    asked = [
        {"at": at, "before": (together.present.get(wish.key) or {}).get("customer")}
        | {way: wish.given[way] for way in _WAYS}
        for at, wish in enumerate(wishes)
    ]
    found = {at: (many, record) for at, many, record in rows.execute(_WHOSE, {"rows": as_json(asked)})}
    kept: list[Wish] = []
    wrong: dict[Key, Problem] = {}
    for at, wish in enumerate(wishes):
        many, record = found.get(at, (0, None))
        if many == 1:
            given = {name: value for name, value in wish.given.items() if name not in _WAYS}
            kept.append(replace(wish, given=given | {"customer": record}))
        else:
            wrong[wish.key] = Problem(wish.place, SEVERAL_FOUND() if many else NOBODY_FOUND())
    return LaidOut(kept, tuple(wrong.values()), frozenset(wrong))


# --- what is there

_NAMES = ("kind", "made_on", "outcome", "by_whom", "content", "customer")
_THERE = """
select o.source, o.number, o.kind, o.made_on, o.outcome, o.by_whom, o.content, o.recorded_for_id
  from old_visits o
  join jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (source text, number text)
    on n.source = o.source and n.number = o.number
"""


def _present_of(rows: Rows, keys: Sequence[Key]) -> Present:
    asked = [{"source": source, "number": number} for source, number in keys]
    return {
        (source, number): {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in zip(_NAMES, others, strict=True)
        }
        for source, number, *others in rows.execute(_THERE, {"rows": as_json(asked)})
    }


def _nothing_to_show(_rows: Rows, _day: date) -> Present:
    """A template is an example: what was talked about with customers is read on their pages, by who may see them."""
    return {}


# --- writing

_GIVEN = """jsonb_to_recordset(cast(%(rows)s as jsonb)) as n (source text, number text, kind text, made_on date,
    outcome text, by_whom text, content text, customer bigint)"""
_SET = f"""
insert into old_visits (customer_id, recorded_for_id, source, number, kind, made_on, outcome, by_whom, content)
select coalesce(r.customer_id, n.customer), n.customer, n.source, n.number, n.kind, n.made_on, n.outcome, n.by_whom,
       n.content
  from {_GIVEN} left join source_records r on r.id = n.customer
    on conflict (source, number) do update
       set customer_id = excluded.customer_id, recorded_for_id = excluded.recorded_for_id, kind = excluded.kind,
           made_on = excluded.made_on, outcome = excluded.outcome, by_whom = excluded.by_whom,
           content = excluded.content
"""  # noqa: S608
_REMOVE = f"delete from old_visits o using {_GIVEN} where o.source = n.source and o.number = n.number"  # noqa: S608
_OF_RECORDS = """
select distinct customer_id from source_records
 where id = any(cast(%(ids)s as bigint[])) and customer_id is not null
"""


def _write(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    _run(rows, _SET, [(one.key, one.after) for one in changes])
    _look_again(rows, changes)


def _take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    _run(rows, _REMOVE, [(one.key, one.after) for one in changes if one.act is Act.NEW])
    _run(rows, _SET, [(one.key, one.before) for one in changes if one.before is not None])
    _look_again(rows, changes)


def _run(rows: Rows, statement: str, given: Sequence[tuple[Key, Values]]) -> None:
    if given:
        lines: list[dict[str, Any]] = [
            said | {"source": source, "number": number} for (source, number), said in given
        ]
        rows.execute(statement, {"rows": as_json(lines)})


def _look_again(rows: Rows, changes: Sequence[Change]) -> None:
    """When the customers of these rows were last seen; whom to see follows with the night."""
    records = {said["customer"] for one in changes for said in (one.before, one.after) if said}
    whom = these([customer for (customer,) in rows.execute(_OF_RECORDS, {"ids": sorted(records)})])
    given = {**(whom.parameters or {}), "valid": list(VALID_OUTCOMES)}
    rows.execute(LAST_VISITS.format(whom=whom.of("c.id")), given)


def _ids(_rows: Rows, _keys: Sequence[Key]) -> dict[Key, int]:
    """Nothing refers to a record of a former system."""
    return {}


OLD_VISITS_KIND = ImportKind(
    "visits",
    OLD_TITLE,
    OLD_COLUMNS,
    ("source", "number"),
    "old_visits",
    known=_last_day,
    read=_read,
    present=_nothing_to_show,
    present_of=_present_of,
    write=_write,
    take_back=_take_back,
    ids=_ids,
    lay_out=_with_customers,
)
