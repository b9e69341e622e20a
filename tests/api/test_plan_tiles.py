"""Tiles of a draft: its atoms with the grid they are to have and the one they have, for those who draw plans up."""

import psycopg
from starlette.testclient import TestClient

from domain.grids.acts import assign
from domain.grids.drafting import change_draft, make_draft
from domain.shared.rows import NightRows
from tests.api.conftest import Serve, sign_in
from tests.api.test_tiles import tile_at
from tests.mvt import layers
from tests.schema.bank import SIDE_DEG, SOUTH_DEG, WEST_DEG, Bank


def test_a_draft_shows_what_it_changes(own_address: str, served_bank: tuple[str, Bank], serve: Serve) -> None:
    bank = served_bank[1]
    with psycopg.connect(own_address) as connection:
        for number, grid in enumerate(("g1", "g2"), start=1):
            connection.execute(
                """insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                                      lon_deg_wgs84, lat_deg_wgs84, area_m2)
                   values (%s, '组', 'v', '村', '320923101', '镇', false, false, 0, 0, 1)""",
                [f"a{number}"],
            )
            west = WEST_DEG + (number - 1) * SIDE_DEG
            connection.execute(
                "insert into atom_boundaries values (%s, st_multi(st_makeenvelope(%s, %s, %s, %s, 4326)))",
                [number, west, SOUTH_DEG, west + SIDE_DEG, SOUTH_DEG + SIDE_DEG],
            )
            connection.execute(
                "insert into plan_atoms select plan_id, %s, id from grids where id = %s",
                [number, bank.grids[grid]],
            )
        rows = NightRows(connection)
        ((base,),) = rows.execute("select id from plan_in_force")
        plan = make_draft(rows, "新方案", bank.staff["head"], base)
        codes = [code for (code,) in rows.execute("select code from grids where level = 'SMALL' order by id")]
        connection.commit()
        client: TestClient = serve(address=own_address)
        address = f"/tiles/plans/{plan}/{tile_at(12)}.mvt"
        assert client.get(address).status_code == 401
        sign_in(client, "a1")
        assert client.get(address).status_code == 403
        give = "update roles set permissions = array_append(permissions, 'grids.edit') where code = 'CUSTOMER_MANAGER'"
        connection.execute(give)
        connection.commit()
        assert client.get(address).status_code == 204, "a plan is of the whole bank"
        sign_in(client, "head")
        first = client.get(address)
        assert first.headers["cache-control"] == "private, no-cache"
        assert [one["moved"] for one in layers(first.content)["atoms"]] == [False, False]
        assert client.get(address, headers={"if-none-match": first.headers["etag"]}).status_code == 304
        one, other = (a["grid"] for a in sorted(layers(first.content)["atoms"], key=lambda a: a["code"]))
        assert {one, other} <= set(codes)
        change_draft(rows, plan, assign([1], other), by_id=bank.staff["head"], version=0)
        connection.commit()
        changed = client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert changed.status_code == 200
        atoms = {a["code"]: (a["grid"], a["now"], a["moved"]) for a in layers(changed.content)["atoms"]}
        assert atoms == {"a1": (other, one, True), "a2": (other, other, False)}
        assert client.get(f"/tiles/plans/{plan}/3/0/0.mvt").status_code == 404
        assert client.get(f"/tiles/plans/{'9' * 30}/{tile_at(12)}.mvt").status_code == 204
