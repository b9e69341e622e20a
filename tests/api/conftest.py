"""The application over the small bank, asked as browsers and programs ask it."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

import api.app
from api.settings import Mode, Settings
from schema.documents import Registry, load_registry
from schema.root import COMPILER, CONTRACT
from tests.databases import database_of
from tests.schema.bank import Bank, fill
from tests.servers import redis_url

PASSWORD = "yunge-test"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A hash says itself what it costs to verify, so these accounts are let in at once by the product's own code.

What the product's hashes cost is paid where accounts are made as operators make them: `cli/test_accounts.py`.
"""
DOCUMENTS = {
    "viewer": "query Viewer { viewer { role staff { name } grids { id } } }",
    "sign-in": """mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename
        ... on SignInSuccess { viewer { role staff { number } } } ... on SignInRefused { code message } } }""",
    "sign-out": "mutation SignOut { signOut }",
    "customers": """query Customers($first: Int, $after: String) { customers(first: $first, after: $after) {
        totalCount { value } edges { node { id name } } } }""",
    "stand": """query Stand { viewer { dataDate tileVersion failedNight { dataDate step failedAt reason { code } } }
        dashboard { dataDate visitsDue } today { date stops { order } } }""",
    "batches": "query Batches { batches { totalCount { value } } }",
    "node": "query Node($id: ID!) { node(id: $id) { id __typename } }",
    "broken": "query Broken { noSuchField }",
}


@pytest.fixture(scope="session")
def served_bank(make_database: Callable[..., str]) -> tuple[str, Bank]:
    address = make_database()
    with psycopg.connect(address) as connection:
        bank = fill(connection, password_hash=CHEAP.hash(PASSWORD))
    return address, bank


@pytest.fixture(scope="session")
def shared_address(served_bank: tuple[str, Bank], make_database: Callable[..., str]) -> str:
    """A copy of the bank that an application stays connected to: the bank itself is copied while nobody is on it."""
    return make_database(database_of(served_bank[0]))


@pytest.fixture
def own_address(served_bank: tuple[str, Bank], lend_database: Callable[..., str]) -> str:
    """A copy of the bank for a test that writes."""
    return lend_database(database_of(served_bank[0]))


Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def registries(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Registry]:
    """`load_registry` of the documents above, compiled once a run and not for every application that a test starts."""
    manifest = tmp_path_factory.mktemp("documents") / "persisted.json"
    manifest.write_text(json.dumps(DOCUMENTS))

    loaded = load_registry(CONTRACT, manifest, compiler=COMPILER)

    def registry(*_given: object, has_introspection: bool, **_others: object) -> Registry:
        """With no free text of another test's."""
        return Registry(CONTRACT, loaded.documents, loaded.unfit, has_introspection)

    return registry


@pytest.fixture(scope="session")
def begin(
    shared_address: str,
    registries: Callable[..., Registry],
    tmp_path_factory: pytest.TempPathFactory,
) -> Serve:
    """Begins an application of the small bank or of another database; whoever asked ends it."""
    folder = tmp_path_factory.mktemp("application")

    def start(
        *,
        mode: Mode = Mode.DEMONSTRATION,
        address: str | None = None,
        client_host: str = "198.51.100.1",
        **given: Any,
    ) -> TestClient:
        settings = Settings(
            database_url=address or shared_address,
            redis_url=redis_url(),
            mode=mode,
            landing=folder,
            files=given.pop("files", folder / "files"),
            secret="s" * 32,
            web=given.pop("web", folder / "dist"),
            log_level="ERROR",
            **given,
        )
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(api.app, "load_registry", registries)
            # It walks all objects of a process, which is a long walk where a whole test run lives; it has a test of
            # its own.
            patched.setattr(api.app, "settled", nullcontext)
            client = TestClient(
                api.app.create_app(settings),
                base_url="http://yunge.test",
                raise_server_exceptions=False,
                client=(client_host, 50_000),
            )
            client.__enter__()
        client.headers["X-Yunge"] = "1"
        return client

    return start


@pytest.fixture
def serve(begin: Serve) -> Iterator[Serve]:
    """Begins an application of the test's own; every one is ended after the test."""
    opened: list[TestClient] = []

    def start(**given: Any) -> TestClient:
        opened.append(begin(**given))
        return opened[-1]

    yield start
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def running(begin: Serve) -> Iterator[TestClient]:
    """One application over the small bank for all tests that leave it as it was."""
    client = begin()
    yield client
    client.__exit__(None, None, None)


@pytest.fixture
def client(running: TestClient) -> Iterator[TestClient]:
    """The shared application, asked by somebody who has neither cookie nor token yet."""
    before = running.headers.copy()
    yield running
    running.cookies.clear()
    running.headers = before


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
