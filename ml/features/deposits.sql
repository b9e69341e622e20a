-- Deposits of each customer as of the day and three month-ends before (n0 is the day, n1 the month-end before, …); the
-- balances of month-ends are in `months.sql`. Amounts in yuan, added up in fen: whole numbers, whatever their order.
-- Accounts of other currencies are left out.
-- A closed account has no balance, but its 3-month average still counts: the money was there.
-- A month-end that the snapshots do not reach is unknown (null), not zero.
select
    p.customer_id,
    count(*) filter (where p.n0 and p.is_open) as accounts,
    count(*) filter (where p.n0 and p.is_open and p.is_term) as term_accounts,
    coalesce(sum(p.fen) filter (where p.n0 and p.is_open), 0) / 100 as balance_0,
    coalesce(sum(p.average_fen) filter (where p.n0), 0) / 100 as average_3m_0,
    case when {reach_1} then coalesce(sum(p.average_fen) filter (where p.n1), 0) / 100 end as average_3m_1,
    case when {reach_2} then coalesce(sum(p.average_fen) filter (where p.n2), 0) / 100 end as average_3m_2,
    case when {reach_3} then coalesce(sum(p.average_fen) filter (where p.n3), 0) / 100 end as average_3m_3,
    coalesce(sum(p.fen) filter (where p.n0 and p.is_open and p.is_term), 0) / 100 as term_0,
    case when {reach_3} then coalesce(sum(p.fen) filter (where p.n3 and p.is_open and p.is_term), 0) / 100 end as term_3,
    case when {reach_1} then coalesce(sum(p.fen) filter (where p.n1 and p.is_open and not p.is_term), 0) / 100 end as demand_1,
    coalesce(sum(p.fen) filter (
        where p.n0 and p.is_open and p.is_term and p.matures_on > {day} and p.matures_on <= {day} + 30
    ), 0) / 100 as term_maturing_30d,
    coalesce(sum(p.fen) filter (
        where p.n0 and p.is_open and p.is_term and p.matures_on > {day} and p.matures_on <= {day} + 90
    ), 0) / 100 as term_maturing_90d,
    case when {reach_3} then coalesce(sum(p.fen) filter (
        where p.n3 and p.is_open and p.is_term and p.matures_on > {day_3} and p.matures_on <= {day}
    ), 0) / 100 end as term_matured_3m,
    max(p.fen) filter (where p.n0 and p.is_open) / 100 as largest_account,
    count(*) filter (where p.n0 and p.is_open and p.opened_on > {day} - 90) as accounts_opened_90d,
    case when {reach_3} then greatest(
        count(*) filter (where p.n3 and p.is_open)
        + count(*) filter (where p.n0 and p.is_open and p.opened_on > {day_3})
        - count(*) filter (where p.n0 and p.is_open), 0
    ) end as accounts_closed_3m,
    min(p.opened_on) filter (where p.n0 and p.is_open) as first_opened_on,
    max(p.opened_on) filter (where p.n0 and p.is_open) as last_opened_on
from (
    select
        core.customer_id, d.matures_on, d.opened_on,
        d.product like '%定期%' as is_term,
        d.status = '1' as is_open,
        d.balance_fen::float8 as fen,
        d.average_3m_fen::float8 as average_fen,
        d.to_on > {day} as n0,
        d.from_on <= {day_1} and d.to_on > {day_1} as n1,
        d.from_on <= {day_2} and d.to_on > {day_2} as n2,
        d.from_on <= {day_3} and d.to_on > {day_3} as n3
    from src_core_deposit d
    join core on core.cust_no = d.cust_no
    where {in_yuan} and d.from_on <= {day} and d.to_on > {day_3} and d.from_on < d.to_on
) p
group by p.customer_id
having count(*) filter (where p.n0 and p.is_open) > 0
