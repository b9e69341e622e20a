"""POST /graphql: documents by id, who may send text, rights with each request, what errors tell."""

import re
from io import StringIO
from typing import Any

import psycopg
import pytest
import structlog
from starlette.testclient import TestClient

from api import answers
from api.settings import Mode
from schema.engine import plans
from tests.api.conftest import Serve, ask, bearer, sign_in
from tests.schema.bank import Bank

TEXT = {"query": "{ viewer { role } }"}


def test_a_withdrawn_right_is_gone_with_the_next_request(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    assert ask(client, "customers", first=1)["data"]["customers"]["totalCount"]["value"] == 144
    with psycopg.connect(own_address) as connection:
        connection.execute(
            "update posts set to_on = current_date - 1 where staff_id = %s and role = 'B'",
            [served_bank[1].staff["a1"]],
        )
    assert ask(client, "customers", first=1)["data"]["customers"]["totalCount"]["value"] == 72
    with psycopg.connect(own_address) as connection:
        connection.execute("update staff set is_active = false where number = '100005'")
    assert ask(client, "customers", first=1)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_lacking_a_permission_is_forbidden_whatever_the_rows_are(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    answer = ask(client, "batches")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN", "permission": "nights.view"}
    with psycopg.connect(own_address) as connection:
        connection.execute("delete from batches")
    assert ask(client, "batches") == answer


def test_a_mixed_operation_is_refused_whole(client: TestClient, shared_address: str) -> None:
    """Nothing of it runs: neither the allowed field nor the one hidden in a fragment."""
    token = bearer(shared_address, "a1")
    text = "{ viewer { role } ...Hidden } fragment Hidden on Query { ... { b: batches { totalCount { value } } } }"
    answer = client.post(
        "/graphql", json={"query": text}, headers={"Authorization": f"Bearer {token}"}
    ).json()
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize("name", ["documentId", "id", "doc_id"])
def test_a_document_by_any_of_its_names(client: TestClient, name: str) -> None:
    assert client.post("/graphql", json={name: "viewer"}).json() == {"data": {"viewer": None}}
    assert client.post("/graphql", json={name: "sha256:viewer"}).json() == {"data": {"viewer": None}}


def test_a_document_by_apollos_name(client: TestClient) -> None:
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": "viewer"}}
    assert client.post("/graphql", json={"extensions": persisted}).json() == {"data": {"viewer": None}}


LISTED = "{ customers(first: 501) { edges { node { id } } } }"
REFUSED = {
    "gate": ({"variables": []}, "BAD_BODY"),
    "document": ({"documentId": "nonsense"}, "DOCUMENT_NOT_FOUND"),
    "limits": ({"query": "{ viewer { role } }" * 21}, "QUERY_TOO_EXPENSIVE"),
    "engine": ({"query": LISTED}, "BAD_PAGE"),
    "syntax": ({"query": "{ viewer {"}, "DOCUMENT_NOT_READABLE"),
    "field": ({"query": "{ viewer { roel } }"}, "DOCUMENT_NOT_VALID"),
    "argument": ({"query": "{ grids(levle: SMALL) { id } }"}, "DOCUMENT_NOT_VALID"),
    "literal": ({"query": "{ grids(level: TINY) { id } }"}, "DOCUMENT_NOT_VALID"),
    "variable": ({"query": "query($id: ID!) { node(id: $id) { id } }"}, "VARIABLES_NOT_VALID"),
    "compiled": (
        {"documentId": "node", "variables": {"id": {"secret": "13800001001"}}},
        "VARIABLES_NOT_VALID",
    ),
    "right": ({"query": "{ batches { totalCount { value } } }"}, "FORBIDDEN"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_request_is_told_in_the_language_of_whoever_sent_it(
    client: TestClient, shared_address: str, name: str
) -> None:
    body, code = REFUSED[name]
    sentences = {}
    for language in ("en", "zh-CN"):
        headers = {"Authorization": f"Bearer {bearer(shared_address, 'a1')}", "Accept-Language": language}
        (error,) = client.post("/graphql", json=body, headers=headers).json()["errors"]
        assert error["extensions"]["code"] == code
        sentences[language] = error["message"]
    assert not re.search("[\u3000-\u9fff]", sentences["en"])
    assert "13800001001" not in str(sentences)
    assert re.search("[\u4e00-\u9fff]", sentences["zh-CN"])
    assert not any(re.search("[A-Z]_[A-Z]|{", sentence) for sentence in sentences.values())


@pytest.mark.parametrize("document_id", ["nonsense", "broken", "", "__proto__"])
def test_a_document_that_is_not_registered(client: TestClient, document_id: str) -> None:
    response = client.post(
        "/graphql",
        json={"documentId": document_id},
        headers={"Accept": "application/graphql-response+json"},
    )
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "DOCUMENT_NOT_FOUND"}


WHO_MAY_SEND_TEXT = [
    (Mode.DEMONSTRATION, False, False),
    (Mode.DEMONSTRATION, True, True),
    (Mode.PRODUCTION, False, False),
    (Mode.PRODUCTION, True, False),
    (Mode.DEVELOPMENT, False, True),
]


@pytest.mark.parametrize(("mode", "has_bearer", "may"), WHO_MAY_SEND_TEXT)
def test_free_text(serve: Serve, shared_address: str, mode: Mode, has_bearer: bool, may: bool) -> None:
    client = serve(mode=mode)
    if has_bearer:
        del client.headers["X-Yunge"]
        client.headers["Authorization"] = f"Bearer {bearer(shared_address, 'a1')}"
    answer = client.post("/graphql", json=TEXT).json()
    if may:
        assert answer == {"data": {"viewer": {"role": "CUSTOMER_MANAGER"} if has_bearer else None}}
    else:
        assert answer["errors"][0]["extensions"] == {"code": "DOCUMENT_REQUIRED"}


def test_introspection_is_for_development_alone(
    client: TestClient, serve: Serve, shared_address: str
) -> None:
    asked = {"query": "{ __schema { types { name } } }"}
    client.headers["Authorization"] = f"Bearer {bearer(shared_address, 'a1')}"
    texts = (
        asked["query"],
        '{ __type(name: "Customer") { name } }',
        "{ ...A } fragment A on Query { __schema { types { name } } }",
    )
    for text in texts:
        answer = client.post("/graphql", json={"query": text}).json()
        assert "data" not in answer
        assert answer["errors"]
    assert serve(mode=Mode.DEVELOPMENT).post("/graphql", json=asked).json()["data"]["__schema"]


def test_no_suggestions(client: TestClient, shared_address: str) -> None:
    client.headers["Authorization"] = f"Bearer {bearer(shared_address, 'a1')}"
    texts = (
        "{ viewr { role } }",
        "{ viewer { rol } }",
        "{ grids(levl: SMALL) { id } }",
        "{ grids(level: SMAL) { id } }",
    )
    for text in texts:
        answer = client.post("/graphql", json={"query": text})
        assert answer.json()["errors"]
        assert "Did you mean" not in answer.text


FORGED: list[dict[str, str | None]] = [
    {"X-Yunge": None},
    {"Origin": "http://evil.test"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_forged_request_of_a_browser_is_refused(client: TestClient, headers: dict[str, str | None]) -> None:
    sign_in(client, "a1")
    for name, value in headers.items():
        if value is None:
            del client.headers[name]
        else:
            client.headers[name] = value
    response = client.post("/graphql", json={"documentId": "sign-out"})
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"] == {"code": "CROSS_SITE"}


def test_a_page_of_our_own_is_let_through(client: TestClient) -> None:
    headers = {"Origin": "http://yunge.test", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/graphql", json={"documentId": "viewer"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/graphql-response+json", "application/graphql-response+json; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        ("text/html, application/json;q=0.9", "application/json; charset=utf-8"),
    ],
)
def test_the_media_type_follows_the_client(client: TestClient, accept: str, kind: str) -> None:
    response = client.post("/graphql", json={"documentId": "viewer"}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, kind)


def test_a_client_that_takes_no_json_is_told(client: TestClient) -> None:
    assert (
        client.post("/graphql", json={"documentId": "viewer"}, headers={"Accept": "text/html"}).status_code
        == 406
    )


def test_wrong_variables_are_a_request_error(client: TestClient) -> None:
    for accept, status in (("application/json", 200), ("application/graphql-response+json", 400)):
        response = client.post(
            "/graphql", json={"documentId": "node", "variables": {}}, headers={"Accept": accept}
        )
        assert response.status_code == status
        assert "data" not in response.json()


def bug(client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, **variables: Any) -> Any:
    """Both executors fail where they look for their statement."""

    def fail(*_arguments: Any, **_named: Any) -> None:
        raise error

    monkeypatch.setattr(plans.Plans, "find", fail)
    return client.post("/graphql", json={"documentId": "node", "variables": variables})


def test_a_bug_is_masked_and_the_log_tells_where_but_not_whose(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(written), processors=[structlog.processors.JSONRenderer()]
    )
    monkeypatch.setattr(answers, "log", logger)
    answer = bug(client, monkeypatch, RuntimeError("secret 13800001001"), id="Customer:canary-0815").json()
    error = answer["errors"][0]
    assert answer["data"] == {"node": None}
    assert error["message"] == "Unexpected error."
    assert error["extensions"]["code"] == "INTERNAL"
    log = written.getvalue()
    assert error["extensions"]["reference"] in log
    assert "RuntimeError" in log
    assert "test_graphql_http.py" in log
    assert "13800001001" not in log + str(answer)
    assert "canary" not in log + str(answer)


def test_a_database_that_is_away_is_told_as_such(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    response = bug(client, monkeypatch, ConnectionError("gone"), id="Grid:1")
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_metrics_know_operations_of_the_registry_alone(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address, client_host="127.0.0.1")
    ask(client, "viewer")
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"
    client.post("/graphql", json={"query": "query InventedByACaller { viewer { role } }"})
    text = client.get("/metrics").text
    assert 'yunge_operations_total{operation="Viewer",outcome="done"}' in text
    assert 'operation="free"' in text
    assert "InventedByACaller" not in text
