"""Limits and points of towns say to which town atoms belong; they are facts of the atoms, with days, and go back."""

from datetime import UTC, datetime

import pytest
import shapely

from api.files.import_contents import template_of
from domain.shared.calendar import bank_day
from geo.datum import Datum, from_wgs84
from geo.map_imports.said import MapRefused
from geo.map_imports.towns import Atom, Town, nearest_towns
from tests.geo.map_imports.conftest import TODAY, Maps, box, point
from tests.geo.map_imports.test_importing_maps import CODES, OUTLINE, counts, halves, notes, outline, said

WEST, EAST = box(-2, -2, 22, 32), box(22, -2, 44, 32)
TOWNS = "select code, town_code, town from atoms order by code"


@pytest.fixture
def atoms(maps: Maps) -> Maps:
    outline(maps)
    halves(maps)
    return maps


def test_limits_give_atoms_their_town_and_it_goes_back(atoms: Maps) -> None:
    path = atoms.drawn(WEST, EAST, 乡镇=["新桥镇", "沟墩镇"], 代码=["119900103000", "119900104"])
    tried = atoms.applied("towns", path)
    assert (counts(tried), notes(tried)) == ((0, 2, 0, 0, 0), ["TOWNS_CUT_ATOMS"])
    assert tried.notes[0].values == {"atoms": 1, "example": CODES[1], "shares": "沟墩镇 90% 新桥镇 10%"}
    assert atoms.execute(TOWNS) == [
        (CODES[0], "119900103", "新桥镇"),
        (CODES[1], "119900104", "沟墩镇"),
    ]
    assert atoms.execute("select distinct from_on from atom_days where to_on = 'infinity'") == [(TODAY,)]
    assert counts(atoms.tried("towns", path)) == (0, 0, 0, 2, 0), "the same file again changes nothing"
    atoms.undone("towns")
    assert {town for *_, town in atoms.execute(TOWNS)} == {"119900101"}


def test_parts_of_a_town_are_one_and_what_no_limit_reaches_stays(atoms: Maps) -> None:
    parts = (box(0, 0, 9, 30), box(9, 0, 20, 30), box(90, 0, 99, 9))
    tried = atoms.applied("towns", atoms.drawn(*parts, 乡镇=["新桥镇", "新桥镇", "远镇"]))
    assert (counts(tried), notes(tried)) == (
        (0, 1, 0, 1, 0),
        ["MAP_DATUM_NOT_CHECKED", "TOWNS_OUTSIDE_OUTLINE", "TOWNS_LEAVE_ATOMS"],
    )
    assert atoms.execute(TOWNS) == [
        (CODES[0], "新桥镇", "新桥镇"),
        (CODES[1], "119900101", "119900101"),
    ], "a town without a code goes by its name"


def test_points_decide_where_an_atom_names_none_of_the_towns(atoms: Maps) -> None:
    sheet = atoms.folder / "镇.csv"
    sheet.write_text("乡镇,经度,纬度\n新桥镇,112.005,30.01\n沟墩镇,112.035,30.01\n,112.03,30.0\n", "utf-8")
    tried = atoms.applied("towns", sheet)
    assert (counts(tried), said(tried)) == ((0, 2, 0, 0, 1), ["ROW_VALUE_MISSING"])
    assert notes(tried) == ["MAP_DATUM_NOT_CHECKED", "TOWNS_BY_NEARNESS"]
    assert [town for *_, town in atoms.execute(TOWNS)] == ["新桥镇", "沟墩镇"]
    moved = atoms.drawn(point(39, 1), point(1, 1), 乡镇=["新桥镇", "沟墩镇"])
    assert counts(atoms.tried("towns", moved)) == (0, 0, 0, 2, 0), "atoms that name a town stay in it"
    made = template_of(atoms.rows, atoms.kind("towns"), bank_day(datetime.now(UTC)), is_english=False)
    assert [(row["town"], row["lon"]) for row in made.rows] == [("新桥镇", "112.01"), ("沟墩镇", "112.03")]


def test_codes_lead_before_names_and_names_before_nearness() -> None:
    towns = [Town("甲镇", "119900101", None), Town("乙镇", None, None)]  # type: ignore[arg-type]
    places = [(112.0, 30.0), (112.1, 30.0)]
    atoms = [
        Atom("a", "119900101", "别名镇", 112.1, 30.0),
        Atom("b", "0", "乙镇", 112.0, 30.0),
        Atom("119900101201001", "0", "0", 112.1, 30.0),
        Atom("d", "0", "0", 112.09, 30.0),
    ]
    assert [town.name for town in nearest_towns(atoms, towns, places)] == ["甲镇", "乙镇", "甲镇", "乙镇"]


def test_what_makes_a_file_useless_is_a_sentence(maps: Maps) -> None:
    with pytest.raises(MapRefused) as early:
        maps.tried("towns", maps.drawn(OUTLINE, 乡镇=["新桥镇"]))
    outline(maps)
    halves(maps)
    with pytest.raises(MapRefused) as elsewhere:
        maps.tried("towns", maps.drawn(box(90, 0, 99, 9), 乡镇=["新桥镇"]))
    west, north = shapely.get_coordinates(OUTLINE).T
    moved = shapely.Polygon(list(zip(*from_wgs84(west, north, Datum.GCJ02), strict=True)))
    with pytest.raises(MapRefused) as datum:
        maps.tried("towns", maps.drawn(moved, 乡镇=["新桥镇"]))
    codes = [one.value.statement.code for one in (early, elsewhere, datum)]
    assert codes == ["TOWNS_BEFORE_ATOMS", "TOWNS_ELSEWHERE", "MAP_DATUM_DOES_NOT_FIT"]
