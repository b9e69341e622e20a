"""The index in the process, and the night's step around it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from domain.shared.night import Connection, Night, silent
from geo.locator import NOWHERE, AtomIndex, locate_customers

# Two by two unit squares; ids are not in the order of the places.
SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for x, y in [(0, 0), (1, 0), (0, 1), (1, 1)]])
IDS = np.array([40, 30, 20, 10])


def where(*points: tuple[float, float]) -> list[int]:
    lon, lat = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    return AtomIndex.of(IDS, SQUARES).locate(lon, lat).tolist()


def test_inside():
    assert where((0.5, 0.5), (1.5, 0.5), (0.5, 1.5), (1.5, 1.5)) == [40, 30, 20, 10]


def test_on_a_shared_edge_the_lowest_id_has_it():
    assert where((1.0, 0.5), (0.5, 1.0), (1.0, 1.0)) == [30, 20, 10]


def test_on_the_rim_is_inside():
    assert where((0.0, 0.5), (0.0, 0.0), (2.0, 2.0)) == [40, 40, 10]


def test_outside_and_unknown_is_nowhere():
    assert where((2.1, 0.5), (-50.0, 80.0), (np.nan, np.nan), (0.5, np.nan)) == [NOWHERE] * 4


def test_no_points_and_no_atoms():
    assert AtomIndex.of(IDS, SQUARES).locate(np.empty(0), np.empty(0)).tolist() == []
    empty = AtomIndex.of(np.empty(0, dtype=np.int64), np.empty(0, dtype=object))
    assert empty.locate(np.array([1.0]), np.array([1.0])).tolist() == [NOWHERE]


def test_a_gap_and_an_overlap():
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.box(0.5, 0, 1.5, 1), shapely.box(3, 0, 4, 1)])
    index = AtomIndex.of(np.array([2, 1, 3]), shapes)
    assert index.locate(np.array([0.75, 2.0]), np.array([0.5, 0.5])).tolist() == [1, NOWHERE]


def test_both_parts_of_an_atom_are_the_atom():
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
    index = AtomIndex.of(np.array([7]), np.array([parts]))
    assert index.locate(np.array([0.5, 5.5, 3.0]), np.array([0.5, 5.5, 3.0])).tolist() == [7, 7, NOWHERE]


def test_the_database_finds_the_same_atoms(county: Connection):
    generator = np.random.default_rng(11)
    lon, lat = generator.uniform(119.45, 120.0, 3000), generator.uniform(33.45, 33.94, 3000)
    corners = county.execute(
        "select st_x(p.geom), st_y(p.geom) from atom_boundaries, st_dumppoints(boundary_wgs84) p limit 1000"
    ).fetchall()
    lon = np.append(lon, [row[0] for row in corners])
    lat = np.append(lat, [row[1] for row in corners])
    expected = county.execute(
        "select coalesce((select min(a) from atoms_covering(p.x, p.y) as a), %s)"
        " from unnest(%s::float8[], %s::float8[]) with ordinality p (x, y, n) order by p.n",
        [NOWHERE, lon.tolist(), lat.tolist()],
    ).fetchall()
    assert AtomIndex.read(county).locate(lon, lat).tolist() == [row[0] for row in expected]


def test_the_database_looks_only_at_atoms_near_by(county: Connection):
    county.execute("set local enable_seqscan = off")
    plan = "".join(row[0] for row in county.execute("explain select * from atoms_covering(119.8, 33.76)"))
    assert "Function Scan" not in plan
    assert "idx_atom_boundaries_boundary_wgs84" in plan


def add_customer(county: Connection, number: int, lon: float | None, lat: float | None) -> None:
    county.execute(
        "insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen, lon_deg_wgs84,"
        " lat_deg_wgs84) values (%s, 'PERSON', 'GENERAL', 'ACTIVE', '某人', 0, 0, 0, %s, %s)"
        " on conflict (id) do update set lon_deg_wgs84 = excluded.lon_deg_wgs84,"
        " lat_deg_wgs84 = excluded.lat_deg_wgs84",
        [number, lon, lat],
    )


def night(county: Connection, run_id: int, *changed: int, is_full: bool = False) -> Night:
    for customer in changed:
        county.execute(
            "insert into night_changes (night_run_id, customer_id) values (%s, %s)", [run_id, customer]
        )
    return Night(run_id, date(2026, 6, 29), Path("/nowhere"), is_full)


def atom_of(county: Connection, customer: int) -> int | None:
    return county.execute("select atom_id from customers where id = %s", [customer]).fetchone()[0]


def points(county: Connection) -> list[tuple[int, float, float]]:
    return county.execute(
        "select customer_id, st_x(w), st_y(w) from customer_points, st_transform(point_3857, 4326) w order by 1"
    ).fetchall()


@pytest.fixture
def places(county: Connection) -> list[tuple[int, float, float]]:
    return county.execute("select id, lon_deg_wgs84, lat_deg_wgs84 from atoms order by id limit 3").fetchall()


def test_a_full_night_locates_everybody(county, places):
    for number, (_atom, lon, lat) in enumerate(places, start=1):
        add_customer(county, number, lon, lat)
    add_customer(county, 4, None, None)
    add_customer(county, 5, 121.47, 31.23)
    result = locate_customers(county, night(county, 1, is_full=True), silent)
    assert [atom_of(county, number) for number in range(1, 6)] == [row[0] for row in places] + [None, None]
    assert [row[0] for row in points(county)] == [1, 2, 3]
    assert points(county)[0][1:] == pytest.approx(places[0][1:], abs=1e-9)
    assert result.rows == 5
    assert result.figures == {"located": 3.0, "moved": 3.0, "outside": 1.0}


def test_only_what_changed_is_worked_on(county, places):
    (first, *here), (second, *there), _third = places
    add_customer(county, 1, *here)
    add_customer(county, 2, *here)
    locate_customers(county, night(county, 1, is_full=True), silent)
    add_customer(county, 1, *there)
    add_customer(county, 2, *there)
    result = locate_customers(county, night(county, 2, 1), silent)
    assert (atom_of(county, 1), atom_of(county, 2)) == (second, first)
    assert result.rows == 1


def test_who_loses_the_point_loses_atom_and_place_on_the_map(county, places):
    add_customer(county, 1, *places[0][1:])
    locate_customers(county, night(county, 1, 1), silent)
    add_customer(county, 1, None, None)
    locate_customers(county, night(county, 2, 1), silent)
    assert atom_of(county, 1) is None
    assert points(county) == []


def test_twice_is_as_once_and_owners_stay(county, places):
    add_customer(county, 1, *places[0][1:])
    locate_customers(county, night(county, 1, 1), silent)
    county.execute("update customer_points set org_unit_id = 7")
    rows = county.execute("select xmin::text, * from customer_points").fetchall()
    again = locate_customers(county, night(county, 2, is_full=True), silent)
    assert again.figures["moved"] == 0
    assert county.execute("select xmin::text, * from customer_points").fetchall() == rows


def test_changes_then_full_give_the_same_as_full_alone(county, places):
    for number, (_atom, lon, lat) in enumerate(places, start=1):
        add_customer(county, number, lon, lat)
    locate_customers(county, night(county, 1, 1, 2, 3), silent)
    by_changes = county.execute("select id, atom_id from customers order by id").fetchall(), points(county)
    county.execute("update customers set atom_id = null")
    county.execute("truncate customer_points")
    locate_customers(county, night(county, 2, is_full=True), silent)
    assert (
        county.execute("select id, atom_id from customers order by id").fetchall(),
        points(county),
    ) == by_changes


@pytest.mark.parametrize("is_full", [False, True])
def test_who_was_merged_into_another_is_on_no_tile(county, places, is_full):
    for number in (1, 2):
        add_customer(county, number, *places[0][1:])
    locate_customers(county, night(county, 1, 1, 2), silent)
    county.execute("delete from customers where id = 2")
    locate_customers(county, night(county, 2, 1, 2, is_full=is_full), silent)
    assert [row[0] for row in points(county)] == [1]
