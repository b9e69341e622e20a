"""Where towns, villages and residents' groups lie: seeds for the county's one Voronoi.

No public source has their limits, so they are laid out: a town's territory grows around its known places until it
has the area its villages ask for; villages and groups spread inside by weighted Lloyd relaxation, denser towards
the middle of the town. All in metres of one plane, and the same on every machine.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.measuring import Coordinates

_TERRITORY_ROUNDS = 120
_LLOYD_ROUNDS = 24
Labels = NDArray[np.int64]


def sample(outline_m: shapely.Geometry, seed: int, spacing_m: float) -> Coordinates:
    """Points that stand for the ground: a jittered lattice inside the outline, (n, 2) metres."""
    west, south, east, north = outline_m.bounds
    x, y = np.meshgrid(np.arange(west, east, spacing_m), np.arange(south, north, spacing_m))
    jitter = np.random.default_rng(seed).uniform(-0.45, 0.45, (x.size, 2)) * spacing_m
    points = np.column_stack([x.ravel(), y.ravel()]) + jitter
    shapely.prepare(outline_m)
    return np.asarray(points[shapely.contains_xy(outline_m, points[:, 0], points[:, 1])])


def emptiest_place(ground: Coordinates, taken: Coordinates, outline_m: shapely.Geometry) -> Coordinates:
    """The sampled place farthest from every place already taken, not hugging the county's limit."""
    coarse = ground[::7]
    to_taken = np.sqrt(_squared(coarse, taken).min(axis=1))
    to_limit = shapely.distance(outline_m.boundary, shapely.points(coarse))
    return np.asarray(coarse[int(np.argmax(np.minimum(to_taken, 2.0 * to_limit)))])


@dataclass(frozen=True)
class Sites:
    """Known places (n, 2) and the town (n,) that each belongs to."""

    places: Coordinates
    towns: Labels


def territories(ground: Coordinates, sites: Sites, shares: NDArray[np.float64], spacing_m: float) -> Labels:
    """The town of every ground point: a power diagram whose areas approach the wanted shares.

    A town never grows so far that another town's known place falls into it.
    """
    squared = _squared(ground, sites.places)
    coarse, weights = squared[::5], np.zeros(len(shares))
    limits = _closest_squared(sites, len(shares))
    total_m2 = len(ground) * spacing_m**2
    for _ in range(_TERRITORY_ROUNDS):
        towns = sites.towns[np.argmin(coarse - weights[sites.towns], axis=1)]
        have = np.bincount(towns, minlength=len(shares)) / len(towns)
        weights += 0.25 * (shares - have) * total_m2
        for _ in range(4):
            excess = np.maximum(0.0, weights[:, None] - weights[None, :] - 0.8 * limits) / 2.0
            weights += excess.max(axis=0) - excess.max(axis=1)
    return np.asarray(sites.towns[np.argmin(squared - weights[sites.towns], axis=1)])


def spread(
    ground: Coordinates, density: NDArray[np.float64], count: int, fixed: Coordinates, seed: int
) -> Coordinates:
    """`count` seeds spread over ground points by weighted Lloyd relaxation; the first ones stay where `fixed` says."""
    generator = np.random.default_rng(seed)
    free = count - len(fixed)
    chosen = _scatter(ground, density, free, fixed, generator)
    seeds = np.vstack([fixed, chosen])
    for _ in range(_LLOYD_ROUNDS):
        nearest = np.argmin(_squared(ground, seeds), axis=1)
        mass = np.bincount(nearest, density, count)
        for axis in (0, 1):
            middle = np.bincount(nearest, density * ground[:, axis], count)
            moved = np.where(mass > 0, middle / np.maximum(mass, 1e-9), seeds[:, axis])
            seeds[len(fixed) :, axis] = moved[len(fixed) :]
    return np.asarray(seeds)


def brought_inside(seeds: Coordinates, ground: Coordinates, outline_m: shapely.Geometry) -> Coordinates:
    """Moves seeds that fell outside the county (the middle of a bent piece of ground can) to the nearest ground."""
    is_outside = ~shapely.contains_xy(outline_m, seeds[:, 0], seeds[:, 1])
    moved = seeds.copy()
    moved[is_outside] = ground[np.argmin(_squared(seeds[is_outside], ground), axis=1)]
    return moved


def nearest_seed(ground: Coordinates, seeds: Coordinates) -> Labels:
    return np.asarray(np.argmin(_squared(ground, seeds), axis=1))


def density_around(ground: Coordinates, middle: Coordinates, radius_m: float) -> NDArray[np.float64]:
    """How thickly people live: 1 in the fields, about 40 in the middle of the town."""
    squared = ((ground - middle) ** 2).sum(axis=1)
    return np.asarray(1.0 + 40.0 * np.exp(-squared / radius_m**2), dtype=np.float64)


def _scatter(
    ground: Coordinates,
    density: NDArray[np.float64],
    count: int,
    fixed: Coordinates,
    generator: np.random.Generator,
) -> Coordinates:
    """First seeds: drawn by density times squared distance from those already there (k-means++)."""
    chosen: list[Coordinates] = []
    reach = _squared(ground, fixed).min(axis=1) if len(fixed) else np.ones(len(ground))
    for _ in range(count):
        mass = np.cumsum(density * reach)
        index = int(np.searchsorted(mass, generator.uniform(0.0, mass[-1])))
        point = ground[min(index, len(ground) - 1)]
        distance = ((ground - point) ** 2).sum(axis=1)
        reach = np.minimum(reach, distance) if chosen or len(fixed) else distance
        chosen.append(point)
    return np.array(chosen).reshape(-1, 2)


def _squared(points: Coordinates, places: Coordinates) -> NDArray[np.float64]:
    """Squared distances (n, m)."""
    x = points[:, None, 0] - places[None, :, 0]
    y = points[:, None, 1] - places[None, :, 1]
    return np.asarray(x * x + y * y, dtype=np.float64)


def _closest_squared(sites: Sites, towns: int) -> NDArray[np.float64]:
    """Squared distance (towns, towns) between the closest known places of two towns; infinite on the diagonal."""
    squared = _squared(sites.places, sites.places)
    closest = np.full((towns, towns), np.inf)
    for i, one in enumerate(sites.towns):
        for j, other in enumerate(sites.towns):
            if one != other:
                closest[one, other] = min(closest[one, other], squared[i, j])
    return closest
