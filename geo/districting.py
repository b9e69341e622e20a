"""Districting: parts of a map, joined to areas that are connected, balanced by weight and compact.

Seeds are spread out, regions grow round by round (the lightest takes its nearest free neighbour, so every region is
connected from the start), then parts on a border change sides while that makes things better and tears nothing
apart. A few restarts from the regions' own middles; the best is kept. No chance is involved: the same input gives the
same regions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Neighbours = Sequence[Mapping[int, float]]
_RESTARTS = 6
_PASSES = 40
# How much a compact shape is worth beside an even weight.
_COMPACTNESS = 0.15


@dataclass
class _Regions:
    """A division in the making. Regions are numbered from 0; -1 is a part without one."""

    labels: Labels
    totals: NDArray[np.float64]
    target: float
    middles: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))


def connected_pieces(members: Sequence[int], neighbours: Neighbours) -> list[list[int]]:
    """The connected pieces of a set of parts, the largest first."""
    left, found = set(members), []
    while left:
        piece, open_ends = [], [min(left)]
        left.discard(open_ends[0])
        while open_ends:
            at = open_ends.pop()
            piece.append(at)
            reached = [n for n in neighbours[at] if n in left]
            left.difference_update(reached)
            open_ends += reached
        found.append(sorted(piece))
    return sorted(found, key=lambda piece: (-len(piece), piece[0]))


def bridged(neighbours: Neighbours, points: NDArray[np.float64]) -> Neighbours:
    """Neighbours with a bridge from each piece that lies apart, such as an island, to the nearest of the others."""
    pieces = connected_pieces(range(len(points)), neighbours)
    if len(pieces) == 1:
        return neighbours
    linked = [dict(around) for around in neighbours]
    main = list(pieces[0])
    for piece in pieces[1:]:
        apart = ((points[piece][:, None] - points[main][None]) ** 2).sum(axis=2)
        at, to = np.unravel_index(int(np.argmin(apart)), apart.shape)
        one, other = piece[int(at)], main[int(to)]
        linked[one][other] = linked[other][one] = 0.0
        main += piece
    return linked


def divide(
    points: NDArray[np.float64], weights: NDArray[np.float64], neighbours: Neighbours, count: int
) -> Labels:
    """Divides connected parts ((n, 2) points, n weights, neighbours by index) into `count` regions from 0."""
    if not 1 <= count <= len(points):
        raise ValueError(f"{len(points)} parts cannot make {count} regions")
    seeds, best, best_cost = _spread_out(points, count), None, np.inf
    for _ in range(_RESTARTS):
        regions = _grow(points, weights, neighbours, seeds)
        _improve(regions, points, weights, neighbours)
        cost = _cost(regions, points, weights)
        if cost < best_cost - 1e-12:
            best, best_cost = regions.labels.copy(), cost
        seeds = _nearest_members(regions, points)
    assert best is not None
    return best


def _spread_out(points: NDArray[np.float64], count: int) -> list[int]:
    """The part farthest from the middle, then ever the part farthest from those chosen."""
    chosen = [int(np.argmax(((points - points.mean(axis=0)) ** 2).sum(axis=1)))]
    reach = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < count:
        reach[chosen] = -1.0
        chosen.append(int(np.argmax(reach)))
        reach = np.minimum(reach, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return chosen


def _grow(
    points: NDArray[np.float64], weights: NDArray[np.float64], neighbours: Neighbours, seeds: list[int]
) -> _Regions:
    labels = np.full(len(points), -1, dtype=np.int64)
    labels[seeds] = np.arange(len(seeds))
    regions = _Regions(labels, weights[seeds].astype(np.float64), float(weights.sum() / len(seeds)))
    edges: list[set[int]] = [{n for n in neighbours[s] if labels[n] < 0} for s in seeds]
    while (labels < 0).any():
        open_regions = [r for r in range(len(seeds)) if edges[r]]
        if not open_regions:
            raise ValueError("the parts are not connected")
        region = min(open_regions, key=lambda r: (regions.totals[r], r))
        middle = points[seeds[region]]
        part = min(edges[region], key=lambda n: (float(((points[n] - middle) ** 2).sum()), n))
        labels[part] = region
        regions.totals[region] += weights[part]
        edges[region].update(n for n in neighbours[part] if labels[n] < 0)
        for edge in edges:
            edge.discard(part)
    return regions


def _improve(
    regions: _Regions, points: NDArray[np.float64], weights: NDArray[np.float64], neighbours: Neighbours
) -> None:
    for _ in range(_PASSES):
        regions.middles = _middles(regions, points, weights)
        spread = _mean_spread(regions, points, weights)
        moved = False
        for part in range(len(points)):
            moved |= _try_move(part, regions, points, weights, neighbours, spread)
        if not moved:
            return


def _try_move(
    part: int,
    regions: _Regions,
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    neighbours: Neighbours,
    spread: float,
) -> bool:
    """Gives a part to the neighbouring region that gains most, if its own region stays connected without it."""
    labels, totals, target = regions.labels, regions.totals, regions.target
    home, weight = int(labels[part]), float(weights[part])
    best_gain, best_region = 1e-9, -1
    for other in sorted({int(labels[n]) for n in neighbours[part]} - {home}):
        even = (totals[home] - target) ** 2 + (totals[other] - target) ** 2
        even -= (totals[home] - weight - target) ** 2 + (totals[other] + weight - target) ** 2
        near = ((points[part] - regions.middles[home]) ** 2).sum()
        near -= ((points[part] - regions.middles[other]) ** 2).sum()
        gain = float(even) / target**2 + _COMPACTNESS * weight / target * float(near) / spread
        if gain > best_gain:
            best_gain, best_region = gain, other
    if best_region < 0:
        return False
    rest = [int(p) for p in np.flatnonzero(labels == home) if p != part]
    if not rest or len(connected_pieces(rest, neighbours)) > 1:
        return False
    labels[part] = best_region
    totals[home] -= weight
    totals[best_region] += weight
    return True


def _middles(
    regions: _Regions, points: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    mass = np.bincount(regions.labels, weights)
    sums = [np.bincount(regions.labels, weights * points[:, axis]) for axis in (0, 1)]
    return np.column_stack(sums) / mass[:, None]


def _mean_spread(regions: _Regions, points: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    squared = ((points - regions.middles[regions.labels]) ** 2).sum(axis=1)
    return float(np.average(squared, weights=weights)) or 1.0


def _cost(regions: _Regions, points: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Unevenness and sprawl; the sprawl is measured against the whole, so that restarts can be compared."""
    regions.middles = _middles(regions, points, weights)
    whole = float(np.average(((points - points.mean(axis=0)) ** 2).sum(axis=1), weights=weights)) or 1.0
    uneven = float((((regions.totals - regions.target) / regions.target) ** 2).sum())
    count = len(regions.totals)
    return uneven + _COMPACTNESS * count * count * _mean_spread(regions, points, weights) / whole / 4.0


def _nearest_members(regions: _Regions, points: NDArray[np.float64]) -> list[int]:
    """For each region the member nearest to its middle: the seeds of the next try."""
    squared = ((points - regions.middles[regions.labels]) ** 2).sum(axis=1)
    return [
        int(min(np.flatnonzero(regions.labels == r), key=lambda p: (squared[p], p)))
        for r in range(len(regions.totals))
    ]
