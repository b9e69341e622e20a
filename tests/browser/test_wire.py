"""What the phone's first page costs on the wire, as the browser itself counts it."""

import pytest
from playwright.sync_api import Browser, expect

from .people import Visitor
from .product import Product

pytestmark = pytest.mark.browser
FIRST_LOAD_BYTES = 270_000


def test_the_phones_first_page_is_light_on_the_wire(browser: Browser, product: Product) -> None:
    """Everything until today's walk is seen: page, scripts, styles, answers, with their headers, by plain HTTP.

    Over TLS it is less: browsers ask for brotli there alone.
    """
    visitor = Visitor(browser, product.address, phone=True)
    person = visitor.sign_in("manager1")
    wire = visitor.context.new_cdp_session(person.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda loaded: sizes.append(loaded["encodedDataLength"]))
    person.open("/")
    expect(person.page.get_by_role("article").first).to_be_visible()
    person.page.wait_for_load_state("networkidle")
    assert sum(sizes) > 100_000, "the page came out of a cache"
    assert sum(sizes) <= FIRST_LOAD_BYTES, f"{sum(sizes):.0f} bytes in {len(sizes)} answers"
    visitor.leave()
