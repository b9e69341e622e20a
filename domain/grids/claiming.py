"""Who owns a customer before his place is asked: an exception, then a list that names him, then the first rule that
holds. One pass over whom it concerns, into the table `claimed`; nobody in it is left without an owner.

A claim to whom nobody in service stands behind falls through to the next: to the next rule, and at last to the place.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    any_,
    bindparam,
    case,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.customers.fields import CUSTOMER
from domain.grids.ownership_errors import OwnershipRuleCircular
from domain.grids.ownership_rules import RuleInForce, read_condition
from domain.shared.dated import Whom
from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows
from domain.shared.rules.errors import RuleRefused
from domain.shared.rules.finding import besides, joined
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.rendering import rendered
from domain.shared.rules.tree import Rule

_CLAIMED = """
create temp table claimed (customer_id bigint, grid_id bigint, org_unit_id bigint, owner_id bigint, cause text,
                           source_id bigint) on commit drop
"""
# `seat` has the grids of the plan with who sits there (ownership.py).
_NAMED = """
insert into claimed
select distinct on (customer_id) customer_id, grid_id, org_unit_id, owner_id, cause, source_id
  from (select e.customer_id, seat.grid_id, seat.org_unit_id, seat.owner_id, cast('EXCEPTION' as text) as cause,
               e.id as source_id, 1 as turn, -e.id as place_in_turn
          from owner_exceptions e
          join list_grids l on l.staff_id = e.staff_id
          join seat on seat.code = l.code and seat.owner_id is not null
         where e.from_on <= %(day)s and %(day)s < e.to_on
        union all
        select m.customer_id, seat.grid_id, seat.org_unit_id, seat.owner_id, 'LIST', l.id, 2,
               cast(l.position as bigint) * 1000000000 + l.id
          from list_grid_members m
          join list_grids l on l.id = m.list_grid_id and l.from_on <= %(day)s and (l.to_on is null or l.to_on > %(day)s)
          join seat on seat.code = l.code and seat.owner_id is not null
         where m.from_on <= %(day)s and (m.to_on is null or m.to_on > %(day)s)) named
 where {whom}
 order by customer_id, turn, place_in_turn
"""
# A person is known by his list; in a trial he may have none yet.
_TARGETS = f"""
select seat.grid_id, standing.org_unit_id, coalesce(seat.owner_id, s.id)
  from staff s join standing on standing.unit_id = s.org_unit_id
  left join list_grids l on l.staff_id = s.id
  left join seat on seat.code = l.code
 where cast(%(kind)s as text) = 'STAFF' and s.number = %(code)s and {is_in_service("s", "cast(%(day)s as date)")}
union all
select seat.grid_id, seat.org_unit_id, seat.owner_id from seat
 where cast(%(kind)s as text) <> 'STAFF' and seat.code = %(code)s and seat.owner_id is not null
   and not exists (select from list_grids l where l.code = seat.code and l.to_on <= %(day)s)
"""  # noqa: S608
_BELOW = (
    "select below.id from units_below(array[cast(%(unit)s as bigint)], cast(%(day)s as date)) as below (id)"
)
_RULED = """
create temp table ruled on commit drop as
select found.id, found.rule from ({found}) found where found.rule is not null and {whom}
"""
_TAKE_RULED = """
insert into claimed
select ruled.id, target.grid_id, target.org_unit_id, target.owner_id, 'RULE', target.source_id
  from ruled join rule_target target on target.code = ruled.rule
 where not exists (select from claimed where claimed.customer_id = ruled.id)
"""
_TARGET = """
create temp table rule_target (code text, source_id bigint, grid_id bigint, org_unit_id bigint, owner_id bigint)
on commit drop
"""

_PLACE = table("place", column("atom_id", BigInteger), column("org_unit_id", BigInteger))
_NAMED_BY_CRM = table("named", column("number", String), column("org_unit_id", BigInteger))
_OUTLET = table("outlet", column("code", String), column("id", BigInteger))

Readable = tuple[RuleInForce, Rule, list[int] | None]
"""A rule with its condition read, and the units to which it keeps."""


def claim(rows: Rows, day: date, whom: Whom, language: Language, rules: Sequence[RuleInForce]) -> list[str]:
    """Fill `claimed` for a day; gives the codes of rules that have nobody to give to, or can no longer be read.

    Stands on `standing`, `seat`, `place`, `named` and `outlet` of the statement's transaction.
    """
    given = {"day": day, **(whom.parameters or {})}
    rows.execute(_CLAIMED)
    rows.execute(_NAMED.format(whom=whom.of("customer_id")), given)
    readable = ready(rows, day, language, rules)
    if readable:
        _rule(rows, day, whom, readable)
    rows.execute("drop table rule_target")
    rows.execute("analyze claimed")
    stand = {one.code for one, _, _ in readable}
    return [one.code for one in rules if one.code not in stand]


def ready(rows: Rows, day: date, language: Language, rules: Sequence[RuleInForce]) -> list[Readable]:
    """The rules that can be read and have somebody to give to, in their order; `rule_target` says whom."""
    rows.execute(_TARGET)
    found: list[Readable] = []
    for one in rules:
        target = rows.execute(_TARGETS, {"kind": one.to_kind, "code": one.to_code, "day": day})
        read = _read(language, one)
        if target and read is not None:
            rows.execute(
                "insert into rule_target values (%(code)s, %(id)s, %(grid)s, %(unit)s, %(owner)s)",
                {
                    "code": one.code,
                    "id": one.id,
                    "grid": target[0][0],
                    "unit": target[0][1],
                    "owner": target[0][2],
                },
            )
            found.append((one, read, _units(rows, one, day)))
    return found


def _read(language: Language, rule: RuleInForce) -> Rule | None:
    """None where a later release does not know what a rule asks: its customers fall through, and the night goes on."""
    try:
        return read_condition(language, rule.condition)
    except (RuleRefused, OwnershipRuleCircular):
        return None


def _units(rows: Rows, rule: RuleInForce, day: date) -> list[int] | None:
    if rule.org_unit_id is None:
        return None
    return [int(key) for (key,) in rows.execute(_BELOW, {"unit": rule.org_unit_id, "day": day})]


def _rule(rows: Rows, day: date, whom: Whom, readable: list[Readable]) -> None:
    row, source, conditions = conditions_of(day, readable)
    first = case(
        *((holding, bindparam("of", one.code, String, unique=True)) for (one, _, _), holding in conditions)
    )
    part = rendered(select(row.c.id, first.label("rule")).select_from(source))
    # The condition on whom it concerns is the caller's text, so it stands outside of what SQLAlchemy writes.
    found = _RULED.format(found=part.text, whom=whom.of("found.id"))
    rows.execute(found, {**part.parameters, **(whom.parameters or {})})
    rows.execute("analyze ruled")
    rows.execute(_TAKE_RULED)
    rows.execute("drop table ruled")


def conditions_of(
    day: date, readable: list[Readable]
) -> tuple[Any, Any, list[tuple[Readable, ColumnElement[bool]]]]:
    """The row of customers, what it is joined with, and of each rule whether it holds, as of the day before `day`."""
    as_of = AsOf(date.fromordinal(day.toordinal() - 1))
    row = CUSTOMER.table.alias("c")
    source, beside = joined(row, CUSTOMER.key, besides(*(rule.root for _, rule, _ in readable)), as_of)
    if any(units is not None for _, _, units in readable):
        source = (
            source.outerjoin(_PLACE, _PLACE.c.atom_id == row.c.atom_id)
            .outerjoin(_NAMED_BY_CRM, _NAMED_BY_CRM.c.number == row.c.manager_number)
            .outerjoin(_OUTLET, _OUTLET.c.code == row.c.open_org_code)
        )
    unit = func.coalesce(_PLACE.c.org_unit_id, _NAMED_BY_CRM.c.org_unit_id, _OUTLET.c.id)
    found = []
    for one in readable:
        _, rule, units = one
        holding = holds(rule.root, row, as_of, beside)
        if units is not None:
            bound = bindparam("units", units, ARRAY(BigInteger), unique=True)
            holding = and_(unit == any_(bound), holding)
        found.append((one, holding))
    return row, source, found


_KEEP = """
with gone as (
    delete from ownership_claims k where {of_kept}
       and not exists (select from claimed c where c.customer_id = k.customer_id)),
written as (
    insert into ownership_claims as k (customer_id, cause, source_id)
    select customer_id, cause, source_id from claimed
    on conflict (customer_id) do update set cause = excluded.cause, source_id = excluded.source_id
     where (k.cause, k.source_id) is distinct from (excluded.cause, excluded.source_id))
select count(*) from claimed
"""


def keep_claims(rows: Rows, whom: Whom) -> int:
    """Bring `ownership_claims` to what `claimed` says; gives how many customers are claimed."""
    given = dict(whom.parameters or {})
    return int(rows.execute(_KEEP.format(of_kept=whom.of("k.customer_id")), given)[0][0])
