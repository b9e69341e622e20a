"""Walking orders: short, complete, and starting where they should."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from geo.measuring import haversine_m
from geo.walking import walking_order

MIDDLE = (119.80, 33.76)


def places(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return MIDDLE[0] + generator.uniform(0, 0.02, count), MIDDLE[1] + generator.uniform(0, 0.02, count)


def length_m(lon: np.ndarray, lat: np.ndarray) -> float:
    return float(haversine_m(lon[:-1], lat[:-1], lon[1:], lat[1:]).sum())


@pytest.mark.parametrize("seed", range(8))
def test_seven_stops_are_within_five_percent_of_the_best_order(seed):
    lon, lat = places(7, seed)
    order, found_m = walking_order(lon, lat)
    best_m = min(length_m(lon[list(way)], lat[list(way)]) for way in permutations(range(7)))
    assert sorted(order) == list(range(7))
    assert best_m - 1e-6 <= found_m <= 1.05 * best_m


def test_the_length_is_that_of_the_order():
    lon, lat = places(18, 3)
    order, found_m = walking_order(lon, lat)
    assert found_m == pytest.approx(length_m(lon[order], lat[order]))


def test_stops_along_a_street_are_walked_along_it():
    lon = MIDDLE[0] + np.array([5, 1, 4, 0, 3, 2]) * 0.001
    order, _length = walking_order(lon, np.full(6, MIDDLE[1]), (MIDDLE[0] - 0.001, MIDDLE[1]))
    assert order == [3, 1, 5, 4, 2, 0]


def test_the_way_from_a_near_outlet_counts():
    lon, lat = places(5, 1)
    outlet = (MIDDLE[0] - 0.002, MIDDLE[1])
    order, found_m = walking_order(lon, lat, outlet)
    way_lon, way_lat = np.append(outlet[0], lon[order]), np.append(outlet[1], lat[order])
    assert found_m == pytest.approx(length_m(way_lon, way_lat))


def test_from_a_far_outlet_the_walk_starts_at_the_nearest_stop_and_the_ride_is_not_walked():
    lon, lat = places(6, 2)
    outlet = (MIDDLE[0] - 0.1, MIDDLE[1])
    order, found_m = walking_order(lon, lat, outlet)
    away = haversine_m(lon, lat, np.array(outlet[0]), np.array(outlet[1]))
    assert order[0] == int(np.argmin(away))
    assert found_m == pytest.approx(length_m(lon[order], lat[order]))


def test_no_stop_and_one_stop():
    assert walking_order(np.empty(0), np.empty(0), MIDDLE) == ([], 0.0)
    assert walking_order(np.array([119.8]), np.array([33.76])) == ([0], 0.0)


def test_two_doors_at_one_place_are_both_visited():
    lon, lat = np.array([119.8, 119.8, 119.801]), np.array([33.76, 33.76, 33.76])
    order, found_m = walking_order(lon, lat)
    assert sorted(order) == [0, 1, 2]
    assert found_m == pytest.approx(length_m(lon[1:], lat[1:]))


def test_no_swap_of_two_stops_makes_it_shorter():
    lon, lat = places(14, 9)
    order, found_m = walking_order(lon, lat, MIDDLE)
    way = [14, *order]
    lons, lats = np.append(lon, MIDDLE[0]), np.append(lat, MIDDLE[1])
    for i, j in pairwise(range(1, 15)):
        swapped = way.copy()
        swapped[i], swapped[j] = swapped[j], swapped[i]
        assert length_m(lons[swapped], lats[swapped]) >= found_m - 0.02
