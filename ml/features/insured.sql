-- Social insurance of persons as of the day: whether anybody pays, and for how many months in all.
select
    p.customer_id,
    max((s.status = '1')::int) as insured_is_paid,
    max(s.months) as insured_months
from (select {citizen} as code, status, months from src_social_security
      where {is_known} and from_on <= {day} and to_on > {day}) s
join ({persons}) p on p.code = s.code
where true {who}
group by p.customer_id
