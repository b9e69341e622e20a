-- Credit lines in force on the day.
select
    core.customer_id,
    sum(c.line_fen / 100.0::float8) as line,
    sum(c.used_fen / 100.0::float8) as line_used,
    coalesce(sum(c.line_fen / 100.0::float8) filter (where c.end_on <= {day} + 90), 0) as line_ending_90d
from src_credit_line c
join core on core.cust_no = c.cust_no
where c.from_on <= {day} and c.to_on > {day} and c.status = '1' and {in_yuan} and c.start_on <= {day} and c.end_on > {day}
group by core.customer_id
