"""Odd requests: each has a stable code and few errors, whether it stands in a document, a literal or a variable."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Serve, bearer

Refused = Callable[[dict[str, Any]], str]
MOST_ERRORS = 3


@pytest.fixture
def refused(serve: Serve, own_address: str) -> Refused:
    """The one code of all errors of a request that came to nothing."""
    client: TestClient = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'a1')}"

    def send(body: dict[str, Any]) -> str:
        response = client.post("/graphql", json=body)
        assert response.status_code < 500, (body, response.text)
        answer = response.json()
        errors = answer["errors"]
        assert 1 <= len(errors) <= MOST_ERRORS, (body, errors)
        assert all(value is None for value in (answer.get("data") or {}).values()), (body, answer)
        (code,) = {error["extensions"]["code"] for error in errors}
        return str(code)

    return send


PAGE = "query ($n: Int) { customers(first: $n) { edges { cursor } } }"
SEEN = ("edges { cursor }", "totalCount { value }", "pageInfo { hasNextPage }", "__typename")


def test_a_page_that_there_is_not(refused: Refused) -> None:
    """Also where nothing of the page is read, and below a customer that is not there."""
    for size in (-1, 501, -(2**31)):
        assert refused({"query": PAGE, "variables": {"n": size}}) == "BAD_PAGE", size
        assert refused({"documentId": "customers", "variables": {"first": size}}) == "BAD_PAGE", size
        for way in ("first", "last"):
            for seen in SEEN:
                text = f"{{ customers({way}: {size}) {{ {seen} }} }}"
                assert refused({"query": text}) == "BAD_PAGE", text
    nobody = '{ customers(filter: {text: "nobody"}) { edges { node { visits(first: -1) { edges { cursor } } } } } }'
    assert refused({"query": nobody}) == "BAD_PAGE"
    for seen in SEEN:
        both = f"{{ customers(first: 1, last: 1) {{ {seen} }} }}"
        assert refused({"query": both}) == "BAD_PAGE", both
        assert refused({"query": f'{{ customers(after: "x") {{ {seen} }} }}'}) == "BAD_CURSOR", seen
        twice = f"{{ customers(orderBy: [{{by: NAME}}, {{by: NAME}}]) {{ {seen} }} }}"
        assert refused({"query": twice}) == "BAD_ORDER", twice
    for size in ("5001", "99999999999", "9" * 5000):
        asked = f"{{ customers(first: {size}) {{ edges {{ cursor }} }} }}"
        assert refused({"query": asked}) == "QUERY_TOO_EXPENSIVE", size
        default = PAGE.replace("$n: Int", f"$n: Int = {size}")
        assert refused({"query": default}) == "QUERY_TOO_EXPENSIVE", size


def nested(deep: int) -> str:
    return "{not: " * deep + "{located: true}" + "}" * deep


def test_a_filter_that_goes_deep(refused: Refused) -> None:
    asked = "query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount { value } } }"
    for deep in (7, 50, 180):
        text = f"{{ customers(filter: {nested(deep)}) {{ totalCount {{ value }} }} }}"
        assert refused({"query": text}) in ("FILTER_TOO_LARGE", "QUERY_TOO_EXPENSIVE"), deep
    for deep, code in ((7, "FILTER_TOO_LARGE"), (18, "FILTER_TOO_LARGE"), (50, "TOO_DEEP")):
        given: dict[str, Any] = {"located": True}
        for _ in range(deep):
            given = {"not": given}
        assert refused({"query": asked, "variables": {"filter": given}}) == code, deep
    wide = {"or": [{"located": True}] * 51}
    assert refused({"query": asked, "variables": {"filter": wide}}) == "FILTER_TOO_LARGE"


def many(what: str, how_many: int) -> str:
    return " ".join(f"{what}{n}" for n in range(how_many))


def test_a_document_that_cannot_be_carried_out(refused: Refused) -> None:
    texts = {
        "DOCUMENT_NOT_READABLE": (
            "",
            "  ",
            "{",
            "hello",
            '{ node(id: "x',
            '{ node(id: """x',
            '{ node(id: "\\uD800") }',
        ),
        "DOCUMENT_NOT_VALID": (
            f"{{ viewer {many('@d', 10)} {{ role }} }}",
            f"query {many('@d', 700)} {{ viewer {{ role }} }}",
            f"{{ {many('x', 19)} }}",
            f"query ({many('$unused', 30).replace(' ', ': Int ')}: Int) {{ viewer {{ role }} }}",
            "type A { a: Int }",
            "subscription { viewer { role } }",
            "fragment A on Query { viewer { role } }",
            "{ node(id: null) { id } }",
            "{ customers(first: 1.0) { totalCount { value } } }",
        ),
        "QUERY_TOO_EXPENSIVE": (
            f"{{ {many('x', 1600)} }}",
            "{ viewer { role } }" + " " * 15_000,
            "{ a " * 600 + "}" * 600,
            "{ a(b: " + "[" * 700 + "]" * 700 + ") }",
            f"query ($a: {'[' * 600}Int{']' * 600}) {{ viewer {{ role }} }}",
            f"{{ viewer {many('@d', 500)} {{ role }} }}",
        ),
        "BAD_TEXT": (
            '{ node(id: "\\u0000") { id } }',
            '{ customers(filter: {text: "王\\u{0}"}) { totalCount { value } } }',
            '{ customers(filter: {industry: ["\\u0000"]}) { totalCount { value } } }',
        ),
        "OPERATION_NOT_CHOSEN": ("query A { viewer { role } } query B { viewer { role } }",),
    }
    for code, those in texts.items():
        for text in those:
            assert refused({"query": text}) == code, text[:80]


def test_variables_that_do_not_fit(refused: Refused) -> None:
    for given in ("1", 1.5, True, [1], {"a": 1}, 2**31):
        expensive = given == 2**31
        code = "QUERY_TOO_EXPENSIVE" if expensive else "VARIABLES_NOT_VALID"
        assert refused({"query": PAGE, "variables": {"n": given}}) == code, given
        assert refused({"documentId": "customers", "variables": {"first": given}}) == code, given
    for given in (None, 1.5, True, {}, []):
        assert refused({"documentId": "node", "variables": {"id": given}}) == "VARIABLES_NOT_VALID", given
    wrong = {"account": 1, "password": None, **{f"x{n}": n for n in range(9)}}
    for given in (None, {}, wrong, "a1"):
        assert refused({"documentId": "sign-in", "variables": {"input": given}}) == "VARIABLES_NOT_VALID", (
            given
        )


@pytest.mark.parametrize("body", [[], [{"documentId": "viewer"}], 1, "x"], ids=str)
def test_a_batch_and_other_bodies_are_one_refusal(client: TestClient, body: Any) -> None:
    (error,) = client.post("/graphql", json=body).json()["errors"]
    assert error["extensions"]["code"] == "BAD_BODY"
    (error,) = client.get("/graphql", params={"query": "{ viewer { role } }"}).json()["errors"]
    assert error["extensions"]["code"] == "METHOD_NOT_ALLOWED"


NO_DAY = (
    "2026-W47-5",
    "20261127",
    "2026-330",
    "0000-01-01",
    "10000-01-01",
    "2026-02-30",
    " 2026-11-27",
    "２０２６-11-27",
)
NO_INSTANT = (
    "2026-11-27T10:00:00+08:00:30",
    "2026-11-27T24:00:00+08:00",
    "2026-11-27T10:00:00",
    "2026-11-27t10:00:00z",
    "2026-11-27T10:00:60Z",
    "2026-11-27 10:00:00Z",
    "2026-W48-5T10:00:00Z",
    "0001-01-01T00:00:00+08:00",
    "9999-12-31T23:59:59-08:00",
    "10000-01-01T00:00:00Z",
    "yesterday",
)
VISIT = """idempotencyKey: "6f1f7a3e-51a5-4b0e-9a35-2b6f8f0a2c11", customerId: "Customer:1", outcome: INTERESTED"""


def test_days_and_instants_are_written_as_the_contract_says(refused: Refused) -> None:
    day = "query ($day: Date) { today(date: $day) { date } }"
    due = "query ($range: DateRange) { customers(filter: {dueOn: $range}) { totalCount { value } } }"
    for text in NO_DAY:
        assert refused({"query": day, "variables": {"day": text}}) == "VARIABLES_NOT_VALID", text
        assert refused({"query": due, "variables": {"range": {"gte": text}}}) == "VARIABLES_NOT_VALID", text
        assert refused({"query": f'{{ today(date: "{text}") {{ date }} }}'}) == "DOCUMENT_NOT_VALID", text
    assert refused({"query": "{ today(date: 20261127) { date } }"}) == "DOCUMENT_NOT_VALID"
    record = (
        f"mutation ($at: DateTime!) {{ recordVisit(input: {{{VISIT}, startedAt: $at}}) {{ __typename }} }}"
    )
    for text in NO_INSTANT:
        assert refused({"query": record, "variables": {"at": text}}) == "VARIABLES_NOT_VALID", text
        literal = f'mutation {{ recordVisit(input: {{{VISIT}, startedAt: "{text}"}}) {{ __typename }} }}'
        assert refused({"query": literal}) == "DOCUMENT_NOT_VALID", text
