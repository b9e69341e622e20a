"""Our areas and distances against PostGIS geography."""

import numpy as np
import pytest
import shapely

from geo.measuring import LocalPlane, area_m2, haversine_m
from geo.writing import web_mercator, web_mercator_ewkb, wgs84_ewkb


def test_areas_are_those_of_postgis_geography(county):
    rows = county.execute(
        "select st_asbinary(boundary_wgs84), st_area(boundary_wgs84::geography), 1e-4 from atom_boundaries"
        " union all"
        " select st_asbinary(boundary_wgs84), st_area(boundary_wgs84::geography), 1e-6 from county_outlines"
    ).fetchall()
    assert len(rows) == 1401
    for boundary, expected, tolerance in rows:
        assert area_m2(shapely.from_wkb(bytes(boundary))) == pytest.approx(expected, rel=float(tolerance))


def test_areas_of_atoms_add_up_to_the_county(county):
    atoms, outline = county.execute(
        "select sum(area_m2), (select area_m2 from county_outlines) from atoms"
    ).fetchone()
    assert atoms == pytest.approx(outline, rel=1e-12)


def test_the_stored_area_of_an_atom_is_its_area(county):
    worst = county.execute(
        "select max(abs(a.area_m2 / st_area(b.boundary_wgs84::geography) - 1))"
        " from atoms a join atom_boundaries b on b.atom_id = a.id"
    ).fetchone()[0]
    assert worst < 1e-4


def test_distances_are_within_one_in_two_hundred_of_postgis(county):
    pairs = np.random.default_rng(3).uniform([119.5, 33.5, 119.5, 33.5], [119.9, 33.9, 119.9, 33.9], (50, 4))
    for lon_a, lat_a, lon_b, lat_b in pairs:
        expected = county.execute(
            "select st_distance(st_point(%s, %s)::geography, st_point(%s, %s)::geography)",
            [lon_a, lat_a, lon_b, lat_b],
        ).fetchone()[0]
        ours = haversine_m(*(np.array(value) for value in (lon_a, lat_a, lon_b, lat_b)))
        assert float(ours) == pytest.approx(expected, rel=5e-3)


def test_the_local_plane_keeps_distances_within_a_thousandth(county):
    plane = LocalPlane(119.7, 33.75)
    for lon, lat in [(119.5, 33.55), (119.95, 33.65), (119.66, 33.92)]:
        x, y = plane.metres(np.array([[lon, lat]]))[0]
        expected = county.execute(
            "select st_distance(st_point(119.7, 33.75)::geography, st_point(%s, %s)::geography)", [lon, lat]
        ).fetchone()[0]
        assert np.hypot(x, y) == pytest.approx(expected, rel=2e-3)


def test_the_local_plane_leads_back():
    plane, places = LocalPlane(119.7, 33.75), np.array([[119.5, 33.5], [119.9, 33.9]])
    assert plane.degrees(plane.metres(places)) == pytest.approx(places, abs=1e-12)


def test_web_mercator_is_that_of_postgis(county):
    x, y = county.execute(
        "select st_x(p), st_y(p) from st_transform(st_setsrid(st_point(119.8, 33.76), 4326), 3857) p"
    ).fetchone()
    assert web_mercator(np.array([[119.8, 33.76]]))[0] == pytest.approx((x, y), abs=1e-6)


def test_shapes_arrive_with_their_srid(county):
    square = shapely.MultiPolygon([shapely.box(119.7, 33.7, 119.8, 33.8)])
    srids = county.execute(
        "select st_srid(%s::geometry), st_srid(%s::geometry)", [wgs84_ewkb(square), web_mercator_ewkb(square)]
    ).fetchone()
    assert srids == (4326, 3857)
