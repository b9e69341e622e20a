"""Making one exact coverage: all cells of one Voronoi, clipped once.

Clipping cell by cell puts rounding errors on shared borders. Here the cells' edges and the outline are noded
together once, on a grid of 1e-7 degrees (1 cm), and every face of that network goes to exactly one cell; so
neighbours share their corners to the last bit, and the union is the outline.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.coverage import shared_borders
from geo.measuring import Coordinates, LocalPlane

PRECISION_DEG = 1e-7
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Limits:
    """Real limits that no cell may cross: areas, and the area (n,) of each seed. Shared ground is the first area's."""

    areas: Shapes
    of_seed: NDArray[np.int64]


def voronoi_coverage(
    seeds_deg: Coordinates, outline: shapely.Geometry, limits: Limits | None = None
) -> Shapes:
    """One MultiPolygon a seed, in the order of the (n, 2) seeds; together they are the outline.

    A bend of the outline can cut a cell in pieces: pieces without the seed go to the neighbour with the longest
    common border, so that every cell is in one piece where the outline is. Within limits the cells of an area are
    that area exactly; what of the outline no area covers goes to the neighbour with the longest border. A seed whose
    cell is taken up by others has an empty shape.
    """
    plane = LocalPlane(*seeds_deg.mean(axis=0))
    seeds_m = plane.metres(seeds_deg)
    faces = _faces(seeds_m, outline, plane, limits)
    if limits is None:
        owners = _nearest_seed(faces, seeds_m, plane)
        _give_away_pieces(faces, owners, seeds_deg)
    else:
        owners = _within_limits(faces, seeds_deg, plane, limits)
    return np.array(
        [_as_multi(shapely.coverage_union_all(faces[owners == i])) for i in range(len(seeds_deg))]
    )


def as_multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Geometry columns are always multi."""
    return _as_multi(shape)


def _faces(
    seeds_m: Coordinates, outline: shapely.Geometry, plane: LocalPlane, limits: Limits | None
) -> Shapes:
    """All that the cells' edges, the limits and the outline cut the outline into, noded once."""
    if limits is None:
        lines = [shapely.transform(_edges(seeds_m, outline, plane), plane.degrees)]
    else:
        lines = [_edges_within(seeds_m, area, plane) for area, seeds_m in _by_area(seeds_m, limits)]
        lines += [area.boundary for area in limits.areas]
    network = shapely.unary_union([*lines, outline.boundary], grid_size=PRECISION_DEG)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    shapely.prepare(outline)
    return np.asarray(faces[shapely.contains(outline, shapely.point_on_surface(faces))])


def _edges(seeds_m: Coordinates, area: shapely.Geometry, plane: LocalPlane) -> shapely.Geometry:
    reach = shapely.transform(area, plane.metres).buffer(10_000.0).envelope
    return shapely.voronoi_polygons(shapely.MultiPoint(seeds_m), extend_to=reach, only_edges=True)


def _by_area(seeds_m: Coordinates, limits: Limits) -> list[tuple[shapely.Geometry, Coordinates]]:
    return [(area, seeds_m[limits.of_seed == i]) for i, area in enumerate(limits.areas)]


def _edges_within(seeds_m: Coordinates, area: shapely.Geometry, plane: LocalPlane) -> shapely.Geometry:
    """The edges between an area's own seeds, as far as they lie in it."""
    if len(seeds_m) < 2:
        return shapely.MultiLineString()
    edges = shapely.transform(_edges(seeds_m, area, plane), plane.degrees)
    return shapely.intersection(edges, area)


def _within_limits(
    faces: Shapes, seeds_deg: Coordinates, plane: LocalPlane, limits: Limits
) -> NDArray[np.int64]:
    """The seed of every face: the nearest of its own area. Faces of no area join a neighbour."""
    inner = shapely.point_on_surface(faces)
    inner_m, seeds_m = plane.metres(shapely.get_coordinates(inner)), plane.metres(seeds_deg)
    found, areas = shapely.STRtree(limits.areas).query(inner, predicate="within")
    area_of_face = np.full(len(faces), -1, dtype=np.int64)
    last = np.lexsort((areas, found))[::-1]  # of several areas the first has its say
    area_of_face[found[last]] = areas[last]
    owners = np.full(len(faces), -1, dtype=np.int64)
    for area in np.unique(area_of_face[area_of_face >= 0]):
        own_faces, own_seeds = np.flatnonzero(area_of_face == area), np.flatnonzero(limits.of_seed == area)
        if len(own_seeds):
            tree = shapely.STRtree(shapely.points(seeds_m[own_seeds]))
            owners[own_faces] = own_seeds[tree.nearest(shapely.points(inner_m[own_faces]))]
    has_area = owners >= 0
    settled = has_area.copy()
    settled[has_area] = shapely.intersects(faces[has_area], shapely.points(seeds_deg[owners[has_area]]))
    borders = sorted(shared_borders(faces).items(), key=lambda border: (-border[1], border[0]))
    within = [b for b in borders if area_of_face[b[0][0]] == area_of_face[b[0][1]] >= 0]
    _settle(within, owners, settled)
    settled |= has_area  # a piece of an area apart from the rest of it stays with the area
    _settle(borders, owners, settled)
    lone = owners < 0  # an island that no area has
    if lone.any():
        owners[lone] = shapely.STRtree(shapely.points(seeds_m)).nearest(shapely.points(inner_m[lone]))
    return owners


def _nearest_seed(faces: Shapes, seeds_m: Coordinates, plane: LocalPlane) -> NDArray[np.int64]:
    inner_m = plane.metres(shapely.get_coordinates(shapely.point_on_surface(faces)))
    return np.asarray(
        shapely.STRtree(shapely.points(seeds_m)).nearest(shapely.points(inner_m)), dtype=np.int64
    )


def _give_away_pieces(faces: Shapes, owners: NDArray[np.int64], seeds_deg: Coordinates) -> None:
    """Hands faces that do not hold their owner's seed to a neighbour that does, longest border first."""
    settled = shapely.intersects(faces, shapely.points(seeds_deg[owners]))
    borders = sorted(shared_borders(faces).items(), key=lambda border: (-border[1], border[0]))
    _settle(borders, owners, settled)


def _settle(
    borders: list[tuple[tuple[int, int], float]], owners: NDArray[np.int64], settled: NDArray[np.bool_]
) -> None:
    """Gives unsettled faces the owner of a settled neighbour, the longest border of all first."""
    while not settled.all():
        for (one, other), _length in borders:
            if settled[one] != settled[other]:
                lost, kept = (other, one) if settled[one] else (one, other)
                owners[lost], settled[lost] = owners[kept], True
                break
        else:
            return


def _as_multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    if shape.geom_type == "MultiPolygon":
        return shape
    return shapely.MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])
