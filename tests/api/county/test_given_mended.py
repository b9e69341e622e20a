"""What people bring as an outline and what is wrong with it: mended and told with its place, or refused with it."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from api.county.geography import geography_of
from api.county.given import GivenCounty
from api.local.refusal import CannotGoOn
from geo.coverage import difference_m2
from geo.datum import Datum, from_wgs84
from geo.measuring import area_m2
from tests.api.county import outlines
from tests.api.county.outlines import SOUTH, WEST, box
from tests.api.county.test_given import county_of, given, is_whole
from tests.geo.reading.map_files import geojson, written

E, N = WEST + 0.02, SOUTH + 0.02
CORNERS = [(WEST, SOUTH), (E, SOUTH), (E, N), (WEST, N), (WEST, SOUTH)]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(map(list, ring)) for ring in rings]}


def parts(*shapes: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(list(shapes))


HOLE = [(WEST + 0.008, SOUTH + 0.008), (WEST + 0.012, SOUTH + 0.008), (WEST + 0.012, SOUTH + 0.012)]
KNOT = [(E, SOUTH), (E, N - 0.01), (E - 0.00001, N - 0.01001), (E + 0.00001, N - 0.01002), (E, N)]
SLIVER = shapely.Polygon([(E + 0.01, SOUTH), (E + 0.01, N), (E + 0.010001, N)])


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (polygon([(*at, 12.5) for at in CORNERS]), "高程"),
        (polygon([CORNERS[0], *CORNERS]), "重复"),
        (polygon(CORNERS[::-1]), "方向"),
        (polygon([at[::-1] for at in CORNERS]), "纬度写在了经度前面"),
        (polygon([CORNERS[0], *KNOT, *CORNERS[3:]]), "自相交"),
        (parts(outlines.PLAIN, SLIVER), "碎片"),
        (parts(outlines.PLAIN, box(20, 0, 5, 20)), "相接或重叠"),
    ],
    ids=[
        "Z",
        "repeated points",
        "rings the wrong way",
        "exchanged",
        "a knot",
        "a sliver",
        "parts that touch",
    ],
)
def test_what_can_be_mended_safely_is_and_is_told(tmp_path: Path, shape: Any, told: str) -> None:
    made = county_of(tmp_path, shape, name="甲县")
    assert any(told in note for note in made.notes), made.notes
    whole = parts(outlines.PLAIN, box(20, 0, 5, 20)) if told.startswith("相接") else outlines.PLAIN
    assert difference_m2(made.source.outline, shapely.union_all(whole)) < 1_000.0


def test_holes_and_parts_stay_and_the_map_is_whole(tmp_path: Path) -> None:
    both = shapely.union(shapely.difference(outlines.PLAIN, shapely.Polygon(HOLE)), box(30, 0, 9, 9))
    made = county_of(tmp_path, both, name="甲县")
    assert difference_m2(made.source.outline, both) == pytest.approx(0.0, abs=1e-3)
    is_whole(geography_of(made.source))


def in_metres(folder: Path, crs: str, shape: shapely.Geometry) -> Path:
    return written(folder / "a.gpkg", [shape], "GPKG", crs=crs, name=["甲县"])


def test_another_reference_system_is_brought_over_or_refused_by_its_name(tmp_path: Path) -> None:
    mercator = shapely.box(12_512_000.0, 4_180_000.0, 12_515_000.0, 4_183_000.0)
    made: GivenCounty = given(in_metres(tmp_path, "EPSG:3857", mercator))
    assert 4e6 < area_m2(made.source.outline) < 8e6
    assert any("换算" in note or "投影" in note or "3857" in note for note in made.notes), made.notes
    with pytest.raises(CannotGoOn, match="EPSG:4610"):
        given(in_metres(tmp_path, "EPSG:4610", outlines.PLAIN))


def test_a_datum_that_does_not_fit_the_villages_is_told(tmp_path: Path) -> None:
    moved = shapely.transform(outlines.PLAIN, lambda x, y: from_wgs84(x, y, Datum.GCJ02), interleaved=False)
    limits = geojson(tmp_path / "v.geojson", moved, properties=[{"name": "甲村"}])
    outline = geojson(tmp_path / "o.geojson", outlines.PLAIN, properties=[{"name": "甲县"}])
    with pytest.raises(CannotGoOn, match="GCJ02"):
        given(outline, villages=limits)


@pytest.mark.slow("install")
def test_a_county_of_thirty_thousand_square_kilometres_is_whole(tmp_path: Path) -> None:
    large = shapely.box(100.0, 35.0, 101.9, 36.57)
    made = county_of(tmp_path, large, name="大县")
    assert 29_000 < area_m2(made.source.outline) / 1e6 < 31_000
    is_whole(geography_of(made.source))
