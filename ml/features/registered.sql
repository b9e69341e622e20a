-- Whether the register has the firm in being on the day.
select
    p.customer_id,
    max((s.state = '1')::int) as is_in_being
from (select {firm} as code, state from src_registry where {is_known} and from_on <= {day} and to_on > {day}) s
join ({firms}) p on p.code = s.code
where true {who}
group by p.customer_id
