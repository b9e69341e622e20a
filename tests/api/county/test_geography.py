"""The county from the shipped files: real outline, whole coverage, connected villages."""

import hashlib
from collections import Counter

import numpy as np
import pytest
import shapely

from api.county import sources
from api.county.geography import Geography, load_geography
from api.county.joining import neighbours_of
from api.county.naming import chinese_number
from geo.coverage import difference_m2, pair_overlap_m2
from geo.datum import Datum, to_wgs84
from geo.districting import connected_pieces
from geo.measuring import area_m2


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load_geography()


@pytest.fixture(scope="module")
def boundaries(geography: Geography) -> np.ndarray:
    return np.array([atom.boundary for atom in geography.atoms])


def test_the_numbers_of_the_county(geography):
    assert (geography.code, geography.name) == ("320923", "阜宁县")
    assert len(geography.towns) == 18
    assert len({atom.town_code for atom in geography.atoms}) == 18
    assert len({atom.village_code for atom in geography.atoms}) == 340
    assert len(geography.atoms) == 1400


def test_the_area_is_the_official_one_within_a_thousandth(geography):
    assert area_m2(geography.outline) == pytest.approx(1439e6, rel=1e-3)


def test_atoms_are_an_exact_coverage(geography, boundaries):
    assert shapely.is_valid(boundaries).all()
    assert shapely.coverage_is_valid(boundaries)
    assert pair_overlap_m2(boundaries) == 0.0
    assert difference_m2(shapely.coverage_union_all(boundaries), geography.outline) == 0.0


def test_the_outline_is_within_two_centimetres_of_its_source(geography):
    assert difference_m2(geography.outline, geography.source_outline) < 1000.0
    assert shapely.hausdorff_distance(geography.outline.boundary, geography.source_outline.boundary) < 1.5e-7


def test_the_shipped_outline_is_still_gcj02():
    _code, _name, converted = sources.read_outline()
    text = (sources.DATA / "outline_gcj02.geojson").read_text(encoding="utf-8")
    assert '"datum":"GCJ02"' in text
    lon, lat = shapely.get_coordinates(converted)[0]
    first = text.split("[[[", 1)[1].split("]", 1)[0].split(",")
    assert to_wgs84(float(first[0]), float(first[1]), Datum.GCJ02) == pytest.approx((lon, lat), abs=1e-12)


@pytest.mark.parametrize("level", ["town_code", "village_code"])
def test_towns_and_villages_are_in_one_piece(geography, boundaries, level):
    neighbours = neighbours_of(boundaries)
    members: dict[str, list[int]] = {}
    for i, atom in enumerate(geography.atoms):
        members.setdefault(getattr(atom, level), []).append(i)
    assert [code for code, atoms in members.items() if len(connected_pieces(atoms, neighbours)) > 1] == []


def test_every_group_holds_its_point_and_has_room(geography):
    for atom in geography.atoms:
        assert shapely.contains_xy(atom.boundary, atom.lon_deg_wgs84, atom.lat_deg_wgs84), atom.name
        assert 10_000 < atom.area_m2 < 12_000_000, atom.name


def atom_at(geography: Geography, boundaries: np.ndarray, lon: float, lat: float):
    return geography.atoms[int(np.flatnonzero(shapely.intersects_xy(boundaries, lon, lat))[0])]


def test_towns_stand_in_their_own_ground(geography, boundaries):
    for town in geography.towns:
        atom = atom_at(geography, boundaries, town.lon_deg_wgs84, town.lat_deg_wgs84)
        assert atom.town_code == town.code, town.name


def test_public_places_of_villages_lie_in_their_own_village(geography, boundaries):
    placed = [village for village in sources.read_villages() if village.place_deg]
    assert len(placed) == 16
    for village in placed:
        assert atom_at(geography, boundaries, *village.place_deg).village_code == village.code, village.name


def test_four_towns_are_stand_ins_and_say_so(geography):
    names = {town.name for town in geography.towns if town.is_stand_in}
    assert names == {"花园街道", "金沙湖街道", "郭墅镇", "现代服务业园区"}
    assert {atom.town for atom in geography.atoms if atom.is_stand_in} == names


def test_urban_groups_are_smaller(geography):
    urban = np.median([atom.area_m2 for atom in geography.atoms if atom.is_urban])
    rural = np.median([atom.area_m2 for atom in geography.atoms if not atom.is_urban])
    assert urban < 0.5 * rural


def test_codes_and_names_are_unique_and_built_from_the_village(geography):
    codes = [atom.code for atom in geography.atoms]
    assert codes == sorted(codes)
    assert Counter(codes).most_common(1)[0][1] == 1
    assert all(len(atom.code) == 15 and atom.code.startswith(atom.village_code) for atom in geography.atoms)
    assert len({(atom.town, atom.name) for atom in geography.atoms}) == len(codes)
    assert all(atom.name.startswith(atom.village) and atom.name.endswith("组") for atom in geography.atoms)


def test_an_address_reads_as_people_write_it(geography):
    atom = next(atom for atom in geography.atoms if atom.code == "320923001009003")
    assert geography.address(atom) == "江苏省盐城市阜宁县阜城街道新桥社区三组"


@pytest.mark.slow("documents")
def test_the_same_on_every_run(geography):
    def digest(of: Geography) -> str:
        shapes = b"".join(atom.code.encode() + shapely.to_wkb(atom.boundary) for atom in of.atoms)
        return hashlib.sha256(shapes).hexdigest()

    load_geography.cache_clear()
    assert digest(load_geography()) == digest(geography)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (105, "一百零五"),
        (112, "一百一十二"),
    ],
)
def test_chinese_numbers(number, words):
    assert chinese_number(number) == words
