"""The demonstration county: 18 towns, 340 villages and about 1,400 residents' groups inside the real outline of 阜宁县.

Outline, names, codes and urban-rural classes are public data; everything below the outline is an approximation
that the project lays out itself (`territory.py`). Groups are the atoms: cells of one Voronoi, clipped once; villages
and towns are unions of them, and so is the stored outline.
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
from geo.importing import Shapes, as_multipolygon, voronoi_coverage
from geo.measuring import Coordinates, LocalPlane, areas_m2

PROVINCE, CITY = "江苏省", "盐城市"
PROVINCE_AND_CITY = PROVINCE + CITY
_SEED = 320923
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

    @property
    def address(self) -> str:
        return f"{PROVINCE_AND_CITY}阜宁县{self.town}{self.name}"


@dataclass(frozen=True, eq=False)
class Geography:
    """`outline` is the union of the atoms and what is stored; `source_outline` is what it was made from."""

    code: str
    name: str
    outline: shapely.MultiPolygon
    source_outline: shapely.Geometry
    atoms: tuple[CountyAtom, ...]
    towns: tuple[CountyTown, ...]


@lru_cache(maxsize=1)
def load_geography() -> Geography:
    """Builds the county from the shipped files; the same on every machine, about two seconds."""
    code, name, source_outline = sources.read_outline()
    towns, villages = sources.read_towns(), sources.read_villages()
    plane = LocalPlane(*shapely.get_coordinates(source_outline.centroid)[0])
    layout = lay_out(towns, villages, shapely.transform(source_outline, plane.metres), plane)
    seeds_deg = np.round(plane.degrees(layout.seeds), 7)
    boundaries = voronoi_coverage(seeds_deg, source_outline)
    village_of_atom = join_up(boundaries, layout.village_of_seed, [v.town_code for v in villages])
    county_towns = tuple(
        CountyTown(town.code, town.name, town.official_name, float(lon), float(lat), stand_in)
        for town, (lon, lat), stand_in in zip(
            towns, np.round(plane.degrees(layout.centres), 7), layout.is_stand_in, strict=True
        )
    )
    return Geography(
        code=code,
        name=name,
        outline=as_multipolygon(shapely.coverage_union_all(boundaries)),
        source_outline=source_outline,
        atoms=_atoms(villages, county_towns, village_of_atom, seeds_deg, boundaries),
        towns=county_towns,
    )


def _atoms(
    villages: tuple[sources.SourceVillage, ...],
    towns: tuple[CountyTown, ...],
    village_of_atom: NDArray[np.int64],
    seeds_deg: Coordinates,
    boundaries: Shapes,
) -> tuple[CountyAtom, ...]:
    """Numbers the groups of each village from north to south and puts names to them, in the order of their codes."""
    town_of = {town.code: town for town in towns}
    noise = np.random.default_rng(_SEED).lognormal(0.0, 0.2, len(villages))
    areas = areas_m2(boundaries)
    atoms: list[CountyAtom] = []
    for i, village in enumerate(villages):
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
