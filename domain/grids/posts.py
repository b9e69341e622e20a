"""Who sits on a post on a day, in SQL: from its first day to the day before its end, which may lie ahead; and what
becomes of posts when another plan begins."""

from domain.shared.data_date import DATA_DATE
from domain.shared.night import Connection

DAY_OF_THE_NIGHT = f"coalesce({DATA_DATE} + 1, cast(now() at time zone 'Asia/Shanghai' as date))"
"""Whose customer is whose is of this day, as the night made it: the one after the data date. Before the first night it
is today."""


def is_sat_on(post: str, day: str = DAY_OF_THE_NIGHT) -> str:
    """A condition over the alias of a post and a day, both SQL."""
    return f"{post}.from_on <= {day} and ({post}.to_on is null or {day} < {post}.to_on)"


# Somebody whom the plan names for A does not stay on B as well.
_GO_ON = """
insert into posts (grid_id, staff_id, role, from_on, to_on)
select g.id, p.staff_id, p.role, greatest(p.from_on, plan.from_on), p.to_on
  from plans plan
  join grids g on g.plan_id = plan.id
  join grids former on former.plan_id = %(before)s and former.code = g.origin_code
  join posts p on p.grid_id = former.id and (p.to_on is null or p.to_on > plan.from_on)
 where plan.id = %(plan)s and not exists (select from posts mine where mine.grid_id = g.id)
   and case p.role when 'A' then g.post_a_id else g.post_b_id end is null
   and p.staff_id is distinct from case p.role when 'A' then g.post_b_id else g.post_a_id end
union all
select g.id, named.staff_id, named.role, plan.from_on, null
  from plans plan
  join grids g on g.plan_id = plan.id
 cross join lateral (values ('A', g.post_a_id), ('B', g.post_b_id)) as named (role, staff_id)
 where plan.id = %(plan)s and named.staff_id is not null
   and not exists (select from posts mine where mine.grid_id = g.id)
"""
_NEVER_BEGAN = """
delete from posts p using grids g, plans plan
 where g.id = p.grid_id and g.plan_id = %(before)s and plan.id = %(plan)s and p.from_on >= plan.from_on
"""
_END = """
update posts p set to_on = plan.from_on
  from grids g, plans plan
 where g.id = p.grid_id and g.plan_id = %(before)s and plan.id = %(plan)s
   and (p.to_on is null or p.to_on > plan.from_on)
"""


def hand_posts_on(connection: Connection, before: int | None, plan: int) -> None:
    """When a plan begins: who sits on a grid's origin goes on there, unless the plan names somebody; the posts of the
    plan before end. A plan that came with posts of its own keeps them."""
    given = {"before": before, "plan": plan}
    connection.execute(_GO_ON, given)
    connection.execute(_NEVER_BEGAN, given)
    connection.execute(_END, given)
