"""Which doors belong to a walk."""

from functools import partial

import numpy as np

from domain.tasks import walks
from domain.tasks.walks import distance_to_path

choose_stops = partial(walks.choose_stops, stops=12, reach_m=1500.0)
doors_between = partial(walks.doors_between, at_most=6, within_m=60.0)


def due(*rows: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(x_m, y_m, priority) of customers 1, 2, 3, …"""
    x, y, priority = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return x, y, priority, np.arange(1, len(rows) + 1)


def test_the_most_pressing_first():
    chosen = choose_stops(*due((0, 0, 1.0), (10, 0, 5.0), (0, 10, 3.0)))
    assert chosen.tolist() == [1, 2, 0]


def test_no_more_than_a_walk_holds():
    chosen = choose_stops(*due(*[(i, 0, float(i)) for i in range(30)]))
    assert chosen.tolist() == list(range(29, 17, -1))


def test_a_neighbourhood_of_many_beats_one_pressing_door_far_away():
    chosen = choose_stops(*due((0, 0, 2.0), (100, 0, 2.0), (200, 0, 2.0), (90_000, 0, 5.0)))
    assert sorted(chosen.tolist()) == [0, 1, 2]


def test_one_very_pressing_door_beats_a_few_idle_ones():
    chosen = choose_stops(*due((0, 0, 0.5), (100, 0, 0.5), (200, 0, 0.5), (90_000, 0, 5.0)))
    assert chosen.tolist() == [3]


def test_nobody_beyond_walking_distance_of_the_middle():
    chosen = choose_stops(*due((0, 0, 5.0), (1499, 0, 1.0), (0, 1501, 4.0)), reach_m=1500.0)
    assert chosen.tolist() == [0, 1]


def test_equal_priorities_go_by_customer_id():
    x, y, priority, _ids = due((0, 0, 1.0), (1, 0, 1.0), (2, 0, 1.0))
    assert choose_stops(x, y, priority, np.array([30, 10, 20]), stops=2).tolist() == [1, 2]


def test_nobody_due_is_nobody_chosen():
    assert choose_stops(np.empty(0), np.empty(0), np.empty(0), np.empty(0, dtype=np.int64)).tolist() == []


PATH = (np.array([0.0, 100.0, 100.0]), np.array([0.0, 0.0, 100.0]))


def test_distance_is_to_the_nearest_piece_of_the_way():
    away = distance_to_path(*PATH, np.array([50.0, 130.0, -30.0, 100.0]), np.array([20.0, 50.0, -40.0, 0.0]))
    assert away.tolist() == [20.0, 30.0, 50.0, 0.0]


def test_doors_close_to_the_way_nearest_first():
    x, y = np.array([50.0, 130.0, 20.0, 10.0]), np.array([20.0, 50.0, 61.0, 0.0])
    assert doors_between(*PATH, x, y, np.arange(4)).tolist() == [3, 0, 1]
    assert doors_between(*PATH, x, y, np.arange(4), at_most=2).tolist() == [3, 0]


def test_a_walk_of_one_stop_has_doors_around_it():
    x, y = np.array([30.0, 100.0]), np.array([40.0, 0.0])
    assert doors_between(np.array([0.0]), np.array([0.0]), x, y, np.arange(2)).tolist() == [0]


def test_no_way_has_no_doors():
    nothing = np.empty(0)
    assert doors_between(nothing, nothing, np.array([1.0]), np.array([1.0]), np.arange(1)).tolist() == []
