"""What the map and the grid's panel show: one row a grid, small ones counted, large ones summed from theirs.

Every number counts the active customers for whom its rule holds, made of the same fields as the list that it opens.
Money is everybody's: what the dead left behind, and what those who moved away have, is the bank's all the same.
"""

from datetime import date
from typing import Any

from domain.customers.fields import CUSTOMER
from domain.customers.parameters import AT_RISK_BAND
from domain.shared.night import Connection
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.rendering import Rendered, rendered_part
from domain.tasks.fields import DUE_VISITS

FIGURES: dict[str, dict[str, Any]] = {
    "located": {"field": "located", "operator": "eq", "value": True},
    # Ninety days end with the data date, so the first that does not count lies ninety days before it.
    "visited_90d": {"field": "lastVisitOn", "operator": "gt", "value": {"days": -90}},
    "visited_180d": {"field": "lastVisitOn", "operator": "gt", "value": {"days": -180}},
    "visited_365d": {"field": "lastVisitOn", "operator": "gt", "value": {"days": -365}},
    "visited_ever": {"field": "lastVisitOn", "operator": "known", "value": True},
    # 走访率 is our own work; 盲区 are those whom nobody has seen, here or in the system before.
    "visited_here_90d": {"field": "visitedHereOn", "operator": "gt", "value": {"days": -90}},
    "key_customers": {"field": "tier", "operator": "eq", "value": "KEY"},
    "due_visits": {"field": "due", "operator": "eq", "value": True},
    "at_risk": {"field": "attritionBand", "operator": "gte", "value": {"parameter": AT_RISK_BAND.name}},
}

# One pass over the customers gives both what grids show and what is kept of atoms.
_SUMMED = """
create temp table summed on commit drop as
select c.grid_id, coalesce(c.atom_id, 0) as atom_id, c.kind, c.tier,
       count(*) filter (where c.status = 'ACTIVE') as customers, {figures},
       coalesce(sum(c.deposit_fen), 0)::bigint as deposit_fen, coalesce(sum(c.loan_fen), 0)::bigint as loan_fen
  from customers c
  left join due_visits d on d.customer_id = c.id
 group by 1, 2, 3, 4
"""
_ATOM_NAMES = (
    "customers",
    "located",
    "visited_90d",
    "key_customers",
    "deposit_fen",
    "loan_fen",
    "due_visits",
    "at_risk",
    "visited_here_90d",
)
"""What days keep of their atoms."""
_NAMES = (*_ATOM_NAMES, "visited_180d", "visited_365d", "visited_ever")
_SUM = "coalesce(sum(s.{name}), 0)::bigint as {name}"
_SUMS, _ATOM_SUMS = (", ".join(_SUM.format(name=name) for name in names) for names in (_NAMES, _ATOM_NAMES))
_COUNTED = f"""
create temp table counted on commit drop as
with small as (
    select g.id, g.parent_id, {_SUMS}
      from grids g left join summed s on s.grid_id = g.id
     where g.level in ('SMALL', 'LIST') group by g.id)
select id as grid_id, {", ".join(_NAMES)} from small
union all
select g.id, {_SUMS}
  from grids g left join small s on s.parent_id = g.id
 where g.level = 'LARGE' group by g.id
"""  # noqa: S608
# Whoever is on a list is work of the list and of no plan's grid: each customer counts once.
_FORGET_ATOMS = "delete from atom_sums where data_date = %(day)s"
_KEEP_ATOMS = f"""
insert into atom_sums (data_date, atom_id, kind, tier, {", ".join(_ATOM_NAMES)})
select %(day)s, s.atom_id, s.kind, s.tier, {_ATOM_SUMS} from summed s
 where not exists (select from grids g where g.id = s.grid_id and g.level = 'LIST')
 group by s.atom_id, s.kind, s.tier
"""  # noqa: S608

# A median is no sum: that of a large grid is taken of its customers. Whoever was never visited has no days to count.
_MEDIANS = """
select g.id as grid_id, percentile_disc(0.5) within group (
           order by greatest(cast(%(day)s as date) - c.last_visit_on, 0)) as median_days_unvisited
  from customers c
  join grids own on own.id = c.grid_id
  cross join lateral (values (own.id), (own.parent_id)) as g (id)
 where c.status = 'ACTIVE' and c.last_visit_on is not null and g.id is not null
 group by g.id
"""
_KEPT = (*_NAMES, "at_risk_band", "median_days_unvisited")
_WRITE = f"""
insert into grid_statistics as s (grid_id, {", ".join(_KEPT)})
select c.grid_id, {", ".join(_NAMES)}, %(at_risk)s, m.median_days_unvisited
  from counted c left join ({_MEDIANS}) m on m.grid_id = c.grid_id
on conflict (grid_id) do update
   set {", ".join(f"{name} = excluded.{name}" for name in _KEPT)}
 where ({", ".join(f"s.{name}" for name in _KEPT)})
       is distinct from ({", ".join(f"excluded.{name}" for name in _KEPT)})
"""  # noqa: S608


def count_grids(connection: Connection, as_of: AsOf, language: Language) -> int:
    """Rebuild the statistics of all grids as of a data date, and keep the same by atom under that day; gives the number
    of grids whose figures changed.

    The band from which a customer counts as about to leave is kept beside the figure, for the list it opens.
    """
    assert isinstance(as_of.day, date), "figures are kept under their day"
    parts = {name: _holds(language, name, rule, as_of) for name, rule in FIGURES.items()}
    figures = ", ".join(
        f"count(*) filter (where c.status = 'ACTIVE' and ({part.text})) as {name}"
        for name, part in parts.items()
    )
    given = {name: value for part in parts.values() for name, value in part.parameters.items()}
    connection.execute(_SUMMED.replace("{figures}", figures).encode(), given)
    connection.execute(_COUNTED.encode())
    connection.execute(_FORGET_ATOMS, {"day": as_of.day})
    connection.execute(_KEEP_ATOMS.encode(), {"day": as_of.day})
    changed = connection.execute(
        _WRITE.encode(), {"at_risk": AT_RISK_BAND.of(as_of.parameters), "day": as_of.day}
    ).rowcount
    connection.execute("drop table counted, summed")
    return changed


def _holds(language: Language, name: str, rule: dict[str, Any], as_of: AsOf) -> Rendered:
    """The condition of a figure over the rows `c` and `d` of the statement."""
    read = language.read(rule, CUSTOMER, parameters=as_of.parameters)
    customer, due = CUSTOMER.table.alias("c"), DUE_VISITS.rows(as_of.sql).alias("d")
    return rendered_part(
        holds(read.root, customer, as_of, {DUE_VISITS.name: due}), customer, due, called=name
    )
