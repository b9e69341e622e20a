"""The county after two nights, read from outside: exports, every tile of a zoom, every registered document."""

import csv
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from graphql import OperationDefinitionNode, parse
from graphql.language.ast import NonNullTypeNode
from starlette.testclient import TestClient

import api.app
from api.cli.export import Export, write_export
from api.settings import Mode, Settings
from tests.api.conftest import bearer
from tests.api.test_tiles import layers
from tests.conftest import ROOT
from tests.servers import redis_url

MANIFEST = ROOT / "frontend" / "persisted.json"
PEOPLE = ("head", "admin", "outlet1", "manager1")


@pytest.fixture(scope="module")
def address(two_nights: str, make_database: Callable[..., str]) -> str:
    return make_database(two_nights)


@pytest.fixture(scope="module")
def served(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(
        database_url=address,
        redis_url=redis_url(),
        mode=Mode.DEMONSTRATION,
        landing=folder,
        secret="s" * 32,
        web=folder,
        log_level="ERROR",
    )
    with TestClient(api.app.create_app(settings), base_url="http://yunge.test") as client:
        yield client


def asking(client: TestClient, address: str, who: str) -> dict[str, str]:
    """Headers of somebody who asks with a bearer."""
    return {"Authorization": f"Bearer {bearer(address, who)}", "X-Yunge": "1"}


def counted(address: str, query: str) -> dict[str, int]:
    with psycopg.connect(address) as database:
        return {str(name): count for name, count in database.execute(query.encode())}


def test_links_and_owners_leave_nobody_out(address: str, tmp_path: Path) -> None:
    for export, what in ((Export.LINKS, "feed"), (Export.OWNERS, "grid")):
        out = tmp_path / f"{export}.csv"
        assert write_export(address, export, out) > 1_000
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if what == "feed":
            wanted = "select feed, count(*) from source_records where customer_id is not null group by feed"
            assert Counter(row["feed"] for row in rows) == counted(address, wanted)
        else:
            customers = counted(address, "select 'all', count(*) from customers")
            assert len({row["customer_id"] for row in rows}) == len(rows) == customers["all"]


def tiles_over(bounds: tuple[float, float, float, float], z: int) -> list[str]:
    west, south, east, north = bounds
    side = 1 << z

    def column(lon: float) -> int:
        return int((lon + 180) / 360 * side)

    def row(lat: float) -> int:
        return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)

    return [
        f"{z}/{x}/{y}"
        for x in range(column(west), column(east) + 1)
        for y in range(row(north), row(south) + 1)
    ]


@pytest.mark.parametrize("zoom", [10, 12])
def test_every_customer_with_a_point_is_in_one_tile(served: TestClient, address: str, zoom: int) -> None:
    """Whether a tile counts cells or draws points."""
    with psycopg.connect(address) as database:
        bounds = database.execute(
            "select min(lon_deg_wgs84), min(lat_deg_wgs84), max(lon_deg_wgs84), max(lat_deg_wgs84)"
            "  from customers join customer_points p on p.customer_id = customers.id"
        ).fetchone()
        version = database.execute(
            "select value #>> '{}' from settings where name = 'tile_version'"
        ).fetchone()
        points = counted(address, "select 'all', count(*) from customer_points")["all"]
    assert bounds is not None
    assert version is not None
    headers = asking(served, address, "head")
    shown = 0
    for tile in tiles_over(bounds, zoom):
        answer = served.get(f"/tiles/{version[0]}/customers/{tile}.mvt", headers=headers)
        assert answer.status_code in (200, 204), answer.text
        found = layers(answer.content) if answer.content else {}
        inside = [one for one in found.get("points", []) if 0 <= one["at"][0] < 1 and 0 <= one["at"][1] < 1]
        shown += len(inside) + sum(cell["count"] for cell in found.get("cells", []))
    assert shown == points


def without_need() -> dict[str, str]:
    """Registered reads that ask for no variable: id and text."""
    documents: dict[str, str] = json.loads(MANIFEST.read_text())
    return {id_: text for id_, text in documents.items() if _needs_nothing(text)}


def _needs_nothing(text: str) -> bool:
    operation = next(node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode))
    if operation.operation.value != "query":
        return False
    return not any(
        isinstance(variable.type, NonNullTypeNode) and variable.default_value is None
        for variable in operation.variable_definitions or ()
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_every_registered_read_answers(served: TestClient, address: str, who: str) -> None:
    """With data, or with FORBIDDEN alone where somebody lacks the permission; inside of no place is a sentence."""
    headers = asking(served, address, who)
    answered = 0
    for id_ in without_need():
        answer: Any = served.post("/graphql", json={"documentId": id_}, headers=headers).json()
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        assert codes <= {"FORBIDDEN"} or codes == {"BAD_PLACE"}, (id_, answer)
        answered += not codes
    assert answered >= 3
