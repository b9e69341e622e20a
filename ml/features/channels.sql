-- Channels that are open on the day, and how long ago the customer used them. Whoever has one has a row; who never used
-- it has no days. A day of use that lies ahead is a slip of a clock.
select
    core.customer_id,
    count(distinct c.channel) as channels,
    {day} - max(c.last_used_on) filter (where c.last_used_on <= {day}) as channel_unused_days,
    {day} - max(c.last_used_on) filter (where c.channel = 'MB' and c.last_used_on <= {day}) as mobile_unused_days
from src_channel c
join core on core.cust_no = c.cust_no
where {is_known} and c.from_on <= {day} and c.to_on > {day} and c.status = '1'
group by core.customer_id
