-- What the core system says of the party itself. Birth and opening days never change, so for a day before the feed
-- began its first state serves (`people_day`); whether a phone is known does change, so it counts from its own day on.
select
    core.customer_id,
    count(*) as core_numbers,
    max(c.birth_on) as birth_on,
    min(c.opened_on) as opened_on,
    case when {is_people_known} then max(case when c.phone is null then 0 else 1 end) end as has_phone
from src_core_customer c
join core on core.cust_no = c.cust_no
where c.from_on <= {people_day} and c.to_on > {people_day}
group by core.customer_id
