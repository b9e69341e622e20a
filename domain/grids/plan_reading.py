"""Plans as those read them who draw them up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from domain.grids.plan_errors import PlanNotFound
from domain.grids.posts import is_sat_on
from domain.shared.rows import Rows
from domain.shared.statements import Statement, statement_of


@dataclass(frozen=True)
class PlanRead:
    """A plan as it stands; `version` is the last act on it."""

    id: int
    name: str
    number: int
    state: str
    from_on: date | None
    to_on: date | None
    version: int
    may_cross: str | None
    proof: dict[str, Any] | None
    based_on_id: int | None
    based_on: str | None
    made_by: str | None
    made_at: datetime | None
    findings: tuple[Statement, ...]


class Holder(NamedTuple):
    """Who sits on a post; the percents are of full time."""

    number: str
    name: str
    full_time_percent: int


@dataclass(frozen=True)
class GridRead:
    """A grid of a plan. `a` and `b` are who sits on its posts, or is to when the plan begins."""

    code: str
    name: str
    level: str
    parent: str | None
    outlet_code: str
    outlet: str
    town_code: str
    atoms: int
    area_m2: float
    origin: str | None
    a: Holder | None
    b: Holder | None


@dataclass(frozen=True)
class ChangeRead:
    version: int
    act: str
    what: str
    of_version: int | None
    by_id: int
    who: str
    at: datetime


_PLANS = """
select p.id, p.name, p.version, p.state, p.from_on, p.to_on, p.last_change, p.may_cross, p.proof, p.based_on_id,
       base.name, staff.name, p.made_at, p.findings
  from plans p
  left join plans base on base.id = p.based_on_id
  left join staff on staff.id = p.made_by_id
"""
_SITS = """
select array[s.number, s.name, cast(s.full_time_percent as text)]
  from posts p join staff s on s.id = p.staff_id
 where p.grid_id = coalesce(origin.id, g.id) and p.role = '{role}' and {is_sat_on} order by p.id limit 1
"""
_NAMED = """
(select array[s.number, s.name, cast(s.full_time_percent as text)] from staff s where s.id = g.post_{post}_id)"""


def _holder(role: str) -> str:
    sits = _SITS.format(role=role, is_sat_on=is_sat_on("p"))
    return f"coalesce({_NAMED.format(post=role.lower())}, ({sits}))"


_GRIDS = f"""
select g.code, g.name, g.level, parent.code, unit.code, unit.name, g.town_code,
       cast((select count(*) from plan_atoms pa join grids small on small.id = pa.grid_id
              where g.id in (small.id, small.parent_id) and pa.plan_id = g.plan_id) as int),
       g.area_m2, g.origin_code, {_holder("A")}, {_holder("B")}
  from grids g
  join org_units unit on unit.id = g.org_unit_id
  left join grids parent on parent.id = g.parent_id
  left join grids origin on origin.plan_id = (select id from plan_in_force) and origin.code = g.origin_code
                        and g.plan_id <> origin.plan_id
 where g.plan_id = %(plan)s and g.level <> 'LIST'
 order by g.code
"""  # noqa: S608
_CHANGES = """
select c.version, c.act, c.what, c.of_version, c.made_by_id, staff.name, c.made_at
  from plan_changes c join staff on staff.id = c.made_by_id
 where c.plan_id = %(plan)s and c.version > %(after)s
 order by c.version desc limit 200
"""


def read_plans(rows: Rows) -> list[PlanRead]:
    """All plans, the newest first."""
    return [_plan(row) for row in rows.execute(f"{_PLANS} order by p.id desc")]


def read_plan(rows: Rows, plan: int | None) -> PlanRead:
    """One plan; raises PlanNotFound."""
    found = rows.execute(f"{_PLANS} where p.id = %(plan)s", {"plan": plan})
    if not found:
        raise PlanNotFound
    return _plan(found[0])


def read_grids(rows: Rows, plan: int) -> list[GridRead]:
    """The grids of a plan by code."""
    found = []
    for row in rows.execute(_GRIDS, {"plan": plan}):
        code, name, level, parent, outlet_code, outlet, town, atoms, area_m2, origin, a, b = row
        posts = holder_of(a), holder_of(b)
        found.append(
            GridRead(code, name, level, parent, outlet_code, outlet, town, atoms, area_m2, origin, *posts)
        )
    return found


def read_changes(rows: Rows, plan: int, after: int = 0) -> list[ChangeRead]:
    """The acts on a plan after a version, the last ones first; 200 at most."""
    return [ChangeRead(*row) for row in rows.execute(_CHANGES, {"plan": plan, "after": after})]


def _plan(row: tuple[Any, ...]) -> PlanRead:
    said = tuple(one for one in map(statement_of, row[-1]) if one is not None)
    return PlanRead(*(*row[:-1], said))


def holder_of(found: list[str] | None) -> Holder | None:
    return None if found is None else Holder(found[0], found[1], int(found[2]))
