"""An empty bank for imports of maps; each test takes back what it did."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.keeping import keep_tried
from domain.shared.imports.kinds import Brought, ImportKind, Tried, kind_named
from domain.shared.imports.trying import try_import
from domain.shared.principal import SYSTEM
from domain.shared.rooms import import_kinds_of
from domain.shared.rows import NightRows
from schema.house import ROOMS
from tests.geo.reading.map_files import geojson

TODAY = date(2026, 11, 27)
KINDS = import_kinds_of(ROOMS)
WEST, SOUTH = 112.0, 30.0


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """In thousandths of a degree from the corner."""
    return shapely.box(
        WEST + west / 1000.0, SOUTH + south / 1000.0, WEST + east / 1000.0, SOUTH + north / 1000.0
    )


def point(east: float, north: float) -> shapely.Point:
    return shapely.Point(WEST + east / 1000.0, SOUTH + north / 1000.0)


class Maps:
    """Maps that a test draws, tried, carried out and taken back."""

    def __init__(self, connection: psycopg.Connection, folder: Path) -> None:
        self.connection, self.folder = connection, folder
        self.rows = NightRows(connection)
        self.last = 0

    def drawn(self, *shapes: Any, **columns: Sequence[Any]) -> Path:
        properties = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return geojson(self.folder / "图.geojson", *shapes, properties=properties)

    def tried(self, kind: str, path: Path, *, is_whole: bool = True, datum: str | None = "WGS84") -> Tried:
        brought = Brought(path, path.name, TODAY, is_whole, datum)
        return try_import(self.rows, self.kind(kind), brought)

    def applied(self, kind: str, path: Path, *, is_whole: bool = True, day: date = TODAY) -> Tried:
        brought = Brought(path, path.name, day, is_whole, "WGS84")
        tried = try_import(self.rows, self.kind(kind), brought)
        self.last = keep_tried(self.rows, self.kind(kind), tried, brought, SYSTEM)
        apply_import(self.rows, self.kind(kind), self.last, by=SYSTEM, reason="试")
        return tried

    def undone(self, kind: str, number: int | None = None) -> None:
        undo_import(self.rows, self.kind(kind), number or self.last, by=SYSTEM, today=TODAY)

    def kind(self, name: str) -> ImportKind:
        kind = kind_named(KINDS, name)
        assert kind is not None
        return kind

    def execute(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def empty_url(make_database: Callable[..., str]) -> str:
    return make_database()


@pytest.fixture
def maps(empty_url: str, tmp_path: Path) -> Iterator[Maps]:
    with psycopg.connect(empty_url) as connection:
        yield Maps(connection, tmp_path)
        connection.rollback()
