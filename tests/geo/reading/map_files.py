"""Small map files as people make them, written by the tests themselves."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

WEST, SOUTH = 119.5, 33.5


def square(lon: float = WEST, lat: float = SOUTH, side: float = 0.01) -> shapely.Polygon:
    return shapely.box(lon, lat, lon + side, lat + side)


def geojson(
    path: Path, *shapes: Any, properties: Sequence[dict[str, Any]] = (), crs: str | None = None
) -> Path:
    """`shapes` are shapely shapes, or geometries as GeoJSON has them, whatever is wrong with them."""
    features = [
        {
            "type": "Feature",
            "properties": properties[i] if properties else {},
            "geometry": shapely.geometry.mapping(shape) if isinstance(shape, shapely.Geometry) else shape,
        }
        for i, shape in enumerate(shapes)
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path


def ring(*corners: tuple[float, float]) -> dict[str, Any]:
    """A polygon of one ring, in hundredths of a degree from the south-west corner; closed."""
    at = [[WEST + x / 100.0, SOUTH + y / 100.0] for x, y in corners]
    return {"type": "Polygon", "coordinates": [[*at, at[0]]]}


def written(path: Path, shapes: Sequence[shapely.Geometry], driver: str, **columns: Sequence[object]) -> Path:
    """A file that GDAL writes; `crs` and `encoding` are its own."""
    crs, encoding = columns.pop("crs", "EPSG:4326"), columns.pop("encoding", None)
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array(list(values), dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type=shapes[0].geom_type,
        crs=crs,
        driver=driver,
        encoding=encoding,
    )
    return path


def zipped(path: Path, *files: Path, without: Sequence[str] = ()) -> Path:
    """The files with all that lies beside them under the same stem."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            for part in sorted(file.parent.glob(f"{file.stem}.*")):
                if part.suffix not in without and part != path:
                    archive.write(part, part.name)
    return path
