"""Whose customer it is: atom → small grid of the plan in force → outlet and A post; else by the bank's books.

Everything is worked out every night, because a plan or a post that begins today concerns customers whom no file
touched; only rows that come out different are written. The day is the one after the data date: the day of the walks.
"""

from datetime import date, timedelta

from domain.customers.identity.rows import NightRows
from domain.grids.plans import put_in_force
from domain.grids.statements import OWN_DONE
from domain.performance.cells import count_cells
from domain.shared.errors import DomainError
from domain.shared.night import DOING, Connection, Night, Report, StepResult


class NoPlanInForce(DomainError):
    code = "NO_PLAN_IN_FORCE"

    def __init__(self, day: object) -> None:
        super().__init__(
            f"{day} 没有生效的网格方案，客户归属保持原样。请先批准并启用一个方案，再重新启动本夜。"
        )


# A is responsible; B stands in while nobody in service sits on A.
_PLACES = """
create temp table place on commit drop as
select pa.atom_id, g.id as grid_id, g.org_unit_id,
       (select p.staff_id from posts p join staff s on s.id = p.staff_id
         where p.grid_id = g.id and s.is_active and p.from_on <= %(day)s and (p.to_on is null or %(day)s < p.to_on)
         order by p.role, p.from_on desc, p.id limit 1) as owner_id
  from plan_atoms pa join grids g on g.id = pa.grid_id
 where pa.plan_id = %(plan)s
"""

# An operator who is known by his shop alone is looked after where the shop stands; so is a member of a household.
_RELATED = """
create temp table related on commit drop as
select distinct on (c.id) c.id, place.org_unit_id, place.owner_id
  from customers c
  join relations r on r.customer_id = c.id
  join customers other on other.id = r.other_id
  join place on place.atom_id = other.atom_id
 where c.atom_id is null
 order by c.id, other.id
"""

# Without a point: the manager whom CRM names, if he is in service, else the manager of the outlet that opened the
# account, else the owner of a related customer; whom nobody knows belongs to the head office until he is placed.
_ASSIGN = """
with outlet as (
    select o.id, o.code,
           (select s.id from staff s where s.org_unit_id = o.id and s.role = 'OUTLET_MANAGER' and s.is_active
             order by s.id limit 1) as manager_id
      from org_units o where o.kind = 'OUTLET'),
assigned as materialized (
    select c.id, place.grid_id,
           coalesce(place.org_unit_id, crm.org_unit_id, outlet.id, related.org_unit_id,
                    (select id from org_units where kind = 'HEAD_OFFICE' order by id limit 1)) as org_unit_id,
           case when place.atom_id is not null then place.owner_id
                else coalesce(crm.id, outlet.manager_id, related.owner_id) end as owner_id
      from customers c
      left join place on place.atom_id = c.atom_id
      left join staff crm on crm.number = c.manager_number and crm.is_active and crm.role = 'CUSTOMER_MANAGER'
      left join outlet on outlet.code = c.open_org_code
      left join related on related.id = c.id
     where (c.grid_id, c.org_unit_id, c.owner_id) is distinct from
           (place.grid_id,
            coalesce(place.org_unit_id, crm.org_unit_id, outlet.id, related.org_unit_id,
                     (select id from org_units where kind = 'HEAD_OFFICE' order by id limit 1)),
            case when place.atom_id is not null then place.owner_id
                 else coalesce(crm.id, outlet.manager_id, related.owner_id) end))
update customers c
   set grid_id = assigned.grid_id, org_unit_id = assigned.org_unit_id, owner_id = assigned.owner_id
  from assigned where assigned.id = c.id
"""

# What the map says of a customer goes along: the row is written anyway, and on a first night all of them are.
_POINTS = """
update customer_points p
   set grid_id = c.grid_id, org_unit_id = c.org_unit_id,
       kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
  from customers c
 where c.id = p.customer_id and (p.grid_id, p.org_unit_id) is distinct from (c.grid_id, c.org_unit_id)
"""

_COUNTS = """
select count(*) filter (where grid_id is not null), count(*) filter (where grid_id is null),
       count(*) filter (where owner_id is null)
  from customers
"""


def assign_owners(connection: Connection, night: Night, report: Report) -> StepResult:
    """Put the plan of the day in force; write grid, outlet and owner of every customer whose place or posts changed,
    and the same on the map.

    No later step moves a point, so the map's cells are counted here, whatever `locate` and nights that failed left.
    """
    changed = own(connection, night.data_date + timedelta(days=1), report)
    counts = connection.execute(_COUNTS).fetchone()
    assert counts is not None
    report(0.8, DOING(doing="CELLS"))
    count_cells(NightRows(connection))
    in_grid, without_grid, without_owner = counts
    return StepResult(
        changed,
        OWN_DONE(in_grid=in_grid, by_books=without_grid, without_owner=without_owner),
        {"in_grid": in_grid, "without_grid": without_grid, "without_owner": without_owner},
    )


def own(connection: Connection, day: date, report: Report) -> int:
    """Put the plan of `day` in force and give every customer grid, outlet and owner by it; gives how many changed.

    The night calls it for the day after the data date, and the job of midnight when a plan begins. The map's cells are
    the caller's to count, when it has written all else.
    """
    plan = put_in_force(connection, day)
    if plan is None:
        raise NoPlanInForce(day)
    connection.execute(_PLACES, {"day": day, "plan": plan})
    connection.execute("analyze place")
    connection.execute(_RELATED)
    connection.execute("analyze related")
    report(0.1, DOING(doing="OWNERS"))
    changed = connection.execute(_ASSIGN).rowcount
    report(0.7, DOING(doing="POINTS"))
    connection.execute(_POINTS)
    connection.execute("drop table place, related")
    return changed
