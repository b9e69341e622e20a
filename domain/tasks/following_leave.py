"""Walks that are planned already when somebody is to be away, or is back: what is still open of his is B's at once.

The night plans walks by who is there (`standing_in.py`); this is the same rule between two nights, for today and, in
the evening after the night, for tomorrow as well. A stop keeps whose customer it is, so that it goes back when a leave
is taken back. Who has been seen on the day stays where he was.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.grids.posts import is_sat_on
from domain.shared.data_date import data_date_in_force
from domain.shared.in_service import is_there
from domain.shared.rows import Rows

_DAY = "cast(%(day)s as date)"
_MORNING = f"cast({_DAY} as timestamp) at time zone 'Asia/Shanghai'"
# The owner if he is there, else who sits on A or B of the customer's grid and is there; of several the latest.
_MOVING = f"""
create temp table moving_stops on commit drop as
select * from (
    select s.staff_id, s.position, s.customer_id, coalesce(s.owner_id, s.staff_id) as owner_id,
           (select w.id from (
                select o.id, 0 as turn, date 'infinity' as from_on, 0 as post_id
                  from staff o where o.id = coalesce(s.owner_id, s.staff_id) and {is_there("o", _DAY)}
                union all
                select p.staff_id, case p.role when 'A' then 1 else 2 end, p.from_on, p.id
                  from posts p join staff sits on sits.id = p.staff_id and {is_there("sits", _DAY)}
                 where p.grid_id = c.grid_id and {is_sat_on("p", _DAY)}) w
             order by w.turn, w.from_on desc, w.post_id limit 1) as walker_id
      from walk_stops s join customers c on c.id = s.customer_id
     where s.walk_on = {_DAY}
       and (coalesce(s.owner_id, s.staff_id) = any(cast(%(staff)s as bigint[]))
            or exists (select from posts theirs
                        where theirs.grid_id = c.grid_id and theirs.staff_id = any(cast(%(staff)s as bigint[]))))
       and not exists (select from visits v where v.customer_id = s.customer_id and v.counted_at >= {_MORNING})) found
 where walker_id is not null and walker_id <> staff_id
"""  # noqa: S608
_WALKS = f"""
insert into walks (staff_id, walk_on, length_m) select distinct walker_id, {_DAY}, 0 from moving_stops
on conflict do nothing
"""  # noqa: S608
# Another leave may give stops to the same people at this moment: the later one comes after them.
_ONE_AFTER_ANOTHER = f"""
select w.staff_id from walks w
 where w.walk_on = {_DAY} and w.staff_id in (select walker_id from moving_stops) order by w.staff_id for update
"""  # noqa: S608
# After whoever is on the walk already, in the order in which they were walked.
_MOVE = f"""
with gone as (
    delete from walk_stops s using moving_stops m
     where s.walk_on = {_DAY} and s.staff_id = m.staff_id and s.position = m.position
    returning s.*, m.walker_id, m.owner_id as whose_id)
insert into walk_stops (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement, figures, due_on,
                        owner_id)
select g.walker_id, g.walk_on,
       coalesce((select max(w.position) from walk_stops w where w.staff_id = g.walker_id and w.walk_on = g.walk_on), 0)
           + row_number() over (partition by g.walker_id order by g.staff_id, g.position),
       g.customer_id, g.planned_for_id, g.reason, g.statement, g.figures, g.due_on,
       nullif(g.whose_id, g.walker_id)
  from gone g
"""  # noqa: S608


def prepared_days(rows: Rows, today: date) -> list[date]:
    """Today, and every day after it whose walks a night has planned: up to the day after the data date."""
    data_date = data_date_in_force(rows)
    after = 0 if data_date is None else (data_date - today).days + 1
    return [today + timedelta(days=later) for later in range(max(after, 0) + 1)]


def follow_leave(rows: Rows, staff_ids: Sequence[int], day: date) -> list[int]:
    """Give a day's open stops of these people's customers and grids to whoever walks there; gives whose walks changed.

    Where nobody is there, they stay on the walk of who is away: the grid is told as one without anybody.
    """
    given = {"day": day, "staff": list(staff_ids)}
    rows.execute(_MOVING, given)
    changed = sorted(
        {int(key) for pair in rows.execute("select staff_id, walker_id from moving_stops") for key in pair}
    )
    if changed:
        rows.execute(_WALKS, given)
        rows.execute(_ONE_AFTER_ANOTHER, given)
        rows.execute(_MOVE, given)
    rows.execute("drop table moving_stops")
    return changed
