"""A session that began before the night sees what it brought, by both executors and on the map; or that it failed."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.api.conftest import DOCUMENTS, Serve, ask, bearer, sign_in
from tests.api.test_tiles import VERSION, tile_at

NIGHT = """
    update settings set value = '"2026-11-21"' where name = 'data_date';
    update settings set value = '"20261121-9"' where name = 'tile_version';
    update customer_sums set due = 1;
    insert into walks (staff_id, walk_on, length_m)
    select staff_id, date '2026-11-22', 7 from accounts where account = 'a1'
"""
FAILED = """
    with run as (
        insert into night_runs (data_date, state, is_full, retrain, failure, started_at, ended_at)
        values ('2026-11-22', 'FAILED', false, false, '{"code": "NIGHT_STEP_FAILED", "values": {"step": "own"}}',
                '2026-11-22T17:30:00Z', '2026-11-22T17:42:00Z') returning id)
    insert into night_steps (night_run_id, name, position, state, progress, message)
    select id, name, position, state, 0, message from run, (values
        ('find', 1, 'DONE', null::jsonb),
        ('own', 2, 'FAILED', '{"code": "NO_PLAN_IN_FORCE", "values": {"day_on": "2026-11-23"}}'),
        ('due', 3, 'WAITING', null)) as steps (name, position, state, message)
"""
AGAIN = "insert into night_runs (data_date, state, is_full, retrain) values ('2026-11-22', 'RUNNING', false, false)"


@pytest.fixture
def open_since_yesterday(serve: Serve, own_address: str) -> TestClient:
    client = serve(address=own_address)
    sign_in(client, "a1")
    return client


def carry_out(address: str, statements: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(statements.encode())


def stand(client: TestClient, address: str) -> Any:
    """What the session is told, the same by the compiled document and by the ordinary executor."""
    compiled = ask(client, "stand")["data"]
    free = {"query": DOCUMENTS["stand"]}
    headers = {"Authorization": f"Bearer {bearer(address, 'a1')}"}
    assert client.post("/graphql", json=free, headers=headers).json()["data"] == compiled
    return compiled


def test_a_session_that_began_before_the_night_sees_what_the_night_brought(
    open_since_yesterday: TestClient, own_address: str
) -> None:
    before = stand(open_since_yesterday, own_address)
    assert before["viewer"] == {"dataDate": "2026-11-20", "tileVersion": VERSION, "failedNight": None}
    assert (before["dashboard"]["dataDate"], before["today"]["date"]) == ("2026-11-20", "2026-11-21")
    assert before["dashboard"]["visitsDue"] == 0

    carry_out(own_address, NIGHT)
    after = stand(open_since_yesterday, own_address)
    assert after["viewer"] == {"dataDate": "2026-11-21", "tileVersion": "20261121-9", "failedNight": None}
    assert after["dashboard"]["dataDate"] == "2026-11-21"
    assert after["dashboard"]["visitsDue"] > 0
    assert after["today"] == {"date": "2026-11-22", "stops": []}
    place = f"customers/{tile_at(7)}.mvt"
    moved = open_since_yesterday.get(f"/tiles/{VERSION}/{place}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (307, f"/tiles/20261121-9/{place}")


def test_everybody_hears_of_a_night_that_failed_until_it_runs_again(
    open_since_yesterday: TestClient, own_address: str
) -> None:
    carry_out(own_address, FAILED)
    told = stand(open_since_yesterday, own_address)
    failed = {
        "dataDate": "2026-11-22",
        "step": "own",
        "failedAt": "2026-11-22T17:42:00+00:00",
        "reason": {"code": "NO_PLAN_IN_FORCE"},
    }
    assert told["viewer"] == {"dataDate": "2026-11-20", "tileVersion": VERSION, "failedNight": failed}
    assert told["today"]["date"] == "2026-11-21", "the last walk that was planned still holds"
    carry_out(own_address, "delete from night_steps where state <> 'DONE'")
    before_its_steps = stand(open_since_yesterday, own_address)["viewer"]["failedNight"]
    assert (before_its_steps["step"], before_its_steps["reason"]) == (None, {"code": "NIGHT_STEP_FAILED"})
    carry_out(own_address, AGAIN)
    assert stand(open_since_yesterday, own_address)["viewer"]["failedNight"] is None
