"""Making one exact coverage: all cells of one Voronoi, clipped once.

Clipping cell by cell puts rounding errors on shared borders. Here the cells' edges and the outline are noded
together once, on a grid of 1e-7 degrees (1 cm), and every face of that network goes to exactly one cell; so
neighbours share their corners to the last bit, and the union is the outline.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.coverage import shared_borders
from geo.measuring import Coordinates, LocalPlane

PRECISION_DEG = 1e-7
Shapes = NDArray[np.object_]


def voronoi_coverage(seeds_deg: Coordinates, outline: shapely.Geometry) -> Shapes:
    """One MultiPolygon a seed, in the order of the (n, 2) seeds; together they are the outline.

    A bend of the outline can cut a cell in pieces: pieces without the seed go to the neighbour with the longest
    common border, so that every cell is in one piece where the outline is.
    """
    plane = LocalPlane(*seeds_deg.mean(axis=0))
    seeds_m = plane.metres(seeds_deg)
    faces = _faces(seeds_m, outline, plane)
    owners = _nearest_seed(faces, seeds_m, plane)
    _give_away_pieces(faces, owners, seeds_deg)
    return np.array(
        [_as_multi(shapely.coverage_union_all(faces[owners == i])) for i in range(len(seeds_deg))]
    )


def as_multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Geometry columns are always multi."""
    return _as_multi(shape)


def _faces(seeds_m: Coordinates, outline: shapely.Geometry, plane: LocalPlane) -> Shapes:
    reach = shapely.transform(outline, plane.metres).buffer(10_000.0).envelope
    edges = shapely.voronoi_polygons(shapely.MultiPoint(seeds_m), extend_to=reach, only_edges=True)
    lines = [shapely.transform(edges, plane.degrees), outline.boundary]
    network = shapely.unary_union(lines, grid_size=PRECISION_DEG)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    shapely.prepare(outline)
    return np.asarray(faces[shapely.contains(outline, shapely.point_on_surface(faces))])


def _nearest_seed(faces: Shapes, seeds_m: Coordinates, plane: LocalPlane) -> NDArray[np.int64]:
    inner_m = plane.metres(shapely.get_coordinates(shapely.point_on_surface(faces)))
    return np.asarray(
        shapely.STRtree(shapely.points(seeds_m)).nearest(shapely.points(inner_m)), dtype=np.int64
    )


def _give_away_pieces(faces: Shapes, owners: NDArray[np.int64], seeds_deg: Coordinates) -> None:
    """Hands faces that do not hold their owner's seed to a neighbour that does, longest border first."""
    settled = shapely.intersects(faces, shapely.points(seeds_deg[owners]))
    borders = sorted(shared_borders(faces).items(), key=lambda border: (-border[1], border[0]))
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
