"""Shapes with something wrong: mended where that is safe, with the place; else refused with the place."""

import pytest
import shapely

from geo.measuring import area_m2
from geo.mending import Hopeless, mended
from geo.reading.features import Wanted

W, S = 119.5, 33.5
STEP = 0.01


def polygon(*corners: tuple[float, float], holes: tuple = ()) -> shapely.Polygon:
    def at(points: tuple) -> list[tuple[float, float]]:
        return [(W + x * STEP, S + y * STEP) for x, y in points]

    return shapely.Polygon(at(corners), [at(hole) for hole in holes])


SQUARE = polygon((0, 0), (1, 0), (1, 1), (0, 1))


def mend(shape: shapely.Geometry, **how: bool) -> tuple[shapely.Geometry, list[str]]:
    made, notes = mended(shape, Wanted.AREAS, **how)
    assert made.is_valid
    assert made.geom_type == "MultiPolygon"
    assert not made.has_z
    return made, [note.code for note in notes]


def test_what_is_right_stays_as_it_is():
    made, notes = mend(SQUARE)
    assert notes == []
    assert made.normalize().equals_exact(shapely.MultiPolygon([SQUARE]).normalize())


def test_heights_go():
    assert mend(shapely.force_3d(SQUARE, 7.0))[1] == ["MAP_HEIGHTS_DROPPED"]


def test_repeated_points_go_and_the_first_is_named():
    made, notes = mended(polygon((0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (0, 1)), Wanted.AREAS)
    (note,) = notes
    assert (note.code, note.values["points"], note.values["at"]) == (
        "MAP_REPEATED_POINTS", 2, "119.510000, 33.500000",
    )  # fmt: skip
    assert shapely.get_num_coordinates(made) == 5


@pytest.mark.parametrize("is_clockwise", [False, True])
def test_rings_the_wrong_way_are_turned(is_clockwise):
    hole = ((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.4, 0.2))
    right = shapely.orient_polygons(
        polygon((0, 0), (1, 0), (1, 1), (0, 1), holes=(hole,)), exterior_cw=is_clockwise
    )
    assert mend(right, is_clockwise=is_clockwise)[1] == []
    made, notes = mend(shapely.reverse(right), is_clockwise=is_clockwise)
    assert notes == ["MAP_RINGS_TURNED"]
    assert made.geoms[0].exterior.is_ccw
    assert not made.geoms[0].interiors[0].is_ccw


def test_a_small_knot_is_undone_and_its_place_told():
    made, notes = mended(
        polygon((0, 0), (1, 0), (1, 0.5), (0.999, 0.501), (1.0, 0.501), (0.999, 0.5005), (1, 1), (0, 1)),
        Wanted.AREAS,
    )
    assert "MAP_CROSSING_MENDED" in [note.code for note in notes]
    assert next(n for n in notes if n.code == "MAP_CROSSING_MENDED").values["at"].startswith("119.50999")
    assert area_m2(made) == pytest.approx(area_m2(SQUARE), rel=1e-3)


def test_a_spike_is_cut_off():
    made, notes = mend(polygon((0, 0), (1, 0), (1, 0.5), (3, 0.5), (1, 0.5), (1, 1), (0, 1)))
    assert notes == ["MAP_CROSSING_MENDED"]
    assert area_m2(made) == pytest.approx(area_m2(SQUARE), abs=1e-3)


def test_a_figure_of_eight_has_two_readings():
    with pytest.raises(Hopeless) as refused:
        mended(polygon((0, 0), (1, 1), (1, 0), (0, 1)), Wanted.AREAS)
    assert refused.value.statement.code == "MAP_CROSSES_ITSELF"
    assert refused.value.statement.values["at"] == "119.505000, 33.505000"


def test_rings_that_touch_in_a_point_are_two_parts():
    made, notes = mend(polygon((0, 0), (1, 0), (0.5, 0.5), (1, 1), (0, 1), (0.5, 0.5)))
    assert notes == ["MAP_CROSSING_MENDED"]
    assert len(made.geoms) == 2


def test_a_hole_outside_of_its_shell_is_refused():
    with pytest.raises(Hopeless):
        mended(
            polygon((0, 0), (1, 0), (1, 1), (0, 1), holes=(((2, 2), (2, 3), (3, 3), (3, 2)),)), Wanted.AREAS
        )


def test_parts_that_overlap():
    slightly = polygon((0.99999, 0), (2, 0), (2, 1), (0.99999, 1))
    made, notes = mend(shapely.MultiPolygon([SQUARE, slightly]))
    assert notes == ["MAP_OVERLAP_MENDED"]
    assert len(made.geoms) == 1
    with pytest.raises(Hopeless) as refused:
        mended(shapely.MultiPolygon([SQUARE, polygon((0.5, 0), (2, 0), (2, 1), (0.5, 1))]), Wanted.AREAS)
    assert refused.value.statement.code == "MAP_PARTS_OVERLAP"
    with pytest.raises(Hopeless):
        mended(
            shapely.MultiPolygon([SQUARE, polygon((0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4))]),
            Wanted.AREAS,
        )


def test_slivers_go_and_slits_are_filled():
    sliver = polygon((2, 0), (2.001, 0), (2.001, 0.001), (2, 0.001))
    slit = ((0.2, 0.2), (0.8, 0.2), (0.8, 0.20001), (0.2, 0.20001))
    made, notes = mend(
        shapely.orient_polygons(
            shapely.MultiPolygon([polygon((0, 0), (1, 0), (1, 1), (0, 1), holes=(slit,)), sliver])
        )
    )
    assert sorted(notes) == ["MAP_SLIVER_DROPPED", "MAP_SLIVER_FILLED"]
    assert shapely.symmetric_difference(made, SQUARE).area == 0.0


def test_islands_and_enclaves_stay():
    hole = ((0.2, 0.2), (0.2, 0.4), (0.4, 0.4), (0.4, 0.2))
    whole = shapely.MultiPolygon(
        [polygon((0, 0), (1, 0), (1, 1), (0, 1), holes=(hole,)), polygon((2, 0), (2.1, 0), (2.1, 0.1))]
    )
    made, notes = mend(whole)
    assert notes == []
    assert shapely.symmetric_difference(made, whole).area == 0.0


def test_mixtures_keep_their_areas():
    mixture = shapely.GeometryCollection(
        [SQUARE, shapely.Point(W, S), shapely.LineString([(W, S), (W + 1, S)])]
    )
    assert mend(mixture)[1] == ["MAP_PARTS_DROPPED"]


def test_a_closed_line_is_an_area():
    made, notes = mend(shapely.LineString(SQUARE.exterior.coords))
    assert notes == ["MAP_LINE_TAKEN_AS_AREA"]
    assert shapely.symmetric_difference(made, SQUARE).area == 0.0
