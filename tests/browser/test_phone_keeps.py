"""What is written on the phone survives: page, session, answer, signal, clock, position and the phone's own store."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from .people import Person, Visitor
from .product import Product

pytestmark = pytest.mark.browser
NOTE = "想了解三年定期，儿子在外地，周末回来一起谈。" * 9
DROPPED = "Failed to load resource"
Phone = Callable[..., tuple[Visitor, Person]]

YOUNGER_THAN_IOS_15 = """
for (const [owner, names] of [
  [AbortSignal, ['timeout', 'any']],
  [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
  [String.prototype, ['at', 'replaceAll', 'isWellFormed']],
  [Object, ['hasOwn', 'groupBy']],
  [Promise, ['any', 'withResolvers', 'try']],
  [Crypto.prototype, ['randomUUID']],
  [URL, ['canParse', 'parse']],
  [Navigator.prototype, ['locks', 'storage', 'userActivation']],
  [window, ['structuredClone', 'requestIdleCallback', 'reportError', 'BroadcastChannel']],
]) for (const name of names) delete owner[name];
"""


@pytest.fixture
def phone(browser: Browser, product: Product) -> Iterator[Phone]:
    """A phone in somebody's hands; `before` runs in each of its pages before the page does."""
    visitors: list[Visitor] = []

    def take(account: str, *, before: str = "", **options: object) -> tuple[Visitor, Person]:
        visitor = Visitor(browser, product.address, phone=True, **options)  # type: ignore[arg-type]
        visitors.append(visitor)
        if before:
            visitor.context.add_init_script(before)
        return visitor, visitor.sign_in(account)

    yield take
    for visitor in visitors:
        visitor.leave()


@pytest.fixture(scope="module")
def customers(product: Product) -> list[tuple[str, str]]:
    """(id, name) of some whom manager1 may visit and whom no other test goes to."""
    with psycopg.connect(product.database_url) as connection:
        rows = connection.execute(
            """select c.id, c.name from customers c
                 join posts p on p.grid_id = c.grid_id and p.to_on is null
                 join accounts a on a.staff_id = p.staff_id
                where a.account = 'manager1' and c.status = 'ACTIVE'
                  and not exists (select from walk_stops s where s.customer_id = c.id and s.position <= 3)
                order by c.id desc limit 8"""
        ).fetchall()
    assert len(rows) == 8
    return [(f"Customer:{id}", name) for id, name in rows]


def _open(person: Person, customer: str) -> None:
    person.open(f"/visit/{quote(customer, safe='')}")


def _begin(person: Person, customer: str, check_in: str = "不带位置，继续走访") -> None:
    _open(person, customer)
    person.button(check_in).click()
    expect(person.page.get_by_role("radio", name="需跟进")).to_be_visible()


def _fill(person: Person, note: str = NOTE) -> None:
    person.page.get_by_role("radio", name="需跟进").click()
    person.page.get_by_label("备注").fill(note)
    person.button("30 天后").click()
    _is_kept(person)


def _is_kept(person: Person) -> None:
    expect(person.page.locator(".visit")).to_have_attribute("data-kept", "true")


def _sees_what_was_written(person: Person, note: str = NOTE) -> None:
    expect(person.page.get_by_role("radio", name="需跟进")).to_be_checked()
    expect(person.page.get_by_label("备注")).to_have_value(note)
    expect(person.button("30 天后")).to_have_attribute("aria-pressed", "true")


def _record(person: Person) -> None:
    person.button("提交走访记录").click()
    expect(person.page.get_by_role("heading", name="走访已记录")).to_be_visible()


def _visits(product: Product, customer: str) -> list[dict[str, Any]]:
    with psycopg.connect(product.database_url) as connection:
        rows = connection.execute(
            """select v.id::text, a.account, v.note, v.next_on is not null, v.lon_deg_wgs84,
                      extract(epoch from v.counted_at - now())::float8,
                      extract(epoch from v.started_at - now())::float8
                 from visits v join accounts a on a.staff_id = v.staff_id
                where v.customer_id = %s and coalesce(v.note, '') not like '%%演示数据%%'
                order by v.received_at desc""",
            [int(customer.removeprefix("Customer:"))],
        ).fetchall()
    names = ("key", "account", "note", "has_next", "lon_deg", "counted_s", "started_s")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _carry_out(product: Product, statement: str, *values: object) -> None:
    with psycopg.connect(product.database_url) as connection:
        connection.execute(statement.encode(), values)


def _is_visit(request: Request) -> bool:
    return "idempotencyKey" in (request.post_data or "") and "outcome" in (request.post_data or "")


@contextmanager
def _keys_sent(page: Page) -> Iterator[list[str]]:
    keys: list[str] = []

    def note(request: Request) -> None:
        if _is_visit(request):
            keys.append(json.loads(request.post_data or "")["variables"]["input"]["idempotencyKey"])

    page.on("request", note)
    yield keys
    page.remove_listener("request", note)


def _loses_answers(visitor: Visitor) -> Callable[[], None]:
    """The server records and its answer never arrives; gives what ends it."""

    def lose(route: Route) -> None:
        if _is_visit(route.request):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    visitor.context.route("**/graphql", lose)
    return lambda: visitor.context.unroute("**/graphql", lose)


def test_a_reload_the_way_back_and_the_end_of_the_session_take_no_word(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    customer, name = customers[0]
    visitor, manager = phone("manager1", position=(119.8, 33.78))
    _begin(manager, customer, "签到")
    _fill(manager)
    manager.page.reload()
    _sees_what_was_written(manager)
    manager.sees("✓ 已签到")
    manager.sees("已接着")
    manager.picture("phone-draft-found-again")
    # The dialler or another page, and back: some phones run the page anew, some take it from their memory.
    manager.page.goto("about:blank")
    manager.page.go_back()
    _sees_what_was_written(manager)
    manager.page.get_by_role("button", name="返回").click()
    manager.open("/")
    manager.sees("1 条走访还没有写完")
    _open(manager, customer)
    _sees_what_was_written(manager)

    _carry_out(
        product,
        """update sessions set revoked_at = now()
            where account_id = (select id from accounts where account = 'manager1')""",
    )
    with _keys_sent(manager.page) as keys:
        manager.button("提交走访记录").click()
        expect(manager.page.get_by_label("账号")).to_be_visible()
        visitor.forgive(DROPPED)  # the refusal of a session that has ended is a 401

        other = visitor.sign_in("manager2")
        expect(other.page.get_by_role("navigation", name="主菜单")).to_be_visible()
        expect(other.page.locator(".device-line")).to_have_count(0)
        _open(other, customer)
        expect(other.page.get_by_label("备注")).to_have_count(0)
        other.open("/waiting")
        other.sees("没有待发送的内容")
        other.menu("我的")
        other.button("退出登录").click()
        expect(other.page.get_by_label("账号")).to_be_visible()

        manager = visitor.sign_in("manager1")
        manager.open("/waiting")
        manager.sees(name)
        manager.picture("phone-waiting-draft")
        manager.link("继续填写").click()
        _sees_what_was_written(manager)
        manager.sees("✓ 已签到")
        manager.sees("登录已失效")
        manager.picture("phone-draft-after-session")
        _record(manager)
    assert len(keys) == 2
    assert keys[0] == keys[1]
    (visit,) = _visits(product, customer)
    assert (visit["key"], visit["account"], visit["note"], visit["has_next"]) == (
        keys[0],
        "manager1",
        NOTE,
        True,
    )
    assert visit["lon_deg"] == pytest.approx(119.8)
    visitor.forgive(DROPPED)


def test_an_answer_that_was_lost_makes_no_second_visit(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    customer, name = customers[1]
    visitor, manager = phone("manager1")
    answers_again = _loses_answers(visitor)
    _begin(manager, customer)
    _fill(manager)
    manager.button("提交走访记录").click()
    manager.sees("重发不会产生重复记录")
    manager.picture("phone-visit-unanswered")
    (visit,) = _visits(product, customer)
    manager.button("先去走下一户").click()
    manager.sees("有 1 条走访待发送")
    manager.picture("phone-waiting-line")
    manager.menu("我的")
    manager.button("退出登录").click()
    manager.sees("还有1 条走访没有送到")
    manager.picture("phone-sign-out-waiting")
    manager.button("先不退出").click()
    # The page is killed; a new one finds the same visit and sends the same, whatever the manager does.
    manager.page.close()
    manager.page = visitor.context.new_page()
    _open(manager, customer)
    _sees_what_was_written(manager)
    manager.sees("重发不会产生重复记录")
    answers_again()
    # The phone sends by itself as soon as it can, and may be quicker than the thumb.
    with suppress(PlaywrightTimeout):
        manager.button("重新发送").click(timeout=2_000)
    expect(manager.page.get_by_role("heading", name="走访已记录")).to_be_visible()
    manager.sees(name)
    assert _visits(product, customer) == [
        visit | {key: pytest.approx(visit[key], abs=300) for key in visit if key.endswith("_s")}
    ]
    manager.open("/")
    expect(manager.page.get_by_role("article").first).to_be_visible()
    expect(manager.page.locator(".device-line")).to_have_count(0)
    visitor.forgive(DROPPED)


def test_what_is_written_without_a_signal_goes_in_order_and_what_is_refused_is_shown(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    (gone, gone_name), (here, here_name) = customers[2], customers[3]
    visitor, manager = phone("manager1")
    for customer in (here, gone):
        _begin(manager, customer)
        _fill(manager, "没有人在家")
    # Meanwhile the post is another's: to this manager there is no such customer any more.
    _carry_out(
        product,
        "update customers set owner_id = null, org_unit_id = null, grid_id = null where id = %s",
        int(gone.removeprefix("Customer:")),
    )
    visitor.context.set_offline(True)
    manager.button("提交走访记录").click()
    manager.sees("网络不通")
    manager.button("先去走下一户").click()
    manager.sees("有 1 条走访待发送")
    manager.page.locator(".device-line").click()
    waiting = manager.page.get_by_role("listitem")
    waiting.filter(has_text=here_name).get_by_role("link", name="继续填写").click()
    manager.button("提交走访记录").click()
    manager.sees("有信号时自动发送")
    manager.page.get_by_role("button", name="返回").click()
    expect(waiting).to_have_count(2)
    manager.picture("phone-waiting-two")
    assert _visits(product, here) == []
    visitor.context.set_offline(False)
    manager.sees("未被接受")
    manager.sees("没有找到这位客户")
    manager.picture("phone-tray")
    assert len(_visits(product, here)) == 1
    assert _visits(product, gone) == []
    card = manager.page.get_by_role("listitem").filter(has_text=gone_name)
    card.get_by_role("button", name="丢弃").click()
    manager.sees("丢弃后无法找回")
    card.get_by_role("button", name="确定").click()
    manager.sees("没有待发送的内容")
    manager.page.reload()
    manager.sees("没有待发送的内容")
    manager.picture("phone-waiting-nothing")
    visitor.forgive(DROPPED)


@pytest.mark.parametrize(("ahead_s", "which"), [(360, 4), (-3 * 86_400, 4)])
def test_a_clock_that_is_wrong_loses_nothing(
    phone: Phone, product: Product, customers: list[tuple[str, str]], ahead_s: int, which: int
) -> None:
    customer, _ = customers[which]
    clock = f"""
    const Right = Date;
    window.Date = class extends Right {{
      constructor(...parts) {{ parts.length ? super(...parts) : super(Right.now() + {ahead_s * 1000}); }}
      static now() {{ return Right.now() + {ahead_s * 1000}; }}
    }};"""
    _, manager = phone("manager1", before=clock)
    _begin(manager, customer)
    _fill(manager)
    manager.page.reload()
    _sees_what_was_written(manager)
    _record(manager)
    visit = _visits(product, customer)[0]
    assert visit["counted_s"] == pytest.approx(0, abs=300)
    assert visit["counted_s"] <= 0
    assert visit["started_s"] == pytest.approx(ahead_s, abs=300)


def test_a_position_that_comes_late_changes_no_choice(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    customer, _ = customers[5]
    late = """
    navigator.geolocation.getCurrentPosition = (found) => {
      window.answerLate = () => found({ coords: { longitude: 119.8, latitude: 33.78, accuracy: 9 } });
    };"""
    _, manager = phone("manager1", before=late)
    _open(manager, customer)
    manager.page.get_by_role("button", name="签到", exact=True).click()
    manager.button("不带位置，继续走访").click()
    manager.sees("! 未带位置")
    manager.page.evaluate("answerLate()")
    manager.page.get_by_role("radio", name="有意向").click()
    manager.sees("! 未带位置")
    _record(manager)
    assert _visits(product, customer)[0]["lon_deg"] is None


@pytest.mark.parametrize(
    ("trouble", "sentence", "which"),
    [
        (
            "IDBObjectStore.prototype.put = () => { throw new DOMException('x', 'QuotaExceededError'); }",
            "手机存储已满",
            6,
        ),
        (
            "IDBFactory.prototype.open = () => { throw new DOMException('x', 'SecurityError'); }",
            "无痕模式",
            6,
        ),
    ],
)
def test_a_phone_that_keeps_nothing_says_so_and_sends(
    phone: Phone, product: Product, customers: list[tuple[str, str]], trouble: str, sentence: str, which: int
) -> None:
    customer, _ = customers[which]
    _, manager = phone("manager1", before=trouble)
    _begin(manager, customer)
    manager.page.get_by_role("radio", name="需跟进").click()
    manager.page.get_by_label("备注").fill(NOTE)
    manager.sees(sentence)
    manager.picture("phone-not-kept")
    _record(manager)
    assert _visits(product, customer)[0]["note"] == NOTE


def test_a_store_that_is_cleared_under_a_page_gets_back_what_the_page_knows(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    customer, _ = customers[7]
    _, manager = phone("manager1")
    _begin(manager, customer)
    _fill(manager, "先写一半")
    manager.page.evaluate(
        "new Promise((done) => { indexedDB.deleteDatabase('yunge.device').onsuccess = done; localStorage.clear(); })"
    )
    manager.page.get_by_label("备注").fill(NOTE)
    _is_kept(manager)
    manager.page.reload()
    _sees_what_was_written(manager)
    _record(manager)
    assert _visits(product, customer)[0]["note"] == NOTE


def test_a_telephone_of_ios_15_works(
    phone: Phone, product: Product, customers: list[tuple[str, str]]
) -> None:
    customer, _ = customers[7]
    visitor, manager = phone("manager1", before=YOUNGER_THAN_IOS_15)
    expect(manager.page.get_by_role("article").first).to_be_visible()
    answers_again = _loses_answers(visitor)
    _begin(manager, customer)
    _fill(manager, "旧手机写的")
    manager.button("提交走访记录").click()
    manager.sees("重发不会产生重复记录")
    answers_again()
    manager.page.reload()
    expect(manager.button("签到").or_(manager.page.get_by_role("heading", name="走访已记录"))).to_be_visible()
    assert [visit["note"] for visit in _visits(product, customer)].count("旧手机写的") == 1
    manager.menu("地图")
    manager.waits_for_map()
    manager.menu("客户")
    manager.page.locator(".cards .card").first.click()
    expect(manager.page.locator(".month-curve svg").first).to_be_visible()
    visitor.forgive(DROPPED)


def test_a_telephone_that_is_too_old_is_told_so(browser: Browser, product: Product) -> None:
    """Without functions that the pages cannot do without; and where it cannot even read the script."""
    missing = Visitor(browser, product.address, phone=True)
    missing.context.add_init_script("delete Promise.allSettled; delete Object.fromEntries;")
    person = missing.door()
    person.sees("这台设备的浏览器打不开云格")
    missing.context.close()
    unreadable = Visitor(browser, product.address, phone=True)
    unreadable.context.route(
        "**/assets/h5-*.js", lambda route: route.fulfill(content_type="text/javascript", body="a ??||= 1")
    )
    person = unreadable.door()
    person.sees("这台设备的浏览器打不开云格")
    person.sees("iOS 15")
    person.picture("phone-too-old")
    unreadable.context.close()
