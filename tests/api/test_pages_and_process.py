"""The pages, and what the process of the API must not load."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import GARBAGE_AFTER_OBJECTS, settled
from tests.api.conftest import Serve

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def site(begin: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application whose pages are a few words."""
    client = begin(web=made_pages(tmp_path_factory.mktemp("built")))
    yield client
    client.__exit__(None, None, None)


def made_pages(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>desk")
    (folder / "h5.html").write_text("<!doctype html>phone")
    (folder / "assets" / "desk-abc123.js").write_text("1")
    (folder / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", "desk"),
        ("/customers/Customer:1", "desk"),
        ("/h5", "phone"),
        ("/h5/", "phone"),
        ("/h5/today", "phone"),
        ("/h5.html", "phone"),
        pytest.param("/" + "a" * 5000, "desk", id="longer than a file's name can be"),
        pytest.param("/h5/customers/" + "9" * 5000, "phone", id="a number of 5,000 digits"),
    ],
)
def test_routes_of_the_shells_get_their_page(site: TestClient, path: str, body: str) -> None:
    response = site.get(path)
    assert response.text == f"<!doctype html>{body}"
    assert response.headers["cache-control"] == "no-cache"
    policy = response.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_hashed_files_are_immutable_and_others_are_not(site: TestClient) -> None:
    assert "immutable" in site.get("/assets/desk-abc123.js").headers["cache-control"]
    assert site.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/assets/none.js", "/assets/link.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%00.js"],
)
def test_nothing_outside_the_folder_is_served(site: TestClient, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert "secret" not in response.text


def test_a_plain_page_when_nothing_is_built(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 503
    assert "./yunge up" in response.text


def test_what_is_here_at_the_start_is_not_walked_again() -> None:
    before = gc.get_threshold()
    with settled():
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == (GARBAGE_AFTER_OBJECTS, *before[1:])
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


@pytest.fixture(scope="module")
def imported() -> list[str]:
    """Every module of a process that has loaded the API and nothing else."""
    script = "import sys, api.app; print(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return finished.stdout.split()


@pytest.mark.parametrize(
    "module",
    [
        "xgboost",
        "scipy",
        "typer",
        "pyogrio",
        "PIL",
        "python_calamine",
        "xlsxwriter",
        "geo.districting",
        "geo.reading.read",
        "ml.training",
    ],
)
def test_the_api_process_does_not_import_what_it_does_not_need(imported: list[str], module: str) -> None:
    assert "api.app" in imported
    assert module not in imported
