"""One Voronoi, clipped once: exact however ragged the outline is."""

import numpy as np
import pytest
import shapely

from geo.coverage import difference_m2, gaps, pair_overlap_m2, shared_borders
from geo.importing import voronoi_coverage

RAGGED = shapely.Polygon(
    # A bay in the middle of the upper side cuts cells in two.
    [(0, 0), (3, 0.01), (3, 1), (1.6, 1), (1.55, 0.2), (1.45, 0.2), (1.4, 1.003), (0.013, 1)]
)


@pytest.fixture
def seeds() -> np.ndarray:
    generator = np.random.default_rng(5)
    points = generator.uniform([0, 0], [3, 1], (60, 2))
    return points[shapely.contains_xy(RAGGED, points[:, 0], points[:, 1])]


def test_the_cells_are_an_exact_coverage_of_the_outline(seeds):
    cells = voronoi_coverage(seeds, RAGGED)
    assert len(cells) == len(seeds)
    assert shapely.coverage_is_valid(cells)
    assert pair_overlap_m2(cells) == 0.0
    # The corners of the outline move to a grid of 1e-7 degrees, 1 cm: over 800 km of border that is 4 km² × 1e-6.
    assert difference_m2(shapely.coverage_union_all(cells), RAGGED) < 800_000 * 0.012


def test_each_cell_holds_its_seed_and_is_in_one_piece(seeds):
    cells = voronoi_coverage(seeds, RAGGED)
    assert shapely.intersects_xy(cells, seeds[:, 0], seeds[:, 1]).all()
    assert (shapely.get_num_geometries(cells) == 1).all()
    assert all(cell.geom_type == "MultiPolygon" for cell in cells)


def test_cutting_cell_by_cell_is_the_trap_that_is_avoided(seeds):
    raw = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=RAGGED))
    clipped = shapely.intersection(raw, RAGGED)
    assert (shapely.get_num_geometries(clipped) > 1).any()


def test_shared_borders_are_found_once_with_their_length():
    squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0, 1, 1, 2)])
    assert shared_borders(squares) == {(0, 1): 1.0, (0, 2): 1.0}


def test_a_missing_cell_is_a_gap_on_the_rim_and_inside(seeds):
    cells = voronoi_coverage(seeds, RAGGED)
    outline = shapely.coverage_union_all(cells)
    for missing in range(len(cells)):
        left = np.delete(cells, missing)
        found = gaps(left, outline)
        assert len(found) == 1
        assert difference_m2(found[0], cells[missing]) < 1e-3


def test_one_moved_cell_overlaps():
    squares = np.array([shapely.box(i, 0, i + 1, 1) for i in range(4)])
    squares[2] = shapely.box(1.9999, 0, 3, 1)
    assert pair_overlap_m2(squares) > 1e5
