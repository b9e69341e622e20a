"""Two days of the map side by side: what changed where, by pointer and by keys, and as one picture to hand on."""

import re
import struct
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .people import PICTURES, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]


def _wait(head: Person) -> None:
    for half in (0, 1):
        expect(head.page.locator(".map-canvas").nth(half)).to_have_attribute(
            "data-idle", "true", timeout=90_000
        )


def test_two_days_side_by_side(visit: Visit) -> None:
    head = visit("head")
    head.open("/map?measure=visitedShare")
    head.button("两日对比").click()
    _wait(head)
    expect(head.page.locator(".map-canvas")).to_have_count(2)
    legend = head.page.get_by_role("region", name="图例")
    expect(legend).to_contain_text("2026-11-19 与 2026-11-20")
    left, right = (head.page.locator(".map-canvas").nth(half) for half in (0, 1))
    box = left.bounding_box()
    assert box is not None
    head.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    line = head.page.locator(".difference-line")
    expect(line).to_contain_text(re.compile(r"2026-11-19 .*%.*2026-11-20 .*%.*(百分点|不变)"))
    head.picture("desk-two-days")
    # What moves one map moves the other: after the same wheel both show the same grid in the middle.
    head.page.mouse.wheel(0, -600)
    _wait(head)
    head.picture("desk-two-days-near")
    name = line.locator("strong").inner_text()
    other = right.bounding_box()
    assert other is not None
    head.page.mouse.move(other["x"] + other["width"] / 2, other["y"] + other["height"] / 2)
    expect(line.locator("strong")).to_have_text(name)
    row = head.page.get_by_role("region", name="各网格两日数值").get_by_role("row").nth(1)
    row.get_by_role("button").focus()
    expect(line.locator("strong")).to_have_text(row.get_by_role("button").inner_text())
    head.button("打印与图片").click()
    with head.page.expect_download() as download:
        head.button("下载 PNG").click()
    PICTURES.mkdir(parents=True, exist_ok=True)
    download.value.save_as(PICTURES / "two-days-a4.png")
    start = (PICTURES / "two-days-a4.png").read_bytes()[:24]
    assert struct.unpack(">II", start[16:24]) == (1754, 1240)
    for width in (880, 360):
        head.page.set_viewport_size({"width": width, "height": 800})
        _wait(head)
        assert head.page.evaluate("document.documentElement.scrollWidth") <= width
        head.picture(f"desk-two-days-{width}")
    head.page.set_viewport_size({"width": 1440, "height": 900})
    head.button("回到地图").click()
    expect(head.page.locator(".map-canvas")).to_have_count(1)
    head.waits_for_map()
    expect(head.page).to_have_url(re.compile(r"/map\?measure=visitedShare$"))
