"""How large a layer is that somebody brought: nobody reads the fingerprint of a hundred rivers."""

from collections.abc import Sequence

import numpy as np
import shapely

from domain.shared.imports.borders import AREAS, FEATURES, LENGTH
from domain.shared.imports.kinds import Values
from geo.measuring import SEMI_MAJOR_M, haversine_m

_LINE, _AREA = 1, 2
"""Dimensions."""


def layer_size(shapes_3857: Sequence[shapely.Geometry]) -> Values:
    """How many features, how many of them areas, and the kilometres of the lines on the ground, in tenths.

    The shapes are EPSG:3857, as they are kept. The earth is a ball here, which is at most one part in 200 off.
    """
    shapes = np.array(shapes_3857, dtype=object)
    dimensions = shapely.get_dimensions(shapes)
    lines = shapely.get_parts(shapes[dimensions == _LINE])
    metres, line = shapely.get_coordinates(lines, return_index=True)
    lon = np.degrees(metres[:, 0] / SEMI_MAJOR_M)
    lat = np.degrees(2.0 * np.arctan(np.exp(metres[:, 1] / SEMI_MAJOR_M)) - np.pi / 2.0)
    is_of_one = line[1:] == line[:-1]
    length_m = haversine_m(lon[:-1], lat[:-1], lon[1:], lat[1:])[is_of_one].sum()
    return {
        FEATURES: len(shapes),
        AREAS: int((dimensions == _AREA).sum()),
        LENGTH: round(float(length_m) / 1000.0, 1),
    }
