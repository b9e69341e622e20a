"""The application over the small bank, asked as browsers and programs ask it."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

import api.app
from api.settings import Mode, Settings
from tests.conftest import database_of
from tests.schema.bank import Bank, fill
from tests.servers import redis_url

PASSWORD = "yunge-test"
DOCUMENTS = {
    "viewer": "query Viewer { viewer { role staff { name } grids { id } } }",
    "sign-in": """mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename
        ... on SignInSuccess { viewer { role staff { number } } } ... on SignInRefused { code message } } }""",
    "sign-out": "mutation SignOut { signOut }",
    "customers": """query Customers($first: Int, $after: String) { customers(first: $first, after: $after) {
        totalCount { value } edges { node { id name } } } }""",
    "batches": "query Batches { batches { totalCount { value } } }",
    "node": "query Node($id: ID!) { node(id: $id) { id __typename } }",
    "broken": "query Broken { noSuchField }",
}


@pytest.fixture(scope="session")
def served_bank(make_database: Callable[..., str]) -> tuple[str, Bank]:
    address = make_database()
    with psycopg.connect(address) as connection:
        bank = fill(connection, password_hash=PasswordHasher().hash(PASSWORD))
    return address, bank


@pytest.fixture
def own_address(served_bank: tuple[str, Bank], lend_database: Callable[..., str]) -> str:
    """A copy of the bank for a test that writes."""
    return lend_database(database_of(served_bank[0]))


Serve = Callable[..., TestClient]


@pytest.fixture
def serve(served_bank: tuple[str, Bank], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts an application; every one is closed after the test."""
    opened: list[TestClient] = []
    manifest = tmp_path / "persisted.json"
    manifest.write_text(json.dumps(DOCUMENTS))
    monkeypatch.setattr(api.app, "MANIFEST", manifest)

    def start(
        *,
        mode: Mode = Mode.DEMONSTRATION,
        address: str | None = None,
        client_host: str = "198.51.100.1",
        **given: Any,
    ) -> TestClient:
        settings = Settings(
            database_url=address or served_bank[0],
            redis_url=redis_url(),
            mode=mode,
            landing=tmp_path,
            secret="s" * 32,
            web=given.pop("web", tmp_path / "dist"),
            log_level="ERROR",
            **given,
        )
        client = TestClient(
            api.app.create_app(settings),
            base_url="http://yunge.test",
            raise_server_exceptions=False,
            client=(client_host, 50_000),
        )
        client.headers["X-Yunge"] = "1"
        client.__enter__()
        opened.append(client)
        return client

    yield start
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()


def ask(client: TestClient, document_id: str, **variables: Any) -> Any:
    """The answer to a registered document."""
    response = client.post("/graphql", json={"documentId": document_id, "variables": variables})
    assert response.status_code == 200, response.text
    return response.json()


def sign_in(client: TestClient, account: str, password: str = PASSWORD) -> Any:
    answer = ask(client, "sign-in", input={"account": account, "password": password})
    return answer["data"]["signIn"]


def bearer(address: str, account: str) -> str:
    """A token as `./yunge token` makes it."""
    token = secrets.token_urlsafe(32)
    with psycopg.connect(address) as connection:
        connection.execute(
            """insert into sessions (token_sha256, account_id, expires_at)
               select %s, id, now() + interval '1 hour' from accounts where account = %s""",
            [hashlib.sha256(token.encode()).digest(), account],
        )
    return token
