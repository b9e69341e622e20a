"""管护规则 at the desk: a rule is tried and sent to a second person; an outlet manager gives a customer to somebody."""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import expect

from .people import Person
from .product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]

_COLLEAGUES = """
select s.number, c.id, (select b.number from staff b where b.org_unit_id = o.org_unit_id and b.duty = 'CUSTOMERS'
                         and b.is_active and b.id <> s.id order by b.number limit 1)
  from accounts a join staff o on o.id = a.staff_id
  join staff s on s.org_unit_id = o.org_unit_id and s.duty = 'CUSTOMERS' and s.is_active
  join customers c on c.org_unit_id = o.org_unit_id and c.owner_id <> s.id and c.status = 'ACTIVE'
   and c.atom_id is not null
 where a.account = 'outlet1' order by s.number, c.id limit 1
"""


def test_a_rule_is_tried_and_sent_and_a_customer_is_given(visit: Visit, product: Product) -> None:
    with psycopg.connect(product.database_url) as connection:
        number, customer, other = connection.execute(_COLLEAGUES).fetchone() or ("", 0, "")
    head = visit("head")
    head.menu("管护规则")
    head.sees("还没有管护规则")
    head.button("新规则").click()
    page = head.page
    page.get_by_label("编号", exact=True).fill("R1")
    page.get_by_label("名称", exact=True).fill("对公专营")
    page.get_by_label("存款不低于").fill("20")
    page.get_by_label("工号或编号").fill(number)
    head.button("试算").click()
    expect(page.locator(".trial")).to_contain_text(re.compile(r"户将换主办 · \d+ 户无人主办"))
    head.picture("desk-ownership-trial")
    page.get_by_label("原因").fill("大额存款户由专人管")
    head.button("提交复核").click()
    head.sees("已提交")
    head.picture("desk-ownership")

    outlet = visit("outlet1")
    outlet.open(f"/customers/Customer:{customer}")
    outlet.button("指定管户").click()
    outlet.page.get_by_label("工号").fill(number)
    outlet.page.get_by_label("原因").fill("客户点名")
    outlet.page.get_by_role("dialog").get_by_role("button", name="指定管户").click()
    expect(outlet.page.locator(".ownership-note")).to_contain_text("例外：客户点名")
    outlet.picture("desk-customer-given")
    outlet.menu("管护规则")
    outlet.sees("客户点名")
    own = outlet.page.get_by_role("row").filter(has_text=f"@{number}")
    own.get_by_role("button", name="B 岗").click()
    outlet.page.get_by_label("B 岗工号").fill(other)
    outlet.page.get_by_role("dialog").get_by_role("button", name=re.compile("^保 ?存$")).click()
    expect(own.locator("td").nth(5)).to_contain_text(other)
    outlet.picture("desk-ownership-lists")
    own.get_by_role("link").click()
    outlet.sees("共 1 户")
    expect(outlet.page.get_by_label("名单", exact=True).first).to_be_visible()
    outlet.picture("desk-customers-of-list")
    outlet.link("在地图上").click()
    outlet.waits_for_map()
    outlet.picture("desk-map-of-list")
    outlet.page.get_by_role("combobox", name="在地图上查找").fill(f"@{number}")
    outlet.sees("名单（显示成员）")
    outlet.picture("desk-map-search-list")
    outlet.menu("管护规则")
    outlet.button("结束").click()
    outlet.button("确定").click()
    outlet.sees("没有例外")
