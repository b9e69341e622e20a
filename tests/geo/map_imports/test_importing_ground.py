"""Water and roads: a file is the whole layer, drawn on tiles that stay small, and taken back as one."""

import math
from typing import Any

import pytest
import shapely

from api.files.import_contents import found_by
from domain.shared.imports.borders import said_of_border
from domain.shared.imports.kinds import Act
from geo.ground_tiles import ground_tile
from geo.map_imports import ground
from geo.map_imports.ground_ranks import ROADS, WATER, rank_of
from geo.map_imports.said import MapRefused
from geo.tiles import Tile
from tests.geo.map_imports.conftest import KINDS, SOUTH, WEST, Maps, box
from tests.mvt import layers


@pytest.fixture
def county(maps: Maps) -> Maps:
    maps.applied("outline", maps.drawn(box(0, 0, 40, 30), name=["某县"]))
    maps.execute("insert into settings (name, value) values ('tile_version', '\"20261126-7\"') returning 1")
    return maps


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(WEST + east / 1000.0, SOUTH + north / 1000.0) for east, north in corners])


def drawn(maps: Maps, zoom: int) -> dict[str, list[dict[str, Any]]]:
    """What the tile of the county's middle shows."""
    lon, lat = WEST + 0.02, math.radians(SOUTH + 0.015)
    side = 1 << zoom
    tile = Tile(
        zoom, int((lon + 180) / 360 * side), int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * side)
    )
    return layers(data_of(maps, tile))


def data_of(maps: Maps, tile: Tile) -> bytes:
    statement = ground_tile(tile)
    text = statement.text
    for number in range(len(statement.parameters), 0, -1):
        text = text.replace(f"${number}", f"%(p{number})s")
    given = {f"p{number}": value for number, value in enumerate(statement.parameters, start=1)}
    row = maps.connection.execute(text.encode(), given).fetchone()
    assert row is not None
    return bytes(row[0])


def version(maps: Maps) -> Any:
    return maps.execute("select value #>> '{}' from settings where name = 'tile_version'")[0][0]


RIVER = (line((-5, 15), (10, 15)), line((10, 15), (45, 16)))
LAKE = box(12, 18, 22, 24)


def test_a_layer_is_drawn_replaced_and_taken_back(county: Maps) -> None:
    path = county.drawn(
        *RIVER,
        LAKE,
        name=["射阳河", "射阳河", "大纵湖"],
        waterway=["river", "river", ""],
        来源=["某县水利局"] * 3,
    )
    tried = county.applied("water", path)
    (change,) = tried.changes
    assert (change.after["source"], change.after["as_of"], change.after["features"]) == (
        "某县水利局",
        "2026-11-27",
        2,
    )
    assert (change.after["areas"], change.after["length_km"]) == (1, 4.8), "the river alone is long"
    on_ground = (
        "select sum(st_length(st_transform(shape_3857, 4326)::geography)) from ground_features where rank > 0"
    )
    assert county.execute(on_ground)[0][0] / 1000 == pytest.approx(4.8, abs=0.06)
    assert "GROUND_JOINED" in [note.code for note in tried.notes], "two pieces of one river are one line"
    assert version(county) == "20261126-7.1"
    near = drawn(county, 12)["water"]
    assert sorted((one["name"], one["rank"]) for one in near) == [("大纵湖", 1), ("射阳河", 1)]
    assert [set(one) for one in drawn(county, 8)["water"]] == [{"rank", "at"}] * 2, "no names from afar"
    assert county.tried("water", path).changes == (), "the same again changes nothing"
    county.applied("roads", county.drawn(line((0, 1), (40, 29)), name=["G204"], highway=["primary"]))
    first = county.last
    assert {name: len(found) for name, found in drawn(county, 12).items()} == {"water": 2, "roads": 1}
    other = county.applied("water", county.drawn(LAKE, name=["大纵湖"], 现势日期=["2025-06-30"]))
    assert (other.changes[0].act, other.changes[0].after["as_of"]) == (Act.CHANGED, "2025-06-30")
    assert str(said_of_border(other.changes[0].before, other.changes[0].after)) == (
        "IMPORT_LAYER_CHANGED lines=0 kilometres=0.0 areas=1 lines_before=1 kilometres_before=4.8 areas_before=1"
    )
    changes = found_by(county.rows, KINDS, county.last, is_english=False)[1].rows
    assert [line[4] for line in changes if line[2] == "图层"] == [
        "图层有变：线 0 条、0 公里，面 1 个；原为线 1 条、4.8 公里，面 1 个"
    ]
    assert other.changes[0].after["source"] == "图.geojson", "a file that names no source is its own"
    assert len(drawn(county, 12)["water"]) == 1
    county.undone("water")
    assert len(drawn(county, 12)["water"]) == 2
    county.undone("roads", first)
    assert set(drawn(county, 12)) == {"water"}


def test_what_is_seen_from_afar_is_what_matters(county: Maps) -> None:
    roads = [line((0, north), (40, north)) for north in (4, 8, 12, 16)]
    county.applied("roads", county.drawn(*roads, highway=["motorway", "primary", "tertiary", "track"]))
    seen = {zoom: sorted(one["rank"] for one in drawn(county, zoom)["roads"]) for zoom in (8, 9, 11)}
    assert seen == {8: [1], 9: [1, 2], 11: [1, 2, 3]}


def test_a_file_of_elsewhere_is_refused_and_what_is_no_line_is_named(
    maps: Maps, monkeypatch: pytest.MonkeyPatch
) -> None:
    river = maps.drawn(*RIVER)

    def refused() -> Any:
        with pytest.raises(MapRefused) as raised:
            maps.tried("water", river)
        return raised.value.statement

    assert refused().code == "GROUND_BEFORE_OUTLINE"
    maps.applied("outline", maps.drawn(box(400, 0, 440, 30), name=["某县"]))
    river = maps.drawn(*RIVER)
    said = refused()
    assert (said.code, said.values["features"]) == ("GROUND_ELSEWHERE", 1)
    maps.undone("outline")
    maps.applied("outline", maps.drawn(box(0, 0, 40, 30), name=["某县"]))
    tried = maps.tried("water", maps.drawn(RIVER[0], shapely.Point(WEST, SOUTH), line((200, 0), (210, 0))))
    assert [one.said.code for one in tried.problems] == ["MAP_NEITHER_LINE_NOR_AREA"]
    assert {"GROUND_LEFT_ASIDE", "GROUND_WITHOUT_NAMES"} <= {note.code for note in tried.notes}
    assert tried.changes[0].after["features"] == 1
    monkeypatch.setattr(ground, "MOST_CORNERS", 2)
    river = maps.drawn(*RIVER)
    assert refused().code == "GROUND_TOO_MUCH"


def test_a_tile_of_many_roads_stays_small(county: Maps) -> None:
    """30,000 named roads of twelve corners where the middle of the county is."""
    county.connection.execute("insert into ground_versions (fingerprint) values ('many')")
    county.connection.execute(
        f"""insert into ground_features (fingerprint, position, name, rank, size_m, shape_3857)
            select 'many', n, '第' || n || '号路', 1 + n % 4, 1000 + n,
                   st_transform(st_setsrid(st_makeline(array(
                       select st_makepoint({WEST} + 0.04 * ((n * 7 + k * 13) % 997) / 997.0,
                                           {SOUTH} + 0.03 * ((n * 3 + k * 29) % 991) / 991.0)
                         from generate_series(1, 12) k)), 4326), 3857)
              from generate_series(1, 30000) n""".encode()
    )
    county.connection.execute(
        """insert into ground_layers (layer, fingerprint, source, as_of, features)
           values ('ROADS', 'many', '图', '2026-01-01', 1)"""
    )
    for zoom in (10, 14):
        lon, lat = WEST + 0.02, math.radians(SOUTH + 0.015)
        side = 1 << zoom
        row = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * side)
        data = data_of(county, Tile(zoom, int((lon + 180) / 360 * side), row))
        assert 5_000 < len(data) < 100_000


@pytest.mark.parametrize(
    ("layer", "word", "rank"),
    [
        (ROADS, "motorway_link", 1),
        (ROADS, "国道", 1),
        (ROADS, "省道S329", 2),
        (ROADS, "县道", 3),
        (ROADS, "residential", 4),
        (ROADS, "乡道", 4),
        (ROADS, "", 3),
        (WATER, "River", 1),
        (WATER, "运河", 2),
        (WATER, "支沟", 4),
        (WATER, "", 2),
    ],
)
def test_ranks(layer: str, word: str, rank: int) -> None:
    assert rank_of(layer, word) == rank
