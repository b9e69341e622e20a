-- Loans of each customer as of the day and three month-ends before. A loan is open while it has a balance.
select
    p.customer_id,
    count(*) filter (where p.n0) as loans,
    coalesce(sum(p.balance) filter (where p.n0), 0) as loan_balance,
    sum(p.amount) filter (where p.n0) as loan_amount,
    case when {reach_3} then coalesce(sum(p.balance) filter (where p.n3), 0) end as loan_balance_3,
    case when {reach_3} then greatest(
        count(*) filter (where p.n3)
        + count(*) filter (where p.n0 and p.start_on > {day_3})
        - count(*) filter (where p.n0), 0
    ) end as loans_settled_3m,
    coalesce(sum(p.balance) filter (where p.n0 and p.end_on > {day} and p.end_on <= {day} + 90), 0)
        as loan_ending_90d,
    coalesce(max(p.overdue_days) filter (where p.n0), 0) as loan_overdue_days,
    max(p.rate_bps) filter (where p.n0) / 100.0::float8 as loan_rate
from (
    select
        core.customer_id, l.start_on, l.end_on, l.overdue_days, l.rate_bps,
        l.balance_fen / 100.0::float8 as balance,
        l.amount_fen / 100.0::float8 as amount,
        l.to_on > {day} as n0,
        l.from_on <= {day_3} and l.to_on > {day_3} as n3
    from src_loan l
    join core on core.cust_no = l.cust_no
    where l.from_on <= {day} and l.to_on > {day_3} and l.from_on < l.to_on
        and l.status = '1' and l.balance_fen > 0 and {on_books}
) p
group by p.customer_id
