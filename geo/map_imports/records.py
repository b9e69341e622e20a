"""A file of areas or points as rows of an import: a map, or a sheet with longitude and latitude."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

import shapely

from domain.shared.imports.borders import SHAPE
from domain.shared.imports.kinds import Brought
from domain.shared.sheets.columns import Column, plain_heading
from domain.shared.sheets.records import Headings, Problem, Reading, Record, read_records
from domain.shared.statements import Statement
from geo.datum import Datum
from geo.map_imports import said
from geo.map_imports.said import MapRefused
from geo.mending import at_text
from geo.reading.features import Features, Finding, Wanted
from geo.reading.features import Place as MapPlace

_ZIP, _MAPS = b"PK\x03\x04", (b"SQLite format 3\0", b"\x00\x00\x27\x0a", b"\x1f\x8b", b"{", b"<")
_WORKBOOK = b"[Content_Types].xml"
_SHOWN = 3


def is_map(path: Path) -> bool:
    """By the first bytes: a workbook is an archive as well, with a list of contents that no map has."""
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(_ZIP):
            file.seek(0)
            return _WORKBOOK not in file.read(1 << 20) and _WORKBOOK not in _end(path)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_MAPS)


def _end(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 18)))
        return file.read()


def open_areas_or_points(brought: Brought, columns: Sequence[Column]) -> Reading:
    """Rows of a map, or of a sheet. Raises `MapRefused`, and what sheets are refused for."""
    if not is_map(brought.path):
        return read_records(brought.path, columns, brought.name)
    return rows_of(features_of(brought, Wanted.AREAS_OR_POINTS), columns)


def features_of(brought: Brought, wanted: Wanted) -> Features:
    """What the map holds. Raises `MapRefused` for what makes all of it useless."""
    if brought.datum is None:
        raise MapRefused(said.NO_DATUM(file=brought.name))
    # Here alone: the API knows the kinds of imports, and maps are read by workers and commands.
    from geo.reading.read import read_features

    with _under_its_name(brought) as path:
        found = read_features(path, Datum(brought.datum), wanted)
    about_all = [one for one in found.problems if one.place is None or one.said.code in _OF_ALL]
    if about_all:
        raise MapRefused(about_all[0].said)
    return found


_OF_ALL = frozenset({"MAP_DATUM_CONTRADICTED"})


@contextmanager
def _under_its_name(brought: Brought) -> Iterator[Path]:
    """What is said of a file names it as its owner does; the door keeps it under another name."""
    if brought.path.name == brought.name:
        yield brought.path
        return
    plain = PurePath(brought.name.replace("\\", "/")).name.replace("\0", "") or "map"
    with tempfile.TemporaryDirectory(prefix="yunge-map-") as folder:
        path = Path(folder) / plain[-60:]
        path.symlink_to(brought.path.resolve())
        yield path


def rows_of(found: Features, columns: Sequence[Column]) -> Reading:
    """A row a feature, in the order of the file; features that cannot be used are rows with a problem."""
    good = {(one.place.layer, one.place.feature): one for one in found.features}
    bad = {(one.place.layer, one.place.feature): one for one in found.problems if one.place is not None}
    names = {column.key: _names(column) for column in columns}
    records = []
    for place in sorted(good.keys() | bad.keys()):
        feature, finding = good.get(place), bad.get(place)
        properties = feature.properties if feature else finding.properties if finding else {}
        values = _values(properties, names)
        values[SHAPE] = "" if feature is None else shapely.to_wkb(feature.shape, hex=True)
        headings = Headings(place[0], {}, ())
        problems = () if finding is None else (Problem(headings.place(place[1]), finding.said),)
        records.append(Record(headings, place[1], values, problems))
    return Reading(iter(records), list(notes_of(found.mended)))


def _names(column: Column) -> list[str]:
    """What the column may be called, the surest first."""
    given = (column.key, column.heading.chinese, column.heading.english, *column.also)
    return list(dict.fromkeys(plain_heading(name) for name in given))


def _values(properties: Mapping[str, str], names: Mapping[str, list[str]]) -> dict[str, str]:
    plain: dict[str, str] = {}
    for name, value in properties.items():
        plain.setdefault(plain_heading(name), value.strip())
    return {
        key: next((plain[name] for name in wanted if plain.get(name)), "")
        for key, wanted in names.items()
        if not plain.keys().isdisjoint(wanted)
    }


def notes_of(mended: Iterable[Finding]) -> Iterator[Statement]:
    """What was put right: of the file as it is, of features one line a kind with the first place."""
    kinds: dict[str, list[Finding]] = {}
    for finding in mended:
        if finding.place is None:
            yield finding.said
        else:
            kinds.setdefault(finding.said.code, []).append(finding)
    for findings in kinds.values():
        first = findings[0]
        assert first.place is not None
        yield said.MENDED(place=place_text(first.place), features=len(findings))
        yield first.said


def place_text(place: MapPlace) -> str:
    """A feature as a sentence names it: layer, number, name."""
    return f"{place.layer}!{place.feature} {place.name}".rstrip()


def inner_point_text(shape: shapely.Geometry) -> str:
    """A place inside, as people copy it into a map."""
    return at_text(*shapely.get_coordinates(shapely.point_on_surface(shape))[0])
