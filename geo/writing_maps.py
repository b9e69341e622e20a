"""Areas as map files that other programs open: GeoPackage, KML and zipped Shapefile (docs/formats.md).

Every digit survives; read back by `geo.reading.read`, the shapes are the same. GDAL is loaded when a file is written.
"""

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

DRIVERS = {".gpkg": "GPKG", ".kml": "LIBKML", ".zip": "ESRI Shapefile"}
"""By the ending of the file's name."""
_LONGEST_NAME = 10
"""Of a column of a Shapefile, in bytes."""


def write_map(
    path: Path, ending: str, layer: str, shapes: NDArray[np.object_], columns: Mapping[str, Sequence[object]]
) -> None:
    """Writes areas (WGS 84) with their columns as one layer; `ending` is a key of `DRIVERS`.

    A Shapefile is a zip of its parts in UTF-8; names of columns are cut to ten bytes, numbers have
    15 decimals.
    """
    with tempfile.TemporaryDirectory(prefix="yunge-map-") as folder:
        driver = DRIVERS[ending]
        made = Path(folder) / f"{layer}{'.shp' if ending == '.zip' else ending}"
        _write(made, driver, layer, shapes, columns)
        if ending != ".zip":
            path.write_bytes(made.read_bytes())
            return
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(made.parent.iterdir()):
                archive.write(part, part.name)


def _write(
    path: Path, driver: str, layer: str, shapes: NDArray[np.object_], columns: Mapping[str, Sequence[object]]
) -> None:
    import pyogrio.raw

    names = _short(list(columns)) if driver == "ESRI Shapefile" else list(columns)
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(shapes),
        field_data=[_typed(values) for values in columns.values()],
        fields=names,
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        driver=driver,
        layer=layer,
        encoding="UTF-8" if driver == "ESRI Shapefile" else None,
    )


def _typed(values: Sequence[object]) -> NDArray[np.generic]:
    """Numbers stay numbers, yes and no become 1 and 0, everything else is text; codes are text already."""
    told = [value for value in values if value is not None]
    if told and all(isinstance(value, bool) for value in told):
        return np.array([int(bool(value)) for value in values], dtype=np.int32)
    if told and all(isinstance(value, float) for value in told):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return np.array([None if value is None else str(value) for value in values], dtype=object)


def _short(names: list[str]) -> list[str]:
    """Names of ten bytes, each once: lon_deg_wgs84 and lat_deg_wgs84 stay apart."""
    short: list[str] = []
    for name in names:
        cut = name[:_LONGEST_NAME]
        number = 1
        while cut in short:
            number += 1
            cut = f"{name[: _LONGEST_NAME - len(str(number))]}{number}"
        short.append(cut)
    return short
