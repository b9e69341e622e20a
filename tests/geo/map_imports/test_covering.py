"""Areas and points over an outline: whatever they are like, what comes out is one exact coverage."""

import numpy as np
import pytest
import shapely

from geo.coverage import difference_m2, pair_overlap_m2, union
from geo.map_imports.covering import Covered, cover
from geo.measuring import area_m2

WEST, SOUTH = 112.0, 30.0


def box(west: float, south: float, east: float, north: float) -> shapely.MultiPolygon:
    """In thousandths of a degree from the corner."""
    x, y = (WEST + west / 1000.0, WEST + east / 1000.0), (SOUTH + south / 1000.0, SOUTH + north / 1000.0)
    return shapely.MultiPolygon([shapely.box(x[0], y[0], x[1], y[1])])


def point(east: float, north: float) -> shapely.Point:
    return shapely.Point(WEST + east / 1000.0, SOUTH + north / 1000.0)


OUTLINE = box(0, 0, 40, 30)


def covered(*features: shapely.Geometry, kept: int = 0, outline: shapely.Geometry = OUTLINE) -> Covered:
    listed = np.empty(len(features), dtype=object)
    listed[:] = features
    found = cover(outline, listed, kept=kept)
    there = found.shapes[~shapely.is_empty(found.shapes)]
    assert shapely.coverage_is_valid(there)
    assert pair_overlap_m2(there) == 0.0
    assert difference_m2(union(there), outline) < 1.0
    return found


def shares(found: Covered) -> list[float]:
    """Of the outline, in hundredths."""
    return [round(area_m2(shape) / area_m2(OUTLINE) * 100.0, 1) for shape in found.shapes]


def test_areas_that_are_right_stay_as_they_are() -> None:
    whole = (box(0, 0, 20, 30), box(20, 0, 40, 30))
    listed = np.array(whole, dtype=object)
    found = cover(OUTLINE, listed)
    assert [shape.equals_exact(given) for shape, given in zip(found.shapes, whole, strict=True)] == [
        True,
        True,
    ]
    assert (found.overlaps, found.gaps) == ((), ())


def test_slits_go_to_a_neighbour_and_shared_ground_to_the_smaller() -> None:
    found = covered(box(0, 0, 19, 30), box(20, 0, 40, 30), box(30, 10, 34, 14))
    assert shares(found) == [50.0, pytest.approx(48.7, abs=0.1), pytest.approx(1.3, abs=0.1)]
    assert [round(area_m2(gap) / area_m2(OUTLINE) * 100.0, 1) for gap in found.gaps] == [2.5]
    assert [(one.one, one.other) for one in found.overlaps] in ([(1, 2)], [(2, 1)])


def test_what_lies_outside_is_cut_off_and_told() -> None:
    found = covered(box(-10, 0, 20, 30), box(20, 0, 40, 30))
    assert shares(found) == [50.0, 50.0]
    assert found.cut_off_m2 == pytest.approx(area_m2(box(-10, 0, 0, 30)), rel=1e-6)


def test_points_share_the_outline_by_nearness() -> None:
    assert shares(covered(point(10, 15), point(30, 15))) == [50.0, 50.0]
    assert shares(covered(point(10, 15))) == [100.0]


def test_points_in_an_area_divide_it_and_others_share_the_rest() -> None:
    found = covered(box(0, 0, 20, 30), point(5, 15), point(15, 15), point(30, 5), point(30, 25))
    assert shares(found) == [0.0, 25.0, 25.0, 25.0, 25.0]
    assert found.divided == {0: [1, 2]}


def test_an_area_twice_gets_ground_once() -> None:
    assert shares(covered(box(0, 0, 40, 30), box(0, 0, 40, 30))) in ([100.0, 0.0], [0.0, 100.0])


def test_what_is_kept_gives_way() -> None:
    found = covered(box(0, 0, 25, 30), box(0, 0, 20, 15), box(0, 15, 20, 30), box(20, 0, 40, 30), kept=3)
    assert shares(found) == [62.5, 0.0, 0.0, 37.5]
    assert found.overlaps == []


def test_an_outline_of_parts_with_a_hole_is_covered() -> None:
    ring = shapely.difference(OUTLINE, box(18, 12, 22, 16))
    parts = shapely.union(ring, box(50, 0, 55, 5))
    found = covered(
        point(5, 5), point(35, 25), point(52, 2), outline=shapely.MultiPolygon(shapely.get_parts(parts))
    )
    assert not shapely.is_empty(found.shapes).any()
