"""岗位提醒: grids of the plan in force that want their outlet manager's hand, worked out when somebody looks.

Nobody is there today, neither on A nor on B; or nobody sits on A and B stands in; or A is away and B walks for him; or
who sits on A will have sat there for as long as the bank allows, told some days ahead. Lists are such grids as well,
somebody's own while it has customers; but only from place to place does anybody rotate. Who changes plans with his grid
goes on sitting: his days count from the first post of the chain. Leave makes him away; who left the bank sits nowhere.
"""

from enum import StrEnum

from domain.grids.parameters import ROTATION_MONTHS, ROTATION_NOTICE_DAYS
from domain.grids.posts import is_sat_on
from domain.shared.in_service import is_in_service, is_on_leave
from domain.shared.parameters import VERSIONS_IN_FORCE


class NoticeKind(StrEnum):
    """The most pressing first."""

    NOBODY = "NOBODY"
    NOBODY_ON_A = "NOBODY_ON_A"
    AWAY = "AWAY"
    ROTATION = "ROTATION"


_TODAY = "cast(now() at time zone 'Asia/Shanghai' as date)"
_VALUE = "coalesce((select cast(cast(value as text) as int) from held where name = '{name}'), {default})"
_MONTHS = _VALUE.format(name=ROTATION_MONTHS.name, default=ROTATION_MONTHS.default)
_DAYS = _VALUE.format(name=ROTATION_NOTICE_DAYS.name, default=ROTATION_NOTICE_DAYS.default)

# `told` is kept apart: the planner takes a plan of grids for one row, and would work it out anew for each grid.
NOTICES = f"""
with recursive held as ({VERSIONS_IN_FORCE}),
small as (
    select g.id, g.code, coalesce(g.origin_code, g.code) as origin, g.level, g.org_unit_id
      from grids g join plan_in_force p on p.id = g.plan_id
     where g.level = 'SMALL'
        or g.level = 'LIST' and exists (
           select from list_grids l
            where l.code = g.code and l.from_on <= {_TODAY} and (l.to_on is null or l.to_on > {_TODAY})
              and (l.kind <> 'PERSON' or exists (select from customers c where c.grid_id = g.id)))),
sitting as (
    select p.id as post_id, p.grid_id, p.staff_id, p.role, p.from_on,
           {is_on_leave("p.staff_id", _TODAY)} as is_away,
           (select max(coalesce(l.to_on, 'infinity')) from staff_leaves l
             where l.staff_id = p.staff_id and l.from_on <= {_TODAY}) as back_on
      from posts p join small on small.id = p.grid_id join staff s on s.id = p.staff_id and {is_in_service("s", _TODAY)}
     where {is_sat_on("p", _TODAY)}),
chain as (
    select s.post_id, s.staff_id, s.from_on, small.origin
      from sitting s join small on small.id = s.grid_id
     where s.role = 'A' and small.level = 'SMALL'
    union
    select c.post_id, c.staff_id, p.from_on, coalesce(g.origin_code, g.code)
      from chain c
      join posts p on p.staff_id = c.staff_id and p.role = 'A' and p.to_on >= c.from_on and p.from_on < c.from_on
      join grids g on g.id = p.grid_id and g.code = c.origin),
begun as (select post_id, min(from_on) as since_on from chain group by post_id),
told as materialized (
    select small.id, cast('NOBODY' as text) as kind, cast(null as bigint) as staff_id, cast(null as date) as since_on,
           cast(null as date) as due_on
      from small where not exists (select from sitting s where s.grid_id = small.id and not s.is_away)
    union all
    select small.id, 'NOBODY_ON_A', b.staff_id, b.from_on, null
      from small join sitting b on b.grid_id = small.id and b.role = 'B' and not b.is_away
     where not exists (select from sitting a where a.grid_id = small.id and a.role = 'A')
    union all
    select a.grid_id, 'AWAY', a.staff_id, null, nullif(a.back_on, 'infinity')
      from sitting a
     where a.role = 'A' and a.is_away
       and exists (select from sitting b where b.grid_id = a.grid_id and not b.is_away)
    union all
    select a.grid_id, 'ROTATION', a.staff_id, b.since_on,
           cast(b.since_on + make_interval(months => {_MONTHS}) as date)
      from sitting a join begun b on b.post_id = a.post_id
     where a.role = 'A' and cast(b.since_on + make_interval(months => {_MONTHS}) as date) - {_DAYS} <= {_TODAY})
select told.kind || ' ' || small.id as notice, small.id, small.code, small.level, small.org_unit_id, told.kind,
       told.staff_id, told.since_on, told.due_on,
       array_position(array['NOBODY', 'NOBODY_ON_A', 'AWAY', 'ROTATION'], told.kind) as position
  from told join small on small.id = told.id
"""  # noqa: S608
"""One row a notice: notice (its key), id (of the grid), code, level, org_unit_id, kind, staff_id, since_on, due_on (the
day on which he is back, or by which somebody else is to sit there), position (by how pressing it is)."""
