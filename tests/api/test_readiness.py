"""Who is alive and who is ready: `/healthz`, `/readyz`, and what `./yunge up` makes of them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.state import note
from api.local.supervisor import Supervisor
from api.local.up import wait_for_api
from schema.documents import load_registry
from schema.root import CONTRACT
from tests.api.conftest import Serve

UNFIT = "broken"
"""A registered document of the tests' own list that asks for a field that there is not."""


@pytest.fixture
def whole(serve: Serve) -> TestClient:
    """An application whose documents all fit."""
    client = serve()
    registry = client.app.state.registry  # type: ignore[attr-defined]
    client.app.state.registry = type(registry)(CONTRACT, registry.documents, {})  # type: ignore[attr-defined]
    return client


def test_whose_documents_all_fit_is_ready(whole: TestClient) -> None:
    assert whole.get("/healthz").json() == {"status": "ok"}
    ready = whole.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert ready.json()["migration"]


def test_a_document_that_does_not_fit_is_named_by_readyz(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    for language, words in (
        ("zh-CN", "登记的文档 Broken 不符合接口"),
        ("en", "The registered document Broken does not fit"),
    ):
        said = client.get("/readyz", headers={"Accept-Language": language})
        assert said.status_code == 503
        (unfit,) = said.json()["documents"]
        assert (unfit["id"], unfit["name"]) == (UNFIT, "Broken")
        assert unfit["message"].startswith(words)
        assert "noSuchField" in unfit["message"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("query Left { viewer { nowhere } }", "Left", "FIELD_UNKNOWN"),
        ("mutation Cut { viewer {", "Cut", "DOCUMENT_NOT_READABLE"),
        ("hello", "0123456789ab", "DOCUMENT_NOT_READABLE"),
        ("query Wide { " + "viewer { role } " * 50 + "}", "Wide", "QUERY_ROOT_FIELDS"),
        ("query A { viewer { role } } query B { viewer { role } }", "A", "OPERATION_NOT_CHOSEN"),
    ],
)
def test_whatever_is_wrong_with_a_registered_document(
    tmp_path: Path, text: str, name: str, code: str
) -> None:
    manifest = tmp_path / "persisted.json"
    manifest.write_text(json.dumps({"0123456789abcdef": text, "viewer": "{ viewer { role } }"}))
    registry = load_registry(CONTRACT, manifest)
    assert registry.documents.keys() == {"viewer"}
    (unfit,) = registry.unfit.values()
    assert (unfit.name, unfit.errors[0].complaint.sentence) == (name, code)


@contextmanager
def answering(client: TestClient) -> Iterator[int]:
    """The application on a port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = client.get(self.path, headers={"Accept-Language": self.headers["Accept-Language"]})
            self.send_response(said.status_code)
            self.end_headers()
            self.wfile.write(said.content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_up_says_which_document_does_not_fit(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path)
    with answering(client) as port:
        note(place, host="127.0.0.1", port=port)
        for locale, words in (
            ("zh_CN.UTF-8", "登记的文档 Broken 不符合接口"),
            ("en_GB.UTF-8", "document Broken does not fit"),
        ):
            monkeypatch.setenv("LC_ALL", locale)
            with pytest.raises(CannotGoOn, match=words) as refused:
                wait_for_api(place, Supervisor(place))
            assert "noSuchField" in str(refused.value)


def test_up_is_content_when_all_fit(whole: TestClient, tmp_path: Path) -> None:
    place = Place(tmp_path)
    with answering(whole) as port:
        note(place, host="127.0.0.1", port=port)
        wait_for_api(place, Supervisor(place))
