-- Figures of a firm's last year that was out on the day. Reports are due by the end of June, and never change afterwards:
-- so for a day before the feed began its first state serves (`known_day`), but for years that were not out by then.
select distinct on (p.customer_id)
    p.customer_id,
    s.staff as firm_staff,
    s.revenue as firm_revenue,
    s.revenue / nullif(s.before, 0) as firm_revenue_to_before
from (select {firm} as code, year, staff, revenue_fen / 100::float8 as revenue,
             case when lead(year) over years = year - 1 then lead(revenue_fen / 100::float8) over years end as before
      from src_firm_year
      where {is_known} and from_on <= {known_day} and to_on > {known_day} and year between 1978 and {year}
      window years as (partition by {firm} order by year desc)) s
join ({firms}) p on p.code = s.code
where true {who}
order by p.customer_id, s.year desc
