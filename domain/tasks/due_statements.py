"""The statements of `due`, in their order. `{whom}` says over which customers, `{reason}` and `{next_on}` are rules.

Written for a night's connection and for a mutation's session alike (`domain.shared.rows`).
"""

from domain.tasks import statements as said

_MORNING_ENDS = "cast(cast(%(today)s as date) + 1 as timestamp) at time zone 'Asia/Shanghai'"
_LAST_VISITS = """
update customers c set last_visit_on = v.last_on, visited_here_on = v.here_on
  from (select h.id, h.here_on, greatest(h.here_on, (
               select max(o.made_on) from old_visits o
                where o.customer_id = h.id and o.kind = 'VISIT'
                  and (o.outcome is null or o.outcome = any(cast(%(valid)s as text[]))){of_old})) as last_on
          from (select c.id, cast(max(v.counted_at) at time zone 'Asia/Shanghai' as date) as here_on
                  from customers c
                  left join visits v on v.customer_id = c.id and v.outcome = any(cast(%(valid)s as text[])){of_visits}
                 where {of_customers} and {whom}
                 group by c.id) h) v
 where v.id = c.id and (c.last_visit_on, c.visited_here_on) is distinct from (v.last_on, v.here_on)
"""
_IS_SEEN = """(c.last_visit_on is not null or exists (select from visits w where w.customer_id = c.id)
                        or exists (select from old_visits w where w.customer_id = c.id))"""
_SINCE = f"""c.id in (select w.customer_id from visits w where w.counted_at >= {_MORNING_ENDS}
                         union all select w.customer_id from old_visits w where w.made_on > cast(%(today)s as date))"""  # noqa: S608
LAST_VISITS_THEN = _LAST_VISITS.format(
    of_visits=f" and v.counted_at < {_MORNING_ENDS}",
    of_old=" and o.made_on <= cast(%(today)s as date)",
    of_customers=_IS_SEEN,
    whom="{whom}",
)
"""Visits follow their customer through merges and cuts, so the day of the last one is read from them: of those up to
the morning that is judged. A night that is made up for takes no visit of a later day for a promise that was kept. What
a former system kept of visits tells when a customer was last seen, and is no visit of ours (`visited_here_on`)."""
LAST_VISITS_SINCE = _LAST_VISITS.format(of_visits="", of_old="", of_customers=_SINCE, whom="{whom}")
"""After the judgement: what has been recorded since that morning counts for whoever looks at a customer today. None
when a night is on time."""
LAST_VISITS = _LAST_VISITS.format(of_visits="", of_old="", of_customers=_IS_SEEN, whom="{whom}")
"""Before the first night, when there is no morning to judge."""

BESIDE = "create temp table {name} on commit drop as select * from ({rows}) b where {whom}"

_TODAY = "cast(%(today)s as date)"
_ENDS_WITHIN = "cast(%(ends_within)s as int)"

_STATEMENT = f"""case reason
    when 'LOAN_OVERDUE' then {said.LOAN_OVERDUE.sql(days="overdue_days")}
    when 'LOAN_MATURED' then {said.LOAN_MATURED.sql(ended_on="matured_on", days=f"{_TODAY} - matured_on")}
    when 'AGREED' then {said.AGREED.sql(agreed_on="agreed_on")}
    when 'LOAN_ENDING' then {said.LOAN_ENDING.sql(ends_on="ends_on", days=f"ends_on - {_TODAY}")}
    when 'ATTRITION' then {said.ATTRITION.sql(band="attrition_band")}
    when 'CADENCE' then {said.CADENCE.sql(tier="tier", last_visit_on="last_visit_on")}
    when 'NEVER_VISITED' then {said.NEVER_VISITED.sql(tier="tier")} end"""

_FIGURES = f"""case when reason is not null then to_jsonb(array_remove(array[
    case when deposit_fen > 0 then {said.DEPOSIT.sql(deposit_fen="deposit_fen")} end,
    case when balance_fen > 0 then {said.LOAN.sql(loan_fen="balance_fen")} end,
    case when reason = 'LOAN_OVERDUE' then {said.OVERDUE.sql(days="overdue_days")}
         when reason = 'LOAN_MATURED' then {said.LOAN_END.sql(ends_on="matured_on")}
         when reason = 'AGREED' then {said.AGREED_ON.sql(agreed_on="agreed_on")}
         when reason = 'LOAN_ENDING' then {said.LOAN_END.sql(ends_on="ends_on")}
         when last_visit_on is not null then {said.LAST_VISIT.sql(last_visit_on="last_visit_on")} end], null)) end"""

# Risk and never having been visited have no day of their own; who is not due is so next by cadence or promise. A count
# of days overdue that is a default leads no further back than a hundred years, where there still is a calendar.
_DUE_ON = f"""case reason
    when 'LOAN_OVERDUE' then {_TODAY} - least(overdue_days, 36500)
    when 'LOAN_MATURED' then matured_on
    when 'AGREED' then agreed_on
    when 'LOAN_ENDING' then ends_on
    when 'ATTRITION' then null
    when 'NEVER_VISITED' then null
    else next_on end"""

_PRIORITY = f"""cast(case reason
    when 'LOAN_OVERDUE' then 7 + least(overdue_days, 364) / 365.0
    when 'LOAN_MATURED' then 6 + least({_TODAY} - matured_on, 364) / 365.0
    when 'AGREED' then 5 + least({_TODAY} - agreed_on, 364) / 365.0
    when 'LOAN_ENDING' then 4 + ({_ENDS_WITHIN} - (ends_on - {_TODAY})) / ({_ENDS_WITHIN} + 1.0)
    when 'ATTRITION' then 3 + least(log(1 + cast(coalesce(attrition_score, 0) as numeric)
                                                * greatest(deposit_fen, 0) / 100) / 10, 0.999)
    when 'CADENCE' then case tier when 'KEY' then 2 else 1 end + least({_TODAY} - next_on, 364) / 365.0
    when 'NEVER_VISITED' then case tier when 'KEY' then 2 else 0 end
                              + least(log(1 + greatest(deposit_fen, 0) / 100.0) / 10, 0.999) end as float8)"""
"""Higher priority is seen sooner, as the reasons stand: overdue 7 … risk 3, key customers 2, general ones 1 and 0. Risk
counts with what is at stake: the score times the deposits, as the money expected to leave."""

# `offset 0` keeps the rules where they are: otherwise each place that looks at a reason would work it out anew.
DUE = f"""
create temp table due_now on commit drop as
with judged as (
    select c.id, c.owner_id, c.grid_id, c.tier, c.last_visit_on, c.deposit_fen, c.attrition_band, c.attrition_score,
           l.overdue_days, l.balance_fen, l.ends_on, l.matured_on, a.agreed_on,
           {{next_on}} as next_on, {{reason}} as reason
      from customers c
      left join open_loans l on l.customer_id = c.id
      left join agreements a on a.customer_id = c.id
     where c.status = 'ACTIVE' and {{whom}} offset 0)
select id as customer_id, owner_id, grid_id, reason, {_STATEMENT} as statement, {_FIGURES} as figures,
       {_DUE_ON} as due_on, {_PRIORITY} as priority
  from judged where reason is not null or next_on is not null
"""  # noqa: S608
"""Who is due and, without a reason, who will be."""

# What has no date of its own (risk, never visited) is due since the night that found it.
KEEP_DAY = f"""
update due_now n set due_on = coalesce(
    (select d.due_on from due_visits d where d.customer_id = n.customer_id and d.reason = n.reason), {_TODAY})
 where n.due_on is null
"""  # noqa: S608

NEXT_DAYS = """
update customers c set due_on = n.due_on
  from (select c.id, d.due_on from customers c left join due_now d on d.customer_id = c.id where {whom}) n
 where n.id = c.id and c.due_on is distinct from n.due_on
"""
"""The day shown beside a customer: due since, or due next; none for the dead and the moved."""

GONE = """
with gone as (
    delete from due_visits d
     where {whom} and not exists (select from due_now n where n.customer_id = d.customer_id and n.reason is not null)
    returning 1)
select count(*) from gone
"""

WRITE = """
with written as (
    insert into due_visits as d (customer_id, owner_id, grid_id, reason, statement, figures, due_on, priority)
    select n.customer_id, n.owner_id, n.grid_id, n.reason, n.statement, n.figures, n.due_on, n.priority
      from due_now n left join due_visits o on o.customer_id = n.customer_id
     where n.reason is not null
       and (o.customer_id is null
            or (o.owner_id, o.grid_id, o.reason, o.statement, o.figures, o.due_on, o.priority) is distinct from
               (n.owner_id, n.grid_id, n.reason, n.statement, n.figures, n.due_on, n.priority))
    on conflict (customer_id) do update
       set owner_id = excluded.owner_id, grid_id = excluded.grid_id, reason = excluded.reason,
           statement = excluded.statement, figures = excluded.figures, due_on = excluded.due_on,
           priority = excluded.priority
    returning 1)
select count(*) from written
"""

STAY_AWAY = """
delete from walk_stops s using customers c
 where c.id = s.customer_id and c.status <> 'ACTIVE' and s.walk_on > {data_date} and {whom}
"""
"""Walks that lie ahead lead to nobody who is dead, moved or closed."""

REASONS = "select reason, count(*) from due_now where reason is not null group by reason"
DROP = "drop table due_now, open_loans, agreements"
