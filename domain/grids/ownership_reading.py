"""Rules and lists as those read them who keep them: within their units, with how many customers each has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.grids.plan_reading import Holder, holder_of
from domain.grids.posts import is_sat_on
from domain.shared.actor import Actor, ScopeForm
from domain.shared.rows import Rows

_TODAY = "cast(%(today)s as date)"
_SEEN = "(%(bank)s or c.org_unit_id = any(cast(%(units)s as bigint[])))"
_UNITS = "(%(bank)s or l.org_unit_id = any(cast(%(units)s as bigint[])))"


@dataclass(frozen=True)
class RuleRead:
    """A version of a rule: in force, or to come."""

    code: str
    name: str
    position: int
    unit_code: str | None
    unit: str | None
    condition: dict[str, Any]
    to_kind: str
    to_code: str
    to_name: str | None
    from_on: date
    to_on: date | None
    in_force: bool
    customers: int
    reason: str
    decided_by: str


@dataclass(frozen=True)
class ListRead:
    code: str
    name: str
    kind: str
    outlet_code: str
    outlet: str
    position: int
    from_on: date
    to_on: date | None
    grid_id: int | None
    a: Holder | None
    b: Holder | None
    named: int
    customers: int


# A version that a later one has followed by now says nothing any more; the end of a rule is shown until its day.
_RULES = f"""
with had as (
    select k.source_id as rule_id, count(*) as customers
      from ownership_claims k join customers c on c.id = k.customer_id
     where k.cause = 'RULE' and {_SEEN} group by k.source_id)
select r.code, r.name, r.position, u.code, u.name, r.condition, r.to_kind, r.to_code,
       case r.to_kind when 'STAFF' then (select s.name from staff s where s.number = r.to_code)
            when 'LIST' then (select l.name from list_grids l where l.code = r.to_code)
            else (select g.name from grids g join plan_in_force p on p.id = g.plan_id where g.code = r.to_code) end,
       r.from_on, r.to_on, r.from_on <= {_TODAY},
       cast(coalesce(had.customers, 0) as int), r.reason, by.name
  from ownership_rules r
  join staff by on by.id = r.decided_by_id
  left join org_units u on u.id = r.org_unit_id
  left join had on had.rule_id = r.id
 where (r.to_on is null or r.to_on > {_TODAY} or r.from_on > {_TODAY})
   and not exists (select from ownership_rules later where later.code = r.code and later.from_on <= {_TODAY}
                      and (later.from_on, later.id) > (r.from_on, r.id))
 order by r.position, r.code, r.from_on, r.id
"""  # noqa: S608


def _holder(role: str) -> str:
    return f"""(select array[s.number, s.name, cast(s.full_time_percent as text)]
                 from posts p join staff s on s.id = p.staff_id
                where p.grid_id = g.id and p.role = '{role}' and {is_sat_on("p", _TODAY)} order by p.id limit 1)"""  # noqa: S608


_LISTS = f"""
select l.code, l.name, l.kind, u.code, u.name, l.position, l.from_on, l.to_on, g.id, {_holder("A")}, {_holder("B")},
       cast((select count(*) from list_grid_members m where m.list_grid_id = l.id
                and m.from_on <= {_TODAY} and (m.to_on is null or m.to_on > {_TODAY})) as int),
       cast((select count(*) from customers c where c.grid_id = g.id) as int)
  from list_grids l
  join org_units u on u.id = l.org_unit_id
  left join grids g on g.code = l.code and g.plan_id = (select id from plan_in_force)
 where {_UNITS} and (l.to_on is null or l.to_on > {_TODAY} or l.code = %(code)s)
 order by l.kind = 'PERSON', l.position, l.code
"""  # noqa: S608


def read_rules(rows: Rows, actor: Actor, today: date) -> list[RuleRead]:
    return [RuleRead(*row) for row in rows.execute(_RULES, _given(actor, today))]


def read_lists(rows: Rows, actor: Actor, today: date, also: str | None = None) -> list[ListRead]:
    """Lists of the actor's units, those of people last; of the code `also` one that is over as well."""
    return [_list(*row) for row in rows.execute(_LISTS, {**_given(actor, today), "code": also})]


def _list(*row: Any) -> ListRead:
    *named, a, b, many, has = row
    code, name, kind, outlet_code, outlet, position, from_on, to_on, grid_id = named
    days = from_on, to_on
    return ListRead(
        code, name, kind, outlet_code, outlet, position, *days, grid_id, holder_of(a), holder_of(b), many, has
    )


def _given(actor: Actor, today: date) -> dict[str, Any]:
    return {
        "bank": actor.form is ScopeForm.BANK,
        "units": list(actor.scope.unit_ids),
        "today": today,
    }
