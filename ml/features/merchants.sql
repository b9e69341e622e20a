-- Card and code payments taken in by the customer's shops within the month, as of the day; the volumes of month-ends
-- are in `months.sql`. Whoever had a shop since the third of them has a row.
select
    p.customer_id,
    count(*) filter (where p.n0 and p.is_open) as merchants,
    coalesce(sum(p.fen) filter (where p.n0), 0) / 100 as pos_0,
    coalesce(sum(p.count) filter (where p.n0), 0) as pos_count_0
from (
    select
        shop.customer_id,
        m.status = '1' as is_open,
        m.month_volume_fen::float8 as fen,
        m.month_count as count,
        m.to_on > {day} as n0
    from src_pos_merchant m
    join shop on shop.merchant_no = m.merchant_no
    where m.from_on <= {day} and m.to_on > {day_3} and m.from_on < m.to_on
) p
group by p.customer_id
