"""From the shipped sources to one seed for each residents' group."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from api.county import territory
from api.county.apportion import apportion
from api.county.sources import SourceTown, SourceVillage
from geo.measuring import Coordinates, LocalPlane

ATOM_COUNT = 1400
_SEED = 320923
# What a village asks of the ground beside a rural village's 1, and into how many groups it falls, by class.
_GROUND_SHARE = {121: 0.35, 122: 0.8, 220: 1.0}
_GROUPS = {121: 5.0, 122: 4.2, 220: 3.8}
_LEAST_GROUPS = 2


@dataclass(frozen=True)
class Layout:
    """`centres` (towns, 2) and `seeds` (groups, 2) in metres; `village_of_seed` indexes the villages."""

    centres: Coordinates
    is_stand_in: tuple[bool, ...]
    seeds: Coordinates
    village_of_seed: NDArray[np.int64]


def lay_out(
    towns: tuple[SourceTown, ...],
    villages: tuple[SourceVillage, ...],
    outline_m: shapely.Geometry,
    plane: LocalPlane,
) -> Layout:
    ground = territory.sample(outline_m, _SEED)
    centres, is_stand_in = _centres(towns, villages, ground, outline_m, plane)
    town_of_village = _town_indices(towns, villages)
    shares = np.bincount(town_of_village, [_GROUND_SHARE[v.urban_rural_class] for v in villages])
    sites = _sites(centres, villages, town_of_village, plane)
    town_of_ground = territory.territories(ground, sites, shares / shares.sum())
    groups = _group_counts(villages)
    seeds: list[Coordinates] = []
    owners: list[int] = []
    for town in range(len(towns)):
        own_ground = ground[town_of_ground == town]
        own = np.flatnonzero(town_of_village == town)
        density = territory.density_around(own_ground, centres[town], _radius_m([villages[i] for i in own]))
        places = _village_places(own, villages, own_ground, density, centres[town], plane)
        village_of_ground = own[territory.nearest_seed(own_ground, places)]
        known = [(int(own[territory.nearest_seed(centres[town : town + 1], places)[0]]), centres[town])]
        known += [(int(v), places[i]) for i, v in enumerate(own) if villages[v].place_deg]
        for village in own:
            here = village_of_ground == village
            fixed = _distinct([place for at, place in known if at == village])
            seeds.append(
                territory.spread(own_ground[here], density[here], groups[village], fixed, int(village))
            )
            owners += [int(village)] * groups[village]
    inside = territory.brought_inside(np.vstack(seeds), ground, outline_m)
    return Layout(centres, is_stand_in, inside, np.array(owners))


def _town_indices(towns: tuple[SourceTown, ...], villages: tuple[SourceVillage, ...]) -> NDArray[np.int64]:
    index = {town.code: i for i, town in enumerate(towns)}
    return np.array([index[village.town_code] for village in villages])


def _centres(
    towns: tuple[SourceTown, ...],
    villages: tuple[SourceVillage, ...],
    ground: Coordinates,
    outline_m: shapely.Geometry,
    plane: LocalPlane,
) -> tuple[Coordinates, tuple[bool, ...]]:
    """A town stands at its public centre; else amid its villages that have a place; else where most room is left."""
    known: dict[int, Coordinates] = {}
    for i, town in enumerate(towns):
        places = [v.place_deg for v in villages if v.town_code == town.code and v.place_deg]
        if town.place_deg:
            known[i] = plane.metres(np.array(town.place_deg))
        elif places:
            known[i] = plane.metres(np.array(places).mean(axis=0))
    for i in range(len(towns)):
        if i not in known:
            known[i] = territory.emptiest_place(ground, np.array(list(known.values())), outline_m)
    centres = np.array([known[i] for i in range(len(towns))])
    return centres, tuple(town.place_deg is None for town in towns)


def _sites(
    centres: Coordinates,
    villages: tuple[SourceVillage, ...],
    town_of_village: NDArray[np.int64],
    plane: LocalPlane,
) -> territory.Sites:
    placed = [i for i, village in enumerate(villages) if village.place_deg]
    places = plane.metres(np.array([villages[i].place_deg for i in placed]))
    return territory.Sites(
        np.vstack([centres, places]), np.concatenate([np.arange(len(centres)), town_of_village[placed]])
    )


def _radius_m(villages: list[SourceVillage]) -> float:
    """How far the built-up middle of a town reaches: its area grows with its urban villages."""
    urban = sum({121: 1.0, 122: 0.4}.get(village.urban_rural_class, 0.0) for village in villages)
    return float(650.0 * np.sqrt(max(urban, 1.0)))


def _distinct(places: list[Coordinates]) -> Coordinates:
    """Known places become groups of their own; two that are nearly the same are one."""
    kept: list[Coordinates] = []
    for place in places:
        if all(np.hypot(*(place - other)) > territory.SAMPLE_SPACING_M for other in kept):
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
    spread = territory.spread(ground, density, len(own), fixed, int(own[0]))[len(placed) :]
    nearest_first = spread[np.argsort(((spread - centre) ** 2).sum(axis=1), kind="stable")]
    unplaced = [i for i in range(len(own)) if i not in placed]
    unplaced.sort(key=lambda i: (villages[own[i]].urban_rural_class, villages[own[i]].code))
    places = np.empty((len(own), 2))
    places[placed] = fixed
    places[unplaced] = nearest_first
    return places


def _group_counts(villages: tuple[SourceVillage, ...]) -> list[int]:
    noise = np.random.default_rng(_SEED).uniform(0.75, 1.25, len(villages))
    wanted = [
        _GROUPS[village.urban_rural_class] * factor for village, factor in zip(villages, noise, strict=True)
    ]
    return apportion(wanted, ATOM_COUNT, least=_LEAST_GROUPS)
