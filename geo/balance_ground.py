"""The ground of a balance as the database has it: a draft, its atoms with their work, and the people of its outlets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.grids.posts import DAY_OF_THE_NIGHT, is_sat_on
from domain.performance.workload import Pace, metres_sql, minutes_sql
from domain.shared.data_date import data_date_in_force
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.night import Connection
from domain.shared.parameters import Values
from geo.balancing.ground import NOBODY, Atoms, Grids, Ground, Limits, Locks, People
from geo.measuring import LocalPlane

_GRIDS = f"""
select g.id, g.code, g.town_code, g.org_unit_id,
       coalesce(g.post_a_id,
                (select p.staff_id from grids now join plan_in_force f on f.id = now.plan_id
                   join posts p on p.grid_id = now.id and p.role = 'A' and {is_sat_on("p")}
                   join staff s on s.id = p.staff_id and {is_in_service("s", DAY_OF_THE_NIGHT)}
                  where now.code = g.origin_code order by p.from_on desc, p.id limit 1))
  from grids g where g.plan_id = %(plan)s and g.level = 'SMALL'
   and exists (select from plan_atoms pa where pa.grid_id = g.id)
 order by g.code
"""  # noqa: S608
_AWAY = metres_sql("a.lon_deg_wgs84", "a.lat_deg_wgs84", "o.lon_deg_wgs84", "o.lat_deg_wgs84")
_MINUTES = minutes_sql(
    "coalesce(c.key_customers, 0)", "coalesce(c.customers - c.key_customers, 0)", "a.area_m2", "away"
)
_ATOMS = f"""
with counted as (
    select atom_id, sum(customers)::bigint as customers, sum(key_customers)::bigint as key_customers
      from atom_sums where data_date = %(day)s group by atom_id)
select a.id, a.code, a.lon_deg_wgs84, a.lat_deg_wgs84, a.town_code, pa.grid_id, coalesce(c.customers, 0),
       {_MINUTES}
  from plan_atoms pa join atoms a on a.id = pa.atom_id join grids g on g.id = pa.grid_id
  join org_units o on o.id = g.org_unit_id
  left join counted c on c.atom_id = a.id
  cross join lateral (select coalesce({_AWAY}, 0) as away) as way
 where pa.plan_id = %(plan)s
 order by a.id
"""  # noqa: S608
_STAFF = f"""
select s.id, s.number, s.org_unit_id, s.full_time_percent from staff s
 where s.id = any(%(holders)s) or s.number = any(%(also)s) and {is_in_service("s", TODAY)}
 order by s.number
"""  # noqa: S608


@dataclass(frozen=True)
class ReadGround:
    """The ground with the ids of what it numbers."""

    ground: Ground
    atoms: tuple[int, ...]
    atom_codes: tuple[str, ...]
    grids: tuple[str, ...]
    outlets: tuple[int, ...]
    people: tuple[int, ...]
    people_numbers: tuple[str, ...]


def read_ground(
    connection: Connection, plan: int, wish: Mapping[str, Any], values: Values
) -> ReadGround | None:
    """None where no grid of the draft has any work. `wish` is that of a row of `plan_balances`, `values` parameters;
    customers are those of the data date in force.

    Somebody works as much as is kept with him, or as the wish says of him. Who holds grids of several outlets, or of
    another one than his own, stays where he is: his grids are left out of what moves, as locked.
    """
    grids = connection.execute(_GRIDS.encode(), {"plan": plan}).fetchall()
    given = {"plan": plan, "day": data_date_in_force(connection), **vars(Pace.of(values))}
    atoms = connection.execute(_ATOMS.encode(), given).fetchall()
    if not grids or not any(row[7] for row in atoms):
        return None
    holders = sorted({row[4] for row in grids if row[4] is not None})
    staff = connection.execute(_STAFF, {"holders": holders, "also": list(wish["also"])}).fetchall()
    may_cross = connection.execute("select may_cross from plans where id = %s", [plan]).fetchone()
    allows = may_cross is not None and may_cross[0] is not None
    outlets = sorted({row[3] for row in grids})
    works_at = _outlet_of_person(grids, staff, outlets)
    people = [row for row in staff if works_at.get(row[0]) is not None]
    place = {row[0]: i for i, row in enumerate(people)}
    grid_place = {row[0]: i for i, row in enumerate(grids)}
    held = [_holder(row, place, works_at) for row in grids]
    elsewhere = {
        row[1] for row, holder in zip(grids, held, strict=True) if row[4] is not None and holder == NOBODY
    }
    numbers = [row[1] for row in people]
    degrees = np.array([[row[2], row[3]] for row in atoms], dtype=np.float64)
    ground = Ground(
        Atoms(
            np.array([row[7] for row in atoms], dtype=np.float64),
            np.array([row[6] for row in atoms], dtype=np.int64),
            LocalPlane(*degrees.mean(axis=0)).metres(degrees),
            tuple(row[4] for row in atoms),
            _neighbours(connection, [row[0] for row in atoms]),
        ),
        Grids(
            np.array([grid_place[row[5]] for row in atoms], dtype=np.int64),
            np.array(held, dtype=np.int64),
            np.array([outlets.index(row[3]) for row in grids], dtype=np.int64),
            tuple(row[2] for row in grids),
        ),
        People(
            np.array([outlets.index(works_at[row[0]]) for row in people], dtype=np.int64),
            np.array([wish["percents"].get(row[1], row[3]) / 100 for row in people], dtype=np.float64),
        ),
        Locks(
            _places(wish["atoms"], [row[1] for row in atoms]),
            _places({*wish["grids"], *elsewhere}, [row[1] for row in grids]),
            _places(wish["people"], numbers),
        ),
        Limits(may_cross_towns=allows, may_cross_outlets=allows and bool(wish["across_outlets"])),
    )
    return ReadGround(
        ground,
        tuple(row[0] for row in atoms),
        tuple(row[1] for row in atoms),
        tuple(row[1] for row in grids),
        tuple(outlets),
        tuple(row[0] for row in people),
        tuple(numbers),
    )


def _outlet_of_person(
    grids: Sequence[Any], staff: Sequence[Any], outlets: Sequence[int]
) -> dict[int, int | None]:
    """Where somebody works: his own outlet where he holds a grid of it or none at all, else the only one whose grids
    he holds; None where he holds those of several."""
    found: dict[int, int | None] = {}
    for key, _number, unit, _percent in staff:
        held = {row[3] for row in grids if row[4] == key}
        if not held or unit in held:
            found[key] = unit if unit in outlets else None
        else:
            found[key] = held.pop() if len(held) == 1 else None
    return found


def _holder(grid: Sequence[Any], place: Mapping[int, int], works_at: Mapping[int, int | None]) -> int:
    holder = grid[4]
    return place[holder] if holder in place and works_at[holder] == grid[3] else NOBODY


def _places(wanted: Any, names: Sequence[str]) -> frozenset[int]:
    return frozenset(i for i, name in enumerate(names) if name in set(wanted))


def _neighbours(connection: Connection, atoms: Sequence[int]) -> list[dict[int, float]]:
    place = {atom: i for i, atom in enumerate(atoms)}
    neighbours: list[dict[int, float]] = [{} for _ in atoms]
    borders = "select atom_id, other_id, length_m from atom_borders order by atom_id, other_id"
    for atom, other, length in connection.execute(borders):
        if atom in place and other in place:
            neighbours[place[atom]][place[other]] = length
    return neighbours
