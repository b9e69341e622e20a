"""Everything that can be opened at the desk, as head office, outlet manager, customer manager and administrator."""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from tests.conftest import COUNTY_AS_OF

from .people import Person
from .product import Product

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


def _count(person: Person) -> int:
    line = person.page.locator(".count")
    expect(line).to_have_text(re.compile(r"户$"))
    return int(re.sub(r"\D", "", line.inner_text()))


def _key(row: Locator) -> str:
    key = row.get_attribute("data-row-key")
    assert key is not None
    return key


def _menu(person: Person) -> list[str]:
    links = person.page.get_by_role("navigation", name="主菜单").get_by_role("listitem")
    expect(links.first).to_be_visible()
    return links.all_inner_texts()


def test_head_office_reads_the_dashboard_and_opens_the_rows_behind_a_figure(visit: Visit) -> None:
    head = visit("head")
    assert _menu(head) == [
        "经营看板",
        "网格",
        "方案",
        "管护规则",
        "客户",
        "夜间批处理",
        "数据源",
        "模型",
        "参数",
        "人员",
        "开行",
    ]
    head.sees("营销漏斗")
    expect(head.page.locator(".funnel li")).to_have_count(5)
    expect(head.page.locator(".plain-table tbody tr")).to_have_count(18)
    head.picture("desk-dashboard-head")
    head.page.locator(".tile", has_text="客户总数").get_by_role("link").click()
    expect(head.page).to_have_url(re.compile(r"/customers"))
    assert _count(head) > 1_500


def test_head_office_looks_at_one_outlet(visit: Visit) -> None:
    head = visit("head")
    head.sees("营销漏斗")
    whole = head.page.locator(".tile-value").first.inner_text()
    head.page.get_by_label("网点").click()
    head.page.locator(".ant-select-item-option").nth(3).click()
    expect(head.page).to_have_url(re.compile(r"org=OrgUnit"))
    expect(head.page.locator(".tile-value").first).not_to_have_text(whole)
    head.picture("desk-dashboard-outlet")


def test_head_office_filters_sorts_and_pages_and_the_address_keeps_it(visit: Visit) -> None:
    head = visit("head")
    head.menu("客户")
    everybody = _count(head)
    head.picture("desk-customers-head")
    head.page.locator(".filters").get_by_text("有贷款").click()
    expect(head.page).to_have_url(re.compile(r"loan=1"))
    expect(head.page.locator(".count")).not_to_have_text(re.compile(f"{everybody:,}"))
    with_loan = _count(head)
    assert 0 < with_loan < everybody
    head.page.get_by_role("columnheader", name="贷款（万元）").click()
    expect(head.page).to_have_url(re.compile(r"sort=LOAN"))
    expect(head.page.get_by_role("columnheader", name="贷款（万元）")).to_have_attribute(
        "aria-sort", "ascending"
    )
    first_row = head.page.locator("tbody tr[data-row-key]").first
    on_first_page = _key(first_row)
    head.button("下一页").click()
    expect(first_row).not_to_have_attribute("data-row-key", on_first_page)
    expect(head.page).to_have_url(re.compile(r"after="))
    on_second_page = _key(first_row)
    head.picture("desk-customers-filtered")
    head.page.reload()
    expect(first_row).to_have_attribute("data-row-key", on_second_page)
    assert _count(head) == with_loan
    head.button("上一页").click()
    expect(first_row).to_have_attribute("data-row-key", on_first_page)
    expect(head.page).to_have_url(re.compile(r"before="))
    head.open("/customers?text=没有这个人")
    head.sees("没有符合条件的客户")
    head.picture("desk-customers-empty")


def test_head_office_sees_names_masked(visit: Visit) -> None:
    head = visit("head")
    head.open("/customers?kind=PERSON")
    names = head.page.locator("tbody .link.strong")
    expect(names.first).to_be_visible()
    assert all("*" in name for name in names.all_inner_texts())


def _edges(one: Locator) -> tuple[float, float]:
    """Where it begins and ends from left to right, in pixels."""
    box = one.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def test_head_office_finds_a_place_on_the_map_by_keyboard(visit: Visit) -> None:
    head = visit("head")
    head.open("/map")
    head.waits_for_map()
    head.page.get_by_role("combobox", name="在地图上查找").fill("街道")
    expect(head.page.locator(".ant-select-item-option").first).to_be_visible()
    head.page.keyboard.press("Enter")
    expect(head.page).to_have_url(re.compile(r"at=TOWN"))
    expect(head.page.get_by_role("status").get_by_text("已定位")).to_be_visible()
    head.waits_for_map()
    head.picture("desk-map-found")
    head.button("取消定位").click()
    expect(head.page).not_to_have_url(re.compile(r"at="))


def test_head_office_walks_the_map(visit: Visit) -> None:
    head = visit("head")
    head.menu("网格")
    head.waits_for_map()
    head.picture("desk-map-small")
    head.page.locator(".map-canvas").click(position={"x": 660, "y": 420})
    panel = head.page.get_by_role("complementary", name="网格详情")
    expect(panel.get_by_role("heading", level=1)).to_be_visible()
    expect(head.page).to_have_url(re.compile(r"grid=Grid"))
    expect(panel.get_by_text("A 岗")).to_be_visible()
    head.waits_for_map()
    head.picture("desk-map-grid")
    for width in (1100, 1440):
        head.page.set_viewport_size({"width": width, "height": 900})
        left, right = _edges(head.page.locator(".map-canvas"))
        assert right <= _edges(panel)[0], f"the panel lies on the map at {width}"
        legend = _edges(head.page.get_by_role("region", name="图例"))
        assert left <= legend[0], f"the legend lies outside the map at {width}"
        assert legend[1] <= left + 256, f"the legend lies on the county at {width}, which begins there"
    head.page.set_viewport_size({"width": 880, "height": 600})
    expect(head.page.get_by_role("region", name="图例")).to_be_hidden()
    head.page.set_viewport_size({"width": 1440, "height": 380})
    legend = head.page.get_by_role("region", name="图例").bounding_box()
    tools = head.page.locator(".map-tools").bounding_box()
    assert legend is not None
    assert tools is not None
    assert legend["y"] >= tools["y"] + tools["height"], "the legend lies on the tools in a low window"
    head.picture("desk-map-low")
    head.page.set_viewport_size({"width": 1440, "height": 900})
    customers = int(re.sub(r"\D", "", panel.locator("dd").first.inner_text()))
    panel.get_by_role("link", name="查看客户名单").click()
    assert _count(head) == customers


def test_head_office_chooses_a_measure_and_large_grids(visit: Visit) -> None:
    head = visit("head")
    head.open("/map?level=LARGE&measure=depositFen")
    head.waits_for_map()
    legend = head.page.get_by_role("region", name="图例")
    expect(legend).to_contain_text("存款余额")
    expect(legend).to_contain_text("数据日期 2026-11-20")
    assert legend.locator("ol li").count() >= 4
    head.picture("desk-map-large")


def test_head_office_reads_nights_files_and_models(visit: Visit) -> None:
    head = visit("head")
    head.menu("夜间批处理")
    expect(head.page.get_by_role("heading", name="2026-11-20").first).to_be_visible()
    expect(head.page.locator(".night").first.locator("tbody tr")).to_have_count(33)
    assert head.page.locator(".step-failed").count() == 0
    expect(head.button("开始批处理")).to_have_count(0)
    head.picture("desk-nights-head")
    head.page.get_by_text("批次文件").click()
    head.sees("已入库")
    assert head.page.get_by_text("✕ 不平").count() == 0
    head.picture("desk-batches")
    head.menu("模型")
    head.sees("生效中")
    head.picture("desk-models")


def test_an_outlet_manager_sees_the_outlet_and_everything_of_a_customer(visit: Visit) -> None:
    head, outlet = visit("head"), visit("outlet1")
    head.menu("客户")
    outlet.picture("desk-dashboard-outlet-manager")
    outlet.menu("客户")
    assert 0 < _count(outlet) < _count(head)
    outlet.open("/customers?sort=DEPOSIT&order=desc")
    outlet.page.locator("tbody .link.strong").first.click()
    drawer = outlet.page.get_by_role("complementary", name="客户视图")
    for title in ("评分与理由", "基本信息", "关系", "近十三个月", "走访记录", "来源记录", "来源分歧"):
        expect(drawer.get_by_role("heading", name=title)).to_be_visible()
    outlet.picture("desk-customer-panel")
    drawer.get_by_role("link", name="整页打开").click()
    expect(outlet.page).to_have_url(re.compile(r"/customers/Customer"))
    outlet.sees("基本信息")
    outlet.picture("desk-customer-page")
    deposits = outlet.page.get_by_role("img", name=re.compile("月末存款余额，.*万元到 .*万元"))
    expect(deposits.locator(".month-line")).to_be_visible()
    outlet.page.get_by_text("查看每月数字").click()
    expect(outlet.page.locator(".month-numbers tbody tr")).to_have_count(12)
    outlet.page.locator(".month-curves").evaluate("drawn => drawn.scrollIntoView()")
    outlet.picture("desk-customer-months")
    outlet.page.get_by_role("button", name="English").click()
    expect(outlet.page.get_by_role("img", name=re.compile("Deposits at month-end, "))).to_be_visible()
    outlet.page.locator(".month-curves").evaluate("drawn => drawn.scrollIntoView()")
    outlet.picture("desk-customer-months-english")


def test_an_outlet_manager_asks_why(visit: Visit, product: Product) -> None:
    outlet = visit("outlet1")
    outlet.open("/customers?scoreFrom=0&sort=ATTRITION_SCORE")
    first_row = outlet.page.locator("tbody tr[data-row-key]").first
    expect(first_row).to_be_visible()
    # In so small a county everybody is among the fifty of the grid whose reasons the night has found.
    with psycopg.connect(product.database_url) as connection:
        connection.execute(
            "delete from score_reasons where customer_id = %s", [_key(first_row).split(":")[1]]
        )
    first_row.locator(".link.strong").click()
    drawer = outlet.page.get_by_role("complementary", name="客户视图")
    expect(drawer.get_by_text("理由按需计算")).to_be_visible()
    drawer.get_by_role("button", name="解释").click()
    expect(drawer.locator(".reasons li").first).to_be_visible()
    expect(drawer.get_by_text("理由按需计算")).to_have_count(0)
    outlet.picture("desk-customer-explained")


def test_an_outlet_manager_takes_a_customer_apart(visit: Visit, product: Product) -> None:
    outlet = visit("outlet1")
    with psycopg.connect(product.database_url) as connection:
        found = connection.execute(
            """select c.id, count(*) from accounts a join staff s on s.id = a.staff_id
                 join customers c on c.org_unit_id = s.org_unit_id and c.status = 'ACTIVE'
                 join source_records r on r.customer_id = c.id
                where a.account = 'outlet1' group by c.id having count(*) > 2 order by c.id limit 1"""
        ).fetchone()
    assert found is not None
    outlet.open(f"/customers/Customer:{found[0]}")
    records = outlet.page.locator(".ant-table-row:has(input[type=checkbox])")
    expect(records).to_have_count(found[1])
    cut = outlet.button("拆分选中的两条")
    expect(cut).to_be_disabled()
    keys = [records.nth(place).locator("td.number").first.inner_text() for place in (0, 1)]
    for place in (0, 1):
        records.nth(place).get_by_role("checkbox").check()
    cut.click()
    dialog = outlet.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="确认拆分")).to_be_disabled()
    dialog.get_by_label("请说明理由").fill("同名不同人")
    outlet.picture("desk-customer-cut")
    dialog.get_by_role("button", name="确认拆分").click()
    expect(dialog).to_have_count(0)
    done = outlet.page.get_by_role("status").filter(has_text="已拆分")
    done.scroll_into_view_if_needed()
    outlet.picture("desk-customer-cut-done")

    def held() -> list[bool]:
        rows = outlet.page.locator(".ant-table-row")
        return [rows.filter(has_text=key).count() > 0 for key in keys]

    here = held()
    assert sorted(here) == [False, True], "one of the two stays"
    done.get_by_role("link").first.click()
    expect(outlet.page).not_to_have_url(re.compile(rf"Customer(:|%3A){found[0]}$"))
    expect(outlet.page.locator(".ant-table-row").filter(has_text=keys[here.index(False)])).to_be_visible()
    assert held() == [not stays for stays in here], "the other went to the other customer"
    expect(outlet.page.get_by_role("status").filter(has_text="已拆分")).to_have_count(0)


def test_a_feed_that_is_late_is_named_where_pages_rest_on_it(visit: Visit, product: Product) -> None:
    newest = "feed = 'pos_merchant' and data_date = %s"
    with psycopg.connect(product.database_url) as connection:
        connection.execute(f"update batches set state = 'WAITING' where {newest}", [COUNTY_AS_OF])
    try:
        head = visit("head")
        late = head.page.get_by_role("alert").filter(has_text="没有到齐")
        expect(late).to_contain_text("收单商户与交易额仍是 2026-11-19 的")
        head.picture("desk-dashboard-late")
        manager = visit("manager1", phone=True)
        expect(manager.page.get_by_role("alert").filter(has_text="没有到齐")).to_contain_text(
            "2026-11-21 06:00 到"
        )
        manager.picture("phone-late")
        head.menu("参数")
        expect(head.page.get_by_role("heading", level=1)).to_be_visible()
        expect(head.page.get_by_role("alert").filter(has_text="没有到齐")).to_have_count(0)
    finally:
        with psycopg.connect(product.database_url) as connection:
            connection.execute(f"update batches set state = 'LOADED' where {newest}", [COUNTY_AS_OF])


HOLD = """
insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused, quarantined, changed, reasons)
values ('credit_line', %s, 7, %s, 'HELD', 0, 0, 0, 0, 0,
        '[{"code": "FILE_HELD_EMPTY", "values": {"rows": 0, "before": 199}}]')
"""


def test_a_held_file_is_told_on_every_page_and_decided_by_the_administrator(
    visit: Visit, product: Product
) -> None:
    name = "credit_line_20261120_7.dat"
    with psycopg.connect(product.database_url) as connection:
        connection.execute(HOLD, [COUNTY_AS_OF, name])
    admin = visit("admin")
    admin.menu("夜间批处理")
    admin.sees("1 个文件留待确认")
    admin.picture("desk-nights-held")
    admin.link("去处理").click()
    held = admin.page.get_by_role("article", name=name)
    expect(held).to_contain_text("现有的 199 条记录将全部终止")
    admin.picture("desk-batches-held")
    held.get_by_role("button", name="同意入库").click()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("与来源核对过")
    dialog.get_by_role("button", name="同意入库").click()
    expect(dialog).to_contain_text("同意只对当时的文件有效")  # no such file lies in the landing folder
    admin.picture("desk-batches-held-changed")
    dialog.get_by_role("button", name="取消").click()
    held.get_by_role("button", name="退回").click()
    dialog.get_by_role("textbox").fill("来源误发空文件")
    dialog.get_by_role("button", name="退回").click()
    expect(held).to_have_count(0)
    refused = admin.page.locator(".ant-table-row").filter(has_text="来源误发空文件")
    expect(refused).to_contain_text("已拒收")
    admin.picture("desk-batches-sent-back")


def test_a_customer_manager_sees_his_own_grids_and_no_more(visit: Visit) -> None:
    manager, head = visit("manager1"), visit("head")
    assert _menu(manager) == ["经营看板", "网格", "客户"]
    manager.picture("desk-dashboard-manager")
    manager.menu("客户")
    own = _count(manager)
    manager.picture("desk-customers-manager")
    head.open("/customers?text=")
    assert 0 < own < _count(head)
    manager.menu("网格")
    manager.waits_for_map()
    manager.picture("desk-map-manager")
    manager.open("/nights")
    manager.sees("没有这个页面")
    manager.open("/customers/Customer:999999999")
    manager.sees("没有找到这位客户")
    manager.picture("desk-customer-gone")


def test_a_manager_without_grids_is_told_what_to_do(visit: Visit) -> None:
    manager = visit("manager7")
    manager.menu("网格")
    manager.sees("没有可以显示的网格")
    manager.picture("desk-map-without-grids")
    manager.menu("客户")
    manager.sees("没有符合条件的客户")


def test_an_administrator_starts_a_night_and_watches_it_end(visit: Visit) -> None:
    admin = visit("admin")
    assert _menu(admin) == ["经营看板", "网格", "夜间批处理", "数据源", "模型", "参数", "开行"]
    admin.menu("夜间批处理")
    nights = admin.page.locator(".night")
    expect(nights).to_have_count(2)
    day = admin.page.get_by_label("数据日期")
    day.fill("2026-11-20")
    day.press("Enter")
    admin.button("开始批处理").click()
    admin.sees("批处理已开始")
    expect(nights).to_have_count(3)
    admin.picture("desk-nights-running")
    expect(nights.first.locator("header .tag")).to_have_text("已完成", timeout=180_000)
    admin.picture("desk-nights-admin")


def test_one_proposes_a_parameter_and_another_decides(visit: Visit, product: Product) -> None:
    admin = visit("admin")
    admin.menu("参数")
    admin.sees("没有待复核的提案")
    row = admin.page.locator("tr", has_text="每日走访户数")
    expect(row).to_contain_text("12 户")
    row.get_by_role("button", name="提议修改").click()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_label("新值").fill("10")
    dialog.get_by_label("理由").fill("冬天路滑，每天少走两户")
    admin.picture("desk-parameter-propose")
    dialog.get_by_role("button", name="提交复核").click()
    mine = admin.page.locator(".proposal")
    expect(mine).to_contain_text("等待另一位同事处理")
    expect(mine.get_by_role("button", name="同意")).to_have_count(0)
    head = visit("head")
    head.menu("参数")
    waiting = head.page.locator(".proposal")
    expect(waiting.locator("del")).to_have_text("12 户")
    expect(waiting.locator("ins")).to_have_text("10 户")
    head.picture("desk-parameters-head")
    # As at 200 % on a desk: half the points, twice the size.
    head.page.set_viewport_size({"width": 720, "height": 450})
    expect(waiting.get_by_role("button", name="同意")).to_be_visible()
    head.picture("desk-parameters-at-200-percent")
    head.page.set_viewport_size({"width": 1440, "height": 900})
    waiting.get_by_role("button", name="同意").click()
    dialog = head.page.get_by_role("dialog")
    dialog.get_by_label("理由").fill("同意")
    dialog.get_by_role("button", name="同意").click()
    head.sees("没有待复核的提案")
    row = head.page.locator("tr", has_text="每日走访户数")
    expect(row).to_contain_text("12 户")
    expect(row).to_contain_text(re.compile(r"10 户，自 .* 起"))
    expect(head.page.locator("tr", has_text="每日顺路户数")).not_to_contain_text("起")
    row.get_by_role("button").first.click()
    expect(head.page.locator(".parameter-history li")).to_contain_text("冬天路滑")
    head.picture("desk-parameters-decided")
    with psycopg.connect(product.database_url) as database:
        assert database.execute("select value from parameter_versions").fetchall() == [(10,)]


def test_the_desk_speaks_english(visit: Visit) -> None:
    head = visit("head")
    head.page.get_by_role("button", name="English").click()
    expect(head.page.get_by_role("heading", name="Dashboard")).to_be_visible()
    expect(head.page.locator("html")).to_have_attribute("lang", "en")
    head.picture("desk-dashboard-english")
    head.page.reload()
    expect(head.page.get_by_role("heading", name="Dashboard")).to_be_visible()


def test_who_signs_out_leaves_nothing_behind(visit: Visit) -> None:
    head = visit("head")
    head.button("退出登录").click()
    expect(head.page.get_by_label("账号")).to_be_visible()
    head.open("/customers")
    expect(head.page.get_by_label("账号")).to_be_visible()
