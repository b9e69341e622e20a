"""Which doors belong to today's walk of a customer manager. Pure rules over places in metres.

A walk is what one person can do on foot in a morning: the most pressing due visits of one neighbourhood, and on the
way between them a few doors where nobody of the bank has ever been.
"""

import numpy as np
from numpy.typing import NDArray

# Middles are tried among the most pressing only: a neighbourhood without one of them is not today's.
_MIDDLES = 40

Metres = NDArray[np.float64]
Indices = NDArray[np.int64]


def choose_stops(
    x_m: Metres,
    y_m: Metres,
    priority: Metres,
    customer_ids: Indices,
    *,
    stops: int,
    reach_m: float,
) -> Indices:
    """The most pressing due visits of the neighbourhood whose best `stops` weigh most, most pressing first.

    Arrays of length n, one entry a due visit. Equal priorities go by customer id, so that a night run twice plans
    the same walk.
    """
    by_pressure = np.lexsort((customer_ids, -priority))
    best, best_weight = by_pressure[:0], -np.inf
    for middle in by_pressure[:_MIDDLES]:
        away = np.hypot(x_m[by_pressure] - x_m[middle], y_m[by_pressure] - y_m[middle])
        near = by_pressure[away <= reach_m][:stops]
        weight = float(priority[near].sum())
        if weight > best_weight + 1e-9:
            best, best_weight = near, weight
    return best


def doors_between(
    path_x_m: Metres,
    path_y_m: Metres,
    door_x_m: Metres,
    door_y_m: Metres,
    customer_ids: Indices,
    *,
    at_most: int,
    within_m: float,
) -> Indices:
    """The doors nearest to the path, at most so many and none farther than `within_m` from it."""
    if len(path_x_m) == 0 or len(door_x_m) == 0:
        return np.empty(0, dtype=np.int64)
    away = distance_to_path(path_x_m, path_y_m, door_x_m, door_y_m)
    nearest_first = np.lexsort((customer_ids, np.round(away, 3)))
    return np.asarray(nearest_first[away[nearest_first] <= within_m][:at_most], dtype=np.int64)


def distance_to_path(path_x_m: Metres, path_y_m: Metres, x_m: Metres, y_m: Metres) -> Metres:
    """Metres from each place to the nearest point of a path of straight pieces (a single stop is a path as well)."""
    start_x, start_y = path_x_m[:-1], path_y_m[:-1]
    along_x, along_y = np.diff(path_x_m), np.diff(path_y_m)
    if len(along_x) == 0:
        return np.asarray(np.hypot(x_m - path_x_m[0], y_m - path_y_m[0]), dtype=np.float64)
    squared = np.maximum(along_x**2 + along_y**2, 1e-9)
    reached = ((x_m[:, None] - start_x) * along_x + (y_m[:, None] - start_y) * along_y) / squared
    reached = np.clip(reached, 0.0, 1.0)
    away = np.hypot(
        x_m[:, None] - (start_x + reached * along_x), y_m[:, None] - (start_y + reached * along_y)
    )
    return np.asarray(away.min(axis=1), dtype=np.float64)
