"""The ground of a first plan as the database has it today."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from domain.grids.drafts import codes_of
from domain.grids.plan_errors import (
    FirstPlanNotFirst,
    FirstPlanWithoutAtoms,
    FirstPlanWithoutOutlets,
    OutletsWithoutPlace,
)
from domain.shared.data_date import DATA_DATE
from domain.shared.in_service import TODAY, is_in_service
from domain.shared.rows import Rows
from geo.first_plan.ground import FirstGround, Floats, GroundAtom, GroundOutlet
from geo.measuring import LocalPlane

# Customers of the last night, households and merchants among them.
_ATOMS = f"""
select a.id, a.name, a.village, a.town_code, a.town, a.lon_deg_wgs84, a.lat_deg_wgs84, a.area_m2,
       cast(coalesce((select sum(s.customers) from atom_sums s
                       where s.atom_id = a.id and s.data_date = {DATA_DATE}), 0) as bigint)
  from atoms a where a.to_on is null order by a.code
"""  # noqa: S608
# A branch works ground of its own where it has customer managers. Where the list of units names no town with atoms,
# the atom that the outlet stands on says it.
_OUTLETS = f"""
select o.id, o.code, o.lon_deg_wgs84, o.lat_deg_wgs84,
       coalesce((select min(a.town_code) from atoms a where a.to_on is null and o.town_code in (a.town_code, a.town)),
                (select min(a.town_code) from atom_boundaries b join atoms a on a.id = b.atom_id
                  where st_covers(b.boundary_wgs84,
                                  st_setsrid(st_makepoint(o.lon_deg_wgs84, o.lat_deg_wgs84), 4326)))),
       array(select s.id from staff s
              where s.org_unit_id = o.id and s.duty = 'CUSTOMERS' and {is_in_service("s", TODAY)}
              order by s.number)
  from org_units o
 where (o.kind = 'OUTLET' or o.kind = 'BRANCH' and exists (
        select from staff s where s.org_unit_id = o.id and s.duty = 'CUSTOMERS' and {is_in_service("s", TODAY)}))
   and (o.from_on is null or o.from_on <= {TODAY}) and (o.to_on is null or o.to_on > {TODAY})
 order by o.code
"""  # noqa: S608
_BORDERS = "select atom_id, other_id, length_m from atom_borders order by atom_id, other_id"


def read_first_ground(rows: Rows) -> FirstGround:
    """Raises the refusals of a first plan: one is in force, no atoms, no outlets, outlets without a place."""
    if rows.execute("select id from plan_in_force"):
        raise FirstPlanNotFirst
    atoms = rows.execute(_ATOMS)
    if not atoms:
        raise FirstPlanWithoutAtoms
    degrees = np.array([row[5:7] for row in atoms], dtype=np.float64)
    plane = LocalPlane(*degrees.mean(axis=0))
    points = plane.metres(degrees)
    towns = [row[3] for row in atoms]
    middles = {town: points[[one == town for one in towns]].mean(axis=0) for town in sorted(set(towns))}
    known = np.array([row[8] for row in atoms], dtype=np.float64)
    area_m2 = np.array([row[7] for row in atoms], dtype=np.float64)
    return FirstGround(
        tuple(GroundAtom(*row[:5]) for row in atoms),
        points,
        known if known.any() else area_m2,
        _neighbours(rows, [row[0] for row in atoms]),
        _outlets(rows.execute(_OUTLETS), plane, middles),
    )


def _outlets(
    found: Iterable[tuple[Any, ...]], plane: LocalPlane, middles: dict[str, Floats]
) -> tuple[GroundOutlet, ...]:
    """Outlets that can have ground. An outlet without a point stands in the middle of its town."""
    outlets, nowhere = [], []
    for key, code, lon, lat, town, managers in found:
        if lon is not None and lat is not None:
            east, north = plane.metres(np.array([[lon, lat]]))[0]
        elif town is not None:
            east, north = middles[town]
        else:
            nowhere += [code] if managers else []
            continue
        outlets.append(GroundOutlet(key, code, town, (float(east), float(north)), tuple(managers)))
    if nowhere:
        raise OutletsWithoutPlace(len(nowhere), codes_of(nowhere))
    if not outlets:
        raise FirstPlanWithoutOutlets
    return tuple(outlets)


def _neighbours(rows: Rows, atoms: list[int]) -> list[dict[int, float]]:
    place = {atom: i for i, atom in enumerate(atoms)}
    neighbours: list[dict[int, float]] = [{} for _ in atoms]
    for atom, other, length_m in rows.execute(_BORDERS):
        if atom in place and other in place:
            neighbours[place[atom]][place[other]] = length_m
    return neighbours
