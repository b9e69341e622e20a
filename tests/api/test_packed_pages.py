"""Pages and answers travel in the smallest form that the client takes."""

import gzip
import zlib
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.encodings import taken
from tests.api.conftest import Serve, sign_in

SCRIPT = b"export const word = 'words ';\n" * 200
SMALLER = {"br": b"as brotli", "gzip": gzip.compress(SCRIPT)}


@pytest.fixture(scope="module")
def site(begin: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application whose script lies ready in both encodings, and whose picture lies there as it is."""
    folder = tmp_path_factory.mktemp("built") / "web"
    assets = folder / "assets"
    assets.mkdir(parents=True)
    (assets / "h5-abc.js").write_bytes(SCRIPT)
    (assets / "h5-abc.js.br").write_bytes(SMALLER["br"])
    (assets / "h5-abc.js.gz").write_bytes(SMALLER["gzip"])
    (assets / "mark-abc.svg").write_text("<svg/>")
    (assets / "link-abc.js").write_text("1")
    (folder.parent / "secret").write_text("secret")
    (assets / "link-abc.js.gz").symlink_to(folder.parent / "secret")
    (folder / "h5.html").write_text("<!doctype html>phone")
    (folder / "h5.html.gz").write_bytes(gzip.compress(b"<!doctype html>phone, packed"))
    client = begin(web=folder)
    yield client
    client.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("BR;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("gzip;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_script_travels_as_small_as_the_client_takes_it(
    site: TestClient, accepts: str, encoding: str | None
) -> None:
    with site.stream("GET", "/assets/h5-abc.js", headers={"Accept-Encoding": accepts}) as response:
        wire = b"".join(response.iter_raw())
    assert response.headers.get("content-encoding") == encoding
    assert wire == SMALLER.get(encoding or "", SCRIPT)
    assert response.headers["content-length"] == str(len(wire))
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["vary"] == "Accept-Encoding"
    assert "immutable" in response.headers["cache-control"]


def test_each_form_of_a_file_has_a_name_of_its_own_for_caches(site: TestClient) -> None:
    tags = {
        site.get("/assets/h5-abc.js", headers={"Accept-Encoding": encoding}).headers["etag"]
        for encoding in ("gzip", "identity")
    }
    assert len(tags) == 2


def test_a_page_is_packed_too_and_keeps_its_policy(site: TestClient) -> None:
    response = site.get("/h5/today", headers={"Accept-Encoding": "gzip"})
    assert response.text == "<!doctype html>phone, packed"
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "body"), [("mark-abc.svg", "<svg/>"), ("link-abc.js", "1")])
def test_what_is_not_packed_goes_as_it_is(site: TestClient, path: str, body: str) -> None:
    response = site.get(f"/assets/{path}", headers={"Accept-Encoding": "gzip, br"})
    assert "content-encoding" not in response.headers
    assert response.text == body


def test_a_packed_file_is_no_page_of_its_own(site: TestClient) -> None:
    assert site.get("/assets/h5-abc.js.gz").status_code == 404


def test_encodings_by_name() -> None:
    assert taken("gzip;q=1, *;q=0") == {"gzip"}
    assert taken("deflate") == set()


def test_a_large_answer_is_packed_for_who_asks_and_a_small_one_never(client: TestClient) -> None:
    sign_in(client, "head")
    for document, variables, is_packed in (("customers", {"first": 200}, True), ("viewer", {}, False)):
        body = {"documentId": document, "variables": variables}
        plain = client.post("/graphql", json=body, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        with client.stream("POST", "/graphql", json=body, headers={"Accept-Encoding": "gzip"}) as response:
            wire = b"".join(response.iter_raw())
        assert (response.headers.get("content-encoding") == "gzip") is is_packed
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-length"] == str(len(wire))
        if is_packed:
            assert len(wire) < len(plain.content) / 2
            wire = zlib.decompress(wire, 16 + zlib.MAX_WBITS)
        assert wire == plain.content
