"""The partition proof finds what is wrong, and says nothing where nothing is. Real polygons show real flaws."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from domain.shared.night import Connection, Night, silent
from geo.coverage import NOBODY, PartitionProof, difference_m2, gaps, pair_overlap_m2, prove_partition
from geo.locator import AtomIndex, locate_customers
from geo.measuring import area_m2

from .test_locator import add_customer

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "geo"


def test_the_county_is_a_partition(county: Connection):
    proof = prove_partition(county)
    assert proof.holds
    assert (proof.atoms, proof.grids) == (1400, 490)
    assert proof.pair_overlap_m2 == 0.0
    assert proof.union_differs_m2 == 0.0
    assert proof.outline_m2 == pytest.approx(1439.84e6, rel=1e-5)
    assert proof.source_difference_m2 < 1000.0
    assert proof.source_hausdorff_m < 0.02


def broken(county: Connection, statement: str) -> PartitionProof:
    county.execute(statement)
    proof = prove_partition(county)
    assert not proof.holds
    return proof


def test_an_atom_that_moved_one_metre_overlaps(county):
    proof = broken(
        county,
        "update atom_boundaries set boundary_wgs84 = st_translate(boundary_wgs84, 0.00001, 0)"
        " where atom_id = (select id from atoms where code = '320923001009001')",
    )
    assert proof.pair_overlap_m2 > 1.0
    assert not proof.is_valid_coverage
    assert len(proof.grids_unlike_their_atoms) == 2


def test_an_atom_without_a_grid_is_named(county):
    proof = broken(
        county, "delete from plan_atoms where atom_id = (select id from atoms where code = '320923112200001')"
    )
    assert proof.atoms_without_grid == ("320923112200001",)
    assert len(proof.grids_unlike_their_atoms) == 2


def test_an_outline_that_is_not_the_union_is_found(county):
    proof = broken(
        county,
        "update county_outlines set boundary_wgs84 = st_multi(st_difference(boundary_wgs84,"
        " st_buffer(st_setsrid(st_point(119.7, 33.7), 4326), 0.001)))",
    )
    assert proof.union_differs_m2 > 30_000.0


def test_a_grid_shape_that_is_not_the_union_of_its_atoms_is_named(county):
    proof = broken(
        county,
        "update grid_boundaries b set boundary_wgs84 = (select boundary_wgs84 from atom_boundaries limit 1)"
        " from grids g where g.id = b.grid_id and g.code = 'S007'",
    )
    assert proof.grids_unlike_their_atoms == ("S007",)


def test_customers_are_in_one_grid_or_listed_by_owner(county):
    atom, lon, lat = county.execute("select id, lon_deg_wgs84, lat_deg_wgs84 from atoms limit 1").fetchone()
    grid, staff, who = county.execute(
        "select pa.grid_id, s.id, s.number || ' ' || s.name from plan_atoms pa"
        " join posts p on p.grid_id = pa.grid_id and p.role = 'A' join staff s on s.id = p.staff_id"
        " where pa.atom_id = %s",
        [atom],
    ).fetchone()
    add_customer(county, 1, lon, lat)
    add_customer(county, 2, None, None)
    add_customer(county, 3, None, None)
    add_customer(county, 4, 121.47, 31.23)
    locate_customers(county, Night(1, None, None, is_full=True), silent)
    assert prove_partition(county).not_in_one_grid == 1
    county.execute("update customers set grid_id = %s where id = 1", [grid])
    county.execute("update customers set owner_id = %s where id in (1, 2)", [staff])
    proof = prove_partition(county)
    assert proof.holds
    assert (proof.customers, proof.located) == (4, 1)
    assert proof.without_point == {who: 1, NOBODY: 1}
    assert proof.outside_outline == {NOBODY: 1}


def test_a_customer_in_a_grid_where_his_point_is_not_is_counted(county):
    (_first, *here), (wrong, *_there) = county.execute(
        "select id, lon_deg_wgs84, lat_deg_wgs84 from atoms order by id limit 2"
    ).fetchall()
    add_customer(county, 1, *here)
    proof = broken(
        county,
        f"update customers set atom_id = {wrong},"
        f" grid_id = (select grid_id from plan_atoms where atom_id = {wrong}) where id = 1",
    )
    assert proof.not_in_one_grid == 1


def test_without_a_county_it_says_what_to_do(county):
    county.execute("delete from county_outlines")
    with pytest.raises(LookupError, match="no outline in the database"):
        prove_partition(county)


if SHARED.is_dir():

    def read(name: str) -> np.ndarray:
        features = json.loads(gzip.decompress((SHARED / name).read_bytes()))["features"]
        return np.array([shapely.geometry.shape(feature["geometry"]) for feature in features])

    def test_real_villages_hardly_overlap_and_have_holes():
        villages = read("substitute_yunlin_villages_wgs84.geojson.gz")
        assert len(villages) == 389
        assert pair_overlap_m2(villages) < 500.0
        union = shapely.union_all(villages)
        solid = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(union)])
        holes = gaps(villages, solid)
        assert sum(area_m2(hole) for hole in holes) == pytest.approx(0.04e6, abs=0.01e6)

    def test_real_villages_are_located_as_a_plain_search_does():
        villages = read("substitute_yunlin_villages_wgs84.geojson.gz")
        west, south, east, north = shapely.total_bounds(villages)
        points = np.random.default_rng(2).uniform([west, south], [east, north], (5000, 2))
        found = AtomIndex.of(np.arange(1, 390), villages).locate(points[:, 0], points[:, 1])
        inside = shapely.intersects_xy(villages[:, None], points[None, :, 0], points[None, :, 1])
        expected = np.where(inside.any(axis=0), inside.argmax(axis=0) + 1, -1)
        assert (found == expected).all()

    def test_the_gaps_between_counties_of_chongqing_are_found():
        counties = read("chongqing_counties_wgs84.geojson.gz")
        union = shapely.union_all(counties)
        solid = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(union)])
        holes = gaps(counties, solid)
        assert sum(area_m2(hole) for hole in holes) == pytest.approx(0.859e6, rel=0.01)
        assert difference_m2(union, solid) == pytest.approx(0.859e6, rel=0.01)
