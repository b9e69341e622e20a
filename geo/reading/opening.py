"""Opening one map file with GDAL (pyogrio): its layers as WKB and columns of text, in degrees wherever that can be."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from domain.shared.statements import Statement
from geo.reading import said
from geo.reading.crs import Crs, crs_of, name_of
from geo.reading.encodings import encoding_of
from geo.reading.kml import as_gdal_reads_it
from geo.reading.unpacking import CannotRead, Source

MOST_FEATURES = 200_000
_OPTIONS = {
    "SHAPE_RESTORE_SHX": "YES",
    "OGR_SQLITE_PRAGMA": "trusted_schema=OFF",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
}
_KML_OWN = {
    "altitudeMode",
    "tessellate",
    "extrude",
    "visibility",
    "drawOrder",
    "icon",
    "timestamp",
    "begin",
    "end",
}


@dataclass(frozen=True)
class Layer:
    """`shapes` are WKB or None in the file's order; `columns` are texts, empty where the file has nothing."""

    name: str
    driver: str
    shapes: NDArray[np.object_]
    columns: dict[str, list[str]]
    mended: tuple[Statement, ...]


def layers_of(source: Source) -> Iterator[Layer | Statement]:
    """Each layer, or why it is refused. Raises CannotRead when GDAL or the file itself gives up."""
    import pyogrio

    pyogrio.set_gdal_config_options(_OPTIONS)
    names_of_kml = as_gdal_reads_it(source.path, source.title) if source.driver == "LIBKML" else {}
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(_address(source))]
        for name in names:
            yield _layer(source, name, names_of_kml, is_only=len(names) == 1)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        UnicodeError,
        ValueError,
    ) as failed:
        raise CannotRead(said.MAP_UNREADABLE(file=source.title, reason=_plain(failed, source))) from None


def _address(source: Source) -> str:
    """With the driver's own prefix where other drivers claim such files too: JSON can also be a command for GDAL."""
    return f"GeoJSON:{source.path}" if source.driver == "GeoJSON" else str(source.path)


def _plain(failed: Exception, source: Source) -> str:
    """GDAL's reason without our folder."""
    return str(failed).replace(str(source.path), source.title).replace("GeoJSON:", "")[:200]


def _layer(source: Source, name: str, names_of_kml: dict[str, str], *, is_only: bool) -> Layer | Statement:
    import pyogrio

    title = source.title if is_only and source.driver != "LIBKML" else name
    mended: list[Statement] = []
    encoding = _encoding(source, title, mended)
    told = pyogrio.read_info(_address(source), layer=name, encoding=encoding, force_feature_count=True)
    if told["driver"] not in (source.driver, "KML"):
        raise CannotRead(said.MAP_UNKNOWN_FORM(file=source.title))
    if told["features"] > MOST_FEATURES:
        return said.MAP_TOO_MANY_FEATURES(layer=title, most=MOST_FEATURES)
    crs = crs_of(told["crs"])
    address = _address(source)
    if crs is Crs.OTHER:
        return said.MAP_OTHER_CRS(layer=title, crs=name_of(told["crs"]))
    if crs is Crs.PROJECTED:
        mended.append(said.MAP_CRS_TRANSFORMED(layer=title, crs=name_of(told["crs"])))
        address = str(_in_degrees(source, name))
    if crs is Crs.NOT_TOLD:
        mended.append(said.MAP_CRS_ASSUMED(layer=title))
    if source.driver == "ESRI Shapefile" and not source.path.with_suffix(".dbf").exists():
        mended.append(said.MAP_NO_TABLE(layer=title))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what GDAL warns of is looked for, mended and listed by ourselves
        meta, _, shapes, columns = pyogrio.raw.read(
            address, layer=name, encoding=encoding, datetime_as_string=True
        )
    fields = [names_of_kml.get(str(field), str(field)) for field in meta["fields"]]
    own = _KML_OWN if source.driver == "LIBKML" else set()
    texts = {field: _texts(column) for field, column in zip(fields, columns, strict=True) if field not in own}
    count = len(shapes) if shapes is not None else told["features"]
    wkb = shapes if shapes is not None else np.full(count, None, dtype=object)
    return Layer(title, source.driver, wkb, texts, tuple(mended))


def _encoding(source: Source, title: str, mended: list[Statement]) -> str | None:
    if source.driver != "ESRI Shapefile":
        return None
    table, told = source.path.with_suffix(".dbf"), source.path.with_suffix(".cpg")
    if not table.exists():
        return None
    text = told.read_text("latin-1")[:40] if told.exists() else None
    encoding, is_guessed = encoding_of(table, text)
    if is_guessed:
        mended.append(said.MAP_ENCODING_GUESSED(layer=title, encoding=encoding.upper()))
    return encoding


def _in_degrees(source: Source, layer: str) -> Path:
    """A description for GDAL of the same layer in degrees; it has PROJ, so we need no library of our own."""
    path = source.path.with_name(f"degrees{len(list(source.path.parent.glob('degrees*')))}.vrt")
    path.write_text(
        f"<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name={quoteattr(layer)}>"
        f'<SrcDataSource relativeToVRT="1">{escape(source.path.name)}</SrcDataSource>'
        "</OGRVRTLayer><TargetSRS>OGC:CRS84</TargetSRS></OGRVRTWarpedLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    return path


def _texts(column: NDArray[np.generic]) -> list[str]:
    return [_text(value) for value in column.tolist()]


def _text(value: object) -> str:
    """A code kept as a number is a code: no decimal point of nought, no exponent, no `nan`."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value in ("NaT", b"") else str(value).strip()
