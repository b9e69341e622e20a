"""A plan as a file over HTTP: made by a process of its own, noted, for those who draw plans up and for nobody else."""

import asyncio
import io
import json
from typing import Any

import psycopg
import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from api.files import plan_maps
from domain.grids.acts import assign
from domain.grids.drafting import change_draft, make_draft
from domain.shared.rows import NightRows
from tests.api.conftest import Serve, sign_in
from tests.schema.bank import Bank


@pytest.fixture
def draft(own_address: str, served_bank: tuple[str, Bank]) -> int:
    """Two atoms side by side, each a grid of the plan in force; in the draft both are the first grid's."""
    bank = served_bank[1]
    with psycopg.connect(own_address) as connection:
        for number, grid in enumerate(("g1", "g2"), start=1):
            connection.execute(
                """insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                                      lon_deg_wgs84, lat_deg_wgs84, area_m2)
                   values (%s, '组', 'v', '村', '320923101', '镇', false, false, 0, 0, 1)""",
                [f"00{number}"],
            )
            connection.execute(
                "insert into atom_boundaries values (%s, st_multi(st_makeenvelope(%s, 33, %s, 34, 4326)))",
                [number, 118 + number, 119 + number],
            )
            connection.execute(
                "insert into plan_atoms select plan_id, %s, id from grids where id = %s",
                [number, bank.grids[grid]],
            )
        rows = NightRows(connection)
        ((base,),) = rows.execute("select id from plan_in_force")
        plan = make_draft(rows, "新方案", bank.staff["head"], base)
        ((first,),) = rows.execute("select code from grids where id = %(id)s", {"id": bank.grids["g1"]})
        change_draft(rows, plan, assign([2], first), by_id=bank.staff["head"], version=0)
    return plan


def test_a_draft_is_taken_along_as_it_is_now_and_that_is_noted(
    own_address: str, draft: int, serve: Serve
) -> None:
    client: TestClient = serve(address=own_address)
    address = f"/exports/plans/{draft}/grids"
    assert client.get(f"{address}.xlsx").status_code == 404, "nobody is signed in"
    sign_in(client, "outlet_a")
    assert client.get(f"{address}.xlsx").status_code == 404, "a plan is of the bank"
    sign_in(client, "head")
    answer = client.get(f"{address}.geojson")
    assert answer.headers["content-disposition"].endswith(f"plan-{draft}-1.geojson")
    features = {one["properties"]["code"]: one for one in json.loads(answer.text)["features"]}
    small = [one for one in features.values() if one["properties"]["level"] == "SMALL"]
    assert [one["properties"]["atoms"] for one in small] == ["001 002"], "a grid without atoms has no shape"
    corners = small[0]["geometry"]["coordinates"][0][0]
    assert {tuple(corner) for corner in corners} >= {(119, 33), (121, 33), (121, 34), (119, 34)}
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{address}.xlsx").content))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    assert "001 002" in rows[-1][heading.index("atoms")]
    for form, begins in (("gpkg", b"SQLite format 3"), ("zip", b"PK"), ("kml", b"<?xml")):
        assert client.get(f"{address}.{form}").content.startswith(begins)
    for wrong in (
        f"{address}.exe",
        f"{address}.",
        "/exports/plans/999999/grids.xlsx",
        "/exports/plans/99999999999999999999/grids.xlsx",
    ):
        assert client.get(wrong).status_code == 404, wrong
    with psycopg.connect(own_address) as connection:
        noted = connection.execute(
            "select subject, detail ->> 'form', detail ->> 'version' from audit"
            " where action = 'plan.exported' order by id"
        ).fetchall()
    assert noted == [(f"Plan:{draft}", form, "1") for form in ("geojson", "xlsx", "gpkg", "zip", "kml")]


def test_it_is_read_beside_the_loop(
    own_address: str, draft: int, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shapes of a whole plan are seconds of work: others are answered meanwhile."""
    read = plan_maps.exported_plan
    loops: list[Any] = []

    def watched(*given: Any) -> Any:
        try:
            loops.append(asyncio.get_running_loop())
        except RuntimeError:
            loops.append(None)
        return read(*given)

    monkeypatch.setattr(plan_maps, "exported_plan", watched)
    client: TestClient = serve(address=own_address)
    sign_in(client, "head")
    assert client.get(f"/exports/plans/{draft}/grids.geojson").status_code == 200
    assert loops == [None]
