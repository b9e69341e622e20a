"""A county from any outline: whole coverage, everybody's place, and sentences for what cannot be used."""

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from api.county.bank import demonstration_bank
from api.county.generator import write_feeds
from api.county.geography import Geography, geography_of
from api.county.given import GivenCounty, GivenFiles, read_county
from api.county.load import load_county
from api.county.naming import chinese_number
from api.county.plan import demonstration_plan
from api.county.proving import prove, tell
from api.county.scale import SHIPPED, scale_of
from api.local.refusal import CannotGoOn
from domain.feeds.contracts import FEEDS
from domain.shared.night import silent
from geo.coverage import difference_m2, pair_overlap_m2
from geo.datum import Datum, from_wgs84
from tests.api.county import outlines
from tests.api.county.outlines import SOUTH, WEST, box
from tests.geo.reading.map_files import geojson, written, zipped

AS_OF = date(2026, 6, 30)


def given(path: Path, datum: Datum = Datum.WGS84, **others: object) -> GivenCounty:
    return read_county(GivenFiles(path, datum, **others))  # type: ignore[arg-type]


def county_of(folder: Path, *shapes: object, **properties: object) -> GivenCounty:
    rows = [properties] * len(shapes)
    return given(geojson(folder / "county.geojson", *shapes, properties=rows))


def is_whole(geography: Geography) -> None:
    boundaries = np.array([atom.boundary for atom in geography.atoms])
    assert shapely.is_valid(boundaries).all()
    assert shapely.coverage_is_valid(boundaries)
    assert pair_overlap_m2(boundaries) == 0.0
    assert difference_m2(shapely.coverage_union_all(boundaries), geography.outline) == 0.0
    assert difference_m2(geography.outline, geography.source_outline) < 1e-5 * sum(
        atom.area_m2 for atom in geography.atoms
    )


@pytest.mark.parametrize("shape", ["PLAIN", "ENCLAVE", "TWO_PARTS", "ISLANDS", "ONE_KM2", "BENT"])
def test_any_outline_becomes_a_county_with_a_bank_and_a_plan(tmp_path, shape):
    outline = getattr(outlines, shape)
    geography = geography_of(county_of(tmp_path, outline, name="甲县").source)
    is_whole(geography)
    bank = demonstration_bank(geography)
    plan = demonstration_plan(geography, bank)
    for grids in (plan.large, plan.small):
        assert sorted(atom for grid in grids for atom in grid.atoms) == list(range(len(geography.atoms)))
    assert len(plan.large) == len(bank.pairs)
    accounts = {member.account for member in bank.staff}
    assert {"admin", "head", "manager1", "manager2", "manager7", "outlet1"} <= accounts
    assert {town.name for town in geography.towns} == {
        f"第{chinese_number(n)}镇" for n in range(1, len(geography.towns) + 1)
    }
    assert all(town.is_stand_in for town in geography.towns)
    assert len({(atom.town, atom.name) for atom in geography.atoms}) == len(geography.atoms)


def test_the_size_follows_the_area():
    assert scale_of(1440.0) == SHIPPED
    small, large = scale_of(1.0), scale_of(30_000.0)
    assert (small.towns, small.outlets, small.large_grids) == (2, 4, 6)
    assert small.atoms < SHIPPED.atoms < large.atoms <= 2 * SHIPPED.atoms


@pytest.mark.slow("install")
def test_a_county_is_loaded_proved_and_has_files(tmp_path, connection):
    hole = outlines.ENCLAVE
    source = county_of(tmp_path, hole, name="甲县", adcode=410999, city="乙市", province="丙省").source
    geography = geography_of(source)
    load_county(connection, AS_OF, silent, geography)
    prove(connection)
    assert "1 片，1 个洞" in tell(connection, geography)
    areas = connection.execute("select value from settings where name = 'areas_above_towns'").fetchone()
    assert areas == (["丙省", "乙市", "甲县"],)
    assert connection.execute("select code, name from county_outlines").fetchall() == [("410999", "甲县")]
    connection.execute("update atom_boundaries set boundary_wgs84 = st_translate(boundary_wgs84, 0.001, 0)")
    with pytest.raises(CannotGoOn, match="分区证明不成立"):
        prove(connection)
    write_feeds(
        tmp_path / "l",
        tmp_path / "t",
        customers=1000,
        seed=1,
        as_of=AS_OF,
        report=silent,
        geography=geography,
    )
    (register,) = (tmp_path / "l").glob("household_20260630_1.dat")
    text = register.read_bytes().decode(FEEDS["household"].encoding)
    assert "丙省乙市甲县第" in text
    assert "410999" in text
    assert "阜宁" not in text


def test_real_limits_of_villages_stay_exact(tmp_path):
    villages = [box(x, y, 5, 5) for x in (0, 5, 10) for y in (0, 5)]
    rows = [{"name": f"{chinese_number(i)}村", "town": "东镇" if i > 3 else "西镇"} for i in range(1, 7)]
    path = geojson(tmp_path / "v.geojson", *villages, properties=rows)
    made = given(geojson(tmp_path / "o.geojson", box(0, 0, 15, 10)), villages=path)
    geography = geography_of(made.source)
    is_whole(geography)
    assert {atom.town for atom in geography.atoms} == {"东镇", "西镇"}
    for row, village in zip(rows, villages, strict=True):
        atoms = [atom.boundary for atom in geography.atoms if atom.village == row["name"]]
        assert len(atoms) > 1
        assert difference_m2(shapely.coverage_union_all(np.array(atoms)), village) < 1.0


def test_gaps_between_villages_go_to_a_neighbour_and_parts_apart_stay(tmp_path):
    apart = shapely.MultiPolygon([box(0, 0, 5, 10), box(12, 2, 1, 1)])
    other = box(5.2, 0, 4.8, 10)
    path = geojson(tmp_path / "v.geojson", apart, other, properties=[{"name": "一村"}, {"name": "二村"}])
    outline = shapely.union_all([box(0, 0, 10, 10), box(12, 2, 1, 1)])
    geography = geography_of(given(geojson(tmp_path / "o.geojson", outline), villages=path).source)
    is_whole(geography)
    first = shapely.coverage_union_all(np.array([a.boundary for a in geography.atoms if a.village == "一村"]))
    assert difference_m2(shapely.intersection(first, apart), apart) < 1.0


def test_areas_that_overlap_stick_out_or_leave_gaps_are_told(tmp_path):
    areas = [box(-5, 0, 15, 20), box(9, 0, 6, 20), box(16, 0, 4, 20)]
    rows = [{"name": name} for name in ("一村", "二村", "三村")]
    path = geojson(tmp_path / "v.geojson", *areas, properties=rows)
    made = given(geojson(tmp_path / "o.geojson", outlines.PLAIN), villages=path)
    assert sum("重叠" in note for note in made.notes) == 1
    assert sum("并入相邻的" in note and "112.41" in note for note in made.notes) == 1
    geography = geography_of(made.source)
    is_whole(geography)
    first = shapely.coverage_union_all(np.array([a.boundary for a in geography.atoms if a.village == "一村"]))
    assert difference_m2(first, box(0, 0, 10, 20)) < 1.0
    for atom in geography.atoms:
        assert shapely.intersects_xy(geography.outline, atom.lon_deg_wgs84, atom.lat_deg_wgs84), atom.name


def test_real_limits_of_towns_and_points_of_villages(tmp_path):
    towns = [box(0, 0, 8, 20), box(8, 0, 12, 20)]
    rows = [{"name": "西镇", "code": "410999101"}, {"name": "东镇", "code": "410999102"}]
    points = [
        shapely.Point(WEST + x / 1000, SOUTH + y / 1000) for x in (2, 6, 10, 15, 18, 40) for y in (3, 9, 16)
    ]
    villages = geojson(tmp_path / "v.geojson", *points)
    made = given(
        geojson(tmp_path / "o.geojson", outlines.PLAIN),
        towns=geojson(tmp_path / "t.geojson", *towns, properties=rows),
        villages=villages,
    )
    assert any("3 个要素在外轮廓之外" in note for note in made.notes)
    geography = geography_of(made.source)
    is_whole(geography)
    assert Counter(atom.town_code for atom in geography.atoms).keys() == {"410999101", "410999102"}
    for row, town in zip(rows, towns, strict=True):
        atoms = np.array([atom.boundary for atom in geography.atoms if atom.town == row["name"]])
        assert difference_m2(shapely.coverage_union_all(atoms), town) < 1.0
    assert len({atom.village_code for atom in geography.atoms}) == 15


def test_villages_that_are_points_stand_in_their_own_ground(tmp_path):
    points = [shapely.Point(WEST + x / 1000, SOUTH + y / 1000) for x in (3, 9, 15) for y in (3, 9, 15)]
    rows = [{"村名": f"{chinese_number(i)}村", "乡镇": "甲镇"} for i in range(1, 10)]
    made = given(
        geojson(tmp_path / "o.geojson", outlines.PLAIN),
        villages=geojson(tmp_path / "v.geojson", *points, properties=rows),
    )
    geography = geography_of(made.source)
    is_whole(geography)
    for row, point in zip(rows, points, strict=True):
        there = next(atom for atom in geography.atoms if shapely.intersects(atom.boundary, point))
        assert there.village == row["村名"]


def test_an_outline_in_a_gbk_shapefile_of_another_datum(tmp_path):
    moved = shapely.transform(outlines.PLAIN, lambda x, y: from_wgs84(x, y, Datum.GCJ02), interleaved=False)
    shape = written(
        tmp_path / "a.shp", [moved], "ESRI Shapefile", encoding="GBK", 名称=["甲县"], 代码=["410999"]
    )
    made = given(zipped(tmp_path / "a.zip", shape, without=[".cpg"]), Datum.GCJ02)
    assert (made.source.region.county, made.source.region.code) == ("甲县", "410999")
    assert difference_m2(made.source.outline, outlines.PLAIN) < 1.0


def test_one_county_of_a_file_by_name_or_code(tmp_path):
    rows = [{"name": "甲县", "adcode": 410991}, {"name": "乙县", "adcode": 410992}]
    path = geojson(tmp_path / "a.json", box(0, 0, 10, 10), box(10, 0, 10, 10), properties=rows)
    for wanted in ("乙县", "410992"):
        assert given(path, county=wanted).source.region.code == "410992"
    whole = given(path)
    assert (whole.source.region.code, whole.source.region.county) == ("410900", "演示县")
    assert any("2 个要素合成" in note for note in whole.notes)
    with pytest.raises(CannotGoOn, match="甲县、乙县"):
        given(path, county="丙县")
    broken = geojson(tmp_path / "b.json", CROSSED, box(10, 0, 10, 10), properties=rows)
    assert given(broken, county="410992").source.region.code == "410992"
    with pytest.raises(CannotGoOn, match="自相交"):
        given(broken, county="410991")


CROSSED = {
    "type": "Polygon",
    "coordinates": [[[112.4, 35.1], [112.6, 35.3], [112.6, 35.1], [112.4, 35.3], [112.4, 35.1]]],
}


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        (CROSSED, r"112\.500000, 35\.200000"),
        (box(0, 0, 0.1, 0.1), "平方公里"),
        (shapely.box(80, 20, 110, 45), "平方公里"),
        (shapely.Point(WEST, SOUTH), "要的是面"),
    ],
    ids=["a figure of eight", "too small", "too large", "a point"],
)
def test_what_is_no_outline_is_a_sentence(tmp_path, shape, sentence):
    with pytest.raises(CannotGoOn, match=sentence):
        county_of(tmp_path, shape, name="甲县")


def test_villages_of_elsewhere_or_of_another_datum_are_refused(tmp_path):
    outline = geojson(tmp_path / "o.geojson", outlines.PLAIN)
    with pytest.raises(CannotGoOn, match="不是同一个县"):
        given(outline, villages=geojson(tmp_path / "v.geojson", shapely.Point(100.0, 30.0)))
    moved = shapely.transform(outlines.PLAIN, lambda x, y: from_wgs84(x, y, Datum.GCJ02), interleaved=False)
    with pytest.raises(CannotGoOn, match="--datum GCJ02"):
        given(outline, villages=geojson(tmp_path / "v.geojson", moved))
