"""The night's step that plans today's walk of each customer manager, with those whom he walks to for somebody away."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from psycopg import sql
from psycopg.types.json import Jsonb

from domain.grids.posts import is_sat_on
from domain.shared.in_service import is_there
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.parameters import Values
from domain.tasks.cadence import DueReason
from domain.tasks.parameters import DOOR_WITHIN_M, WALK_DOORS, WALK_REACH_M, WALK_STOPS
from domain.tasks.standing_in import NOBODY, stand_ins, walkers
from domain.tasks.statements import DOOR_ON_THE_WAY
from domain.tasks.walks import choose_stops, doors_between
from geo import statements as said
from geo.binary_copy import read_rows
from geo.measuring import LocalPlane
from geo.walking import walking_order

# Numbers of everybody who is due come as one array; statements are fetched for the few who are chosen.
_COLUMNS = [
    ("owner", "i8"),
    ("grid", "i8"),
    ("customer", "i8"),
    ("priority", "f8"),
    ("never", "i8"),
    ("lon", "f8"),
    ("lat", "f8"),
]
_DUE = sql.SQL("""
    select d.owner_id, coalesce(d.grid_id, 0), d.customer_id, d.priority, (d.reason = 'NEVER_VISITED')::int::bigint,
           c.lon_deg_wgs84, c.lat_deg_wgs84
    from due_visits d
    join customers c on c.id = d.customer_id and c.atom_id is not null
    where d.owner_id is not null
""")
_THERE = f"select s.id from staff s where {is_there('s', '%(day)s')}"  # noqa: S608
# Of several on one post the latest, as for owners.
_POSTS = f"""
    select p.grid_id, p.role, p.staff_id from posts p where {is_sat_on("p", "%(day)s")} order by p.from_on desc, p.id
"""  # noqa: S608
_SAID = """
    select customer_id, reason, statement, figures, due_on, owner_id from due_visits where customer_id = any(%s)
"""
_OUTLETS = """
    select s.id, o.lon_deg_wgs84, o.lat_deg_wgs84 from staff s join org_units o on o.id = s.org_unit_id
    where o.lon_deg_wgs84 is not null
"""


@dataclass(frozen=True)
class _Walk:
    """A planned walk: customers in walking order, and which of them are doors on the way."""

    staff_id: int
    customers: tuple[int, ...]
    doors: frozenset[int]
    length_m: float


def plan_walks(connection: Connection, night: Night, report: Report) -> StepResult:
    """Plans the walks of the day after the data date anew, for every manager who has somebody to see.

    All of them, whatever changed tonight: a walk depends on its neighbourhood as a whole, and it takes a second.
    """
    walk_on = night.data_date + timedelta(days=1)
    due = read_rows(connection, _DUE, _COLUMNS)
    outlets = {int(row[0]): (float(row[1]), float(row[2])) for row in connection.execute(_OUTLETS)}
    walking = _who_walks(connection, walk_on, due)
    by_walker = np.argsort(walking, kind="stable")
    staff = np.unique(walking[walking != NOBODY])
    report(0.3, said.MANAGERS(managers=len(staff)))
    starts = np.searchsorted(walking[by_walker], staff, "left").tolist()
    ends = np.searchsorted(walking[by_walker], staff, "right").tolist()
    walks = [
        _plan(int(walker), due[by_walker[start:end]], outlets.get(int(walker)), night.parameters)
        for walker, start, end in zip(staff, starts, ends, strict=True)
    ]
    report(0.9, DOING(doing="ORDER_WALKS"))
    _write(connection, walk_on, walks)
    stops = sum(len(walk.customers) for walk in walks)
    mean_m = sum(walk.length_m for walk in walks) / max(len(walks), 1)
    figures = {"walks": float(len(walks)), "mean_length_m": round(mean_m, 1)}
    return StepResult(stops, said.WALKS_DONE(walk_on=walk_on, walks=len(walks), stops=stops), figures)


def _who_walks(connection: Connection, day: date, due: NDArray[np.void]) -> NDArray[np.int64]:
    """The member of staff who walks to each due customer on the day, (n,); `NOBODY` where there is nobody."""
    there = {int(row[0]) for row in connection.execute(_THERE.encode(), {"day": day})}
    posts = connection.execute(_POSTS.encode(), {"day": day}).fetchall()
    owners, grids = due["owner"].astype(np.int64), due["grid"].astype(np.int64)
    return walkers(owners, grids, there, stand_ins(posts, there))


def _plan(
    staff_id: int, due: NDArray[np.void], outlet_deg: tuple[float, float] | None, parameters: Values
) -> _Walk:
    """The walk of one manager among everybody due whom he walks to: his own, and those of who is away."""
    lon, lat = due["lon"].astype(np.float64), due["lat"].astype(np.float64)
    customers = due["customer"].astype(np.int64)
    degrees = np.column_stack([lon, lat])
    metres = LocalPlane(*degrees.mean(axis=0)).metres(degrees)
    stops = choose_stops(
        metres[:, 0],
        metres[:, 1],
        due["priority"].astype(np.float64),
        customers,
        stops=WALK_STOPS.of(parameters),
        reach_m=WALK_REACH_M.of(parameters),
    )
    order, _length = walking_order(lon[stops], lat[stops], outlet_deg)
    path = metres[stops[order]]
    offered = np.flatnonzero(due["never"] == 1)
    offered = offered[~np.isin(offered, stops)]
    places = metres[offered]
    between = doors_between(
        path[:, 0],
        path[:, 1],
        places[:, 0],
        places[:, 1],
        customers[offered],
        at_most=WALK_DOORS.of(parameters),
        within_m=DOOR_WITHIN_M.of(parameters),
    )
    doors = offered[between]
    every = np.concatenate([stops[order], doors])
    order, length_m = walking_order(lon[every], lat[every], outlet_deg)
    walked = customers[every[order]].tolist()
    return _Walk(staff_id, tuple(walked), frozenset(customers[doors].tolist()), length_m)


def _write(connection: Connection, walk_on: date, walks: list[_Walk]) -> None:
    chosen = [customer for walk in walks for customer in walk.customers]
    kept = {int(row[0]): row[1:] for row in connection.execute(_SAID, [chosen])}
    connection.execute("delete from walk_stops where walk_on = %s", [walk_on])
    connection.execute("delete from walks where walk_on = %s", [walk_on])
    columns = "staff_id, walk_on, position, customer_id, planned_for_id, reason, statement, figures, due_on, owner_id"
    with connection.cursor() as cursor:
        with cursor.copy("copy walks (staff_id, walk_on, length_m) from stdin") as copy:
            for walk in walks:
                copy.write_row((walk.staff_id, walk_on, round(walk.length_m, 1)))
        with cursor.copy(f"copy walk_stops ({columns}) from stdin") as copy:
            for walk in walks:
                for position, customer in enumerate(walk.customers, start=1):
                    reason, statement, figures, due_on, owner = kept[customer]
                    if customer in walk.doors:
                        reason, statement = DueReason.NEVER_VISITED.value, DOOR_ON_THE_WAY().as_json()
                    row = (walk.staff_id, walk_on, position, customer, customer, reason, Jsonb(statement))
                    whose = None if owner == walk.staff_id else owner
                    copy.write_row((*row, Jsonb(figures), due_on, whose))
