"""The demonstration county: towns, villages and residents' groups inside a real outline, the shipped one or any other.

Of the shipped one (阜宁县: 18 towns, 340 villages, 1,400 groups) outline, names, codes and urban-rural classes are
public data; everything below the outline is an approximation that the project lays out itself (`territory.py`).
Groups are the atoms: cells of one Voronoi, clipped once; villages and towns are unions of them, and so is the stored
outline.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from api.county import sources
from api.county.joining import join_up
from api.county.layout import lay_out
from api.county.naming import chinese_number
from api.county.region import Region
from api.county.scale import Scale
from geo.importing import Limits, Shapes, as_multipolygon, voronoi_coverage
from geo.measuring import Coordinates, LocalPlane, areas_m2

# How many customers a group has beside a rural group's 1, by urban-rural class.
_CUSTOMERS = {121: 2.2, 122: 1.4, 220: 1.0}


@dataclass(frozen=True)
class CountyTown:
    """A township-level division. Without a public centre it has a stand-in, and says so."""

    code: str
    name: str
    official_name: str
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    is_stand_in: bool


@dataclass(frozen=True)
class CountyAtom:
    """A residents' group (村民小组, 居民小组). `name` begins with the village: an address is town + name.

    `expected_weight` is how many customers live here, beside a rural group's 1: what grids are balanced by.
    """

    code: str
    name: str
    village_code: str
    village: str
    town_code: str
    town: str
    is_urban: bool
    is_stand_in: bool
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    boundary: shapely.MultiPolygon
    area_m2: float
    expected_weight: float


@dataclass(frozen=True, eq=False)
class Geography:
    """`outline` is the union of the atoms and what is stored; `source_outline` is what it was made from."""

    region: Region
    scale: Scale
    outline: shapely.MultiPolygon
    source_outline: shapely.Geometry
    atoms: tuple[CountyAtom, ...]
    towns: tuple[CountyTown, ...]
    seat: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def name(self) -> str:
        return self.region.county

    def address(self, atom: CountyAtom) -> str:
        return f"{self.region.in_full}{atom.town}{atom.name}"


@lru_cache(maxsize=1)
def load_geography() -> Geography:
    """Builds the county from the shipped files; the same on every machine, about two seconds."""
    return geography_of(sources.shipped_county())


def geography_of(source: sources.CountySource) -> Geography:
    """Lays out the ground of a county; the same source gives the same atoms."""
    villages, source_outline = source.villages, source.outline
    plane = LocalPlane(*shapely.get_coordinates(source_outline.centroid)[0])
    layout = lay_out(source, shapely.transform(source_outline, plane.metres), plane)
    seeds_deg = np.round(plane.degrees(layout.seeds), 7)
    boundaries = voronoi_coverage(seeds_deg, source_outline, _limits(source, layout.village_of_seed))
    has_ground = ~shapely.is_empty(boundaries)
    boundaries, seeds_deg = boundaries[has_ground], seeds_deg[has_ground]
    village_of_atom = layout.village_of_seed[has_ground]
    if not source.has_village_limits:
        town_of_village = [village.town_code for village in villages]
        village_of_atom = join_up(
            boundaries, village_of_atom, town_of_village, across_towns=not source.has_town_limits
        )
    county_towns = tuple(
        CountyTown(town.code, town.name, town.official_name, float(lon), float(lat), stand_in)
        for town, (lon, lat), stand_in in zip(
            source.towns, np.round(plane.degrees(layout.centres), 7), layout.is_stand_in, strict=True
        )
    )
    atoms = _atoms(source, county_towns, village_of_atom, seeds_deg, boundaries)
    settled = {atom.town_code for atom in atoms}
    return Geography(
        region=source.region,
        scale=source.scale,
        outline=as_multipolygon(shapely.coverage_union_all(boundaries)),
        source_outline=source_outline,
        atoms=atoms,
        towns=tuple(town for town in county_towns if town.code in settled),
        seat=source.seat,
        shown=source.shown,
    )


def _limits(source: sources.CountySource, village_of_seed: NDArray[np.int64]) -> Limits | None:
    """The real limits that groups stay within: of villages where they are known, else of towns."""
    if source.has_village_limits:
        return Limits(np.array([village.boundary for village in source.villages]), village_of_seed)
    if source.has_town_limits:
        index = {town.code: i for i, town in enumerate(source.towns)}
        town_of_village = np.array([index[village.town_code] for village in source.villages])
        return Limits(np.array([town.boundary for town in source.towns]), town_of_village[village_of_seed])
    return None


def _atoms(
    source: sources.CountySource,
    towns: tuple[CountyTown, ...],
    village_of_atom: NDArray[np.int64],
    seeds_deg: Coordinates,
    boundaries: Shapes,
) -> tuple[CountyAtom, ...]:
    """Numbers the groups of each village from north to south and puts names to them, in the order of their codes."""
    town_of = {town.code: town for town in towns}
    noise = np.random.default_rng(source.seed).lognormal(0.0, 0.2, len(source.villages))
    areas = areas_m2(boundaries)
    atoms: list[CountyAtom] = []
    for i, village in enumerate(source.villages):
        members = np.flatnonzero(village_of_atom == i)
        members = members[np.lexsort((seeds_deg[members, 0], -seeds_deg[members, 1]))]
        town = town_of[village.town_code]
        for number, member in enumerate(members, start=1):
            atoms.append(
                CountyAtom(
                    code=f"{village.code}{number:03d}",
                    name=f"{village.name}{chinese_number(number)}组",
                    village_code=village.code,
                    village=village.name,
                    town_code=town.code,
                    town=town.name,
                    is_urban=village.is_urban,
                    is_stand_in=town.is_stand_in,
                    lon_deg_wgs84=float(seeds_deg[member, 0]),
                    lat_deg_wgs84=float(seeds_deg[member, 1]),
                    boundary=boundaries[member],
                    area_m2=float(areas[member]),
                    expected_weight=float(_CUSTOMERS[village.urban_rural_class] * noise[i]),
                )
            )
    return tuple(atoms)
