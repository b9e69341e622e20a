-- Card and code payments taken in by the customer's shops: volume of the month, as of the day and three month-ends.
select
    p.customer_id,
    count(*) filter (where p.n0 and p.is_open) as merchants,
    coalesce(sum(p.volume) filter (where p.n0), 0) as pos_0,
    coalesce(sum(p.count) filter (where p.n0), 0) as pos_count_0,
    case when {reach_1} then coalesce(sum(p.volume) filter (where p.n1), 0) end as pos_1,
    case when {reach_2} then coalesce(sum(p.volume) filter (where p.n2), 0) end as pos_2,
    case when {reach_3} then coalesce(sum(p.volume) filter (where p.n3), 0) end as pos_3
from (
    select
        shop.customer_id,
        m.status = '1' as is_open,
        m.month_volume_fen / 100.0::float8 as volume,
        m.month_count as count,
        m.to_on > {day} as n0,
        m.from_on <= {day_1} and m.to_on > {day_1} as n1,
        m.from_on <= {day_2} and m.to_on > {day_2} as n2,
        m.from_on <= {day_3} and m.to_on > {day_3} as n3
    from src_pos_merchant m
    join shop on shop.merchant_no = m.merchant_no
    where m.from_on <= {day} and m.to_on > {day_3} and m.from_on < m.to_on
) p
group by p.customer_id
