"""Vector tiles: who gets which, cells above 2,000 customers and points below, sizes, caching."""

import gzip
import math
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Serve, sign_in
from tests.schema.bank import SIDE_DEG, SOUTH_DEG, WEST_DEG, Bank

LARGEST = 100_000


def tile_at(z: int, lon: float = WEST_DEG + 0.01, lat: float = SOUTH_DEG + 0.01) -> str:
    side = 1 << z
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return f"{z}/{x}/{y}"


def fields(data: bytes) -> list[tuple[int, Any]]:
    """Protobuf: (number, value) of one message."""
    found, at = [], 0

    def varint() -> int:
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            found.append((tag >> 3, varint()))
        elif tag & 7 == 2:
            length = varint()
            found.append((tag >> 3, data[at : at + length]))
            at += length
        else:
            width = 8 if tag & 7 == 1 else 4
            found.append((tag >> 3, data[at : at + width]))
            at += width
    return found


def _value(raw: bytes) -> Any:
    number, value = fields(raw)[0]
    if number == 1:
        return value.decode()
    return (value >> 1) ^ -(value & 1) if number == 6 else value


def layers(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The attributes of all features by layer."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _, layer in fields(data):
        parts = fields(layer)
        name = next(value for number, value in parts if number == 1).decode()
        keys = [value.decode() for number, value in parts if number == 3]
        values = [_value(value) for number, value in parts if number == 4]
        found[name] = []
        for number, feature in parts:
            if number == 2:
                tags = next((value for part, value in fields(feature) if part == 2), b"")
                pairs = _packed(tags)
                found[name].append({keys[k]: values[v] for k, v in zip(pairs[::2], pairs[1::2], strict=True)})
    return found


def _packed(raw: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value, shift = 0, 0
    return numbers


GRIDS_SEEN = {"head": 4, "admin": 4, "outlet_a": 2, "outlet_b": 1, "a1": 2, "c1": 1, "bare": 0}


@pytest.mark.parametrize("who", GRIDS_SEEN)
def test_grids_within_the_scope(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank], who: str
) -> None:
    client = serve(address=own_address)
    sign_in(client, who)
    response = client.get(f"/tiles/v1/grids/{tile_at(7)}.mvt?level=SMALL")
    if GRIDS_SEEN[who] == 0:
        assert response.status_code == 204
        return
    grids = layers(response.content)["grids"]
    assert len(grids) == GRIDS_SEEN[who]
    assert {grid["level"] for grid in grids} == {"SMALL"}
    assert {grid["customers"] for grid in grids} == {0 if who == "admin" else 72}
    assert {grid["depositFen"] for grid in grids} == {0 if who == "admin" else 5_000_000_000}
    assert set(grids[0]) == {
        "id", "code", "name", "level", "areaM2", "customers", "located", "visited90d", "keyCustomers",
        "depositFen", "loanFen", "dueVisits", "atRisk",
    }  # fmt: skip


POINTS_SEEN = {"head": 288, "outlet_a": 144, "outlet_b": 72, "a1": 144, "c1": 72}


@pytest.mark.parametrize("who", POINTS_SEEN)
def test_points_within_the_scope(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank], who: str
) -> None:
    client = serve(address=own_address)
    sign_in(client, who)
    points = layers(client.get(f"/tiles/v1/customers/{tile_at(7)}.mvt").content)["points"]
    assert len({point["id"] for point in points}) == len(points) == POINTS_SEEN[who]
    assert {key for point in points for key in point} == {"id", "kind", "tier", "band"}


def crowd(address: str, bank: Bank, customers: int = 6_000) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            """insert into customers (id, kind, tier, status, name, grid_id, org_unit_id, deposit_fen, loan_fen,
                                      line_fen)
               select 100000 + n, 'PERSON', 'GENERAL', 'ACTIVE', '众', %s, %s, 0, 0, 0
                 from generate_series(1, %s) n""",
            [bank.grids["g1"], bank.units["A"], customers],
        )
        connection.execute(
            """insert into customer_points (customer_id, grid_id, org_unit_id, point_3857)
               select 100000 + n, %s, %s, st_transform(st_setsrid(st_makepoint(
                          %s + %s * (n %% 97) / 97.0, %s + %s * (n %% 89) / 89.0), 4326), 3857)
                 from generate_series(1, %s) n""",
            [bank.grids["g1"], bank.units["A"], WEST_DEG, SIDE_DEG, SOUTH_DEG, SIDE_DEG, customers],
        )


def test_cells_where_there_are_many_and_points_below(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    crowd(own_address, served_bank[1])
    client = serve(address=own_address)
    sign_in(client, "a1")
    far = client.get(f"/tiles/v1/customers/{tile_at(7)}.mvt")
    found = layers(far.content)
    assert set(found) == {"cells"}
    assert sum(cell["count"] for cell in found["cells"]) == 6_000 + 144
    assert len(found["cells"]) <= 64 * 64
    assert len(far.content) <= LARGEST
    near = client.get(f"/tiles/v1/customers/{tile_at(16)}.mvt")
    assert set(layers(near.content)) == {"points"}
    sign_in(client, "outlet_b")
    assert set(layers(client.get(f"/tiles/v1/customers/{tile_at(7)}.mvt").content)) == {"points"}


def test_head_office_gets_no_cell_that_tells_a_place(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """A cell is never narrower than 150 m, and points lie at the centres of grids."""
    crowd(own_address, served_bank[1], customers=60_000)
    client = serve(address=own_address)
    sign_in(client, "head")
    cells = layers(client.get(f"/tiles/v1/customers/{tile_at(14)}.mvt").content)["cells"]
    assert len(cells) <= 16 * 16
    sign_in(client, "a1")
    assert len(layers(client.get(f"/tiles/v1/customers/{tile_at(14)}.mvt").content)["cells"]) > 16 * 16


def test_the_largest_tiles_stay_small(serve: Serve, own_address: str, served_bank: tuple[str, Bank]) -> None:
    crowd(own_address, served_bank[1], customers=60_000)
    client = serve(address=own_address)
    sign_in(client, "a1")
    for z in range(8, 19):
        response = client.get(f"/tiles/v1/customers/{tile_at(z)}.mvt")
        assert len(response.content) <= LARGEST, z


def test_caching_by_version(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    path = f"/tiles/20261120-1/grids/{tile_at(7)}.mvt"
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in first.headers["cache-control"]
    assert "private" in first.headers["cache-control"]
    assert first.headers["content-encoding"] == "gzip"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
    assert "content-encoding" not in plain.headers
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert gzip.compress(plain.content)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("grids/5/0/0.mvt", 404),
        ("grids/19/0/0.mvt", 404),
        ("grids/6/64/0.mvt", 404),
        ("grids/6/0/99999999999999999999.mvt", 404),
        ("grids/6/0/0.mvt?level=HUGE", 400),
        ("customers/6/-1/0.mvt", 404),
        ("customers/6/a/0.mvt", 404),
        ("secrets/6/0/0.mvt", 404),
    ],
)
def test_a_tile_that_does_not_exist(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/tiles/v/{path}").status_code == status


def test_who_may_not_gets_no_tile(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    for kind in ("grids", "customers"):
        assert client.get(f"/tiles/v/{kind}/{tile_at(7)}.mvt").status_code == 401
    sign_in(client, "admin")
    assert client.get(f"/tiles/v/customers/{tile_at(7)}.mvt").status_code == 403
