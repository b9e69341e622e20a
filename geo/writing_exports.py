"""Grids with their columns and shapes as one file: GeoJSON, GeoPackage, KML, zipped Shapefile or workbook.

GDAL and what writes workbooks are loaded when a file is written.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ENDINGS = ("geojson", "gpkg", "kml", "zip", "xlsx")
_ONLY_IN_TEXT = "atoms"
"""Maps say by their shapes which atoms a grid has, and a column of theirs may not hold so many."""


def write_grids(
    path: Path, ending: str, columns: Mapping[str, Sequence[Any]], shapes: Sequence[str], layer: str = "grids"
) -> None:
    """`ending` is one of `ENDINGS`; `shapes` are GeoJSON in WGS 84, one a row."""
    if ending == "geojson":
        path.write_text(_geojson(columns, shapes), "utf-8")
    elif ending == "xlsx":
        _write_workbook(path, layer, columns)
    else:
        import numpy as np
        import shapely

        from geo.writing_maps import write_map

        kept = {name: values for name, values in columns.items() if name != _ONLY_IN_TEXT}
        write_map(path, f".{ending}", layer, shapely.from_geojson(np.array(shapes, dtype=object)), kept)


def _geojson(columns: Mapping[str, Sequence[Any]], shapes: Sequence[str]) -> str:
    """RFC 7946, one feature a line, geometry as the database wrote it."""
    features = (
        f'{{"type": "Feature", "properties": {json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)},'
        f' "geometry": {shape}}}'
        for *row, shape in zip(*columns.values(), shapes, strict=True)
    )
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def _write_workbook(path: Path, title: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Texts as texts, so that no code loses its noughts and nothing is worked out; without the shapes."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet(title)
        for line, row in enumerate([tuple(columns), *zip(*columns.values(), strict=True)]):
            for at, value in enumerate(row):
                if value is None or isinstance(value, float):
                    sheet.write(line, at, value)
                else:
                    sheet.write_string(line, at, str(value))
