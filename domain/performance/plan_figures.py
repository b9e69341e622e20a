"""What a plan would mean: customers, work and hand-overs of its grids, summed from what is kept of atoms.

Any plan can be asked, of any data date that is kept: under the plan of its day, or restated under another. Work is of
today's pace, hand-overs are against who works the atoms now.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from domain.grids.posts import DAY_OF_THE_NIGHT, is_sat_on
from domain.performance.workload import Pace, metres_sql, minutes_sql
from domain.shared.data_date import data_date_in_force
from domain.shared.in_service import is_in_service
from domain.shared.parameters import Values
from domain.shared.rows import Rows


@dataclass(frozen=True)
class Figures:
    """Of an atom or a grid. Customers are active ones; households and merchants are among them.

    `changes_hands` counts customers whose atom another member of staff is to work, `changes_outlet` those whose atom
    another outlet is. Minutes are those of a month.
    """

    customers: int = 0
    key_customers: int = 0
    households: int = 0
    merchants: int = 0
    deposit_fen: int = 0
    loan_fen: int = 0
    due_visits: int = 0
    minutes: float = 0.0
    changes_hands: int = 0
    changes_outlet: int = 0


FIGURES = tuple(Figures.__dataclass_fields__)

# A is responsible; B stands for him where nobody sits on A (domain/grids/ownership.py).
_SITS = """(select p.staff_id from posts p join staff s on s.id = p.staff_id
         where p.grid_id = {grid} and {is_in_service} and {is_sat_on}
         order by p.role, p.from_on desc, p.id limit 1)"""


def _sits(grid: str) -> str:
    return _SITS.format(
        grid=grid, is_in_service=is_in_service("s", DAY_OF_THE_NIGHT), is_sat_on=is_sat_on("p")
    )


_NOW_ON = _sits("n.id")
_THEN_ON = _sits("coalesce(origin.id, g.id)")
_OUTLET_M = f"""case when u.lon_deg_wgs84 is null then 0
              else {metres_sql("u.lon_deg_wgs84", "u.lat_deg_wgs84", "a.lon_deg_wgs84", "a.lat_deg_wgs84")} end"""

# An atom that has ended since then left its ground to another one, but in plans that were over before.
_BY_ATOM = f"""
summed as (
    select coalesce(successor.id, s.atom_id) as atom_id, sum(customers) as customers,
           sum(key_customers) as key_customers, sum(customers) filter (where kind = 'HOUSEHOLD') as households,
           sum(customers) filter (where kind = 'SOLE_TRADER') as merchants,
           sum(deposit_fen) as deposit_fen, sum(loan_fen) as loan_fen, sum(due_visits) as due_visits
      from atom_sums s
      left join atoms gone on gone.id = s.atom_id and gone.to_on is not null
        and not exists (select from plan_atoms pa where pa.plan_id = %(plan)s and pa.atom_id = gone.id)
      left join atoms successor on successor.code = gone.successor_code
     where s.data_date = %(day)s group by 1),
now as materialized (
    select n.id, n.code, n.org_unit_id, {_NOW_ON} as staff_id
      from grids n where n.plan_id = (select id from plan_in_force) and n.level = 'SMALL'),
planned as materialized (
    select g.id, g.code, g.parent_id, g.org_unit_id, coalesce(g.post_a_id, {_THEN_ON}) as staff_id
      from grids g
      left join grids origin on origin.plan_id = (select id from plan_in_force) and origin.code = g.origin_code
     where g.plan_id = %(plan)s and g.level = 'SMALL'),
figures as materialized (
    select a.id as atom_id, planned.id as grid_id, planned.parent_id, planned.staff_id,
           now.code as now_grid, now.org_unit_id as now_unit_id, now.staff_id as now_staff_id,
           coalesce(s.customers, 0)::int as customers, coalesce(s.key_customers, 0)::int as key_customers,
           coalesce(s.households, 0)::int as households, coalesce(s.merchants, 0)::int as merchants,
           coalesce(s.deposit_fen, 0)::bigint as deposit_fen, coalesce(s.loan_fen, 0)::bigint as loan_fen,
           coalesce(s.due_visits, 0)::int as due_visits,
           {
    minutes_sql(
        "coalesce(s.key_customers, 0)",
        "(coalesce(s.customers, 0) - coalesce(s.key_customers, 0))",
        "a.area_m2",
        _OUTLET_M,
    )
} as minutes,
           case when planned.id is not null and now.id is not null and planned.staff_id is distinct from now.staff_id
                then coalesce(s.customers, 0) else 0 end::int as changes_hands,
           case when planned.id is not null and now.id is not null and planned.org_unit_id <> now.org_unit_id
                then coalesce(s.customers, 0) else 0 end::int as changes_outlet
      from atoms a
      left join summed s on s.atom_id = a.id
      left join plan_atoms pa on pa.plan_id = %(plan)s and pa.atom_id = a.id
      left join planned on planned.id = pa.grid_id
      left join org_units u on u.id = planned.org_unit_id
      left join plan_atoms na on na.plan_id = (select id from plan_in_force) and na.atom_id = a.id
      left join now on now.id = na.grid_id
     where a.to_on is null or planned.id is not null)"""  # noqa: S608
_SUMS = ", ".join(
    f"coalesce(sum(f.{one}), 0)::{'float8' if one == 'minutes' else 'bigint'} as {one}" for one in FIGURES
)
_OF_GRIDS = f"""
with {_BY_ATOM}
select g.code, {_SUMS}
  from grids g left join figures f on g.id in (f.grid_id, f.parent_id)
 where g.plan_id = %(plan)s and g.level <> 'LIST'
 group by g.id order by g.code
"""  # noqa: S608
_OF_ATOMS = f"""
with {_BY_ATOM}
select a.id, a.code, a.name, a.village, a.town_code, a.town, g.code, a.lon_deg_wgs84, a.lat_deg_wgs84,
       f.now_grid, unit.code, worker.number,
       (select array_agg(b.other_id order by b.other_id) from atom_borders b where b.atom_id = a.id),
       {", ".join(f"f.{one}" for one in FIGURES)}
  from figures f
  join atoms a on a.id = f.atom_id
  left join grids g on g.id = f.grid_id
  left join org_units unit on unit.id = f.now_unit_id
  left join staff worker on worker.id = f.now_staff_id
 order by a.code
"""  # noqa: S608
_OF_PEOPLE = f"""
with {_BY_ATOM}
select f.staff_id, {_SUMS} from figures f where f.staff_id is not null group by f.staff_id order by f.staff_id
"""  # noqa: S608


_NEIGHBOURS = 12
"""Where they stand in a row of `_OF_ATOMS`."""


@dataclass(frozen=True)
class AtomFigures:
    """An atom with the small grid that a plan gives it (None: none), and its figures there.

    The middle is in degrees WGS 84. `now_*` is what the plan in force says: the codes of its grid and of the outlet,
    and the number of whoever works it. `neighbours` are the ids of the atoms with which it shares border.
    """

    id: int
    code: str
    name: str
    village: str
    town_code: str
    town: str
    grid: str | None
    lon_deg: float
    lat_deg: float
    now_grid: str | None
    now_outlet: str | None
    now_staff: str | None
    neighbours: tuple[int, ...]
    figures: Figures


def figures_of_grids(rows: Rows, plan: int, day: date | None, values: Values) -> dict[str, Figures]:
    """By the codes of a plan's grids, small and large; `day` is the data date, None the one in force."""
    found = rows.execute(_OF_GRIDS, _given(rows, plan, day, values))
    return {row[0]: Figures(*row[1:]) for row in found}


def figures_of_atoms(rows: Rows, plan: int, day: date | None, values: Values) -> list[AtomFigures]:
    """All atoms by code, those without a grid as well."""
    found = rows.execute(_OF_ATOMS, _given(rows, plan, day, values))
    return [_atom_of(list(row)) for row in found]


def _atom_of(row: list[Any]) -> AtomFigures:
    said, neighbours, figures = row[:_NEIGHBOURS], row[_NEIGHBOURS], row[_NEIGHBOURS + 1 :]
    named = dict(zip(AtomFigures.__dataclass_fields__, said, strict=False))
    return AtomFigures(**named, neighbours=tuple(neighbours or ()), figures=Figures(*figures))


def figures_of_people(rows: Rows, plan: int, day: date | None, values: Values) -> dict[int, Figures]:
    """By the member of staff who is to work the grids: on A, or on B where nobody is on A."""
    found = rows.execute(_OF_PEOPLE, _given(rows, plan, day, values))
    return {row[0]: Figures(*row[1:]) for row in found}


def _given(rows: Rows, plan: int, day: date | None, values: Values) -> Mapping[str, Any]:
    return {"plan": plan, "day": day or data_date_in_force(rows), **asdict(Pace.of(values))}
