"""Walks follow a leave, with the length of the ways that come of it."""

from collections.abc import Sequence
from datetime import date

from domain.performance.workload import metres_sql
from domain.shared.rows import Rows
from domain.tasks.following_leave import follow_leave, prepared_days

_BETWEEN = metres_sql("b.lon_deg_wgs84", "b.lat_deg_wgs84", "c.lon_deg_wgs84", "c.lat_deg_wgs84")
# From stop to stop, as they stand; the night's way has the one from the outlet as well.
_LENGTHS = f"""
update walks w set length_m = coalesce((
    select sum({_BETWEEN})
      from (select customer_id, lag(customer_id) over (order by position) as before_id
              from walk_stops s where s.staff_id = w.staff_id and s.walk_on = w.walk_on) pair
      join customers c on c.id = pair.customer_id join customers b on b.id = pair.before_id), 0)
 where w.walk_on = cast(%(day)s as date) and w.staff_id = any(cast(%(staff)s as bigint[]))
"""  # noqa: S608


def walks_follow_leave(rows: Rows, staff_ids: Sequence[int], today: date) -> list[int]:
    """Gives whose walks changed, today's or those of a later day that the night has prepared."""
    all_changed: set[int] = set()
    for day in prepared_days(rows, today):
        changed = follow_leave(rows, staff_ids, day)
        if changed:
            rows.execute(_LENGTHS, {"day": day, "staff": changed})
        all_changed.update(changed)
    return sorted(all_changed)
