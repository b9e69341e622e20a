"""From what is known of a county to one seed for each residents' group.

Real limits are kept where the source has them: the ground of a village, or of a town, is then what lies inside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from api.county import territory
from api.county.sources import CountySource, SourceVillage
from geo.apportion import apportion
from geo.measuring import Coordinates, LocalPlane

# What a village asks of the ground beside a rural village's 1, and into how many groups it falls, by class.
_GROUND_SHARE = {121: 0.35, 122: 0.8, 220: 1.0}
_GROUPS = {121: 5.0, 122: 4.2, 220: 3.8}
_LEAST_GROUPS = 2
_SAMPLES_OF_A_PIECE = 80
_SHIPPED_SPACING_M = 130.0
_MOSTLY = 0.8


@dataclass(frozen=True)
class Layout:
    """`centres` (towns, 2) and `seeds` (groups, 2) in metres; `village_of_seed` indexes the villages."""

    centres: Coordinates
    is_stand_in: tuple[bool, ...]
    seeds: Coordinates
    village_of_seed: NDArray[np.int64]


def lay_out(source: CountySource, outline_m: shapely.Geometry, plane: LocalPlane) -> Layout:
    villages = source.villages
    ground = territory.sample(outline_m, source.seed, source.spacing_m)
    centres, is_stand_in = _centres(source, ground, outline_m, plane)
    town_of_village = _town_indices(source)
    grounds = _grounds_of_towns(source, ground, centres, town_of_village, plane)
    groups = _group_counts(source)
    seeds: list[Coordinates] = []
    owners: list[int] = []
    for town, own_ground in enumerate(grounds):
        own = np.flatnonzero(town_of_village == town)
        if not len(own):
            continue
        radius_m = _radius_m([villages[i] for i in own], source.spacing_m)
        density = territory.density_around(own_ground, centres[town], radius_m)
        if source.has_village_limits:
            for village in own:
                spread = _inside(source, int(village), centres[town], radius_m, groups[village], plane)
                seeds.append(spread)
                owners += [int(village)] * len(spread)
            continue
        places = _village_places(own, villages, own_ground, density, centres[town], plane)
        village_of_ground = own[territory.nearest_seed(own_ground, places)]
        known = [(int(own[territory.nearest_seed(centres[town : town + 1], places)[0]]), centres[town])]
        known += [(int(v), places[i]) for i, v in enumerate(own) if villages[v].place_deg]
        for i, village in enumerate(own):
            here = village_of_ground == village
            fixed = _distinct([place for at, place in known if at == village], source.spacing_m)
            wanted = min(groups[village], max(int(here.sum()), 1))
            if not here.any():  # two villages at one place: this one keeps its place and nothing around it
                fixed = places[i : i + 1]
            seeds.append(
                territory.spread(own_ground[here], density[here], wanted, fixed[:wanted], int(village))
            )
            owners += [int(village)] * wanted
    inside = territory.brought_inside(np.vstack(seeds), ground, outline_m)
    return Layout(centres, is_stand_in, inside, np.array(owners))


def _town_indices(source: CountySource) -> NDArray[np.int64]:
    index = {town.code: i for i, town in enumerate(source.towns)}
    return np.array([index[village.town_code] for village in source.villages])


def _centres(
    source: CountySource, ground: Coordinates, outline_m: shapely.Geometry, plane: LocalPlane
) -> tuple[Coordinates, tuple[bool, ...]]:
    """A town stands at its public centre; else amid its villages that have a place; else where most room is left."""
    known: dict[int, Coordinates] = {}
    for i, town in enumerate(source.towns):
        places = [v.place_deg for v in source.villages if v.town_code == town.code and v.place_deg]
        if town.place_deg:
            known[i] = plane.metres(np.array(town.place_deg))
        elif places:
            known[i] = plane.metres(np.array(places).mean(axis=0))
    if not known:
        known = dict(enumerate(_spread_out(len(source.towns), ground, outline_m, source.seed)))
    for i in range(len(source.towns)):
        if i not in known:
            known[i] = territory.emptiest_place(ground, np.array(list(known.values())), outline_m)
    centres = np.array([known[i] for i in range(len(source.towns))])
    return centres, tuple(town.place_deg is None for town in source.towns)


def _spread_out(count: int, ground: Coordinates, outline_m: shapely.Geometry, seed: int) -> Coordinates:
    """Places for towns of which nothing is known, evenly; the first is the one in the middle."""
    coarse = ground[:: max(1, len(ground) // 8_000)]
    even = territory.spread(coarse, np.ones(len(coarse)), min(count, len(coarse)), np.empty((0, 2)), seed)
    even = territory.brought_inside(even, coarse, outline_m)
    middle = coarse.mean(axis=0)
    return np.asarray(even[np.argsort(((even - middle) ** 2).sum(axis=1), kind="stable")])


def _grounds_of_towns(
    source: CountySource,
    ground: Coordinates,
    centres: Coordinates,
    town_of_village: NDArray[np.int64],
    plane: LocalPlane,
) -> list[Coordinates]:
    """The points of the ground that are each town's: inside its limits, around its villages, or as far as it grows."""
    towns = len(source.towns)
    if source.has_town_limits:
        return [_sample_of(town.boundary, i, source.spacing_m, plane) for i, town in enumerate(source.towns)]
    placed = [i for i, village in enumerate(source.villages) if village.place_deg]
    places = plane.metres(np.array([source.villages[i].place_deg for i in placed]).reshape(-1, 2))
    if len(placed) > _MOSTLY * len(source.villages):
        nearest = shapely.STRtree(shapely.points(places)).nearest(shapely.points(ground))
        labels = town_of_village[np.array(placed)][nearest]
    else:
        shares = np.bincount(
            town_of_village, [_GROUND_SHARE[v.urban_rural_class] for v in source.villages], towns
        )
        sites = territory.Sites(
            np.vstack([centres, places]), np.concatenate([np.arange(towns), town_of_village[placed]])
        )
        labels = territory.territories(ground, sites, shares / shares.sum(), source.spacing_m)
    return [_own_or_nearest(ground, labels == town, centres[town]) for town in range(towns)]


def _own_or_nearest(ground: Coordinates, is_own: NDArray[np.bool_], centre: Coordinates) -> Coordinates:
    """A town that was crowded out still has the ground under its centre."""
    if is_own.any():
        return np.asarray(ground[is_own])
    return np.asarray(ground[np.argsort(((ground - centre) ** 2).sum(axis=1))[:_SAMPLES_OF_A_PIECE]])


def _sample_of(
    boundary: shapely.MultiPolygon | None, seed: int, spacing_m: float, plane: LocalPlane
) -> Coordinates:
    """Points of the ground inside real limits, closer together where the piece is small."""
    piece = shapely.transform(boundary, plane.metres)
    own = min(spacing_m, float(np.sqrt(piece.area / _SAMPLES_OF_A_PIECE)))
    inside = territory.sample(piece, seed, own)
    return inside if len(inside) else shapely.get_coordinates(shapely.point_on_surface(piece))


def _inside(
    source: CountySource, village: int, centre: Coordinates, radius_m: float, groups: int, plane: LocalPlane
) -> Coordinates:
    """The groups of a village with real limits, all of them inside."""
    boundary = source.villages[village].boundary
    ground = _sample_of(boundary, village, source.spacing_m, plane)
    density = territory.density_around(ground, centre, radius_m)
    wanted = min(groups, len(ground))
    seeds = territory.spread(ground, density, wanted, np.empty((0, 2)), village)
    return territory.brought_inside(seeds, ground, shapely.transform(boundary, plane.metres))


def _radius_m(villages: list[SourceVillage], spacing_m: float) -> float:
    """How far the built-up middle of a town reaches: its area grows with its urban villages."""
    urban = sum({121: 1.0, 122: 0.4}.get(village.urban_rural_class, 0.0) for village in villages)
    return float(650.0 * np.sqrt(max(urban, 1.0))) * (spacing_m / _SHIPPED_SPACING_M)


def _distinct(places: Sequence[Coordinates], spacing_m: float) -> Coordinates:
    """Known places become groups of their own; two that are nearly the same are one."""
    kept: list[Coordinates] = []
    for place in places:
        if all(np.hypot(*(place - other)) > spacing_m for other in kept):
            kept.append(place)
    return np.array(kept).reshape(-1, 2)


def _village_places(
    own: NDArray[np.int64],
    villages: tuple[SourceVillage, ...],
    ground: Coordinates,
    density: NDArray[np.float64],
    centre: Coordinates,
    plane: LocalPlane,
) -> Coordinates:
    """A place for each of a town's villages: the public one where there is one, else the most urban the nearest."""
    placed = [i for i, village in enumerate(own) if villages[village].place_deg]
    fixed = plane.metres(np.array([villages[own[i]].place_deg for i in placed]).reshape(-1, 2))
    if len(placed) == len(own):
        return fixed
    spread = territory.spread(ground, density, len(own), fixed, int(own[0]))[len(placed) :]
    nearest_first = spread[np.argsort(((spread - centre) ** 2).sum(axis=1), kind="stable")]
    unplaced = [i for i in range(len(own)) if i not in placed]
    unplaced.sort(key=lambda i: (villages[own[i]].urban_rural_class, villages[own[i]].code))
    places = np.empty((len(own), 2))
    places[placed] = fixed
    places[unplaced] = nearest_first
    return places


def _group_counts(source: CountySource) -> list[int]:
    """How many groups each village has: by its class, and by its size where that is known."""
    villages = source.villages
    noise = np.random.default_rng(source.seed).uniform(0.75, 1.25, len(villages))
    wanted = [
        _GROUPS[village.urban_rural_class] * factor for village, factor in zip(villages, noise, strict=True)
    ]
    if source.has_village_limits:
        sizes = np.sqrt(shapely.area(np.array([village.boundary for village in villages])))
        wanted = (np.array(wanted) * sizes / sizes.mean()).tolist()
    least = _LEAST_GROUPS if _LEAST_GROUPS * len(villages) <= source.scale.atoms else 1
    return apportion(wanted, source.scale.atoms, least=least)
