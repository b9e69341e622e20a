"""What the map and the grid's panel show: one row a grid, small ones counted, large ones summed from theirs.

Every figure counts active customers by the same rule as the list that it opens (`schema/customers/filters.py`).
"""

from datetime import date, timedelta

from domain.shared.night import Connection

VISITED_WITHIN_DAYS = 90

_COUNTED = """
create temp table counted on commit drop as
with small as (
    select g.id, g.parent_id,
           count(c.id) as customers, count(c.lon_deg_wgs84) as located,
           count(*) filter (where c.last_visit_on > %(since)s) as visited_90d,
           count(*) filter (where c.tier = 'KEY') as key_customers,
           coalesce(sum(c.deposit_fen), 0)::bigint as deposit_fen, coalesce(sum(c.loan_fen), 0)::bigint as loan_fen,
           count(d.customer_id) as due_visits,
           count(*) filter (where c.attrition_band >= %(at_risk)s) as at_risk
      from grids g
      left join customers c on c.grid_id = g.id and c.status = 'ACTIVE'
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


def count_grids(connection: Connection, data_date: date, at_risk_band: int) -> int:
    """Rebuild the statistics of all grids as of a data date; gives the number of grids whose figures changed.

    From `at_risk_band` on a customer counts as about to leave; it is kept beside the figure, for the list it opens.
    """
    # Ninety days end with the data date, so the first that does not count lies ninety days before it.
    since = data_date - timedelta(days=VISITED_WITHIN_DAYS)
    connection.execute(_COUNTED, {"since": since, "at_risk": at_risk_band})
    changed = connection.execute(_WRITE, {"at_risk": at_risk_band}).rowcount
    connection.execute("drop table counted")
    return changed
