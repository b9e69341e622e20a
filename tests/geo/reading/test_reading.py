"""Reading map files of every form and dialect; each file is made here and is small."""

import gzip
import json
import zipfile
from math import cos, radians
from pathlib import Path

import pytest
import shapely

from geo.datum import Datum, from_wgs84
from geo.measuring import area_m2
from geo.reading import unpacking
from geo.reading.features import Features, Wanted
from geo.reading.read import read_features
from tests.geo.reading.map_files import SOUTH, WEST, geojson, ring, square, written, zipped


def read(path: Path, datum: Datum = Datum.WGS84, wanted: Wanted = Wanted.AREAS) -> Features:
    return read_features(path, datum, wanted)


def codes(findings: object) -> list[str]:
    return [finding.said.code for finding in findings]  # type: ignore[attr-defined]


def the_square(found: Features, tolerance: float = 0.0) -> dict[str, str]:
    """The properties of the one feature, once it is the square."""
    (feature,) = found.features
    assert feature.shape.geom_type == "MultiPolygon"
    differs = shapely.symmetric_difference(feature.shape, square()).area
    assert differs <= tolerance
    return dict(feature.properties)


def test_geojson_with_codes_that_are_numbers(tmp_path):
    path = geojson(
        tmp_path / "a.json", square(), properties=[{"名称": "甲镇", "adcode": 320999, "share": 0.5}]
    )
    found = read(path)
    assert the_square(found) == {"名称": "甲镇", "adcode": "320999", "share": "0.5"}
    assert (found.features[0].place.layer, found.features[0].place.name) == ("a", "甲镇")
    assert found.mended == found.problems == ()


def test_a_code_beside_an_empty_one_stays_a_code(tmp_path):
    shapes = [square(), square(WEST + 1)]
    rows = [{"code": 320999001009}, {"code": None}]
    assert [f.properties for f in read(geojson(tmp_path / "a.json", *shapes, properties=rows)).features] == [
        {"code": "320999001009"},
        {},
    ]


def test_packed_geojson(tmp_path):
    plain = geojson(tmp_path / "a.geojson", square()).read_bytes()
    packed = tmp_path / "a.geojson.gz"
    packed.write_bytes(gzip.compress(plain))
    the_square(read(packed))


@pytest.mark.parametrize("without", [[], [".cpg"], [".cpg", ".shx"]], ids=["cpg", "no cpg", "no shx"])
def test_a_shapefile_in_gbk(tmp_path, without):
    shape = written(
        tmp_path / "乡镇.shp", [square()], "ESRI Shapefile", crs="EPSG:4490", encoding="GBK",
        行政区名称=["阜宁镇"], 代码=["320999001"],
    )  # fmt: skip
    found = read(zipped(tmp_path / "a.zip", shape, without=without))
    assert the_square(found, 1e-15) == {"行政区名称": "阜宁镇", "代码": "320999001"}
    assert codes(found.mended) == (["MAP_ENCODING_GUESSED"] if without else [])
    assert found.features[0].place.layer == "乡镇"


def test_a_shapefile_whose_cpg_is_wrong(tmp_path):
    shape = written(tmp_path / "a.shp", [square()], "ESRI Shapefile", encoding="GBK", 名称=["甲镇乙村"])
    (tmp_path / "a.cpg").write_text("UTF-8")
    found = read(shape)
    assert the_square(found, 1e-15) == {"名称": "甲镇乙村"}
    assert codes(found.mended) == ["MAP_ENCODING_GUESSED"]


def test_kml_names_and_its_own_columns(tmp_path):
    path = tmp_path / "a.kml"
    corners = " ".join(f"{x},{y},12" for x, y in square().exterior.coords)
    path.write_text(
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>甲镇</name>'
        "<Placemark><name>一村</name><ExtendedData><Data name='代码'><value>3209</value></Data></ExtendedData>"
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></Folder></Document></kml>",
        encoding="utf-8",
    )
    found = read(path)
    assert the_square(found) == {"Name": "一村", "代码": "3209"}
    assert (found.features[0].place.layer, found.features[0].place.name) == ("甲镇", "一村")
    assert codes(found.mended) == ["MAP_HEIGHTS_DROPPED"]
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(path, "doc.kml")
    the_square(read(tmp_path / "a.kmz"))


def test_kml_in_gbk(tmp_path):
    path = tmp_path / "a.kml"
    corners = " ".join(f"{x},{y}" for x, y in square().exterior.coords)
    path.write_bytes(
        '<?xml version="1.0" encoding="GB2312"?><kml><Placemark><name>一村</name><Polygon><outerBoundaryIs><LinearRing>'
        f"<coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>".encode(
            "gbk"
        )
    )
    assert the_square(read(path)) == {"Name": "一村"}


def test_a_geopackage_in_metres_of_a_zone(tmp_path):
    metres = shapely.box(540_000, 3_700_000, 541_000, 3_701_000)
    found = read(written(tmp_path / "a.gpkg", [metres], "GPKG", crs="EPSG:4549", name=["甲"]))
    assert codes(found.mended) == ["MAP_CRS_TRANSFORMED"]
    (feature,) = found.features
    assert area_m2(feature.shape) == pytest.approx(1e6, rel=1e-3)
    assert feature.shape.centroid.x == pytest.approx(120.0 + 40.5 / (111.32 * cos(radians(33.43))), abs=1e-3)


def test_another_reference_system_is_refused_by_its_name(tmp_path):
    found = read(written(tmp_path / "a.gpkg", [square()], "GPKG", crs="EPSG:4610", name=["甲"]))
    assert found.features == ()
    assert [f.said.values["crs"] for f in found.problems] == ["EPSG:4610"]


def test_a_shapefile_that_does_not_say_its_system(tmp_path):
    degrees = written(tmp_path / "a.shp", [square()], "ESRI Shapefile", name=["甲"])
    assert codes(read(zipped(tmp_path / "a.zip", degrees, without=[".prj"])).mended) == ["MAP_CRS_ASSUMED"]
    metres = written(
        tmp_path / "b.shp", [shapely.box(4e7, 3.7e6, 4.001e7, 3.71e6)], "ESRI Shapefile", name=["甲"]
    )
    assert codes(read(zipped(tmp_path / "b.zip", metres, without=[".prj"])).problems) == ["MAP_NOT_DEGREES"]


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_datum_is_what_the_caller_says(tmp_path, datum):
    moved = shapely.transform(square(), lambda x, y: from_wgs84(x, y, datum), interleaved=False)
    the_square(read(geojson(tmp_path / "a.json", moved), datum), 1e-12)


def test_a_datum_that_the_file_contradicts(tmp_path):
    path = geojson(tmp_path / "a.json", square(), properties=[{"datum": "GCJ-02"}])
    assert codes(read(path).problems) == ["MAP_DATUM_CONTRADICTED"]
    assert read(path, Datum.GCJ02).problems == ()


def test_exchanged_longitude_and_latitude(tmp_path):
    turned = shapely.transform(square(), lambda at: at[:, ::-1])
    found = read(geojson(tmp_path / "a.json", turned))
    the_square(found)
    assert "MAP_EXCHANGED" in codes(found.mended)
    assert found.mended[0].said.values["at"] == f"{WEST + 0.01:.6f}, {SOUTH:.6f}"


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (shapely.box(0, 0, 1, 1), "MAP_ELSEWHERE"),
        (shapely.box(540_000, 3_700_000, 541_000, 3_701_000), "MAP_NOT_DEGREES"),
        (None, "MAP_EMPTY"),
        (shapely.Point(WEST, SOUTH), "MAP_NOT_AN_AREA"),
        (shapely.LineString([(WEST, SOUTH), (WEST + 1, SOUTH)]), "MAP_NOT_AN_AREA"),
        ({"type": "Polygon", "coordinates": []}, "MAP_EMPTY"),
        (
            {"type": "Polygon", "coordinates": [[[WEST, SOUTH], [WEST, SOUTH], [WEST, SOUTH]]]},
            "MAP_COLLAPSED",
        ),
    ],
)
def test_what_is_no_area_in_china_is_named_and_the_rest_is_kept(tmp_path, shape, code):
    found = read(geojson(tmp_path / "a.json", square(), shape))
    the_square(found)
    assert codes(found.problems) == [code]
    assert found.problems[0].place is not None
    assert found.problems[0].place.feature == 2


def test_points_where_points_are_wanted(tmp_path):
    path = geojson(
        tmp_path / "a.json", shapely.Point(WEST, SOUTH, 4.0), shapely.MultiPoint([(WEST, SOUTH)]), square()
    )
    found = read(path, wanted=Wanted.POINTS)
    assert [feature.shape.wkt for feature in found.features] == ["POINT (119.5 33.5)"] * 2
    assert codes(found.problems) == ["MAP_NOT_A_POINT"]
    assert len(read(path, wanted=Wanted.AREAS_OR_POINTS).features) == 3


HOSTILE = {
    "a path out": (("../../etc/x.geojson", b"{}"), "MAP_PATH_LEADS_OUT"),
    "a path from the root": (("/etc/x.geojson", b"{}"), "MAP_PATH_LEADS_OUT"),
    "a path of Windows": (("C:\\x.geojson", b"{}"), "MAP_PATH_LEADS_OUT"),
    "a bomb": (("a.geojson", b"{" + b" " * (17 << 20)), "MAP_PACKED_TOO_TIGHTLY"),
    "no map": (("read.txt", b"hello"), "MAP_NOTHING_INSIDE"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives_are_refused_unopened(tmp_path, kind):
    (name, content), code = HOSTILE[kind]
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    found = read(tmp_path / "a.zip")
    assert (found.features, codes(found.problems)) == ((), [code])


def test_sizes_are_measured_first(tmp_path, monkeypatch):
    packed = tmp_path / "a.geojson.gz"
    packed.write_bytes(gzip.compress(b"{" + b" " * 5000))
    monkeypatch.setattr(unpacking, "MOST_UNPACKED_BYTES", 4000)
    assert codes(read(packed).problems) == ["MAP_UNPACKS_TOO_LARGE"]
    monkeypatch.setattr(unpacking, "MOST_BYTES", 10)
    assert codes(read(packed).problems) == ["MAP_TOO_LARGE"]


ALIEN = {
    "nothing": b"",
    "text": b"name,lon,lat\n",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "another XML": b"<?xml version='1.0'?><gpx/>",
    "a description for GDAL": b"<OGRVRTDataSource><!--<kml >--></OGRVRTDataSource>",
    "half an archive": b"PK\x03\x04abc",
}


@pytest.mark.parametrize("kind", ALIEN)
def test_what_is_no_map_is_refused_by_its_content(tmp_path, kind):
    path = tmp_path / "a.geojson"
    path.write_bytes(ALIEN[kind])
    assert codes(read(path).problems)[0] in ("MAP_UNKNOWN_FORM", "MAP_BROKEN_ARCHIVE")


@pytest.mark.parametrize(
    "content",
    [
        {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"},
        {"type": "Topology", "objects": {}, "arcs": []},
        {"hello": "world"},
    ],
    ids=["a command for GDAL", "TopoJSON", "any JSON"],
)
def test_json_that_is_no_geojson_reaches_no_other_driver(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content))
    found = read(path)
    assert found.features == ()
    assert codes(found.problems)[0] in ("MAP_UNREADABLE", "MAP_UNKNOWN_FORM", "MAP_NO_FEATURES")
    assert "/tmp" not in str(found.problems)


def test_kml_with_entities_is_refused(tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(
        '<!DOCTYPE kml [<!ENTITY a "b">]><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'
    )
    assert codes(read(path).problems) == ["MAP_DECLARES_ENTITIES"]


def test_a_file_that_there_is_not(tmp_path):
    assert codes(read(tmp_path / "a.json").problems) == ["MAP_NO_FILE"]


def test_a_ring_that_was_left_open_is_closed_and_listed(tmp_path):
    shape = ring((0, 0), (1, 0), (1, 1), (0, 1))
    shape["coordinates"][0].pop()
    found = read(geojson(tmp_path / "a.json", shape))
    the_square(found, 1e-15)
    assert codes(found.mended) == ["MAP_RING_CLOSED"]
