"""An area on the map, what lies inside of it, and the map as a picture that one can hand on."""

import re
import struct
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .people import PICTURES, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]


def test_an_area_is_drawn_counted_saved_and_listed(visit: Visit) -> None:
    outlet = visit("outlet1")
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
    statistics = panel.get_by_role("region", name="区域内统计")
    expect(statistics.get_by_role("heading", name="产品")).to_be_visible()
    outlet.picture("desk-area")
    outlet.button("打印与图片").click()
    with outlet.page.expect_download() as download:
        outlet.button("下载 PNG").click()
    PICTURES.mkdir(parents=True, exist_ok=True)
    download.value.save_as(PICTURES / "map-a4.png")
    head = (PICTURES / "map-a4.png").read_bytes()[:24]
    assert (head[1:4], *struct.unpack(">II", head[16:24])) == (b"PNG", 1754, 1240)
    customers = int(re.sub(r"\D", "", count.inner_text()))
    panel.get_by_role("link", name="查看客户名单").click()
    outlet.sees("在图上画的区域内")
    expect(outlet.page.locator(".count")).to_have_text(re.compile(rf"{customers:,}|{customers}"))
    outlet.picture("desk-area-list")
