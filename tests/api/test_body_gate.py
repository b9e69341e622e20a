"""Odd bodies are 4xx, never 500."""

import gzip

import pytest
from starlette.testclient import TestClient

JSON = {"Content-Type": "application/json"}
ODD: dict[str, tuple[bytes, dict[str, str], int]] = {
    "nothing": (b"", JSON, 400),
    "null": (b"null", JSON, 400),
    "number": (b"1", JSON, 400),
    "string": (b'"x"', JSON, 400),
    "array": (b'[{"documentId": "viewer"}]', JSON, 400),
    "half": (b'{"documentId": "viewer"', JSON, 400),
    "nan": (b'{"documentId": NaN}', JSON, 400),
    "long number": (b'{"documentId": ' + b"1" * 5000 + b"}", JSON, 400),
    "deep arrays": (b"[" * 20_000 + b"]" * 20_000, JSON, 400),
    "deep objects": (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, JSON, 400),
    "utf-16": ('{"documentId": "viewer"}'.encode("utf-16"), JSON, 400),
    "not utf-8": (b'{"documentId": "\xff"}', JSON, 400),
    "twice": (b'{"documentId": "viewer", "documentId": "batches"}', JSON, 400),
    "nul": (rb'{"documentId": "node", "variables": {"id": "Customer:\u0000"}}', JSON, 400),
    "half a pair": (rb'{"documentId": "customers", "variables": {"first": "\ud800"}}', JSON, 400),
    "half a pair in a name": (rb'{"documentId": "viewer", "variables": {"\udfff": 1}}', JSON, 400),
    "large": (b'{"a": "' + b"x" * 70_000 + b'"}', JSON, 413),
    "compressed": (gzip.compress(b'{"documentId": "viewer"}'), {**JSON, "Content-Encoding": "gzip"}, 415),
    "form": (b"documentId=viewer", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "text": (b'{"documentId": "viewer"}', {"Content-Type": "text/plain"}, 415),
    "multipart": (b"--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "no type": (b'{"documentId": "viewer"}', {"Content-Type": ""}, 415),
    "other charset": (b'{"documentId": "viewer"}', {"Content-Type": "application/json; charset=gbk"}, 415),
    "variables array": (b'{"documentId": "viewer", "variables": [1]}', JSON, 400),
    "id number": (b'{"documentId": 7}', JSON, 400),
    "id object": (b'{"documentId": {"a": 1}}', JSON, 400),
    "two ids": (b'{"documentId": "viewer", "id": "batches"}', JSON, 400),
    "id and text": (b'{"documentId": "viewer", "query": "{ viewer { role } }"}', JSON, 400),
    "neither": (b"{}", JSON, 400),
    "operation name": (b'{"documentId": "viewer", "operationName": 1}', JSON, 400),
    "extensions": (b'{"documentId": "viewer", "extensions": [1]}', JSON, 400),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_body_is_refused(client: TestClient, name: str) -> None:
    body, headers, status = ODD[name]
    response = client.post("/graphql", content=body, headers=headers)
    assert response.status_code == status, response.text
    assert response.json()["errors"][0]["extensions"]["code"]
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_endless_body_ends(client: TestClient) -> None:
    response = client.post("/graphql", content=(b" " * 1000 for _ in range(1000)), headers=JSON)
    assert response.status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post(client: TestClient, method: str) -> None:
    assert client.request(method, "/graphql?query={viewer{role}}").status_code == 405


def test_the_address_is_a_route_and_not_a_mount(client: TestClient) -> None:
    assert client.post("/graphql/", json={"documentId": "viewer"}, follow_redirects=False).status_code == 404
