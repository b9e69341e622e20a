"""What a first plan is cut from: atoms with what there is to do in them, and outlets with their customer managers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Neighbours = Sequence[Mapping[int, float]]


@dataclass(frozen=True)
class GroundAtom:
    """An atom by its row, with the names that grids are called after."""

    id: int
    name: str
    village: str
    town_code: str
    town: str


@dataclass(frozen=True)
class GroundOutlet:
    """`town_code` is that of a town with atoms; None where the outlet lies in none. `place_m` is where it stands, on
    the plane of the ground. `managers` are in the order of their numbers."""

    id: int
    code: str
    town_code: str | None
    place_m: tuple[float, float]
    managers: tuple[int, ...]


@dataclass(frozen=True)
class FirstGround:
    """Atoms in the order of their codes: `points_m` are (n, 2) middles on one plane of metres, `weights` what the
    grids are evened by, `neighbours` the metres of common border by index. Outlets in the order of their codes."""

    atoms: tuple[GroundAtom, ...]
    points_m: Floats
    weights: Floats
    neighbours: Neighbours
    outlets: tuple[GroundOutlet, ...]
