"""开行 at the desk: a list goes in by one, is carried out and taken back by another, and codes are printed.

Over the small bank of the contract's tests, because nothing here wants a night.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from tests.api.conftest import CHEAP
from tests.schema.bank import fill
from tests.servers import redis_url

from .people import Person, Visitor
from .product import Product, running

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
LIST = "工号,姓名,机构号,职责\nN1,王磊,{unit},管户\nN2,李娜,{unit},管户\nN3,赵某,Z99,管户\n"


@pytest.fixture(scope="module")
def opened(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    address, folder = make_database(), tmp_path_factory.mktemp("opening")
    with psycopg.connect(address) as connection:
        fill(connection)
        for account in ("admin", "head", "outlet_a"):
            connection.execute(
                "update accounts set password_hash = %s where account = %s",
                [CHEAP.hash(f"yunge-{account}"), account],
            )
    (folder / "landing").mkdir()
    with running(address, redis_url(), folder / "landing", folder) as product:
        yield product


@pytest.fixture
def come(browser: Browser, opened: Product) -> Iterator[Callable[..., Person]]:
    visitors: list[Visitor] = []

    def open_for(account: str) -> Person:
        visitors.append(Visitor(browser, opened.address))
        return visitors[-1].sign_in(account)

    yield open_for
    for visitor in visitors:
        visitor.leave()


def test_lists_are_sent_back_brought_agreed_to_and_taken_back_and_codes_are_printed(
    come: Callable[..., Person], opened: Product, tmp_path: Path
) -> None:
    with psycopg.connect(opened.database_url) as connection:
        found = connection.execute("select code from org_units where kind = 'OUTLET' order by id").fetchone()
        assert found is not None
    sheet = tmp_path / "员工.csv"
    sheet.write_text(LIST.format(unit=found[0]), "utf-8")
    wrong = tmp_path / "机构.xlsx"
    wrong.write_bytes(b"MZ this is a program")

    admin = come("admin")
    admin.open("/opening?step=ORGANISATION")
    admin.page.locator("input[type=file]").set_input_files(wrong)
    article = admin.page.locator("article.import").first
    expect(article).to_contain_text("文件被退回")
    expect(article.get_by_role("alert")).to_contain_text("未导入任何内容")
    expect(admin.button("执行导入")).to_have_count(0)
    admin.picture("desk-opening-refused")

    admin.menu("开行")
    steps = admin.page.get_by_role("navigation", name="开行步骤")
    expect(steps.get_by_role("link")).to_have_count(7)
    expect(steps.get_by_role("link", name="机构")).to_contain_text("完成")
    admin.picture("desk-opening")
    steps.get_by_role("link", name="员工与账号").click()
    with admin.page.expect_download() as template:
        admin.link("下载模板").click()
    assert template.value.suggested_filename == "staff.xlsx"
    admin.page.get_by_text("只是一部分").click()
    admin.page.locator("input[type=file]").set_input_files(sheet)
    article = admin.page.locator("article.import").first
    expect(article).to_contain_text("新增 2，变更 0，终止 0，不变 0，有问题 1")
    expect(article).to_contain_text("第 4 行 C 列")
    expect(article).to_contain_text("Z99")
    admin.sees("要由另一位有复核权限的同事执行")
    admin.picture("desk-opening-tried")
    admin.page.set_viewport_size({"width": 1280, "height": 800})
    admin.picture("desk-opening-narrow")
    with admin.page.expect_download() as all_of_it:
        admin.link("下载全部结果").click()
    assert all_of_it.value.suggested_filename.startswith("import-")

    head = come("head")
    head.open("/opening?step=STAFF")
    article = head.page.locator("article.import").first
    article.get_by_role("button", name="查看").click()
    expect(article.get_by_role("row")).to_have_count(5)
    head.button("执行导入").click()
    expect(article).to_contain_text("已执行")
    head.picture("desk-opening-applied")
    article.get_by_role("button", name="撤销这次导入").click()
    article.get_by_role("button", name="确定").click()
    expect(article).to_contain_text("已撤销")

    admin.page.reload()
    admin.page.get_by_text("只是一部分").click()
    admin.page.locator("input[type=file]").set_input_files(sheet)
    expect(admin.page.locator("article.import")).to_have_count(2)
    wrong_one = admin.page.locator("article.import").first
    expect(wrong_one).to_contain_text("待复核")
    wrong_one.get_by_role("button", name="撤回这份清单").click()
    wrong_one.get_by_role("button", name="确定").click()
    expect(wrong_one).to_contain_text("已撤回")
    expect(wrong_one.get_by_role("button")).to_have_count(0)

    admin.page.reload()
    admin.page.get_by_text("只是一部分").click()
    admin.page.locator("input[type=file]").set_input_files(sheet)
    expect(admin.page.locator("article.import")).to_have_count(3)
    expect(admin.page.locator("article.import").first).to_contain_text("待复核")
    head.page.reload()
    head.button("执行导入").click()
    expect(head.page.locator("article.import").first).to_contain_text("已执行")

    manager = come("outlet_a")
    manager.menu("人员")
    manager.button("批量发放一次性码").click()
    manager.button("发放").click()
    slips = manager.page.locator(".code-slip")
    manager.sees("王磊")
    manager.sees("李娜")
    assert slips.count() >= 2
    assert all(len(code) >= 10 for code in manager.page.locator(".code-slip-code").all_inner_texts())
    manager.picture("desk-codes-of-many")
    manager.page.emulate_media(media="print")
    manager.picture("desk-codes-of-many-print")
