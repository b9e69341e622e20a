"""Outline and atoms of a bank that has nothing: read, laid side by side, carried out, changed, taken back."""

from datetime import date

import numpy as np
import pytest
import shapely

from domain.customers.addresses import load_address_book
from domain.shared.imports.errors import ImportStoodOn
from domain.shared.imports.kinds import Act, Tried
from domain.shared.sheets.errors import HeadingNotFound
from geo.coverage import difference_m2, union
from geo.datum import Datum, from_wgs84
from geo.map_imports.said import MapRefused
from tests.geo.map_imports.conftest import TODAY, Maps, box, point

OUTLINE = box(0, 0, 40, 30)
HALVES = (box(0, 0, 20, 30), box(20, 0, 40, 30))
CODES = ["119900101201001", "119900101202001"]


def outline(maps: Maps, shape: shapely.Geometry = OUTLINE, name: str = "某县") -> Tried:
    return maps.applied(
        "outline", maps.drawn(shape, name=[name], code=["119900"], city=["某市"], province=["某省"])
    )


def halves(maps: Maps, **columns: list[str]) -> Tried:
    return maps.applied(
        "atoms", maps.drawn(*HALVES, code=CODES, name=["东风村一组", "红旗村一组"], **columns)
    )


def said(tried: Tried) -> list[str]:
    return [one.said.code for one in tried.problems]


def notes(tried: Tried) -> list[str]:
    return [one.code for one in tried.notes]


def counts(tried: Tried) -> tuple[int, int, int, int, int]:
    return (*(tried.count(act) for act in Act), tried.same, tried.refused)  # type: ignore[return-value]


def check_partition(maps: Maps) -> None:
    """The outline is the union of the atoms, to the last digit, and they are one coverage."""
    found = maps.execute("select st_asbinary(boundary_wgs84) from atom_boundaries order by atom_id")
    shapes = np.array([shapely.from_wkb(bytes(wkb)) for (wkb,) in found], dtype=object)
    ((whole,),) = maps.execute("select st_asbinary(boundary_wgs84) from county_outlines")
    assert shapely.coverage_is_valid(shapes)
    assert difference_m2(union(shapes), shapely.from_wkb(bytes(whole))) == 0.0


def test_an_outline_comes_is_the_same_again_and_goes(maps: Maps) -> None:
    tried = outline(maps)
    assert (counts(tried), notes(tried)) == ((1, 0, 0, 0, 0), ["MAP_DATUM_NOT_CHECKED"])
    assert maps.execute("select code, name, round(area_m2 / 1e6) from county_outlines") == [
        ("119900", "某县", 13)
    ]
    assert maps.execute("select value from settings where name = 'areas_above_towns'") == [
        (["某省", "某市", "某县"],)
    ]
    again = maps.tried("outline", maps.folder / "图.geojson")
    assert (counts(again), notes(again)) == ((0, 0, 0, 1, 0), [])
    assert counts(outline(maps, name="新县")) == (0, 1, 0, 0, 0)
    maps.undone("outline")
    assert maps.execute("select name from county_outlines") == [("某县",)]
    maps.undone("outline", maps.last - 1)
    assert maps.execute("select count(*) from county_outlines") == [(0,)]


def test_several_features_are_one_outline_and_a_broken_one_is_none(maps: Maps) -> None:
    tried = maps.applied("outline", maps.drawn(*HALVES, name=["甲县", "乙县"]))
    assert notes(tried)[:1] == ["OUTLINE_OF_SEVERAL"]
    assert maps.execute("select name, round(area_m2 / 1e6) from county_outlines") == [("图", 13)]
    eight = shapely.Polygon([(112, 30), (112.02, 30.02), (112.02, 30), (112, 30.02)])
    tried = maps.tried("outline", maps.drawn(eight, HALVES[0], name=["甲县", "乙县"]))
    assert (counts(tried), said(tried)) == ((0, 0, 0, 0, 1), ["MAP_CROSSES_ITSELF"])
    assert tried.problems[0].place.row == 1


def test_areas_become_atoms_that_fill_the_outline(maps: Maps) -> None:
    outline(maps)
    tried = halves(maps, 乡镇=["新桥镇", ""], 城乡分类=["111", "220"])
    assert (counts(tried), notes(tried)) == ((2, 0, 0, 0, 0), ["ATOMS_PROOF"])
    assert maps.execute(
        "select code, village_code, village, town_code, town, is_urban from atoms order by code"
    ) == [
        (CODES[0], "119900101201", "东风村一组", "119900101", "新桥镇", True),
        (CODES[1], "119900101202", "红旗村一组", "119900101", "新桥镇", False),
    ]
    check_partition(maps)
    assert maps.execute("select count(*) from atom_borders") == [(2,)]
    again = maps.tried("atoms", maps.folder / "图.geojson")
    assert counts(again) == (0, 0, 0, 2, 0)
    with pytest.raises(ImportStoodOn):
        maps.undone("outline", maps.last - 1)
    maps.undone("atoms")
    assert maps.execute("select count(*) from atoms") == [(0,)]
    assert maps.execute("select round(area_m2 / 1e6) from county_outlines") == [(13,)]


def test_slits_overlaps_and_what_lies_outside_are_told(maps: Maps) -> None:
    outline(maps)
    areas = (box(-5, 0, 19, 30), box(20, 0, 40, 30), box(30, 10, 34, 14), box(100, 0, 110, 10))
    tried = maps.applied("atoms", maps.drawn(*areas, code=["a", "b", "c", "d"]))
    assert (counts(tried), said(tried)) == ((3, 0, 0, 0, 1), ["ATOM_OUTSIDE_OUTLINE"])
    assert notes(tried) == ["ATOMS_OVERLAP", "ATOMS_GAPS_JOINED", "ATOMS_CUT_OFF", "ATOMS_PROOF"]
    assert tried.notes[0].values["one"] in "bc"
    check_partition(maps)
    maps.applied("atoms", maps.folder / "图.geojson")
    assert counts(maps.tried("atoms", maps.folder / "图.geojson")) == (0, 0, 0, 3, 1)


def test_an_atom_that_is_drawn_wrong_says_one_thing(maps: Maps) -> None:
    outline(maps)
    eight = shapely.Polygon([(112, 30), (112.02, 30.02), (112.02, 30), (112, 30.02)])
    tried = maps.tried("atoms", maps.drawn(eight, HALVES[1], code=CODES))
    assert said(tried) == ["ATOMS_LEAVE_MUCH", "MAP_CROSSES_ITSELF"]


def test_points_and_sheets_become_atoms(maps: Maps) -> None:
    outline(maps)
    shapes = (box(0, 0, 20, 30), point(5, 15), point(15, 15), point(30, 15), point(30, 15), point(90, 15))
    tried = maps.applied("atoms", maps.drawn(*shapes, code=["v", "v1", "v2", "w1", "w2", "x"]))
    assert (counts(tried), said(tried)) == ((3, 0, 0, 0, 2), ["ATOM_AT_SAME_POINT", "ATOM_OUTSIDE_OUTLINE"])
    assert notes(tried) == ["MAP_DATUM_NOT_CHECKED", "ATOMS_AREAS_DIVIDED", "ATOMS_PROOF"]
    check_partition(maps)
    sheet = maps.folder / "点.csv"
    sheet.write_text(
        "编号,名称,经度,纬度\nv1,甲组,112.005,30.015\nv2,乙组,112.015,30.015\nw1,丙组,112.03,30.015\nw9,丁组,30,112\nw8,戊组,,\n",
        "utf-8",
    )
    tried = maps.applied("atoms", sheet)
    assert said(tried) == ["ROW_PLACE_TURNED", "ATOM_WITHOUT_PLACE"]
    assert maps.execute("select code, name from atoms order by code") == [
        ("v1", "甲组"),
        ("v2", "乙组"),
        ("w1", "丙组"),
    ]
    check_partition(maps)


def test_a_later_file_changes_what_changed_and_names_successors(maps: Maps) -> None:
    outline(maps)
    halves(maps)
    quarter = (HALVES[0], box(20, 0, 40, 15), box(20, 15, 40, 30))
    names = ["东风村一组", "红旗村南组", "红旗村北组"]
    tried = maps.applied("atoms", maps.drawn(*quarter, code=[CODES[0], "n1", "n2"], name=names))
    assert counts(tried) == (2, 1, 1, 0, 0), "a corner more on the border of the first"
    ended = maps.execute("select to_on, successor_code from atoms where to_on is not null")
    assert ended == [(TODAY, "n1")] or ended == [(TODAY, "n2")]
    check_partition(maps)
    ((successor,),) = maps.execute(f"select id from atoms where code = '{ended[0][1]}'")
    found = load_address_book(maps.rows).find(None, "119900101202")
    assert found is not None
    assert found.atom_id == successor, "a village code of another year leads to whoever has the ground now"
    maps.undone("atoms")
    assert maps.execute("select code, to_on, successor_code from atoms order by code") == [
        (CODES[0], None, None),
        (CODES[1], None, None),
    ]
    check_partition(maps)


def test_names_villages_and_the_flag_keep_their_days(maps: Maps) -> None:
    outline(maps)
    halves(maps)
    path = maps.drawn(*HALVES, code=CODES, name=["东风社区一组", "红旗村一组"], 城乡=["城镇", "乡村"])
    assert counts(maps.applied("atoms", path, day=date(2027, 1, 1))) == (0, 1, 0, 1, 0)
    days = "select from_on, cast(to_on as text), name, is_urban from atom_days order by atom_id, from_on"
    kept = maps.execute(days)
    assert kept[:2] == [
        (TODAY, "2027-01-01", "东风村一组", False),
        (date(2027, 1, 1), "infinity", "东风社区一组", True),
    ]
    maps.undone("atoms")
    assert maps.execute(days)[0] == (TODAY, "infinity", "东风村一组", False)


def test_a_part_leaves_the_others_and_takes_their_ground(maps: Maps) -> None:
    outline(maps)
    halves(maps)
    tried = maps.applied("atoms", maps.drawn(box(30, 0, 40, 30), code=["n"]), is_whole=False)
    assert counts(tried) == (1, 1, 0, 0, 0)
    check_partition(maps)
    tried = maps.tried("atoms", maps.drawn(point(5, 5), code=["p"]), is_whole=False)
    assert said(tried) == ["ATOM_POINT_IN_ANOTHER"]
    tried = maps.applied("atoms", maps.drawn(box(20, 0, 40, 30), code=["all"]), is_whole=False)
    assert counts(tried) == (1, 0, 2, 0, 0)
    check_partition(maps)


def test_the_outline_may_change_later(maps: Maps) -> None:
    outline(maps)
    halves(maps)
    path = maps.folder / "图.geojson"
    atoms = path.read_bytes()
    tried = outline(maps, box(0, 0, 44, 30))
    assert "OUTLINE_NEEDS_ATOMS" in notes(tried)
    check_partition(maps)
    path.write_bytes(atoms)
    tried = maps.applied("atoms", path)
    assert (counts(tried), notes(tried)[0]) == ((0, 1, 0, 1, 0), "ATOMS_GAPS_JOINED")
    check_partition(maps)


def test_what_makes_a_map_useless_is_said(maps: Maps) -> None:
    path = maps.drawn(*HALVES, code=CODES)
    assert refused(maps, "atoms") == "ATOMS_BEFORE_OUTLINE"
    outline(maps)
    maps.drawn(*HALVES, code=CODES)
    with pytest.raises(MapRefused, match="MAP_DATUM_MISSING"):
        maps.tried("atoms", path, datum=None)
    maps.drawn(box(0, 0, 10, 10), code=["a"])
    assert refused(maps, "atoms") == "ATOMS_LEAVE_MUCH"
    moved = [
        shapely.transform(half, lambda at: np.column_stack(from_wgs84(at[:, 0], at[:, 1], Datum.GCJ02)))
        for half in HALVES
    ]
    maps.drawn(*moved, code=CODES)
    assert refused(maps, "atoms") == "MAP_DATUM_DOES_NOT_FIT"
    path.write_text("<html>", "utf-8")
    assert refused(maps, "outline") == "MAP_UNKNOWN_FORM"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(HeadingNotFound):
        maps.tried("atoms", path)
    maps.drawn(*HALVES, name=["甲", "乙"])
    assert said(maps.tried("atoms", path)) == ["ATOM_WITHOUT_CODE"] * 2
    maps.drawn(*HALVES, code=["a", "a"])
    assert said(maps.tried("atoms", path)) == ["ATOMS_LEAVE_MUCH", "ROW_TWICE"]


def refused(maps: Maps, kind: str) -> str:
    with pytest.raises(MapRefused) as found:
        maps.tried(kind, maps.folder / "图.geojson")
    return found.value.statement.code
