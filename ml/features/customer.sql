-- The features themselves: one row a customer that holds a deposit on the day. Columns in the order of `columns.py`.
-- A month-end that the snapshots do not reach is unknown (null), not zero.
-- Days are counted in whole months of 30 days, so that a customer whose books stand still keeps the same features.
select
    c.id as customer_id,

    d.balance_0, e.balance_1, e.balance_2, e.balance_3, e.balance_4, e.balance_5,
    d.balance_0 / nullif(e.balance_1, 0) as balance_to_1,
    d.balance_0 / nullif(e.balance_3, 0) as balance_to_3,
    d.balance_0 / nullif(b.highest, 0) as balance_to_highest,
    (3 * (d.balance_0 - e.balance_3) + e.balance_1 - e.balance_2) / 10
        / nullif(d.balance_0 + e.balance_1 + e.balance_2 + e.balance_3, 0) * 4 as balance_trend_3m,
    (5 * (d.balance_0 - e.balance_5) + 3 * (e.balance_1 - e.balance_4) + e.balance_2 - e.balance_3) / 35
        / nullif(b.total, 0) * 6 as balance_trend_5m,
    sqrt(greatest(b.squares / {months} - (b.total / {months}) ^ 2, 0)) / nullif(b.total / {months}, 0)
        as balance_volatility,
    case when {reach_3} then (d.balance_0 < e.balance_1)::int + (e.balance_1 < e.balance_2)::int
        + (e.balance_2 < e.balance_3)::int end as balance_falls,

    d.average_3m_0, d.average_3m_1, d.average_3m_2, d.average_3m_3,
    d.average_3m_0 / nullif(d.average_3m_1, 0) as average_to_1,
    d.average_3m_0 / nullif(d.average_3m_3, 0) as average_to_3,
    d.balance_0 / nullif(d.average_3m_0, 0) as balance_to_average,

    d.balance_0 - d.term_0 as demand_0,
    (d.balance_0 - d.term_0) / nullif(d.demand_1, 0) as demand_to_1,
    d.term_0,
    d.term_0 / nullif(d.balance_0, 0) as term_share,
    d.term_0 - d.term_3 as term_change_3m,
    d.term_maturing_30d,
    d.term_maturing_90d,
    d.term_maturing_90d / nullif(d.balance_0, 0) as term_maturing_share,
    d.term_matured_3m,

    d.accounts, d.term_accounts,
    d.accounts_opened_90d, d.accounts_closed_3m,
    d.largest_account / nullif(d.balance_0, 0) as largest_account_share,
    greatest({day} - d.first_opened_on, 0) / 30 as first_account_months,
    greatest({day} - d.last_opened_on, 0) / 30 as last_account_months,

    coalesce(m.merchants, 0) as merchants,
    m.pos_0, e.pos_1, e.pos_2, e.pos_3, m.pos_count_0,
    m.pos_0 / nullif(e.pos_1, 0) as pos_to_1,
    m.pos_0 / nullif((e.pos_1 + e.pos_2 + e.pos_3) / 3, 0) as pos_to_mean_3m,

    coalesce(l.loans, 0) as loans,
    coalesce(l.loan_balance, 0) as loan_balance,
    l.loan_balance / nullif(l.loan_amount, 0) as loan_left_share,
    l.loan_balance - l.loan_balance_3 as loan_change_3m,
    coalesce(l.loans_settled_3m, 0) as loans_settled_3m,
    coalesce(l.loan_ending_90d, 0) as loan_ending_90d,
    coalesce(l.loan_overdue_days, 0) as loan_overdue_days,
    l.loan_rate,

    n.line, n.line_used,
    n.line_used / nullif(n.line, 0) as line_usage,
    n.line_ending_90d,

    case when {channels_known} then coalesce(ch.channels, 0) end as channels,
    ch.channel_unused_days,
    ch.mobile_unused_days,
    si.insured_is_paid,
    si.insured_months,
    rg.is_in_being,
    fy.firm_staff,
    fy.firm_revenue,
    fy.firm_revenue_to_before,

    greatest(({day} - p.birth_on) / 365, 0) as age_years,
    greatest({day} - p.opened_on, 0) / 30 as tenure_months,
    p.core_numbers,
    p.has_phone,
    (c.kind = 'PERSON')::int as is_person,
    (c.kind = 'SOLE_TRADER')::int as is_sole_trader,
    (c.kind in ('ENTERPRISE', 'ORGANISATION'))::int as is_firm
from customers c
join deposits d on d.customer_id = c.id
left join merchants m on m.customer_id = c.id
left join months k on k.customer_id = c.id
cross join lateral (
    select
        case when {reach_1} then coalesce(k.balance_1, 0) end as balance_1,
        case when {reach_2} then coalesce(k.balance_2, 0) end as balance_2,
        case when {reach_3} then coalesce(k.balance_3, 0) end as balance_3,
        case when {reach_4} then coalesce(k.balance_4, 0) end as balance_4,
        case when {reach_5} then coalesce(k.balance_5, 0) end as balance_5,
        case when {pos_reach_1} and m.customer_id is not null then coalesce(k.pos_1, 0) end as pos_1,
        case when {pos_reach_2} and m.customer_id is not null then coalesce(k.pos_2, 0) end as pos_2,
        case when {pos_reach_3} and m.customer_id is not null then coalesce(k.pos_3, 0) end as pos_3
) e
cross join lateral (
    select
        greatest(d.balance_0, e.balance_1, e.balance_2, e.balance_3, e.balance_4, e.balance_5) as highest,
        d.balance_0 + coalesce(e.balance_1, 0) + coalesce(e.balance_2, 0) + coalesce(e.balance_3, 0)
            + coalesce(e.balance_4, 0) + coalesce(e.balance_5, 0) as total,
        d.balance_0 ^ 2 + coalesce(e.balance_1, 0) ^ 2 + coalesce(e.balance_2, 0) ^ 2
            + coalesce(e.balance_3, 0) ^ 2 + coalesce(e.balance_4, 0) ^ 2 + coalesce(e.balance_5, 0) ^ 2 as squares
) b
left join loans l on l.customer_id = c.id
left join lines n on n.customer_id = c.id
left join channels ch on ch.customer_id = c.id
left join insured si on si.customer_id = c.id
left join registered rg on rg.customer_id = c.id
left join firm_years fy on fy.customer_id = c.id
left join people p on p.customer_id = c.id
where c.kind in ('PERSON', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION')
