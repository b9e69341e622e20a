"""Counties, villages and a city of the shared data, each made into a demonstration's ground and bank."""

from pathlib import Path

import pytest
import shapely

from api.county.bank import demonstration_bank
from api.county.geography import geography_of
from api.county.given import GivenFiles, read_county
from api.county.plan import demonstration_plan
from api.local.refusal import CannotGoOn
from geo.datum import Datum
from geo.reading.features import Wanted
from geo.reading.read import read_features
from tests.api.county.test_given import is_whole
from tests.conftest import SHARED

pytestmark = [pytest.mark.shared_data, pytest.mark.slow("install")]

GEO = SHARED / "data" / "geo"
YANCHENG = GEO / "yancheng_counties_wgs84.geojson.gz"
YANCHENG_GCJ02 = GEO / "yancheng_counties_gcj02.geojson.gz"
VINTAGE = GEO / "yancheng_counties_2020vintage_gcj02.geojson.gz"
CHONGQING = GEO / "chongqing_counties_wgs84.geojson.gz"
VILLAGES = GEO / "substitute_yunlin_villages_wgs84.geojson.gz"


def codes_of(path: Path) -> list[str]:
    return [
        feature.properties["adcode"] for feature in read_features(path, Datum.WGS84, Wanted.AREAS).features
    ]


# All 47 were tried and passed; each costs some seconds, so of the larger city every fifth is tried again and again.
@pytest.mark.parametrize(("path", "every"), [(YANCHENG, 2), (CHONGQING, 5)], ids=["yancheng", "chongqing"])
def test_counties_of_two_cities_become_demonstrations(path, every):
    for code in codes_of(path)[::every]:
        geography = geography_of(read_county(GivenFiles(path, Datum.WGS84, code)).source)
        is_whole(geography)
        bank = demonstration_bank(geography)
        plan = demonstration_plan(geography, bank)
        assert sorted(atom for grid in plan.small for atom in grid.atoms) == list(range(len(geography.atoms)))
        assert {"manager1", "manager2", "outlet1"} <= {member.account for member in bank.staff}


def test_real_village_limits_are_the_unions_of_their_atoms():
    geography = geography_of(read_county(GivenFiles(VILLAGES, Datum.WGS84, villages=VILLAGES)).source)
    is_whole(geography)
    made: dict[str, list[shapely.Geometry]] = {}
    for atom in geography.atoms:
        made.setdefault(f"{atom.town}{atom.village}", []).append(atom.boundary)
    features = read_features(VILLAGES, Datum.WGS84).features
    assert len(made) == len(features) == 389
    far = []
    for feature in features:
        name = feature.properties["town_zh_hans"] + feature.properties["village_zh_hans"]
        limit = shapely.coverage_union_all(made[name]).boundary
        if shapely.hausdorff_distance(limit, feature.shape.boundary) > 1.5e-7:  # the grid of a centimetre
            far.append(name)
    assert far == []


def test_a_city_has_its_gaps_told_and_left_outside():
    given = read_county(GivenFiles(CHONGQING, Datum.WGS84, towns=CHONGQING))
    assert sum("的洞" in note for note in given.notes) >= 4
    assert (given.source.region.county, given.source.region.code) == ("重庆市", "500000")
    is_whole(geography_of(given.source))


@pytest.mark.parametrize(
    ("path", "said", "fits"),
    [
        (YANCHENG_GCJ02, Datum.WGS84, "GCJ02"),
        (YANCHENG, Datum.GCJ02, "WGS84"),
        (VINTAGE, Datum.BD09, "GCJ02"),
    ],
)
def test_a_wrong_datum_of_the_shipped_county_is_told(path, said, fits):
    with pytest.raises(CannotGoOn, match=f"{fits}"):
        read_county(GivenFiles(path, said, "320923"))


def test_two_vintages_of_one_county_are_both_taken():
    for path in (YANCHENG_GCJ02, VINTAGE):
        is_whole(geography_of(read_county(GivenFiles(path, Datum.GCJ02, "320923")).source))
