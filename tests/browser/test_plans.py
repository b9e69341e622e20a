"""Two people of head office draw one plan up, clash, take back, check, and one agrees to what the other proposes."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from api.auth.passwords import hash_password

from .people import Person
from .product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]


@pytest.fixture
def second(product: Product) -> str:
    """The account of another person with the rights of head office."""
    with psycopg.connect(product.database_url) as connection:
        connection.execute(
            "insert into staff (number, name, role, org_unit_id, is_active)"
            " select '100199', '许复核', role, org_unit_id, true from staff"
            "  where id = (select staff_id from accounts where account = 'head')"
        )
        connection.execute(
            "insert into accounts (account, staff_id, password_hash, failed_attempts)"
            " select 'second', id, %s, 0 from staff where number = '100199'",
            [hash_password("yunge-second")],
        )
    return "second"


def _draft(head: Person, name: str) -> str:
    """A draft of the plan in force, opened; its address."""
    head.menu("方案")
    head.button("以现行方案新建草稿").click()
    head.page.get_by_label("名称", exact=True).fill(name)
    head.page.get_by_role("dialog").get_by_role("button", name=re.compile("^新 ?建$")).click()
    expect(head.page).to_have_url(re.compile(r"/plans/Plan"))
    head.waits_for_map()
    return head.page.url.removeprefix(head.address)


def _at_version(person: Person, version: int) -> None:
    expect(person.page.locator(".plan-head")).to_contain_text(f"第 {version} 版")


def _tick(page: Page, row: int) -> None:
    """The atom of a row of the table, without a mouse."""
    page.get_by_role("tab", name=re.compile("^原子")).click()
    page.locator(".ant-table-tbody input[type=checkbox]:visible").nth(row).press("Space")


def _rename(page: Page, name: str) -> None:
    """The first grid of the table gets a name."""
    page.get_by_role("tab", name=re.compile("^网格")).click()
    sign = page.locator(".ant-table-row-expand-icon:visible").first
    if "expanded" not in str(sign.get_attribute("class")):
        sign.press("Enter")
    page.get_by_label("名称", exact=True).first.fill(name)
    page.get_by_role("button", name=re.compile("^改 ?名$")).first.press("Enter")


def _answer(dialog: Any, word: str, text: str) -> None:
    dialog.get_by_role("textbox").last.fill(text)
    dialog.get_by_role("button", name=re.compile(" ?".join(word))).last.click()


def test_two_draw_one_plan_up_clash_and_one_agrees_to_it(visit: Visit, second: str) -> None:
    head, other = visit("head"), visit(second)
    path = _draft(head, "两人方案")
    other.open(path)
    other.waits_for_map()
    head.picture("desk-plan")

    # What one does the other sees by himself, within seconds.
    _rename(head.page, "改过的网格")
    _at_version(head, 1)
    expect(other.page.get_by_role("region", name="别人的改动")).to_contain_text("改名")
    _at_version(other, 1)

    # Whoever has not heard of it yet clashes; what he wanted stays at hand and is done again.
    held: list[Route] = []
    is_deaf = True

    def hold(route: Route) -> None:
        if is_deaf and "after" in (route.request.post_data_json or {}).get("variables", {}):
            held.append(route)
        else:
            route.continue_()

    other.page.route("**/graphql", hold)
    _rename(head.page, "又改的网格")
    _at_version(head, 2)
    _rename(other.page, "另一个名字")
    clash = other.page.get_by_role("region", name="有冲突")
    expect(clash).to_contain_text("改了同样的网格或原子")
    other.picture("desk-plan-clash")
    is_deaf = False
    for route in held:
        route.continue_()
    _at_version(other, 2)
    clash.get_by_role("button", name="在现在的草稿上再做一次").click()
    _at_version(other, 3)
    expect(clash).to_have_count(0)

    # A gap is found, named, and taken back by key.
    _at_version(head, 3)
    _tick(head.page, 0)
    head.button("移出网格").click()
    _at_version(head, 4)
    head.page.get_by_role("tab", name="问题 1").click()
    expect(head.page.locator(".plan-findings")).to_contain_text("不属于任何网格")
    head.picture("desk-plan-findings")
    head.page.locator(".plan-side").click(position={"x": 4, "y": 4})
    head.page.keyboard.press("Control+z")
    _at_version(head, 5)
    expect(head.page.get_by_role("tab", name="问题 0")).to_be_visible()

    # Checked, proposed, agreed to by the other.
    head.page.locator(".plan-head").get_by_role("button", name=re.compile("^检 ?查$")).click()
    expect(head.page.locator(".plan-head")).to_contain_text("已检查")
    head.button("提交复核").click()
    _answer(head.page.get_by_role("dialog"), "提交", "并村")
    expect(head.page.locator(".proposal")).to_contain_text("等待")
    other.page.reload()
    other.page.locator(".proposal").get_by_role("button", name=re.compile("同 ?意")).click()
    _answer(other.page.get_by_role("dialog"), "同意", "已核对")
    expect(other.page.locator(".plan-head")).to_contain_text("已批准")
    other.picture("desk-plan-approved")
    expect(head.page.locator(".plan-head")).to_contain_text("已批准")


def _choose(page: Page, label: str, text: str) -> None:
    """One of a list that opens, by typing."""
    page.get_by_label(label).last.fill(text)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()


def test_b_posts_and_large_grids_are_set_on_the_page(visit: Visit, product: Product) -> None:
    with psycopg.connect(product.database_url) as connection:
        ((number, name),) = connection.execute(
            "select number, name from staff where duty = 'CUSTOMERS' and is_active order by number desc limit 1"
        ).fetchall()
        small = connection.execute(
            "select g.code from grids g join plan_in_force f on f.id = g.plan_id where g.level = 'SMALL'"
            " order by g.code limit 2"
        ).fetchall()
    head = visit("head")
    _draft(head, "大网格方案")
    page = head.page
    page.locator(".ant-table-row-expand-icon:visible").first.press("Enter")
    page.get_by_label("B 岗", exact=True).fill(number)
    page.get_by_role("button", name="安排 B 岗").click()
    _at_version(head, 1)
    expect(page.locator(".plan-side")).to_contain_text(f"B {name}")
    head.picture("desk-plan-b-post")

    head.button("新建大网格").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("网格号").fill("L900")
    dialog.get_by_label("名称").fill("新大网格")
    for (code,) in small:
        _choose(page, "小网格", code)
    dialog.locator(".ant-modal-title").click()
    head.picture("desk-plan-new-large")
    dialog.locator(".ant-modal-footer button").last.click()
    _at_version(head, 2)
    page.get_by_placeholder("按名称、网格号").last.fill("L900")
    head.sees("新大网格")
    page.get_by_placeholder("按名称、网格号").last.fill("")

    _tick(page, 0)
    _choose(page, "分给哪个网格", small[1][0])
    expect(page.locator(".plan-chosen")).to_contain_text("最忙比最闲")
    head.picture("desk-plan-people")

    head.button("导出").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="表格（XLSX）").click()
    assert taken.value.suggested_filename.endswith("-2.xlsx")
    head.picture("desk-plan-export")
