"""One exact coverage of an outline from areas and points as people have them.

Areas overlap a little, leave slits, and reach over the outline; points have no ground at all. Here each gets its own:
ground that two areas claim is the smaller one's (an estate in a village), an area in which points lie is divided among
these by nearness, points outside of all areas share what is left, and slits go to the neighbour with the longest
border. The union is the outline. An area that is right already is left as it is, to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.coverage import difference_m2, gaps, union
from geo.importing import PRECISION_DEG, Limits, Shapes, as_multipolygon, voronoi_coverage
from geo.measuring import Coordinates, area_m2, areas_m2

_LEAST_M2 = 1.0
"""What is less has been lost to rounding."""
_DIGITS = 7
OWN = -1
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Overlap:
    """Two areas by their places in the list, and the square metres that both claim."""

    one: int
    other: int
    square_metres: float
    ground: shapely.Geometry


@dataclass(frozen=True, eq=False)
class Covered:
    """`shapes` has one a feature: empty where it got no ground, because it is divided or lies elsewhere."""

    shapes: Shapes
    divided: dict[int, list[int]] = field(default_factory=dict)
    """The points in each area that is divided."""
    overlaps: Sequence[Overlap] = ()
    gaps: Sequence[shapely.Geometry] = ()
    """What no area had, largest first."""
    cut_off_m2: float = 0.0


def cover(
    outline: shapely.Geometry, features: Shapes, settled: shapely.Geometry | None = None, kept: int = 0
) -> Covered:
    """Areas and points (WGS 84) over an outline. The last `kept` of them are areas that give way to all others.

    `settled` is another form of the outline, as a former coverage left it: areas that fill it are right already.
    """
    is_point = shapely.get_type_id(features) == 0
    if not is_point.any() and _is_right(features, (outline, settled)):
        return Covered(features.copy())
    areas = np.flatnonzero(~is_point)
    clipped, cut_off_m2 = _clipped(features[areas], outline)
    has_ground = ~shapely.is_empty(clipped)
    areas, clipped = areas[has_ground], clipped[has_ground]
    order = np.lexsort((areas, areas_m2(clipped), areas >= len(features) - kept))
    areas, clipped = areas[order], clipped[order]
    points = np.flatnonzero(is_point)
    points = points[shapely.intersects(outline, features[points])]
    area_of_point = _areas_of(features[points], clipped)
    ground = _Ground(outline, features, areas, clipped, points, area_of_point)
    bare = gaps(clipped, outline) if len(clipped) else np.array([outline], dtype=object)
    rest = _reached(bare, features[points[area_of_point == OWN]])
    shapes = ground.divided_up(bare[rest])
    left = [gap for gap, is_rest in zip(bare, rest, strict=True) if not is_rest and area_m2(gap) >= _LEAST_M2]
    return Covered(
        shapes,
        {
            int(area): points[area_of_point == place].tolist()
            for place, area in enumerate(areas)
            if (area_of_point == place).any()
        },
        _overlaps(areas, clipped, len(features) - kept),
        left,
        cut_off_m2,
    )


def _is_right(areas: Shapes, outlines: Sequence[shapely.Geometry | None]) -> bool:
    """Whether areas lie side by side, on the grid of coordinates that we keep, and fill the outline exactly."""
    if not len(areas) or not shapely.coverage_is_valid(areas):
        return False
    at = shapely.get_coordinates(areas)
    if (np.round(at / PRECISION_DEG) / round(1.0 / PRECISION_DEG) != at).any():
        return False
    whole = union(areas)
    return any(one is not None and difference_m2(whole, one) == 0.0 for one in outlines)


def _clipped(areas: Shapes, outline: shapely.Geometry) -> tuple[Shapes, float]:
    """Areas as far as they lie in the outline, untouched where that is all of them; and what was cut off."""
    shapely.prepare(outline)
    clipped = areas.copy()
    over = np.flatnonzero(~shapely.covers(outline, areas))
    clipped[over] = [as_multipolygon(shapely.intersection(area, outline)) for area in areas[over]]
    cut_off_m2 = float(areas_m2(areas[over]).sum() - areas_m2(clipped[over]).sum()) if len(over) else 0.0
    return clipped, cut_off_m2


def _areas_of(points: Shapes, areas: Shapes) -> Numbers:
    """The first area in which each point lies, OWN for those in none."""
    found = np.full(len(points), OWN, dtype=np.int64)
    if len(areas) and len(points):
        at, within = shapely.STRtree(areas).query(points, predicate="intersects")
        order = np.lexsort((within, at))[::-1]
        found[at[order]] = within[order]
    return found


def _reached(parts: Shapes, points: Shapes) -> NDArray[np.bool_]:
    """Which parts hold a point."""
    reached = np.zeros(len(parts), dtype=np.bool_)
    if len(points) and len(parts):
        _, hit = shapely.STRtree(parts).query(points, predicate="intersects")
        reached[hit] = True
    return reached


def _overlaps(areas: Numbers, clipped: Shapes, given: int) -> list[Overlap]:
    """Ground that two areas claim, the most first; areas that only give way are no matter of the file."""
    if not len(clipped):
        return []
    one, other = shapely.STRtree(clipped).query(clipped, predicate="intersects")
    is_pair = (one < other) & (areas[one] < given) & (areas[other] < given)
    one, other = one[is_pair], other[is_pair]
    shared = shapely.intersection(clipped[one], clipped[other])
    square_metres = areas_m2(shared)
    return [
        Overlap(int(areas[one[i]]), int(areas[other[i]]), float(square_metres[i]), shared[i])
        for i in np.argsort(-square_metres)
        if square_metres[i] >= _LEAST_M2
    ]


@dataclass(frozen=True, eq=False)
class _Ground:
    """Areas in the order in which they have their say, and points with the area in which each lies."""

    outline: shapely.Geometry
    features: Shapes
    areas: Numbers
    clipped: Shapes
    points: Numbers
    area_of_point: Numbers

    def divided_up(self, rest: Shapes) -> Shapes:
        """`rest` are the parts that no area has and some point shares."""
        shapes = np.full(len(self.features), shapely.MultiPolygon(), dtype=object)
        limits: list[shapely.Geometry] = list(self.clipped)
        owners: list[int] = []
        seeds: list[Coordinates] = []
        of_seed: list[int] = []
        for place, area in enumerate(self.areas):
            inside = self.points[self.area_of_point == place]
            owners += inside.tolist() or [int(area)]
            seeds += [*shapely.get_coordinates(self.features[inside])] or [self._inner(place)]
            of_seed += [place] * (len(inside) or 1)
        free = self.points[self.area_of_point == OWN]
        if len(free):
            limits.append(shapely.MultiPolygon([part for one in rest for part in shapely.get_parts(one)]))
            owners += free.tolist()
            seeds += [*shapely.get_coordinates(self.features[free])]
            of_seed += [len(limits) - 1] * len(free)
        if not owners:
            return shapes
        shapes[owners] = self._cells(np.array(seeds), limits, np.array(of_seed))
        return shapes

    def _inner(self, place: int) -> Coordinates:
        """A place that is this area's and no smaller one's, if there is one."""
        own = self.clipped[place]
        before = self.clipped[:place]
        over = before[shapely.intersects(own, before)]
        mine = shapely.difference(own, shapely.union_all(over)) if len(over) else own
        inner = shapely.point_on_surface(mine if mine.area > 0.0 else own)
        return np.asarray(shapely.get_coordinates(inner)[0], dtype=np.float64)

    def _cells(self, seeds: Coordinates, limits: list[shapely.Geometry], of_seed: Numbers) -> Shapes:
        if len(seeds) == 1:
            whole = np.empty(1, dtype=object)
            whole[0] = as_multipolygon(shapely.set_precision(self.outline, PRECISION_DEG))
            return whole
        if not len(self.areas):
            return voronoi_coverage(np.round(seeds, _DIGITS), self.outline)
        given = np.empty(len(limits), dtype=object)
        given[:] = limits
        return voronoi_coverage(np.round(seeds, _DIGITS), self.outline, Limits(given, of_seed))
