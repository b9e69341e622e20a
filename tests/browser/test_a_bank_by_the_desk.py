"""The bank of `docs/own-bank.md` by the desk alone: from an empty production installation to a walk on a phone.

Only its first accounts come by command, because nobody could hand them out. The pictures of each step are
`own-bank-*.png`.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from geo.coverage import prove_partition
from tests.servers import redis_url

from .own_bank import Installation, People, agree, answer, bring, carry_out, installed
from .people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow("install")]
OWN = "一句自己记得住、别人猜不到的话"
IN_THE_EAST = (101.012, 36.0085)


@pytest.fixture
def address(make_database: Callable[..., str]) -> str:
    return make_database("template1")


@pytest.fixture
def bank(address: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(address, redis_url(), tmp_path) as made:
        yield made


@pytest.fixture
def people(browser: Browser, bank: Installation) -> Iterator[People]:
    come = People(browser, bank, [])
    yield come
    for visitor in come.visitors:
        visitor.leave()


def test_a_bank_opens_from_nothing_by_the_desk_alone(
    people: People, bank: Installation, address: str
) -> None:
    admin, second = people.at_desk("900001"), people.at_desk("900004")
    head, other = people.at_desk("900002"), people.at_desk("900003")
    admin.sees("还没有数据")
    admin.picture("own-bank-01-nothing")
    admin.link("去“开行”").click()
    expect(admin.page.get_by_role("navigation", name="开行步骤").get_by_role("link")).to_have_count(7)
    admin.picture("own-bank-02-opening")

    _ground(admin, head, bank)
    _units_and_staff(admin, head, bank)
    code = _codes(head)
    _grids(admin, head, other, bank)
    _sources(admin, second, other, bank)
    _first_night(admin)
    _walk(people, code)
    with psycopg.connect(address) as connection:
        proof = prove_partition(connection)
        without = connection.execute("select count(*) from customers where owner_id is null").fetchone()
    assert (proof.holds, proof.atoms, without) == (True, 12, (0,))


def _ground(admin: Person, head: Person, bank: Installation) -> None:
    """Outline and atoms: what is wrong with a file is said with the place, and sends nothing on."""
    page = admin.page
    expect(page.get_by_text("先选坐标系，然后在这里上传文件。")).to_be_visible()
    found = bring(admin, "OUTLINE", _bow_tie(bank.folder), datum="WGS84")
    expect(found).to_contain_text("自相交")
    expect(found).to_contain_text("101.010000, 36.010000")
    expect(found.get_by_role("button", name="执行导入")).to_have_count(0)
    admin.picture("own-bank-03-outline-refused")
    found = bring(admin, "OUTLINE", bank.folder / "外轮廓.geojson", datum="WGS84")
    expect(found).to_contain_text("新增 1，变更 0，终止 0，不变 0，有问题 0")
    expect(found).to_contain_text("新边界，48,009,500 平方米")
    expect(found).to_contain_text("要由另一位有复核权限的同事执行")
    admin.picture("own-bank-04-outline-tried")
    carry_out(head, "OUTLINE")
    head.picture("own-bank-05-outline-carried-out")

    found = bring(admin, "ATOMS", bank.folder / "村组.geojson", datum="GCJ02")
    expect(found.get_by_role("alert")).to_contain_text("请把坐标系改为 WGS84 再来")
    admin.picture("own-bank-06-wrong-datum")
    found = bring(admin, "ATOMS", bank.folder / "村组.geojson", datum="WGS84")
    expect(found).to_contain_text("验证：12 个原子互不重叠、没有空隙")
    head.page.set_viewport_size({"width": 1280, "height": 800})
    carry_out(head, "ATOMS")
    _fits(head)
    head.picture("own-bank-07-atoms-carried-out")
    head.page.set_viewport_size({"width": 1440, "height": 900})


def _units_and_staff(admin: Person, head: Person, bank: Installation) -> None:
    """Units, then staff: carried out, taken back while nothing stands on it, and carried out again."""
    found = bring(admin, "ORGANISATION", bank.folder / "机构.csv")
    expect(found).to_contain_text("新增 4，变更 1")
    admin.picture("own-bank-08-units-tried")
    carry_out(head, "ORGANISATION")
    wrong = bank.folder / "员工有误.csv"
    wrong.write_text(
        (bank.folder / "员工.csv").read_text("utf-8").replace("102003,陈静,010201", "102003,陈静,019999")
    )
    found = bring(admin, "STAFF", wrong)
    expect(found).to_contain_text("有问题 1")
    expect(found).to_contain_text("019999")
    admin.picture("own-bank-09-staff-wrong")
    bring(admin, "STAFF", bank.folder / "员工.csv")
    done = carry_out(head, "STAFF")
    done.get_by_role("button", name="撤销这次导入").click()
    done.get_by_role("button", name="确定").click()
    expect(done).to_contain_text("已撤销")
    head.picture("own-bank-10-staff-taken-back")
    bring(admin, "STAFF", bank.folder / "员工.csv")
    carry_out(head, "STAFF")
    expect(head.page.locator(".opening-steps")).to_contain_text("其中客户经理 4 人")
    head.picture("own-bank-11-staff")


def _codes(head: Person) -> str:
    """Codes for everybody who cannot sign in yet, printed; gives that of 周梅."""
    head.link("打印一次性码").click()
    head.button("批量发放一次性码").click()
    head.sees("为还不能登录的 6 人")
    head.button("发放").click()
    slip = head.page.locator(".code-slip", has_text="101002")
    expect(slip).to_contain_text("周梅")
    expect(head.page.locator(".code-slip")).to_have_count(6)
    head.picture("own-bank-12-codes")
    found = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", slip.inner_text())
    assert found is not None
    return found[0]


def _grids(admin: Person, head: Person, other: Person, bank: Installation) -> None:
    """A first plan is offered; here the list of grids makes the draft, one proposes it and the other agrees."""
    head.menu("方案")
    head.sees("还没有网格方案")
    head.button("新建草稿").click()
    expect(head.page.get_by_label("名称", exact=True)).to_have_value("首个方案")
    head.picture("own-bank-13-first-plan-offered")
    head.page.keyboard.press("Escape")
    found = bring(admin, "GRIDS", bank.folder / "网格.csv")
    expect(found).to_contain_text("新增 8")
    expect(found).to_contain_text("大小 小网格")
    admin.picture("own-bank-14-grids-tried")
    carry_out(head, "GRIDS")
    head.link("去“方案”检查").click()
    head.page.locator(".ant-table-tbody a").first.click()
    head.waits_for_map()
    head.picture("own-bank-15-draft")
    bar = head.page.locator(".plan-head")
    bar.get_by_role("button", name=re.compile("^检 ?查$")).click()
    expect(bar).to_contain_text("已检查")
    head.button("提交复核").click()
    answer(head, "开行", "提交")
    expect(head.page.locator(".proposal")).to_contain_text("等待")
    other.open(head.page.url.removeprefix(bank.address))
    other.waits_for_map()
    other.picture("own-bank-16-plan-proposed")
    agree(other, other.page.locator(".proposal"), "逐格核对过")
    expect(other.page.locator(".plan-head")).to_contain_text("生效中")
    other.picture("own-bank-17-plan-in-force")


def _sources(admin: Person, second: Person, other: Person, bank: Installation) -> None:
    """Two files of the bank's own form are described, tried on the files themselves, and agreed to by a second."""
    for feed, text, beginning, name in (
        ("core_customer", "核心客户.toml", "KH_", "18-customers"),
        ("sunshine_credit", "阳光信贷.toml", "YG", "19-survey"),
    ):
        admin.open(f"/sources?feed={feed}&source=")
        admin.page.get_by_role("textbox", name="说明全文").fill((bank.folder / text).read_text("utf-8"))
        admin.sees("写法没有问题")
        sample = bank.landed(beginning)
        admin.page.get_by_label("选择文件").set_input_files(sample)
        admin.sees("已上传")
        admin.button("按左边的说明试读").click()
        admin.sees(f"{sample.name} 的每一行都会入库")
        _fits(admin)
        admin.picture(f"own-bank-{name}-tried")
        admin.button("提交复核").click()
        answer(admin, "开行", "提交")
        admin.sees("等待另一位同事处理")
    other.open("/sources")
    expect(other.page.locator(".proposal").first).to_contain_text("等待有复核权限的同事处理")
    second.menu("数据源")
    second.picture("own-bank-20-descriptions-proposed")
    for left in (1, 0):
        agree(second, second.page.locator(".proposal").first, "试读过")
        expect(second.page.locator(".proposal")).to_have_count(left)
    second.button("户籍").click()
    second.button("登记或续期").click()
    dialog = second.page.get_by_role("dialog")
    dialog.get_by_label("用途").fill("核对户主与家庭成员")
    dialog.get_by_label("文件名称与编号").fill("与县公安局的数据共用协议 2026 第 3 号")
    second.picture("own-bank-21-basis")
    dialog.get_by_role("button", name=re.compile("^登 ?记$")).click()
    expect(dialog).to_have_count(0)
    expect(second.page.get_by_role("complementary", name="户籍")).to_contain_text("2026 第 3 号")


def _first_night(admin: Person) -> None:
    """Begun at the desk, done by the workers."""
    admin.open("/opening?step=NIGHT")
    admin.link("去“夜间批处理”").click()
    admin.sees("还没有运行过")
    admin.button("开始批处理").click()
    expect(admin.page.locator(".page")).to_contain_text("已完成", timeout=120_000)
    admin.picture("own-bank-22-night")
    admin.menu("开行")
    admin.sees("7 / 7 步完成")
    admin.picture("own-bank-23-opened")


def _walk(people: People, code: str) -> None:
    """A manager signs in with the code, is told what a password has to be, and sees whom to visit today."""
    manager = people.with_phone("101002", code, at=IN_THE_EAST)
    page = manager.page
    page.set_viewport_size({"width": 360, "height": 740})
    for password in ("短", OWN):
        page.get_by_label("新密码", exact=True).fill(password)
        page.get_by_label("再输一次").fill(password)
        manager.button("设置密码并登录").click()
        if password != OWN:
            # The rule stands there from the beginning, and again as what is wrong.
            expect(page.locator("main")).to_contain_text(
                re.compile("至少 10 个字符.*至少 10 个字符", re.DOTALL)
            )
            manager.picture("own-bank-24-phone-password")
    stops = page.get_by_role("article")
    expect(stops.first).to_contain_text("白水镇")
    assert stops.count() >= 3
    manager.picture("own-bank-25-phone-today-360")
    page.set_viewport_size({"width": 390, "height": 844})
    manager.picture("own-bank-26-phone-today")
    manager.menu("地图")
    manager.waits_for_map()
    manager.picture("own-bank-27-phone-map")


def _fits(person: Person) -> None:
    """Nothing of the page lies beyond the window's right edge, but for a pixel of rounding."""
    assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def _bow_tie(folder: Path) -> Path:
    ring = [[101.0, 36.0], [101.02, 36.02], [101.02, 36.0], [101.0, 36.02], [101.0, 36.0]]
    area = {"type": "Polygon", "coordinates": [ring]}
    path = folder / "画错的轮廓.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": area}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    return path
