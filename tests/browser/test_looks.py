"""What is seen of the map beyond a measure and a grid: blind spots, what is inside, a base map, plans when narrow.

Each goes far enough for its pictures (`look-*.png`), and holds what they show at a glance: nothing lies on another.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, expect

from tests.api.test_base_map_source import decide

from .people import Person
from .product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]


def _apart(one: Locator, other: Locator) -> bool:
    """Whether two boxes share no pixel."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    return (
        a["x"] + a["width"] <= b["x"]
        or b["x"] + b["width"] <= a["x"]
        or a["y"] + a["height"] <= b["y"]
        or b["y"] + b["height"] <= a["y"]
    )


def test_blind_spots_by_grid_cell_and_door(visit: Visit) -> None:
    head = visit("head")
    for measure in ("unvisited90Share", "neverVisitedShare", "medianDaysUnvisited"):
        head.open(f"/map?measure={measure}")
        head.waits_for_map()
        expect(head.page.get_by_role("region", name="图例")).to_be_visible()
        head.picture(f"look-blind-{measure}")
    outlet = visit("outlet1")
    outlet.open("/map?measure=unvisited90Share&customers=1")
    outlet.waits_for_map()
    outlet.picture("look-blind-outlet")
    for times, name in ((1, "cells"), (1, "doors")):
        for _ in range(times):
            outlet.page.mouse.move(760, 420)
            outlet.page.mouse.wheel(0, -400)
            outlet.page.wait_for_timeout(400)
            outlet.waits_for_map()
        outlet.picture(f"look-blind-{name}")


def test_what_is_inside_of_a_grid(visit: Visit) -> None:
    # The outlet's own: somebody who sees names masked is shown no small numbers, and this county has few in a grid.
    outlet = visit("outlet1")
    outlet.open("/map?level=LARGE")
    outlet.waits_for_map()
    outlet.page.locator(".map-canvas").click(position={"x": 564, "y": 508})
    inside = outlet.page.get_by_role("region", name="区域内统计")
    expect(inside.get_by_role("heading", name="产品")).to_be_visible()
    assert inside.get_by_role("heading", level=3).count() >= 5
    inside.get_by_role("heading", level=3).first.scroll_into_view_if_needed()
    outlet.picture("look-inside")
    inside.get_by_role("heading", name="产品").scroll_into_view_if_needed()
    outlet.picture("look-inside-products")


@pytest.fixture
def laid_beneath(product: Product) -> Iterator[str]:
    """A base map in force whose tiles the browser is given; gives the beginning of their addresses."""
    beginning = f"{product.address}/beneath"
    value = {
        "tiles": f"{beginning}/{{z}}/{{x}}/{{y}}.png",
        "labels": f"{beginning}/names/{{z}}/{{x}}/{{y}}.png",
        "attribution": "本行地图",
        "approval": "苏S（2023）12 号",
        "datum": "WGS84",
    }
    decide(product.database_url, value, "2026-11-01")
    yield beginning
    # What was decided stays; from the next day on there is none again.
    decide(product.database_url, {}, "2026-11-02")


def test_a_base_map_and_its_names_are_switched(visit: Visit, laid_beneath: str) -> None:
    head = visit("head")
    head.page.route(
        f"{laid_beneath}/**", lambda route: route.fulfill(body=_tile("names" in route.request.url))
    )
    head.open("/map")
    head.waits_for_map()
    group = head.page.get_by_role("group", name="底图")
    expect(group.get_by_role("switch").first).to_be_visible()
    head.picture("look-base-map")
    assert _apart(group, head.page.get_by_role("region", name="图例"))
    assert _apart(group, head.page.locator(".map-tools"))
    group.get_by_role("switch").last.click()
    head.waits_for_map()
    head.picture("look-base-map-without-names")
    group.get_by_role("switch").first.click()
    head.waits_for_map()
    head.picture("look-base-map-off")


def _tile(has_names: bool) -> bytes:
    """Roads, or a name on nothing."""
    tile = Image.new("RGBA", (256, 256), (0, 0, 0, 0) if has_names else (233, 238, 228, 255))
    pen = ImageDraw.Draw(tile)
    if has_names:
        pen.text((96, 120), "NAME", fill=(90, 60, 20, 255))
    else:
        pen.line([(0, 60), (256, 190)], fill=(255, 255, 255, 255), width=6)
        pen.line([(90, 0), (130, 256)], fill=(250, 220, 150, 255), width=4)
    kept = BytesIO()
    tile.save(kept, "PNG")
    return kept.getvalue()


def test_plans_in_a_narrow_window(visit: Visit) -> None:
    head = visit("head")
    head.page.set_viewport_size({"width": 1280, "height": 800})
    head.open("/plans")
    head.button("以现行方案新建草稿").click()
    head.page.get_by_label("名称", exact=True).fill("窄窗")
    head.page.get_by_role("dialog").get_by_role("button", name=re.compile("^新 ?建$")).click()
    expect(head.page).to_have_url(re.compile(r"/plans/Plan"))
    head.waits_for_map()
    legend = head.page.locator(".plan-legend")
    assert _apart(legend, head.page.locator(".maplibregl-ctrl-scale"))
    assert _apart(legend, head.page.locator(".maplibregl-ctrl-group"))
    head.picture("look-plan-1280")
    head.open("/plans")
    head.sees("窄窗")
    head.picture("look-plans-1280")
