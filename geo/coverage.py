"""Coverages: shapes that touch and never overlap; and the proof that the stored ones do."""

from collections import defaultdict
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
Borders = dict[tuple[int, int], float]


def shared_borders(shapes: Shapes) -> Borders:
    """Pairs of shapes of an exact coverage that share border, lower index first, with its length in map units."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    part_of_ring = _owners_of_rings(shapes)
    owners: dict[tuple[float, float, float, float], int] = {}
    borders: Borders = defaultdict(float)
    for ring, shape in zip(rings, part_of_ring, strict=True):
        points = shapely.get_coordinates(ring).tolist()
        for (x, y), (u, v) in pairwise(points):
            segment = (x, y, u, v) if (x, y) < (u, v) else (u, v, x, y)
            other = owners.setdefault(segment, shape)
            if other != shape:
                borders[min(shape, other), max(shape, other)] += ((x - u) ** 2 + (y - v) ** 2) ** 0.5
    return dict(borders)


def _owners_of_rings(shapes: Shapes) -> list[int]:
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    _rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    return [int(shape) for shape in shape_of_part[part_of_ring]]
