"""The real product for the browser: a county after two nights, API and worker, the built pages, and chromium.

The county is made once for all pytest workers (`two_nights`); each works on a clone of it. `npm run build` has to
have run (`./yunge test` sees to it). Pictures of every page go to `.local/pictures`, for somebody to look at.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import ROOT
from tests.databases import landing_of
from tests.servers import redis_url

from .people import Person, Visitor
from .product import Product, running

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps are drawn by the processor where there is no graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def product(
    two_nights: str, make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    assert (ROOT / "frontend" / "dist" / "index.html").is_file(), "frontend/dist is missing: npm run build"
    folder = tmp_path_factory.mktemp("product")
    with running(make_database(two_nights), redis_url(), landing_of(two_nights), folder) as product:
        yield product


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a file: playwright's loop must be gone before the asyncio tests of another file begin."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, product: Product) -> Iterator[Callable[..., Person]]:
    """Opens desk or phone for somebody, and holds every page to making no error and asking nobody outside."""
    visitors: list[Visitor] = []

    def open_for(account: str, *, phone: bool = False, **options: object) -> Person:
        visitor = Visitor(browser, product.address, phone=phone, **options)
        visitors.append(visitor)
        return visitor.sign_in(account)

    yield open_for
    for visitor in visitors:
        visitor.leave()
