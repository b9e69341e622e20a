"""A plan that moves a tenth of the atoms takes effect; and what drawing one up feels like.

    ./yunge bench plan [--customers N] [--statements]

Customers are made by the database, spread over the atoms of the demonstration county: what a plan moves are grids,
outlets and owners, whoever the customers are. Measured is the job of midnight whole: owners and the days of whose they
were, due visits, points, statistics, sums, atoms and cells. `--statements` tells which of it took longest.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import psycopg

from api.county.load import load_county
from api.jobs.context import JobContext
from api.jobs.plans import put_plan_in_force
from domain.grids.acts import assign, rearrange
from domain.grids.drafting import change_draft, make_draft, read_draft, read_neighbours
from domain.performance.grid_statistics import count_grids
from domain.performance.plan_figures import figures_of_grids
from domain.performance.sums import sum_customers
from domain.shared.night import Night, silent
from domain.shared.outbox import LeasedJob
from domain.shared.rows import NightRows
from domain.tasks.handing_over import give_due_visits_to_owners
from domain.tasks.reasons import as_of
from geo.owning import own_on_the_map
from geo.plan_drawing import draw_plan
from geo.plan_tiles import plan_tile
from geo.points import mark_points
from geo.tiles import Tile
from schema.house import HOUSE
from schema.rules.language import LANGUAGE
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.bench.reading.load import processor_s
from tests.bench.scratch import scratch

ROOT = Path(__file__).parents[2]
DATA_DATE = date(2026, 11, 20)
LONGEST_S, LONGEST_TILE_MS = 60.0, 100.0
TOLD_S = 0.2

_CUSTOMERS = """
insert into customers (id, kind, tier, status, name, atom_id, lon_deg_wgs84, lat_deg_wgs84, deposit_fen, loan_fen,
                       line_fen)
select n, (array['PERSON', 'PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE'])[n %% 5 + 1],
       case when n %% 8 = 0 then 'KEY' else 'GENERAL' end, 'ACTIVE', '客户' || n, a.id,
       a.lon_deg_wgs84 + (n %% 97 - 48) / 97e3, a.lat_deg_wgs84 + (n %% 89 - 44) / 89e3, n * 100, 0, 0
  from generate_series(1::bigint, %s) n
  join (select *, row_number() over (order by id) - 1 as place, count(*) over () as many from atoms) a
    on a.place = n * 7919 %% a.many
"""
_POINTS = """
insert into customer_points (customer_id, point_3857)
select id, st_transform(st_setsrid(st_makepoint(lon_deg_wgs84, lat_deg_wgs84), 4326), 3857) from customers
"""
_PLACED = """
insert into placements (customer_id, to_on, from_on, cause) select id, 'infinity', '2026-01-01', 'FIRST' from customers
"""
_DUE = """
insert into due_visits (customer_id, owner_id, reason, statement, figures, due_on, priority)
select id, 1, 'CADENCE', '{"code": "DUE_NEVER_VISITED", "values": {"tier": "KEY"}}', '[]', '2026-11-21', 1
  from customers where id % 5 = 0
"""


def fill(connection: psycopg.Connection[Any], customers: int) -> None:
    """The county with customers, as its night leaves it."""
    load_county(connection, DATA_DATE, lambda *_: None)
    for statement in (_CUSTOMERS, _POINTS, _DUE):
        connection.execute(statement.encode(), [customers] if "%s" in statement else None)
    # Everybody was somewhere before, so that the first assignment has days to end as every later one has.
    connection.execute(_PLACED)
    connection.commit()
    connection.execute("analyze")
    own_on_the_map(
        connection, Night(1, DATA_DATE, Path("/nowhere"), is_full=True), silent, language=HOUSE.language
    )
    give_due_visits_to_owners(connection)
    count_grids(connection, as_of(DATA_DATE, {}), LANGUAGE)
    mark_points(connection, DATA_DATE)
    sum_customers(connection, DATA_DATE, 6)
    connection.execute(
        "insert into settings (name, value) values ('data_date', %s), ('tile_version', '\"v\"')",
        [f'"{DATA_DATE}"'],
    )
    connection.commit()
    connection.autocommit = True
    connection.execute("vacuum analyze")
    connection.autocommit = False


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


class Told(psycopg.Cursor[Any]):
    """Says which statements take long."""

    def execute(self, query: Any, *args: Any, **named: Any) -> Self:
        began = time.perf_counter()
        super().execute(query, *args, **named)
        if (took_s := time.perf_counter() - began) > TOLD_S:
            text = " ".join((query if isinstance(query, bytes) else str(query).encode()).decode().split())
            print(f"  {took_s:6.2f} s  {self.rowcount:9,}  {text[:110]}", flush=True)
        return self


def moved(rows: NightRows, plan: int, share: float) -> dict[int, str]:
    """A share of the atoms, each to the grid of a neighbour of its town and outlet."""
    draft, neighbours = read_draft(rows, plan), read_neighbours(rows)
    found: dict[int, str] = {}
    for atom, others in sorted(neighbours.items()):
        home = draft.grids[draft.grid_of[atom]]
        for other in sorted(others):
            grid = draft.grid_of[other]
            there = draft.grids[grid]
            if grid != draft.grid_of[atom] and (there.town_code, there.org_unit_id) == (
                home.town_code,
                home.org_unit_id,
            ):
                found[atom] = grid
                break
        if len(found) >= share * len(draft.atoms):
            break
    return found


def figures(connection: psycopg.Connection[Any], customers: int, *, is_told: bool) -> list[Figure]:
    fill(connection, customers)
    rows = NightRows(connection)
    ((base, staff),) = rows.execute("select p.id, (select min(id) from staff) from plan_in_force p")
    made = [0]
    made_s = timed(lambda: made.append(make_draft(rows, "新方案", staff, base)))
    plan = made[-1]
    atoms = moved(rows, plan, 0.1)
    one, grid = next(iter(atoms.items()))
    act_s = timed(lambda: change_draft(rows, plan, assign([one], grid), by_id=staff, version=0))
    change_draft(rows, plan, rearrange(atoms), by_id=staff, version=1)
    values: dict[str, Any] = {}
    panel_s = min(timed(lambda: figures_of_grids(rows, plan, None, values)) for _ in range(3))
    tile_ms = max(_tile_ms(connection, plan, tile) for tile in _tiles(connection))
    # Moving border atoms may leave a grid in two pieces, which a plan in force would not be: the time is the same.
    draw_s = timed(lambda: draw_plan(rows, plan))
    day = DATA_DATE + timedelta(days=2)
    connection.execute("update plans set state = 'APPROVED', from_on = %s where id = %s", [day, plan])
    connection.commit()
    job = LeasedJob(1, "plans.put_in_force", f"plan:{plan}", {"day": day.isoformat()}, 1, uuid4())
    context = JobContext("", Path("/nowhere"), language=LANGUAGE, parameters=HOUSE.parameters)

    def take_effect() -> None:
        put_plan_in_force(connection, job, context)
        connection.commit()

    if is_told:
        connection.cursor_factory = Told
    before_s = _processor_s(connection)
    effect_s = timed(take_effect)
    computed_s = _processor_s(connection) - before_s
    ((changed,),) = rows.execute("select count(*) from placements where cause = 'PLAN'")
    return [
        Figure("customers", customers, ""),
        Figure("atoms moved", len(atoms), ""),
        Figure("a draft is made of the plan in force", made_s * 1000, "ms"),
        Figure("one act on it, with what is wrong found anew", act_s * 1000, "ms"),
        Figure("figures of all grids", panel_s * 1000, "ms"),
        at_most("slowest tile of the draft in PostgreSQL", tile_ms, "ms", LONGEST_TILE_MS),
        Figure("its grids are drawn", draw_s * 1000, "ms"),
        Figure("customers of whom it is noted", changed, ""),
        at_most("it takes effect", effect_s, "s", LONGEST_S),
        Figure("of that, processors", computed_s, "s"),
    ]


def _processor_s(connection: psycopg.Connection[Any]) -> float:
    return time.process_time() + processor_s([connection.info.backend_pid])


def _tiles(connection: psycopg.Connection[Any]) -> list[Tile]:
    """Of each zoom from 7 to 14, the tile in the middle of the county."""
    row = connection.execute("select avg(lon_deg_wgs84), avg(lat_deg_wgs84) from atoms").fetchone()
    assert row is not None
    found = []
    for z in range(7, 15):
        place = connection.execute(
            """select floor((%(lon)s + 180) / 360 * (1 << %(z)s))::int,
                      floor((1 - asinh(tan(radians(%(lat)s))) / pi()) / 2 * (1 << %(z)s))::int""",
            {"lon": row[0], "lat": row[1], "z": z},
        ).fetchone()
        assert place is not None
        found.append(Tile(z, *place))
    return found


def _tile_ms(connection: psycopg.Connection[Any], plan: int, tile: Tile) -> float:
    statement = plan_tile(plan, tile)
    values = statement.parameters
    text = statement.text
    for number in range(len(values), 0, -1):
        text = text.replace(f"${number}", f"%(p{number})s")
    given = {f"p{number}": value for number, value in enumerate(values, 1)}
    return min(timed(lambda: connection.execute(text.encode(), given).fetchall()) for _ in range(3)) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=60_000)
    parser.add_argument("--statements", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with scratch(os.environ["TEST_DATABASE_URL"]) as connection:
        address = f"postgresql://{connection.info.user}:{connection.info.password}@{connection.info.host}"
        address += f":{connection.info.port}/{connection.info.dbname}"
        connection.rollback()
        connection.autocommit = True
        connection.execute("create extension if not exists postgis")
        connection.autocommit = False
        upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(upgrade, cwd=ROOT, check=True, env={**os.environ, "DATABASE_URL": address})
        found = figures(connection, given.customers, is_told=given.statements)
    title = f"A plan of {given.customers:,} customers ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
