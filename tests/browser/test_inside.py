"""An area on the map and what lies inside of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .people import Person

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


def test_an_area_is_drawn_and_its_customers_are_listed(visit: Visit) -> None:
    outlet = visit("outlet")
    outlet.menu("网格")
    outlet.waits_for_map()
    outlet.button("圆形").click()
    outlet.picture("desk-area-drawing")
    mouse = outlet.page.mouse
    mouse.move(800, 420)
    mouse.down()
    mouse.move(860, 480)
    mouse.move(940, 520)
    mouse.up()
    panel = outlet.page.get_by_role("complementary", name="画出的区域")
    count = panel.get_by_text("户在册客户")
    expect(count).to_be_visible()
    expect(outlet.page).to_have_url(re.compile(r"area=[\w-]+"))
    outlet.waits_for_map()
    outlet.picture("desk-area")
    customers = int(re.sub(r"\D", "", count.inner_text()))
    panel.get_by_role("link", name="查看客户名单").click()
    outlet.sees("在图上画的区域内")
    expect(outlet.page.locator(".count")).to_have_text(re.compile(rf"{customers:,}|{customers}"))
    outlet.picture("desk-area-list")
