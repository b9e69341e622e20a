"""What the map and the grid's panel show: one row a grid, small ones counted, large ones summed from theirs.

Every number counts the active customers for whom its rule holds, made of the same fields as the list that it opens.
Money is everybody's: what the dead left behind, and what those who moved away have, is the bank's all the same.
"""

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
    "key_customers": {"field": "tier", "operator": "eq", "value": "KEY"},
    "due_visits": {"field": "due", "operator": "eq", "value": True},
    "at_risk": {"field": "attritionBand", "operator": "gte", "value": {"parameter": AT_RISK_BAND.name}},
}

_COUNTED = """
create temp table counted on commit drop as
with small as (
    select g.id, g.parent_id, count(*) filter (where c.status = 'ACTIVE') as customers, {figures},
           coalesce(sum(c.deposit_fen), 0)::bigint as deposit_fen, coalesce(sum(c.loan_fen), 0)::bigint as loan_fen
      from grids g
      left join customers c on c.grid_id = g.id
      left join due_visits d on d.customer_id = c.id
     where g.level = 'SMALL' group by g.id)
select id as grid_id, customers, located, visited_90d, key_customers, deposit_fen, loan_fen, due_visits, at_risk
  from small
union all
select g.id, coalesce(sum(s.customers), 0), coalesce(sum(s.located), 0), coalesce(sum(s.visited_90d), 0),
       coalesce(sum(s.key_customers), 0), coalesce(sum(s.deposit_fen), 0), coalesce(sum(s.loan_fen), 0),
       coalesce(sum(s.due_visits), 0), coalesce(sum(s.at_risk), 0)
  from grids g left join small s on s.parent_id = g.id
 where g.level = 'LARGE' group by g.id
"""

_WRITE = """
insert into grid_statistics as s
    (grid_id, customers, located, visited_90d, key_customers, deposit_fen, loan_fen, due_visits, at_risk, at_risk_band)
select grid_id, customers, located, visited_90d, key_customers, deposit_fen, loan_fen, due_visits, at_risk, %(at_risk)s
  from counted
on conflict (grid_id) do update
   set customers = excluded.customers, located = excluded.located, visited_90d = excluded.visited_90d,
       key_customers = excluded.key_customers, deposit_fen = excluded.deposit_fen, loan_fen = excluded.loan_fen,
       due_visits = excluded.due_visits, at_risk = excluded.at_risk, at_risk_band = excluded.at_risk_band
 where (s.customers, s.located, s.visited_90d, s.key_customers, s.deposit_fen, s.loan_fen, s.due_visits, s.at_risk,
        s.at_risk_band)
       is distinct from (excluded.customers, excluded.located, excluded.visited_90d, excluded.key_customers,
                         excluded.deposit_fen, excluded.loan_fen, excluded.due_visits, excluded.at_risk,
                         excluded.at_risk_band)
"""


def count_grids(connection: Connection, as_of: AsOf, language: Language) -> int:
    """Rebuild the statistics of all grids as of a data date; gives the number of grids whose figures changed.

    The band from which a customer counts as about to leave is kept beside the figure, for the list it opens.
    """
    parts = {name: _holds(language, name, rule, as_of) for name, rule in FIGURES.items()}
    figures = ", ".join(
        f"count(*) filter (where c.status = 'ACTIVE' and ({part.text})) as {name}"
        for name, part in parts.items()
    )
    given = {name: value for part in parts.values() for name, value in part.parameters.items()}
    connection.execute(_COUNTED.replace("{figures}", figures).encode(), given)
    changed = connection.execute(_WRITE, {"at_risk": AT_RISK_BAND.of(as_of.parameters)}).rowcount
    connection.execute("drop table counted")
    return changed


def _holds(language: Language, name: str, rule: dict[str, Any], as_of: AsOf) -> Rendered:
    """The condition of a figure over the rows `c` and `d` of the statement."""
    read = language.read(rule, CUSTOMER, parameters=as_of.parameters)
    customer, due = CUSTOMER.table.alias("c"), DUE_VISITS.rows(as_of.sql).alias("d")
    return rendered_part(
        holds(read.root, customer, as_of, {DUE_VISITS.name: due}), customer, due, called=name
    )
