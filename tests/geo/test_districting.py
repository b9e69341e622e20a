"""Districting on a chessboard, where right and wrong are plain to see."""

import numpy as np
import pytest

from geo.districting import connected_pieces, divide

SIDE = 12


def board(side: int = SIDE) -> tuple[np.ndarray, list[dict[int, float]]]:
    points = np.array([(i % side, i // side) for i in range(side * side)], dtype=float)
    neighbours: list[dict[int, float]] = [{} for _ in points]
    for i, (x, y) in enumerate(points):
        for j in ([i + 1] if x < side - 1 else []) + ([i + side] if y < side - 1 else []):
            neighbours[i][j] = neighbours[j][i] = 1.0
    return points, neighbours


@pytest.mark.parametrize("count", [1, 2, 5, 9, 36, 144])
def test_every_region_is_connected_and_filled(count):
    points, neighbours = board()
    labels = divide(points, np.ones(len(points)), neighbours, count)
    assert sorted(set(labels.tolist())) == list(range(count))
    for region in range(count):
        assert len(connected_pieces(np.flatnonzero(labels == region).tolist(), neighbours)) == 1


@pytest.mark.parametrize("count", [2, 4, 9])
def test_even_ground_is_divided_evenly(count):
    points, neighbours = board()
    sizes = np.bincount(divide(points, np.ones(len(points)), neighbours, count))
    assert sizes.max() - sizes.min() <= 0.15 * sizes.mean()


def test_a_dense_corner_gets_smaller_regions():
    points, neighbours = board()
    weights = np.where(points.sum(axis=1) < 8, 6.0, 1.0)
    labels = divide(points, weights, neighbours, 6)
    totals = np.bincount(labels, weights)
    assert totals.max() < 1.35 * totals.min()
    assert np.bincount(labels).max() > 2 * np.bincount(labels).min()


def test_the_same_input_gives_the_same_regions():
    points, neighbours = board()
    weights = np.random.default_rng(1).uniform(1, 3, len(points))
    first, again = (divide(points, weights, neighbours, 7) for _ in range(2))
    assert (first == again).all()


def test_more_regions_than_parts_is_refused():
    points, neighbours = board(2)
    with pytest.raises(ValueError, match="4 parts cannot make 5 regions"):
        divide(points, np.ones(4), neighbours, 5)


def test_parts_that_do_not_touch_are_refused():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [9.0, 9.0]])
    with pytest.raises(ValueError, match="not connected"):
        divide(points, np.ones(3), [{1: 1.0}, {0: 1.0}, {}], 1)


def test_pieces_come_largest_first():
    neighbours: list[dict[int, float]] = [{1: 1.0}, {0: 1.0}, {}, {4: 1.0}, {3: 1.0, 5: 1.0}, {4: 1.0}]
    assert connected_pieces([0, 1, 2, 3, 4, 5], neighbours) == [[3, 4, 5], [0, 1], [2]]
