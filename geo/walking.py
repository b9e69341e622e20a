"""In which order doors are walked: nearest neighbour, then 2-opt and or-opt until nothing helps."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.measuring import Coordinates, haversine_m

# An outlet farther off than this is no place to start walking from.
START_WITHIN_M = 2000.0
_GAIN_M = 0.01
_LONGEST_PIECE = 3
Distances = list[list[float]]


def walking_order(
    lon_deg: Coordinates, lat_deg: Coordinates, start_deg: tuple[float, float] | None = None
) -> tuple[list[int], float]:
    """The order of n stops and the metres of the way, as the crow flies.

    From `start_deg` (the outlet) when a stop is within 2 km of it, and the way from it counts; else from the
    stop that lies nearest to it; without a start from the stop that makes the shortest way. There is no way back.
    """
    count = len(lon_deg)
    if count == 0:
        return [], 0.0
    between = haversine_m(lon_deg[:, None], lat_deg[:, None], lon_deg[None], lat_deg[None])
    if start_deg is None:
        ways = [
            _improved(_nearest_neighbours(between.tolist(), first), between.tolist(), 0)
            for first in range(count)
        ]
        return min(((way, _length(way, between.tolist())) for way in ways), key=lambda found: found[1])
    to_start = haversine_m(lon_deg, lat_deg, np.array(start_deg[0]), np.array(start_deg[1]))
    if to_start.min() > START_WITHIN_M:
        distances = between.tolist()
        way = _improved(_nearest_neighbours(distances, int(np.argmin(to_start))), distances, 1)
        return way, _length(way, distances)
    distances = _with_start(between, to_start)
    way = _improved(_nearest_neighbours(distances, count), distances, 1)
    return way[1:], _length(way, distances)


def _with_start(between: NDArray[np.float64], to_start: NDArray[np.float64]) -> Distances:
    """The start becomes stop n."""
    count = len(between)
    whole = np.zeros((count + 1, count + 1))
    whole[:count, :count] = between
    whole[count, :count] = whole[:count, count] = to_start
    rows: Distances = whole.tolist()
    return rows


def _nearest_neighbours(distances: Distances, first: int) -> list[int]:
    way, left = [first], set(range(len(distances))) - {first}
    while left:
        here = distances[way[-1]]
        following = min(left, key=lambda stop: (here[stop], stop))
        way.append(following)
        left.discard(following)
    return way


def _length(way: list[int], distances: Distances) -> float:
    return sum(distances[one][other] for one, other in pairwise(way))


def _improved(way: list[int], distances: Distances, fixed: int) -> list[int]:
    """Shortens an open way whose first `fixed` stops stay."""
    better = True
    while better:
        better = _turn_round(way, distances, fixed) or _move_piece(way, distances, fixed)
    return way


def _turn_round(way: list[int], distances: Distances, fixed: int) -> bool:
    """2-opt: walks a stretch the other way round where that is shorter."""
    last = len(way) - 1
    for i in range(fixed, last):
        for j in range(i + 1, last + 1):
            before = after = 0.0
            if i > 0:
                before += distances[way[i - 1]][way[i]]
                after += distances[way[i - 1]][way[j]]
            if j < last:
                before += distances[way[j]][way[j + 1]]
                after += distances[way[i]][way[j + 1]]
            if after < before - _GAIN_M:
                way[i : j + 1] = way[i : j + 1][::-1]
                return True
    return False


def _move_piece(way: list[int], distances: Distances, fixed: int) -> bool:
    """Or-opt: puts one to three stops elsewhere on the way."""
    now = _length(way, distances)
    for size in range(1, _LONGEST_PIECE + 1):
        for i in range(fixed, len(way) - size + 1):
            piece, rest = way[i : i + size], way[:i] + way[i + size :]
            for j in range(fixed, len(rest) + 1):
                changed = rest[:j] + piece + rest[j:]
                if _length(changed, distances) < now - _GAIN_M:
                    way[:] = changed
                    return True
    return False
