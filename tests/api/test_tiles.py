"""Vector tiles: who gets which, cells above 2,000 customers and points below, nobody lost or twice, sizes, versions."""

import gzip
import math

import psycopg
import pytest
from starlette.testclient import TestClient

from domain.shared.rows import NightRows
from geo.cells import count_cells
from tests.api.conftest import Serve, sign_in
from tests.mvt import layers
from tests.schema.bank import SIDE_DEG, SOUTH_DEG, WEST_DEG, Bank

LARGEST = 100_000
VERSION = "20261120-1"


def tile_at(z: int, lon: float = WEST_DEG + 0.01, lat: float = SOUTH_DEG + 0.01) -> str:
    side = 1 << z
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return f"{z}/{x}/{y}"


GRIDS_SEEN = {"head": 4, "admin": 4, "outlet_a": 2, "outlet_b": 1, "a1": 2, "c1": 1, "bare": 0}


@pytest.mark.parametrize("who", GRIDS_SEEN)
def test_grids_within_the_scope(client: TestClient, who: str) -> None:
    sign_in(client, who)
    response = client.get(f"/tiles/{VERSION}/grids/{tile_at(7)}.mvt?level=SMALL")
    if GRIDS_SEEN[who] == 0:
        assert response.status_code == 204
        return
    grids = layers(response.content)["grids"]
    assert len(grids) == GRIDS_SEEN[who]
    assert {grid["level"] for grid in grids} == {"SMALL"}
    assert {grid["customers"] for grid in grids} == {0 if who == "admin" else 72}
    assert {grid["medianDaysUnvisited"] for grid in grids} == {0 if who == "admin" else 140}
    assert {grid["depositFen"] for grid in grids} == {0 if who == "admin" else 5_000_000_000}
    assert set(grids[0]) - {"at"} == {
        "id", "code", "name", "level", "areaM2", "customers", "located", "visited90d", "keyCustomers",
        "visitedHere90d",
        "depositFen", "loanFen", "dueVisits", "atRisk", "visited180d", "visited365d", "visitedEver",
        "medianDaysUnvisited",
    }  # fmt: skip


POINTS_SEEN = {"head": 288, "outlet_a": 144, "outlet_b": 72, "a1": 144, "c1": 72}


@pytest.mark.parametrize("who", POINTS_SEEN)
def test_points_within_the_scope(client: TestClient, who: str) -> None:
    sign_in(client, who)
    points = layers(client.get(f"/tiles/{VERSION}/customers/{tile_at(7)}.mvt").content)["points"]
    assert len({point["id"] for point in points}) == len(points) == POINTS_SEEN[who]
    assert {key for point in points for key in point} == {"id", "kind", "tier", "band", "at"}


@pytest.mark.parametrize(("who", "said"), [("a1", {"visitClass"}), ("head", set())])
def test_a_map_of_visits(client: TestClient, who: str, said: set[str]) -> None:
    """Whoever sees no places gets the usual tile."""
    sign_in(client, who)
    points = layers(client.get(f"/tiles/{VERSION}/customers/{tile_at(7)}.mvt?with=visits").content)["points"]
    assert len(points) == POINTS_SEEN[who]
    assert {key for point in points for key in point} == {"id", "kind", "tier", "band", "at", *said}


def crowd(address: str, bank: Bank, customers: int = 6_000, grid: str = "g1", unit: str = "A") -> None:
    """Many customers all over a grid, in rows and columns; the first stands in its south-western corner."""
    west, first = WEST_DEG + int(grid[1:]) * SIDE_DEG - SIDE_DEG, 100_000 * int(grid[1:])
    with psycopg.connect(address) as connection:
        connection.execute(
            """insert into customers (id, kind, tier, status, name, grid_id, org_unit_id, deposit_fen, loan_fen,
                                      line_fen)
               select %s + n, 'PERSON', 'GENERAL', 'ACTIVE', '众', %s, %s, 0, 0, 0
                 from generate_series(1, %s) n""",
            [first, bank.grids[grid], bank.units[unit], customers],
        )
        connection.execute(
            """insert into customer_points (customer_id, grid_id, org_unit_id, point_3857)
               select %s + n, %s, %s, st_transform(st_setsrid(st_makepoint(
                          %s + %s * (n %% 97) / 97.0, %s + %s * (n %% 89) / 89.0), 4326), 3857)
                 from generate_series(1, %s) n""",
            [first, bank.grids[grid], bank.units[unit], west, SIDE_DEG, SOUTH_DEG, SIDE_DEG, customers],
        )
        count_cells(NightRows(connection))


def test_cells_where_there_are_many_and_points_below(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    crowd(own_address, served_bank[1])
    client = serve(address=own_address)
    sign_in(client, "a1")
    far = client.get(f"/tiles/{VERSION}/customers/{tile_at(7)}.mvt")
    found = layers(far.content)
    assert set(found) == {"cells"}
    assert sum(cell["count"] for cell in found["cells"]) == 6_000 + 144
    assert len(found["cells"]) <= 64 * 64
    assert len(far.content) <= LARGEST
    near = client.get(f"/tiles/{VERSION}/customers/{tile_at(16)}.mvt")
    assert set(layers(near.content)) == {"points"}
    sign_in(client, "outlet_b")
    assert set(layers(client.get(f"/tiles/{VERSION}/customers/{tile_at(7)}.mvt").content)) == {"points"}


SEEN = {"head": 9_000 + 288, "outlet_a": 8_500 + 144, "outlet_b": 500 + 72, "a1": 8_500 + 144, "c1": 72}

EVERY_ZOOM = ("head", "a1")
"""One who is shown cells of kept counts and one who is shown points; the others where one turns into the other."""


def test_nobody_is_lost_or_twice(serve: Serve, own_address: str, served_bank: tuple[str, Bank]) -> None:
    """Over all tiles of a zoom, cells and points add up to the scope; a tile of points holds 2,000 at most."""
    for customers, grid, unit in ((6_000, "g1", "A"), (2_500, "g2", "A"), (500, "g3", "B")):
        crowd(own_address, served_bank[1], customers, grid, unit)
    client = serve(address=own_address)
    for who, expected in SEEN.items():
        sign_in(client, who)
        for z in range(6, 17) if who in EVERY_ZOOM else (6, 11, 13, 14):
            tiles = [layers(data) for data in all_tiles(client, z)]
            points = [point["id"] for tile in tiles for point in tile.get("points", [])]
            cells = sum(cell["count"] for tile in tiles for cell in tile.get("cells", []))
            assert cells + len(points) == expected, (who, z)
            assert len(points) == len(set(points))
            assert all(len(tile.get("points", [])) <= 2_000 for tile in tiles)
            assert (cells > 0) == (expected > 2_000) or z > 13, "a town is drawn as cells"


def all_tiles(client: TestClient, z: int) -> list[bytes]:
    """The customers of every tile that the small bank touches."""
    _, west, south = map(int, tile_at(z, WEST_DEG, SOUTH_DEG).split("/"))
    _, east, north = map(int, tile_at(z, WEST_DEG + 4 * SIDE_DEG, SOUTH_DEG + SIDE_DEG).split("/"))
    return [
        client.get(f"/tiles/{VERSION}/customers/{z}/{x}/{y}.mvt").content
        for x in range(west, east + 1)
        for y in range(north, south + 1)
    ]


@pytest.mark.parametrize("z", [14, 16])
def test_a_customer_on_an_edge_is_on_one_tile(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank], z: int
) -> None:
    """He is moved onto the corner where four tiles meet."""
    _, x, y = map(int, tile_at(z).split("/"))
    with psycopg.connect(own_address) as connection:
        connection.execute(
            """update customer_points set point_3857 = st_setsrid(st_makepoint(
                   st_xmin(e), st_ymax(e)), 3857) from st_tileenvelope(%s, %s, %s) e where customer_id = %s""",
            [z, x, y, served_bank[1].customers["g1"][0]],
        )
    client = serve(address=own_address)
    sign_in(client, "a1")
    corner = [(x, y), (x - 1, y), (x, y - 1), (x - 1, y - 1)]
    tiles = [layers(client.get(f"/tiles/{VERSION}/customers/{z}/{i}/{j}.mvt").content) for i, j in corner]
    whom = f"Customer:{served_bank[1].customers['g1'][0]}"
    assert [point["id"] for tile in tiles for point in tile.get("points", [])].count(whom) == 1


def test_head_office_sees_no_place_of_a_customer(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """Points lie at the centres of grids, wherever their customers live; a cell is never narrower than 150 m."""
    crowd(own_address, served_bank[1], customers=20_000)
    client = serve(address=own_address)
    sign_in(client, "head")
    tiles = [layers(data) for data in all_tiles(client, 14)]
    places: dict[int, set[tuple[int, float, float]]] = {}
    for number, tile in enumerate(tiles):
        for point in tile.get("points", []):
            grid = int(point["id"].split(":")[1]) // 1000
            places.setdefault(grid, set()).add((number, *point["at"]))
    assert places.keys() == {3, 4}, "on the tile of the first two are too many for points"
    assert all(len(at) == 1 for at in places.values()), "one place for each grid"
    cells = [cell for tile in tiles for cell in tile.get("cells", [])]
    assert {cell["at"][0] * 16 % 1 for cell in cells} == {0}
    assert len(cells) <= 20 * 20
    sign_in(client, "a1")
    assert sum(len(layers(data).get("cells", [])) for data in all_tiles(client, 14)) > 20 * 20


def test_cells_lie_where_their_customers_live(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    crowd(own_address, served_bank[1])
    z, x, y = map(int, tile_at(13).split("/"))
    client = serve(address=own_address)
    sign_in(client, "a1")
    found = {
        (round(cell["at"][0] * 64), round(cell["at"][1] * 64)): cell["count"]
        for cell in layers(client.get(f"/tiles/{VERSION}/customers/{z}/{x}/{y}.mvt").content)["cells"]
    }
    with psycopg.connect(own_address) as connection:
        counted = connection.execute(
            """select floor((st_x(point_3857) - st_xmin(e)) / (st_xmax(e) - st_xmin(e)) * 64)::int,
                      floor((st_ymax(e) - st_y(point_3857)) / (st_ymax(e) - st_ymin(e)) * 64)::int, count(*)
                 from customer_points, st_tileenvelope(%s, %s, %s) e
                where st_intersects(point_3857, e) and org_unit_id = %s group by 1, 2""",
            [z, x, y, served_bank[1].units["A"]],
        ).fetchall()
    assert found == {(column, row): count for column, row, count in counted}


def test_the_largest_tiles_stay_small(serve: Serve, own_address: str, served_bank: tuple[str, Bank]) -> None:
    crowd(own_address, served_bank[1], customers=60_000)
    client = serve(address=own_address)
    sign_in(client, "a1")
    for z in range(8, 19):
        response = client.get(f"/tiles/{VERSION}/customers/{tile_at(z)}.mvt")
        assert len(response.content) <= LARGEST, z


def test_caching_by_version(client: TestClient) -> None:
    sign_in(client, "a1")
    path = f"/tiles/{VERSION}/grids/{tile_at(7)}.mvt"
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in first.headers["cache-control"]
    assert "private" in first.headers["cache-control"]
    assert first.headers["content-encoding"] == "gzip"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
    assert "content-encoding" not in plain.headers
    assert first.headers["etag"].startswith("W/")
    for known in (first.headers["etag"], f'"other", {first.headers["etag"].removeprefix("W/")}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert gzip.compress(plain.content)


@pytest.mark.parametrize("layer", ["grids", "customers"])
def test_another_version_leads_to_the_one_in_force(client: TestClient, layer: str) -> None:
    """Nothing is kept under the old address, and a map that was opened before the night goes on."""
    sign_in(client, "a1")
    query = "?level=SMALL" if layer == "grids" else ""
    old = f"/tiles/20261119-1/{layer}/{tile_at(7)}.mvt{query}"
    moved = client.get(old, follow_redirects=False)
    assert (moved.status_code, moved.content) == (307, b"")
    assert moved.headers["cache-control"] == "no-store"
    assert moved.headers["location"] == f"/tiles/{VERSION}/{layer}/{tile_at(7)}.mvt{query}"
    followed = client.get(old)
    assert (followed.status_code, followed.url.path) == (200, f"/tiles/{VERSION}/{layer}/{tile_at(7)}.mvt")


def test_before_the_first_night_nothing_is_kept(serve: Serve, own_address: str) -> None:
    with psycopg.connect(own_address) as connection:
        connection.execute("delete from settings where name = 'tile_version'")
    client = serve(address=own_address)
    sign_in(client, "a1")
    response = client.get(f"/tiles/none/grids/{tile_at(7)}.mvt")
    assert (response.status_code, response.headers["cache-control"]) == (200, "private, no-cache")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("grids/5/0/0.mvt", 404),
        ("grids/19/0/0.mvt", 404),
        ("grids/6/64/0.mvt", 404),
        ("grids/6/0/99999999999999999999.mvt", 404),
        ("grids/6/0/0.mvt?level=HUGE", 400),
        ("grids/6/0/0.mvt?of=yesterday", 400),
        ("names/6/0/0.mvt?of=9999-12-31", 400),
        ("customers/6/-1/0.mvt", 404),
        ("customers/6/a/0.mvt", 404),
        ("secrets/6/0/0.mvt", 404),
    ],
)
def test_a_tile_that_does_not_exist(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/tiles/v/{path}").status_code == status


def _place(connection: psycopg.Connection, kind: str, name: str, area_m2: float) -> None:
    column = int(((WEST_DEG + 0.01) / 360 + 0.5) * (1 << 30))
    latitude = math.radians(SOUTH_DEG + 0.01)
    row = int((0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi)) * (1 << 30))
    connection.execute(
        "insert into place_names values (%s, %s, %s, '', %s, %s, %s, 0, 0, 1, 1)",
        [kind, name, name, area_m2, column, row],
    )


def test_names_by_zoom_and_within_the_scope(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """Everybody is told places and outlets; grids are named to whom they are drawn."""
    with psycopg.connect(own_address) as connection:
        for kind, name, area_m2 in (
            ("TOWN", "镇", 9e8),
            ("VILLAGE", "村", 2e6),
            ("VILLAGE", "大村", 9e6),
            ("ATOM", "组", 1.0),
        ):
            _place(connection, kind, name, area_m2)
        place = "update org_units set lon_deg_wgs84 = %s, lat_deg_wgs84 = %s, to_on = %s where id = %s"
        for unit, to_on in (("A", None), ("B", "2026-11-01")):
            connection.execute(place, [WEST_DEG + 0.01, SOUTH_DEG + 0.01, to_on, served_bank[1].units[unit]])
    client = serve(address=own_address)
    sign_in(client, "c1")

    def names(z: int, level: str = "SMALL", lon: float = WEST_DEG + 0.01) -> list[tuple[str, str]]:
        data = client.get(f"/tiles/{VERSION}/names/{tile_at(z, lon)}.mvt?level={level}").content
        return [(one["kind"], one["name"]) for one in layers(data).get("names", [])]

    assert names(7) == [("TOWN", "镇")]
    assert names(8) == [("TOWN", "镇"), ("OUTLET", "A支行")]
    villages = [("VILLAGE", "大村"), ("VILLAGE", "村")]
    assert [one for one in names(10) if one[0] == "VILLAGE"] == villages
    assert names(14) == [("TOWN", "镇"), ("OUTLET", "A支行"), *villages, ("ATOM", "组")]
    seen = {}
    for who in ("head", "c1", "a1"):
        sign_in(client, who)
        each = [names(10, lon=WEST_DEG + (number + 0.5) * SIDE_DEG) for number in range(4)]
        seen[who] = {name for found in each for kind, name in found if kind == "SMALL"}
        assert "SMALL" not in dict(names(10, "LARGE"))
    assert {who: len(grids) for who, grids in seen.items()} == {"head": 4, "c1": 1, "a1": 2}


def test_grids_and_names_of_the_plan_that_a_day_had(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """The old plan ended with 2025: the night of the last data date of that year prepared a day of the new one."""
    with psycopg.connect(own_address) as connection:
        connection.execute(
            """insert into grid_boundaries (grid_id, boundary_wgs84, boundary_3857)
               select %s, boundary_wgs84, boundary_3857 from grid_boundaries where grid_id = %s""",
            [served_bank[1].grids["old"], served_bank[1].grids["g1"]],
        )
    client = serve(address=own_address)
    place = tile_at(12, WEST_DEG + SIDE_DEG / 2)

    def drawn(query: str) -> set[tuple[str, str]]:
        found = set()
        for kind in ("grids", "names"):
            data = layers(client.get(f"/tiles/{VERSION}/{kind}/{place}.mvt?level=SMALL{query}").content)
            found |= {
                (kind, one["name"]) for one in data.get(kind, []) if one["name"] in ("旧网格", "网格g1")
            }
        return found

    new, old = ({("grids", name), ("names", name)} for name in ("网格g1", "旧网格"))
    sign_in(client, "outlet_a")
    assert [drawn(query) for query in ("", "&of=2025-12-31", "&of=2025-12-30")] == [new, new, old]
    sign_in(client, "c1")
    assert drawn("&of=2025-12-30") == set()


def test_who_may_not_gets_no_tile(client: TestClient) -> None:
    for kind in ("grids", "names", "customers"):
        assert client.get(f"/tiles/v/{kind}/{tile_at(7)}.mvt").status_code == 401
    sign_in(client, "admin")
    assert client.get(f"/tiles/v/customers/{tile_at(7)}.mvt").status_code == 403
