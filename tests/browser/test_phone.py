"""The phone, mostly in the hands of a customer manager."""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from .people import Person, Visitor
from .product import Product

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


def _place_of_first_stop(product: Product, account: str) -> tuple[float, float]:
    with psycopg.connect(product.database_url) as connection:
        row = connection.execute(
            """select c.lon_deg_wgs84, c.lat_deg_wgs84 from walk_stops s
                 join customers c on c.id = s.customer_id join accounts a on a.staff_id = s.staff_id
                where a.account = %s order by s.walk_on desc, s.position limit 1""",
            [account],
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_a_wrong_password_is_a_sentence(browser: Browser, product: Product) -> None:
    visitor = Visitor(browser, product.address, phone=True)
    person = visitor.door()
    person.page.get_by_label("账号").fill("manager1")
    person.page.get_by_label("密码").fill("nonsense")
    person.button("登录").click()
    expect(person.page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    person.picture("phone-sign-in-refused")
    visitor.leave()


def test_a_manager_walks_today_and_records_a_visit_on_the_spot(visit: Visit, product: Product) -> None:
    lon_deg, lat_deg = _place_of_first_stop(product, "manager1")
    # About a hundred metres to the north of the customer.
    manager = visit("manager1", phone=True, position=(lon_deg, lat_deg + 0.0009))
    stops = manager.page.get_by_role("article")
    expect(stops.first).to_be_visible()
    assert stops.count() >= 3
    manager.picture("phone-today")
    name = stops.first.locator(".stop-name").inner_text()
    stops.first.get_by_role("link", name="开始走访").click()
    expect(manager.page.get_by_role("heading", name=name)).to_be_visible()
    manager.picture("phone-visit-check-in")
    manager.button("签到").click()
    manager.sees("✓ 已签到")
    manager.page.get_by_role("radio", name="有意向").click()
    manager.page.get_by_label("备注").fill("想了解三年定期，约好周末再谈。")
    manager.button("7 天后").click()
    manager.picture("phone-visit-form")
    manager.button("提交走访记录").click()
    done = manager.page.get_by_role("status", name="")
    expect(manager.page.get_by_role("heading", name="走访已记录")).to_be_visible()
    metres = re.search(r"(\d+) 米", done.inner_text())
    assert metres is not None
    assert 80 <= int(metres[1]) <= 120
    manager.picture("phone-visit-done")
    manager.button("回到今日行程").click()
    expect(stops.first).to_contain_text("今天已走访")
    manager.picture("phone-today-after-visit")
    stops.first.locator(".stop-name").click()
    manager.sees("想了解三年定期")


def test_a_visit_without_a_position_is_allowed(visit: Visit) -> None:
    manager = visit("manager1", phone=True)
    manager.page.get_by_role("link", name="开始走访").last.click()
    manager.button("签到").click()
    expect(manager.page.get_by_role("alert")).to_contain_text("没有定位权限")
    manager.picture("phone-visit-denied")
    manager.button("不带位置，继续走访").click()
    manager.page.get_by_role("radio", name="未找到人").click()
    manager.button("提交走访记录").click()
    expect(manager.page.get_by_role("heading", name="走访已记录")).to_be_visible()
    manager.sees("无法计算")


def test_a_manager_looks_at_the_map_of_his_grids(visit: Visit, product: Product) -> None:
    manager = visit("manager1", phone=True, position=_place_of_first_stop(product, "manager1"))
    manager.menu("地图")
    manager.waits_for_map()
    manager.button("我的位置").click()
    manager.waits_for_map()
    manager.picture("phone-map")
    manager.menu("我的")
    manager.page.locator(".card").first.click()
    sheet = manager.page.locator(".sheet")
    expect(sheet).to_be_visible()
    manager.waits_for_map()
    manager.picture("phone-map-grid")
    sheet.get_by_role("link", name="查看客户名单").click()
    expect(manager.page.locator(".count")).to_be_visible()


def test_a_manager_searches_his_customers(visit: Visit) -> None:
    manager = visit("manager1", phone=True)
    manager.menu("客户")
    cards = manager.page.locator(".cards .card")
    expect(cards.first).to_be_visible()
    everybody = manager.page.locator(".count").inner_text()
    manager.picture("phone-customers")
    manager.button("流失风险").click()
    expect(manager.page).to_have_url(re.compile("sort=ATTRITION_SCORE"))
    expect(cards.first).to_be_visible()
    name = cards.first.locator("strong").inner_text()
    search = manager.page.get_by_role("searchbox")
    search.fill(name)
    search.press("Enter")
    expect(manager.page).to_have_url(re.compile("text="))
    expect(manager.page.locator(".count")).not_to_have_text(everybody)
    cards.first.click()
    expect(manager.page.get_by_role("heading", name=name)).to_be_visible()
    manager.sees("评分与理由")
    manager.picture("phone-customer")
    expect(manager.page.locator(".month-curve svg").first).to_be_visible()
    manager.page.locator(".month-curves").evaluate("drawn => drawn.scrollIntoView({block: 'center'})")
    manager.picture("phone-customer-months")
    manager.link("开始走访").click()
    expect(manager.button("签到")).to_be_visible()


def test_me_shows_my_grids_and_speaks_english(visit: Visit) -> None:
    manager = visit("manager1", phone=True)
    manager.menu("我的")
    manager.sees("我的网格")
    expect(manager.page.locator(".card").first).to_be_visible()
    manager.picture("phone-me")
    manager.button("English").click()
    expect(manager.page.get_by_role("heading", name="My grids")).to_be_visible()
    manager.picture("phone-me-english")
    manager.button("Sign out").click()
    expect(manager.page.get_by_label("Account")).to_be_visible()


def test_managers_of_the_pair_both_see_the_grid(visit: Visit) -> None:
    grids = []
    for account in ("manager1", "manager2"):
        manager = visit(account, phone=True)
        manager.menu("我的")
        expect(manager.page.locator(".card").first).to_be_visible()
        grids.append(set(manager.page.locator(".card-kind").all_inner_texts()))
    assert grids[0] & grids[1]


@pytest.mark.parametrize("account", ["outlet1", "head", "manager7"])
def test_who_has_no_walk_is_told_so(visit: Visit, account: str) -> None:
    person = visit(account, phone=True)
    person.sees("今天没有安排")
    person.picture(f"phone-today-{account}")
    person.menu("客户")
    if account == "manager7":
        person.sees("没有符合条件的客户")
    else:
        expect(person.page.locator(".cards .card").first).to_be_visible()


def test_targets_are_as_large_as_a_thumb(visit: Visit) -> None:
    manager = visit("manager1", phone=True)
    expect(manager.page.get_by_role("article").first).to_be_visible()
    for target in manager.page.locator(".tabs a, .phone-button").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["width"] >= 48
    size = manager.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 16
    wider = manager.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wider
