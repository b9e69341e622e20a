"""One call from a file to features: opened, brought to WGS 84, mended or refused one by one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from domain.shared.statements import Statement
from geo.datum import Datum, to_wgs84
from geo.mending import Hopeless, mended
from geo.reading import columns, said
from geo.reading.features import Feature, Features, Finding, Place, Wanted
from geo.reading.opening import Layer, layers_of
from geo.reading.placing import placed
from geo.reading.unpacking import CannotRead, unpack


def read_features(path: Path, datum: Datum, wanted: Wanted = Wanted.AREAS) -> Features:
    """What a file holds, in WGS 84. Nothing is raised for what is in the file: `problems` say what was left out.

    `datum` is that of the file's numbers, whatever its CRS claims: maps of Chinese providers call GCJ-02 "WGS 84".
    """
    found = _Found()
    try:
        with tempfile.TemporaryDirectory(prefix="yunge-map-") as folder:
            for source in unpack(path, Path(folder)):
                for layer in layers_of(source):
                    if isinstance(layer, Statement):
                        found.problems.append(Finding(layer))
                    else:
                        found.take(layer, datum, wanted)
    except CannotRead as refused:
        return Features((), (), (Finding(refused.statement),))
    if not found.features and not found.problems:
        found.problems.append(Finding(said.MAP_NO_FEATURES(file=path.name)))
    found.problems += _contradictions(found.features, datum)
    return Features(tuple(found.features), tuple(found.mended), tuple(found.problems))


class _Found:
    def __init__(self) -> None:
        self.features: list[Feature] = []
        self.mended: list[Finding] = []
        self.problems: list[Finding] = []

    def take(self, layer: Layer, datum: Datum, wanted: Wanted) -> None:
        self.mended += [Finding(statement) for statement in layer.mended]
        is_clockwise = layer.driver == "ESRI Shapefile"
        for number, (wkb, properties) in enumerate(_rows(layer), start=1):
            place = Place(layer.name, number)
            feature = Feature(shapely.Point(), properties, place)
            place = Place(layer.name, number, feature.first(columns.NAME))
            try:
                raw, notes = _parsed(wkb)
                here, more = placed(raw)
                shape, mends = mended(here, wanted, is_clockwise=is_clockwise)
            except Hopeless as hopeless:
                self.problems.append(Finding(hopeless.statement, place, properties))
                continue
            self.mended += [Finding(statement, place) for statement in (*notes, *more, *mends)]
            self.features.append(Feature(_in_wgs84(shape, datum), properties, place))


def _rows(layer: Layer) -> Iterator[tuple[bytes | None, dict[str, str]]]:
    names = list(layer.columns)
    texts = zip(*layer.columns.values(), strict=True) if names else (() for _ in layer.shapes)
    for wkb, row in zip(layer.shapes, texts, strict=True):
        yield wkb, {name: text for name, text in zip(names, row, strict=True) if text}


def _parsed(wkb: bytes | None) -> tuple[shapely.Geometry, list[Statement]]:
    if wkb is None:
        raise Hopeless(said.MAP_EMPTY())
    try:
        return shapely.from_wkb(wkb), []
    except shapely.errors.GEOSException:
        pass
    try:
        closed = shapely.from_wkb(wkb, on_invalid="fix")
    except shapely.errors.GEOSException:
        closed = None
    if closed is None:
        raise Hopeless(said.MAP_NOT_A_SHAPE())
    return closed, [said.MAP_RING_CLOSED()]


def _in_wgs84(shape: shapely.Geometry, datum: Datum) -> shapely.Geometry:
    if datum is Datum.WGS84:
        return shape
    return shapely.transform(shape, lambda at: np.column_stack(to_wgs84(at[:, 0], at[:, 1], datum)))


def _contradictions(features: list[Feature], datum: Datum) -> list[Finding]:
    """A column that names another datum than the caller: one of the two is wrong, and 500 m hang on it."""
    for feature in features:
        for name in columns.DATUM:
            value = feature.first([name])
            plain = value.casefold().replace(" ", "").replace("-", "").replace("_", "").replace(":", "")
            named = columns.DATUM_WORDS.get(plain)
            if named is not None and named != datum.value:
                statement = said.MAP_DATUM_CONTRADICTED(said=datum.value, column=name, value=value)
                return [Finding(statement, feature.place)]
    return []
