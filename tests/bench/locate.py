"""Locating points in the county's atoms: the index in the process against PostGIS's `ST_Intersects` join, one run.

    ./yunge bench locate [POINTS]

Points are drawn where people live (three quarters around groups, by expected customers) and a quarter anywhere in
the county's box, outside as well. Both ways start with what they need in memory: the index with its atoms and the
arrays, PostGIS with a warm, analysed table of points and a GiST index on the atoms.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import numpy as np
import psycopg
import shapely

from api.county.geography import Geography, load_geography
from geo.binary_copy import write_rows
from geo.locator import AtomIndex
from geo.tables import WGS84_SRID
from geo.writing import point_ewkb, wgs84_ewkb
from tests.bench.figures import Figure, at_most, machine, print_figures, rows_asked
from tests.bench.progress import told

ROUNDS = 3
JOIN = """
    select count(*), sum(b.atom_id) from points p join atom_boundaries b on st_intersects(b.boundary_wgs84, p.point)
"""


def draw(geography: Geography, count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    places = np.array([[atom.lon_deg_wgs84, atom.lat_deg_wgs84] for atom in geography.atoms])
    weights = np.array([atom.expected_weight for atom in geography.atoms])
    reach = np.sqrt([atom.area_m2 for atom in geography.atoms]) / 111_000.0 / 3.0
    near = generator.choice(len(places), count * 3 // 4, p=weights / weights.sum())
    west, south, east, north = geography.outline.bounds
    anywhere = generator.uniform([west, south], [east, north], (count - len(near), 2))
    around = places[near] + generator.normal(0.0, 1.0, (len(near), 2)) * reach[near, None]
    points = generator.permutation(np.vstack([around, anywhere]))
    return points[:, 0].copy(), points[:, 1].copy()


@contextmanager
def scratch(server_url: str) -> Iterator[psycopg.Connection]:
    """A database of its own with PostGIS, gone afterwards."""
    name = f"yunge_bench_locate_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'create database "{name}"')
        try:
            url = server_url.rsplit("/", 1)[0] + "/" + name
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("create extension postgis")
                yield connection
        finally:
            server.execute(f'drop database if exists "{name}" with (force)')


def fill(connection: psycopg.Connection, geography: Geography, lon: np.ndarray, lat: np.ndarray) -> None:
    connection.execute(
        "create table atom_boundaries (atom_id bigint primary key, boundary_wgs84 geometry(multipolygon, 4326))"
    )
    with connection.cursor().copy("copy atom_boundaries from stdin") as copy:
        for number, atom in enumerate(geography.atoms, start=1):
            copy.write_row((number, wgs84_ewkb(atom.boundary)))
    connection.execute("create index on atom_boundaries using gist (boundary_wgs84)")
    connection.execute("create unlogged table points (id bigint, point geometry(point, 4326))")
    write_rows(connection, "points", [np.arange(len(lon)), point_ewkb(lon, lat, WGS84_SRID)])
    connection.execute("vacuum analyze points")
    connection.execute("analyze atom_boundaries")


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def figures(server_url: str, points: int = 1_000_000) -> list[Figure]:
    """Medians of three rounds, the two ways taking turns; the answers must agree."""
    geography = load_geography()
    lon, lat = draw(geography, points)
    boundaries = np.array([shapely.from_wkb(shapely.to_wkb(atom.boundary)) for atom in geography.atoms])
    index = AtomIndex.of(np.arange(1, len(boundaries) + 1), boundaries)
    with scratch(server_url) as connection:
        with told("tables"):
            fill(connection, geography, lon, lat)
        with told("both ways once, to compare them"):
            pairs, total = connection.execute(JOIN).fetchone() or (0, 0)
            found = index.locate(lon, lat)
        agree = int(pairs) == int((found > 0).sum()) and int(total) == int(found[found > 0].sum())
        if not agree:
            raise SystemExit("the two ways do not give the same atoms: no figure is worth anything")
        ours, own_processor, theirs = [], [], []
        for round_ in range(1, ROUNDS + 1):
            before = time.process_time()
            ours.append(seconds(lambda: index.locate(lon, lat)))
            own_processor.append(time.process_time() - before)
            with told(f"the join, {round_} of {ROUNDS}"):
                theirs.append(seconds(lambda: connection.execute(JOIN).fetchone()))
    scale = 1_000_000 / points
    return [
        Figure("points located", float((found > 0).sum()), f"of {points:,}"),
        at_most("locating 1 M points in the process", median(ours) * scale, "s", 0.5),
        Figure("of it processor time", median(own_processor) * scale, "s"),
        Figure("the same by ST_Intersects join", median(theirs) * scale, "s"),
        at_most("process / PostGIS", median(ours) / median(theirs), "×", 0.25),
    ]


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 1_000_000)
    print_figures(
        f"Locating {wanted:,} points ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted)
    )
