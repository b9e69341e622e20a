"""POST /graphql: documents by id, who may send text, sessions, rights with each request, what errors tell."""

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
from tests.api.conftest import PASSWORD, Serve, ask, bearer, sign_in
from tests.schema.bank import Bank

TEXT = {"query": "{ viewer { role } }"}


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    assert ask(client, "viewer")["data"] == {"viewer": None}
    response = client.post(
        "/graphql",
        json={"documentId": "sign-in", "variables": {"input": {"account": "a1", "password": PASSWORD}}},
    )
    assert response.json()["data"]["signIn"]["viewer"]["role"] == "CUSTOMER_MANAGER"
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("yunge_session=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert ask(client, "viewer")["data"]["viewer"]["staff"] == {"name": "员工a1"}
    token = client.cookies["yunge_session"]
    with psycopg.connect(own_address) as connection:
        kept = connection.execute("select token_sha256 from sessions").fetchall()
    assert token.encode() not in b"".join(bytes(row[0]) for row in kept)
    assert ask(client, "sign-out") == {"data": {"signOut": True}}
    client.cookies.set("yunge_session", token)
    assert ask(client, "viewer")["data"] == {"viewer": None}


def test_each_sign_in_has_a_session_of_its_own(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    client.cookies.set("yunge_session", "chosen by somebody else")
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    with psycopg.connect(own_address) as connection:
        assert connection.execute("select count(*) from sessions").fetchone() == (1,)
    assert client.cookies.get("yunge_session", domain="yunge.test") != "chosen by somebody else"


def live_sessions(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            """select a.account from sessions s join accounts a on a.id = s.account_id
                where s.revoked_at is null order by s.created_at"""
        )
        return [account for (account,) in rows.fetchall()]


def test_signing_in_ends_the_session_that_the_browser_still_held(serve: Serve, own_address: str) -> None:
    """Whoever copied the older token has nothing of it; a failed attempt ends nobody's session."""
    client, elsewhere = serve(address=own_address), serve(address=own_address)
    sign_in(client, "a1")
    sign_in(elsewhere, "a1")
    copied = client.cookies["yunge_session"]
    assert sign_in(client, "a2", "x")["code"] == "SIGN_IN_REFUSED"
    assert live_sessions(own_address) == ["a1", "a1"]
    assert sign_in(client, "a2")["__typename"] == "SignInSuccess"
    assert live_sessions(own_address) == ["a1", "a2"], "the other browser goes on"
    elsewhere.cookies.clear()
    elsewhere.cookies.set("yunge_session", copied)
    assert ask(elsewhere, "viewer")["data"] == {"viewer": None}
    with psycopg.connect(own_address) as connection:
        ended = connection.execute("select count(*) from audit where action = 'session.ended'").fetchone()
    assert ended == (1,)


def test_a_program_that_signs_in_keeps_its_bearer(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'head')}"
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    assert live_sessions(own_address) == ["head", "a1"]


def test_two_sign_ins_in_one_document_leave_one_session(serve: Serve, own_address: str) -> None:
    client = serve(mode=Mode.DEVELOPMENT, address=own_address)
    both = " ".join(
        f'{who}: signIn(input: {{account: "{who}", password: "{PASSWORD}"}}) {{ __typename }}'
        for who in ("a1", "a2")
    )
    assert "errors" not in client.post("/graphql", json={"query": f"mutation {{ {both} }}"}).json()
    assert live_sessions(own_address) == ["a2"]


def test_unknown_account_and_wrong_password_are_one_answer(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    unknown = sign_in(client, "nobody", "x")
    assert unknown["code"] == "SIGN_IN_REFUSED"
    assert sign_in(client, "a1", "x") == unknown
    assert sign_in(client, "a1", "x" * 5000) == unknown


def test_five_failures_lock_the_account_and_guesses_in_one_document_count(
    serve: Serve, own_address: str
) -> None:
    client = serve(address=own_address)
    token = bearer(own_address, "head")
    guesses = " ".join(
        f'g{n}: signIn(input: {{account: "a1", password: "guess{n}"}}) {{ __typename }}' for n in range(6)
    )
    answer = client.post(
        "/graphql", json={"query": f"mutation {{ {guesses} }}"}, headers={"Authorization": f"Bearer {token}"}
    ).json()
    assert {one["__typename"] for one in answer["data"].values()} == {"SignInRefused"}
    assert sign_in(client, "a1")["code"] == "SIGN_IN_REFUSED", "the right password, while the lock is on"
    with psycopg.connect(own_address) as connection:
        connection.execute(
            "update accounts set locked_until = now() - interval '1 second' where account = 'a1'"
        )
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"


def test_fifty_failures_from_one_address_refuse_it_whatever_its_headers_say(
    serve: Serve, own_address: str
) -> None:
    client = serve(address=own_address, client_host="198.51.100.7")
    with psycopg.connect(own_address) as connection:
        connection.execute("insert into sign_in_failures (address, failures) values ('198.51.100.7', 49)")
    assert sign_in(client, "nobody", "x")["code"] == "SIGN_IN_REFUSED"
    refused = sign_in(client, "a1")
    assert refused["code"] == "TOO_MANY_SIGN_IN_FAILURES"
    assert "十五分钟" in refused["message"]
    client.headers["X-Forwarded-For"] = "198.51.100.8"
    assert sign_in(client, "a1")["code"] == "TOO_MANY_SIGN_IN_FAILURES"
    elsewhere = serve(address=own_address, client_host="198.51.100.8")
    assert sign_in(elsewhere, "a1")["__typename"] == "SignInSuccess"


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


@pytest.mark.parametrize("change", ["revoked_at = now()", "expires_at = now() - interval '1 second'"])
def test_an_ended_session_is_nobody(serve: Serve, own_address: str, change: str) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    with psycopg.connect(own_address) as connection:
        connection.execute(f"update sessions set {change}")  # type: ignore[arg-type]
    assert ask(client, "viewer")["data"] == {"viewer": None}


def test_lacking_a_permission_is_forbidden_whatever_the_rows_are(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    answer = ask(client, "batches")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"] == {"code": "FORBIDDEN", "permission": "nights.view"}
    with psycopg.connect(own_address) as connection:
        connection.execute("delete from batches")
    assert ask(client, "batches") == answer


def test_a_mixed_operation_is_refused_whole(serve: Serve, own_address: str) -> None:
    """Nothing of it runs: neither the allowed field nor the one hidden in a fragment."""
    client = serve(address=own_address)
    token = bearer(own_address, "a1")
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
    serve: Serve, own_address: str, name: str
) -> None:
    body, code = REFUSED[name]
    client = serve(address=own_address)
    sentences = {}
    for language in ("en", "zh-CN"):
        headers = {"Authorization": f"Bearer {bearer(own_address, 'a1')}", "Accept-Language": language}
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
        json={"documentId": document_id or "x"},
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
def test_free_text(serve: Serve, own_address: str, mode: Mode, has_bearer: bool, may: bool) -> None:
    client = serve(mode=mode, address=own_address)
    if has_bearer:
        del client.headers["X-Yunge"]
        client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"
    answer = client.post("/graphql", json=TEXT).json()
    if may:
        assert answer == {"data": {"viewer": {"role": "CUSTOMER_MANAGER"} if has_bearer else None}}
    else:
        assert answer["errors"][0]["extensions"] == {"code": "DOCUMENT_REQUIRED"}


def test_introspection_is_for_development_alone(serve: Serve, own_address: str) -> None:
    asked = {"query": "{ __schema { types { name } } }"}
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"
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


def test_no_suggestions(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"
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
def test_a_forged_request_of_a_browser_is_refused(
    serve: Serve, own_address: str, headers: dict[str, str | None]
) -> None:
    client = serve(address=own_address)
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
