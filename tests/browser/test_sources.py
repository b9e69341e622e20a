"""The bank's IT person describes a file at the desk: text checked by line, tried on the file, agreed to by a second."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from .people import Person
from .product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]
ROWS = (
    "编号|姓名|电话|客户经理|更新日\n"
    "C1|王小明|13812345678|张三|20261101\n"
    "C2|李四|13812345679|赵六|20261101\n"
    "C3|孙七|13812345670|张三|20261399\n"
)
COLUMNS = """crm_id = "编号"
name = "姓名"
phone = "电话"
manager_no = { from = "客户经理", codes = { "张三" = "100001" } }
updated_on = "更新日"
"""


@pytest.fixture
def second_person(product: Product) -> Iterator[str]:
    """Head office may let files through here, and so agree to how they are read."""
    statement = "update roles set permissions = {} where code = 'HEAD_OFFICE'"
    with psycopg.connect(product.database_url, autocommit=True) as connection:
        connection.execute(statement.format("permissions || 'feeds.release'::varchar"))
        yield "head"
        connection.execute(statement.format("array_remove(permissions, 'feeds.release')"))


def test_a_description_is_written_tried_and_put_into_service_by_two(
    visit: Visit, second_person: str, tmp_path: Path
) -> None:
    admin = visit("admin")
    page = admin.page
    admin.menu("数据源")
    expect(page.get_by_role("button", name="信贷借据")).to_be_visible()
    admin.picture("desk-sources")
    page.get_by_role("button", name="户籍").click()
    admin.sees("登记或续期")
    admin.picture("desk-sources-basis")
    admin.open("/sources?feed=crm_legacy&source=")
    text = page.get_by_role("textbox", name="说明全文")
    expect(text).to_have_value(re.compile("旧 CRM"))
    written = text.input_value()
    text.fill(written.replace("header = 1 ", "heder = 1 "))
    page.get_by_role("button", name=re.compile("第 16 行")).click()
    admin.picture("desk-adapter-wrong")
    name = 'name = "CRM_{YYYYMMDD}.txt"'
    sound = written.partition("[columns]")[0].replace('source = "core"', 'source = "old"')
    sound = re.sub("^name = .*", name, sound, count=1, flags=re.MULTILINE)
    text.fill(sound + "[columns]\n" + COLUMNS)
    admin.sees("写法没有问题")
    sent = tmp_path / "CRM_20261201.txt"
    sent.write_bytes(ROWS.encode("gbk"))
    page.get_by_label("选择文件").set_input_files(sent)
    admin.sees("已上传")
    admin.button("按左边的说明试读").click()
    admin.sees("3 行：入库 1，隔离 2，略过 0")
    admin.sees("138****5678")
    admin.picture("desk-adapter-tried")
    admin.button("提交复核").click()
    page.get_by_placeholder("理由").fill("旧系统接入")
    page.get_by_role("dialog").get_by_role("button", name="提交").click()
    admin.sees("等待另一位同事处理")

    other = visit(second_person)
    other.open("/sources")
    other.sees("待复核的适配说明")
    other.button("看改动").click()
    other.picture("desk-sources-proposed")
    other.button("同意").click()
    other.page.get_by_placeholder("理由").fill("看过")
    other.page.get_by_role("dialog").get_by_role("button", name="同意").click()
    expect(other.page.get_by_text("待复核的适配说明")).to_have_count(0)
    other.open("/sources?feed=crm_legacy&source=old")
    other.sees("第 1 版")
    other.picture("desk-adapter-versions")
