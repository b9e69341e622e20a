"""Due visits: whom cadence, risk or expiry asks somebody to see, with the strongest reason in words.

The rules of `domain.tasks.cadence`, set-wise (a test holds the two together). All customers are looked at every night,
because the passing of a day makes visits due; only rows that come out different are written.
"""

from datetime import timedelta
from typing import Any

from domain.shared.night import Connection, Night, Report, StepResult
from domain.tasks.cadence import VALID_OUTCOMES, Cadence

# Visits follow their customer through merges and cuts, so the day of the last one is read from them.
_LAST_VISITS = """
update customers c set last_visit_on = v.last_on
  from (select c.id, (max(v.started_at) at time zone 'Asia/Shanghai')::date as last_on
          from customers c left join visits v on v.customer_id = c.id and v.outcome = any(%(valid)s)
         where c.last_visit_on is not null or exists (select from visits w where w.customer_id = c.id)
         group by c.id) v
 where v.id = c.id and c.last_visit_on is distinct from v.last_on
"""

_LOANS = """
create temp table loan_state on commit drop as
select customer_id, max(overdue_days) as overdue_days, sum(balance_fen)::bigint as balance_fen,
       min(end_on) filter (where end_on >= %(today)s) as ends_on
  from loans where balance_fen > 0 group by customer_id
"""

_DUE = """
create temp table due_now on commit drop as
with judged as (
    select c.id, c.owner_id, c.grid_id, c.tier, c.last_visit_on, c.deposit_fen, c.attrition_band, c.attrition_score,
           l.overdue_days, l.balance_fen, l.ends_on,
           (c.last_visit_on + case c.tier when 'KEY' then %(key)s::interval else %(general)s::interval end)::date
               as next_on,
           case when l.overdue_days > 0 then 'LOAN_OVERDUE'
                when not coalesce(%(today)s < c.last_visit_on + interval '1 month', false)
                     and l.ends_on <= %(today)s::date + %(ends_within)s then 'LOAN_ENDING'
                when not coalesce(%(today)s < c.last_visit_on + interval '1 month', false)
                     and c.attrition_band >= %(at_risk)s then 'ATTRITION'
                when c.last_visit_on is null then 'NEVER_VISITED'
                when c.last_visit_on + case c.tier when 'KEY' then %(key)s::interval else %(general)s::interval end
                     <= %(today)s then 'CADENCE' end as reason
      from customers c left join loan_state l on l.customer_id = c.id
     where c.status = 'ACTIVE'),
worded as (
    select *, to_char(deposit_fen / 1000000.0, 'FM999,999,999,990.00') || ' 万元' as deposit,
           to_char(balance_fen / 1000000.0, 'FM999,999,999,990.00') || ' 万元' as loan,
           case tier when 'KEY' then '重点' else '一般' end as tier_name
      from judged where reason is not null)
select id as customer_id, owner_id, grid_id, reason,
       case reason
         when 'LOAN_OVERDUE' then format('贷款已逾期 %%s 天，请上门了解还款安排。', overdue_days)
         when 'LOAN_ENDING' then format('贷款 %%s 到期，还有 %%s 天，请提前商量还款或续贷。',
                                        to_char(ends_on, 'YYYY-MM-DD'), ends_on - %(today)s::date)
         when 'ATTRITION' then format('存款流失风险在最高一档（第 %%s 档），请当面了解资金去向。', attrition_band)
         when 'CADENCE' then format('%%s客户上次走访是 %%s，按周期应再次走访。', tier_name,
                                    to_char(last_visit_on, 'YYYY-MM-DD'))
         else format('%%s客户还没有走访过，请初次上门建档。', tier_name) end as sentence,
       to_jsonb(array_remove(array[
         case when deposit_fen > 0 then '存款 ' || deposit end,
         case when balance_fen > 0 then '贷款余额 ' || loan end,
         case when reason = 'LOAN_OVERDUE' then format('逾期 %%s 天', overdue_days)
              when reason = 'LOAN_ENDING' then '到期日 ' || to_char(ends_on, 'YYYY-MM-DD')
              when last_visit_on is not null then '上次走访 ' || to_char(last_visit_on, 'YYYY-MM-DD') end], null))
           as figures,
       case reason when 'LOAN_OVERDUE' then %(today)s::date - overdue_days
                   when 'LOAN_ENDING' then ends_on
                   when 'CADENCE' then next_on end as due_on,
       case reason
         when 'LOAN_OVERDUE' then 5 + least(overdue_days, 364) / 365.0
         when 'LOAN_ENDING' then 4 + (%(ends_within)s - (ends_on - %(today)s::date)) / (%(ends_within)s + 1.0)
         when 'ATTRITION' then 3 + least(coalesce(attrition_score, 0)::numeric, 0.999)
         when 'CADENCE' then case tier when 'KEY' then 2 else 1 end + least(%(today)s::date - next_on, 364) / 365.0
         else case tier when 'KEY' then 2 else 0 end + least(log(1 + greatest(deposit_fen, 0) / 100.0) / 10, 0.999)
       end::float8 as priority
  from worded
"""
"""Higher priority is seen sooner: overdue 5, loan ending 4, risk 3, key customers 2, general ones 1 and 0."""

# What has no date of its own (risk, never visited) is due since the night that found it.
_KEEP_DAY = """
update due_now n set due_on = coalesce(
    (select d.due_on from due_visits d where d.customer_id = n.customer_id and d.reason = n.reason), %(today)s)
 where n.due_on is null
"""

_GONE = (
    "delete from due_visits d where not exists (select from due_now n where n.customer_id = d.customer_id)"
)

_WRITE = """
insert into due_visits as d (customer_id, owner_id, grid_id, reason, sentence, figures, due_on, priority)
select n.customer_id, n.owner_id, n.grid_id, n.reason, n.sentence, n.figures, n.due_on, n.priority
  from due_now n left join due_visits o on o.customer_id = n.customer_id
 where o.customer_id is null
    or (o.owner_id, o.grid_id, o.reason, o.sentence, o.figures, o.due_on, o.priority) is distinct from
       (n.owner_id, n.grid_id, n.reason, n.sentence, n.figures, n.due_on, n.priority)
on conflict (customer_id) do update
   set owner_id = excluded.owner_id, grid_id = excluded.grid_id, reason = excluded.reason,
       sentence = excluded.sentence, figures = excluded.figures, due_on = excluded.due_on,
       priority = excluded.priority
"""

_NEXT_DAYS = """
update customers c set due_on = n.due_on
  from (select c.id, coalesce(d.due_on,
               (c.last_visit_on + case c.tier when 'KEY' then %(key)s::interval else %(general)s::interval end)::date)
               as due_on
          from customers c left join due_now d on d.customer_id = c.id) n
 where n.id = c.id and c.due_on is distinct from n.due_on
"""
"""The day shown beside a customer: due since, or due next; none for the dead and the moved."""


def find_due_visits(connection: Connection, night: Night, report: Report) -> StepResult:
    """Replace the due visits by those of the day after the data date, and each customer's day with them."""
    cadence = Cadence.of(night.parameters)
    given: dict[str, Any] = {
        "today": night.data_date + timedelta(days=1),
        "key": f"{cadence.key_months} months",
        "general": f"{cadence.general_months} months",
        "ends_within": cadence.loan_ends_within_days,
        "at_risk": cadence.at_risk_band,
    }
    connection.execute(_LAST_VISITS, {"valid": list(VALID_OUTCOMES)})
    connection.execute(_LOANS, given)
    connection.execute("analyze loan_state")
    report(0.2, "逐户判断走访理由")
    connection.execute(_DUE, given)
    connection.execute(_KEEP_DAY, given)
    connection.execute("analyze due_now")
    report(0.6, "写入应访名单")
    gone = connection.execute(_GONE).rowcount
    written = connection.execute(_WRITE).rowcount
    report(0.8, "更新客户的应访日")
    connection.execute(_NEXT_DAYS, given)
    reasons = connection.execute("select reason, count(*) from due_now group by reason").fetchall()
    connection.execute("drop table due_now, loan_state")
    total = sum(count for _, count in reasons)
    return StepResult(
        gone + written,
        f"应访 {total} 户，本次变动 {gone + written} 户",
        {f"due_{reason.lower()}": count for reason, count in reasons},
    )
