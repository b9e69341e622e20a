"""Compiled documents through HTTP: one statement a request, and rights that are read with each."""

from typing import Any

import asyncpg
import psycopg
import pytest
from starlette.testclient import TestClient

import schema.engine.plain.executor
from tests.api.conftest import Serve, ask, bearer, sign_in
from tests.schema.bank import Bank


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that goes through the readers' pool."""
    seen: list[str] = []
    for name in ("fetchval", "fetchrow", "fetch"):
        asked = getattr(asyncpg.Pool, name)

        def note(self: Any, query: str, *given: Any, _asked: Any = asked, **named: Any) -> Any:
            seen.append(query)
            return _asked(self, query, *given, **named)

        monkeypatch.setattr(asyncpg.Pool, name, note)
    return seen


def grids_of(client: TestClient) -> list[str] | None:
    viewer = ask(client, "viewer")["data"]["viewer"]
    return None if viewer is None else [grid["id"] for grid in viewer["grids"]]


@pytest.fixture
def manager(serve: Serve, own_address: str) -> TestClient:
    """a1, who has asked before."""
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"
    assert len(grids_of(client) or []) == 2
    return client


def change(address: str, statement: str, *values: Any) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(statement.encode(), values)


def test_whoever_is_known_is_answered_by_one_statement(manager: TestClient, statements: list[str]) -> None:
    ask(manager, "viewer")
    ask(manager, "customers", first=3)
    assert len(statements) == 2
    assert "sessions" in statements[0], "the statement looks by itself whether he is still who he was"


def test_the_ordinary_executor_writes_a_statement_once(
    manager: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Free text and payloads of mutations: a second request finds the text of the first."""
    written: list[str] = []
    write = schema.engine.plain.executor.write_root_field

    def note(types: Any, operation: Any, root: str, *given: Any) -> Any:
        written.append(root)
        return write(types, operation, root, *given)

    monkeypatch.setattr(schema.engine.plain.executor, "write_root_field", note)
    for first in (2, 3, 4):
        text = "query ($first: Int) { customers(first: $first) { edges { node { id } } } }"
        question = {"query": text, "variables": {"first": first}}
        assert len(manager.post("/graphql", json=question).json()["data"]["customers"]["edges"]) == first
    assert written == ["Query"]


def test_a_signed_out_session_is_gone_with_the_next_request(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    assert len(grids_of(client) or []) == 2
    change(own_address, "update sessions set revoked_at = now()")
    assert grids_of(client) is None


def test_a_token_that_is_replaced_by_a_new_sign_in_is_gone_with_the_next_request(
    serve: Serve, own_address: str
) -> None:
    """Whoever copied it was known until then; the browser itself goes on with its new one."""
    client = serve(address=own_address)
    sign_in(client, "a1")
    copied = {"Authorization": f"Bearer {client.cookies['yunge_session']}"}

    def with_the_copy() -> Any:
        question = {"documentId": "viewer", "variables": {}}
        return client.post("/graphql", json=question, headers=copied).json()["data"]["viewer"]

    assert with_the_copy() is not None
    assert sign_in(client, "a1", "wrong")["__typename"] == "SignInRefused"
    assert with_the_copy() is not None, "a failed attempt ends nobody's session"
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    assert with_the_copy() is None
    assert len(grids_of(client) or []) == 2


def test_an_expired_session_is_gone_with_the_next_request(manager: TestClient, own_address: str) -> None:
    change(own_address, "update sessions set expires_at = now() - interval '1 second'")
    assert grids_of(manager) is None


def test_a_post_that_is_taken_away_is_gone_with_the_next_request(
    manager: TestClient, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    bank = served_bank[1]
    change(
        own_address,
        "delete from posts where grid_id = %s and staff_id = %s",
        bank.grids["g2"],
        bank.staff["a1"],
    )
    assert grids_of(manager) == [f"Grid:{bank.grids['g1']}"]
    seen = ask(manager, "customers", first=500)["data"]["customers"]["edges"]
    assert {int(edge["node"]["id"].partition(":")[2]) // 1000 for edge in seen} == {1}


def test_a_post_that_is_given_is_there_with_the_next_request(
    manager: TestClient, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    bank = served_bank[1]
    change(
        own_address,
        "update posts set staff_id = %s where grid_id = %s and role = 'B'",
        bank.staff["a1"],
        bank.grids["g3"],
    )
    assert len(grids_of(manager) or []) == 3


def test_a_role_that_changes_changes_what_is_seen(
    manager: TestClient, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    before = ask(manager, "customers", first=1)["data"]["customers"]["totalCount"]["value"]
    change(own_address, "update staff set role = 'HEAD_OFFICE' where id = %s", served_bank[1].staff["a1"])
    after = ask(manager, "customers", first=1)["data"]["customers"]
    assert after["totalCount"]["value"] > before
    assert after["edges"][0]["node"]["name"].endswith("**"), "and is masked as head office sees it"


def test_a_permission_that_is_given_is_there_with_the_next_request(
    manager: TestClient, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """What he may not is looked at again; what he may is proven by the statement."""
    assert ask(manager, "batches")["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    change(own_address, "update staff set role = 'HEAD_OFFICE' where id = %s", served_bank[1].staff["a1"])
    assert ask(manager, "batches")["data"]["batches"]["totalCount"]["value"] == 3
    change(
        own_address, "update staff set role = 'CUSTOMER_MANAGER' where id = %s", served_bank[1].staff["a1"]
    )
    assert ask(manager, "batches")["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_somebody_who_has_left_is_nobody(
    manager: TestClient, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    change(own_address, "update staff set is_active = false where id = %s", served_bank[1].staff["a1"])
    assert grids_of(manager) is None
    assert ask(manager, "customers", first=1)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_another_outlet_is_seen_with_the_next_request(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    bank = served_bank[1]
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'outlet_a')}"

    def seen() -> set[int]:
        edges = ask(client, "customers", first=500)["data"]["customers"]["edges"]
        return {int(edge["node"]["id"].partition(":")[2]) // 1000 for edge in edges}

    assert seen() == {1, 2, 9}
    change(
        own_address,
        "update staff set org_unit_id = %s where id = %s",
        bank.units["B"],
        bank.staff["outlet_a"],
    )
    assert seen() == {3}
