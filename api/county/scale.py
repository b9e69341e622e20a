"""How many towns, villages, groups, grids and outlets a county of a size has.

All follow the square root of the area: a small county is denser, a large one thinner, and both are a bank that can be
looked at in minutes. The measure is the shipped county.
"""

from dataclasses import dataclass
from math import sqrt

_AREA_KM2 = 1440.0
_LEAST, _MOST = 0.1, 2.0
MOST_TOWNS = 90
MOST_VILLAGES = 3_000
_SAMPLES_AN_ATOM = 60


@dataclass(frozen=True)
class Scale:
    towns: int
    villages: int
    atoms: int
    small_grids: int
    large_grids: int
    outlets: int

    @property
    def samples(self) -> int:
        """How many points stand for the ground (`territory.sample`)."""
        return _SAMPLES_AN_ATOM * self.atoms


SHIPPED = Scale(towns=18, villages=340, atoms=1400, small_grids=430, large_grids=60, outlets=35)


def scale_of(area_km2: float, *, towns: int | None = None, villages: int | None = None) -> Scale:
    """The numbers for an area; towns and villages are those of the files where there are some."""
    factor = min(_MOST, max(_LEAST, sqrt(area_km2 / _AREA_KM2)))
    own_towns = towns or max(1, round(SHIPPED.towns * factor))
    own_villages = max(villages or round(SHIPPED.villages * factor), own_towns)
    atoms = max(round(SHIPPED.atoms * factor), 2 * min(own_villages, 1_000), own_villages)
    large = max(round(SHIPPED.large_grids * factor), own_towns)
    return Scale(
        towns=own_towns,
        villages=own_villages,
        atoms=atoms,
        small_grids=min(max(round(SHIPPED.small_grids * factor), 2 * large), atoms),
        large_grids=large,
        outlets=min(max(round(SHIPPED.outlets * factor), own_towns), large),
    )
