"""Due visits: whom cadence, risk or expiry asks somebody to see, with the strongest reason.

The rules of `domain.tasks.cadence` in one statement over all customers. All are looked at every night, because the
passing of a day makes visits due; only rows that come out different are written.
"""

from datetime import timedelta
from typing import Any

from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rules.language import Language
from domain.tasks import statements as said
from domain.tasks.cadence import VALID_OUTCOMES, Cadence
from domain.tasks.reasons import open_loans_sql, reason_sql

# Visits follow their customer through merges and cuts, so the day of the last one is read from them.
_LAST_VISITS = """
update customers c set last_visit_on = v.last_on
  from (select c.id, (max(v.started_at) at time zone 'Asia/Shanghai')::date as last_on
          from customers c left join visits v on v.customer_id = c.id and v.outcome = any(%(valid)s)
         where c.last_visit_on is not null or exists (select from visits w where w.customer_id = c.id)
         group by c.id) v
 where v.id = c.id and c.last_visit_on is distinct from v.last_on
"""

_OPEN_LOANS = "create temp table open_loans on commit drop as"

_DUE = f"""
create temp table due_now on commit drop as
with judged as (
    select c.id, c.owner_id, c.grid_id, c.tier, c.last_visit_on, c.deposit_fen, c.attrition_band, c.attrition_score,
           l.overdue_days, l.balance_fen, l.ends_on,
           (c.last_visit_on + case c.tier when 'KEY' then %(key)s::interval else %(general)s::interval end)::date
               as next_on,
           {{reason}} as reason
      from customers c left join open_loans l on l.customer_id = c.id
     where c.status = 'ACTIVE'),
found as (select * from judged where reason is not null)
select id as customer_id, owner_id, grid_id, reason,
       case reason when 'LOAN_OVERDUE' then {said.LOAN_OVERDUE.sql(days="overdue_days")}
                   when 'LOAN_ENDING' then {said.LOAN_ENDING.sql(ends_on="ends_on", days="ends_on - %(today)s::date")}
                   when 'ATTRITION' then {said.ATTRITION.sql(band="attrition_band")}
                   when 'CADENCE' then {said.CADENCE.sql(tier="tier", last_visit_on="last_visit_on")}
                   else {said.NEVER_VISITED.sql(tier="tier")} end as statement,
       to_jsonb(array_remove(array[
         case when deposit_fen > 0 then {said.DEPOSIT.sql(deposit_fen="deposit_fen")} end,
         case when balance_fen > 0 then {said.LOAN.sql(loan_fen="balance_fen")} end,
         case when reason = 'LOAN_OVERDUE' then {said.OVERDUE.sql(days="overdue_days")}
              when reason = 'LOAN_ENDING' then {said.LOAN_END.sql(ends_on="ends_on")}
              when last_visit_on is not null then {said.LAST_VISIT.sql(last_visit_on="last_visit_on")} end], null))
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
  from found
"""  # noqa: S608
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
insert into due_visits as d (customer_id, owner_id, grid_id, reason, statement, figures, due_on, priority)
select n.customer_id, n.owner_id, n.grid_id, n.reason, n.statement, n.figures, n.due_on, n.priority
  from due_now n left join due_visits o on o.customer_id = n.customer_id
 where o.customer_id is null
    or (o.owner_id, o.grid_id, o.reason, o.statement, o.figures, o.due_on, o.priority) is distinct from
       (n.owner_id, n.grid_id, n.reason, n.statement, n.figures, n.due_on, n.priority)
on conflict (customer_id) do update
   set owner_id = excluded.owner_id, grid_id = excluded.grid_id, reason = excluded.reason,
       statement = excluded.statement, figures = excluded.figures, due_on = excluded.due_on,
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


def find_due_visits(
    connection: Connection, night: Night, report: Report, *, language: Language
) -> StepResult:
    """Replace the due visits by those of the day after the data date, and each customer's day with them.

    `language` knows every field that the rules of `cadence` ask, also those of rooms above this one.
    """
    cadence = Cadence.of(night.parameters)
    given: dict[str, Any] = {
        "today": night.data_date + timedelta(days=1),
        "key": f"{cadence.key_months} months",
        "general": f"{cadence.general_months} months",
        "ends_within": cadence.loan_ends_within_days,
    }
    connection.execute(_LAST_VISITS, {"valid": list(VALID_OUTCOMES)})
    loans, reason = open_loans_sql(night), reason_sql(language, night, "c", "l")
    connection.execute(f"{_OPEN_LOANS} {loans.text}".encode(), loans.parameters)
    connection.execute("analyze open_loans")
    report(0.2, DOING(doing="JUDGE_REASONS"))
    connection.execute(_DUE.replace("{reason}", reason.text).encode(), {**given, **reason.parameters})
    connection.execute(_KEEP_DAY, given)
    connection.execute("analyze due_now")
    report(0.6, DOING(doing="WRITE_DUE"))
    gone = connection.execute(_GONE).rowcount
    written = connection.execute(_WRITE).rowcount
    report(0.8, DOING(doing="DUE_DAYS"))
    connection.execute(_NEXT_DAYS, given)
    reasons = connection.execute("select reason, count(*) from due_now group by reason").fetchall()
    connection.execute("drop table due_now, open_loans")
    total = sum(count for _, count in reasons)
    return StepResult(
        gone + written,
        said.DUE_DONE(due=total, changed=gone + written),
        {f"due_{reason.lower()}": count for reason, count in reasons},
    )
