"""名单网格 in a plan: the grid of each list, and the list of each person to whom rules or exceptions give customers.

Rights, walks, figures and the map ask grids and posts of the plan in force. So a list is a grid there as well, without
a shape, and whoever owns customers otherwise than by their place sits on the A post of a list of his own.
"""

from datetime import date

from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows

LISTED = "LIST"
"""The level of such a grid."""

_NEEDED = f"""
select distinct s.id, s.number, s.name, s.org_unit_id
  from staff s
 where {is_in_service("s", "cast(%(day)s as date)")} and not exists (select from list_grids l where l.staff_id = s.id)
   and (exists (select from owner_exceptions e where e.staff_id = s.id and e.to_on > cast(%(day)s as date))
        or exists (select from ownership_rules r where r.to_kind = 'STAFF' and r.to_code = s.number))
"""  # noqa: S608
# Somebody may have called a list like him; no code that people write has two marks.
_MAKE_OF_PEOPLE = f"""
insert into list_grids (code, name, kind, org_unit_id, staff_id, from_on)
select case when exists (select from list_grids l where l.code = '@' || n.number) then '@@' else '@' end || n.number,
       n.name, 'PERSON', n.org_unit_id, n.id, cast(%(day)s as date) from ({_NEEDED}) n
on conflict do nothing
"""  # noqa: S608
_MOVED = """
select l.id, s.org_unit_id, s.name from list_grids l join staff s on s.id = l.staff_id
 where (l.org_unit_id, l.name) is distinct from (s.org_unit_id, s.name)
"""
_MOVE = (
    f"update list_grids l set org_unit_id = m.org_unit_id, name = m.name from ({_MOVED}) m where m.id = l.id"  # noqa: S608
)

_MISSING = """
select l.code, l.name, l.org_unit_id from list_grids l
 where l.from_on <= cast(%(day)s as date) and (l.to_on is null or l.to_on > cast(%(day)s as date))
   and not exists (select from grids g where g.plan_id = cast(%(plan)s as bigint) and g.code = l.code)
"""
_LAY = f"""
insert into grids (plan_id, code, name, level, org_unit_id, town_code, area_m2, origin_code)
select cast(%(plan)s as bigint), m.code, m.name, 'LIST', m.org_unit_id, '', 0, m.code from ({_MISSING}) m
"""  # noqa: S608
_OTHER = """
select g.id, l.name, l.org_unit_id from grids g join list_grids l on l.code = g.code
 where g.plan_id = cast(%(plan)s as bigint) and g.level = 'LIST'
   and (g.name, g.org_unit_id) is distinct from (l.name, l.org_unit_id)
"""
_FOLLOW = f"update grids g set name = o.name, org_unit_id = o.org_unit_id from ({_OTHER}) o where o.id = g.id"  # noqa: S608

_UNSEATED = """
select g.id, l.staff_id from list_grids l join grids g on g.plan_id = cast(%(plan)s as bigint) and g.code = l.code
 where l.staff_id is not null and not exists (select from posts p where p.grid_id = g.id and p.role = 'A')
"""
_SEAT = f"""
insert into posts (grid_id, staff_id, role, from_on)
select u.id, u.staff_id, 'A', least(cast(%(day)s as date), cast(now() at time zone 'Asia/Shanghai' as date))
  from ({_UNSEATED}) u
"""  # noqa: S608


def lay_lists(rows: Rows, plan: int, day: date) -> None:
    """Give the plan a grid for each list of the day, with its name and unit.

    Any write to grids or posts raises the version of everybody's rights, also one of no row; so each looks first.
    """
    _where_needed(rows, {"plan": plan, "day": day}, ((_MISSING, _LAY), (_OTHER, _FOLLOW)))


def seat_people(rows: Rows, plan: int, day: date) -> None:
    """The list of each person whom an exception or a rule names, in the plan, with him on its A post."""
    _where_needed(rows, {"day": day}, ((_NEEDED, _MAKE_OF_PEOPLE), (_MOVED, _MOVE)))
    lay_lists(rows, plan, day)
    _where_needed(rows, {"plan": plan, "day": day}, ((_UNSEATED, _SEAT),))


def _where_needed(rows: Rows, given: dict[str, object], acts: tuple[tuple[str, str], ...]) -> None:
    for asked, act in acts:
        if rows.execute(f"select exists ({asked})", given)[0][0]:
            rows.execute(act, given)
