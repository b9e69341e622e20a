"""Leave and half posts at the desk: an outlet manager notes them, and B's phone has the walk at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import expect

from api.auth.passwords import hash_password
from domain.shared.calendar import bank_day

from .people import Person
from .product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow("workers")]
Visit = Callable[..., Person]

# Somebody on A of a grid where he has stops, and who sits on B there; both of the outlet of `outlet1`.
_PAIR = """
select a.name, a.number, b.name, b.id
  from accounts o join staff head on head.id = o.staff_id
  join staff a on a.org_unit_id = head.org_unit_id and a.is_active
  join posts pa on pa.staff_id = a.id and pa.role = 'A'
  join posts pb on pb.grid_id = pa.grid_id and pb.role = 'B'
  join staff b on b.id = pb.staff_id
 where o.account = 'outlet1'
   and exists (select from walk_stops w join customers c on c.id = w.customer_id
                where w.staff_id = a.id and w.walk_on = %(planned)s and c.grid_id = pa.grid_id)
 order by a.number, pa.grid_id limit 1
"""


@pytest.fixture
def today(product: Product) -> Iterator[date]:
    """The walks that the night planned, on the day it is; afterwards the county stands still again."""
    day = bank_day(datetime.now(UTC))
    with psycopg.connect(product.database_url) as connection:
        ((planned,),) = connection.execute("select max(walk_on) from walks").fetchall()
        connection.execute(
            "insert into walks (staff_id, walk_on, length_m)"
            " select staff_id, %s, length_m from walks where walk_on = %s",
            [day, planned],
        )
        connection.execute(
            "insert into walk_stops (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement,"
            " figures, due_on) select staff_id, %s, position, customer_id, planned_for_id, reason, statement, figures,"
            " due_on from walk_stops where walk_on = %s",
            [day, planned],
        )
        before = connection.execute("select value from settings where name = 'data_date'").fetchone()
        assert before is not None
        set_day = "update settings set value = to_jsonb(cast(%s as text)) where name = 'data_date'"
        connection.execute(set_day, [(day - timedelta(days=1)).isoformat()])
    yield day
    with psycopg.connect(product.database_url) as connection:
        connection.execute(set_day, [before[0]])
        connection.execute("delete from walk_stops where walk_on = %s", [day])
        connection.execute("delete from walks where walk_on = %s", [day])


def _pair(product: Product, day: date) -> tuple[str, str, str]:
    """Who goes, his number, and who stands in, with an account of that name."""
    with psycopg.connect(product.database_url) as connection:
        found = connection.execute(_PAIR, {"planned": day}).fetchone()
        assert found is not None
        name, number, instead, staff = found
        connection.execute("delete from accounts where staff_id = %s and account = 'standin'", [staff])
        connection.execute(
            "insert into accounts (account, staff_id, password_hash, failed_attempts) values ('standin', %s, %s, 0)",
            [staff, hash_password("yunge-standin")],
        )
    return name, number, instead


def test_a_leave_moves_the_walk_and_gives_it_back(visit: Visit, product: Product, today: date) -> None:
    name, number, _ = _pair(product, today)
    head = visit("outlet1")
    head.menu("人员")
    row = head.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("button", name="登记休假").click()
    dialog = head.page.get_by_role("dialog")
    dialog.get_by_label("返岗日（空着为未定）").fill((today + timedelta(days=5)).isoformat())
    head.picture("desk-leave-dialog")
    dialog.get_by_role("button", name="登记休假").click()
    expect(row).to_contain_text(today.isoformat())

    row.get_by_role("button", name="全职", exact=True).click()
    head.page.get_by_role("dialog").get_by_label("占全职的百分之几").fill("50")
    head.picture("desk-full-time-dialog")
    head.page.get_by_role("dialog").get_by_role("button", name="登记全职比例").click()
    expect(row.get_by_role("button", name="50%")).to_be_visible()
    head.picture("desk-leave")

    standin = visit("standin", phone=True)
    standin.sees(f"代 {name}")
    standin.picture("phone-standing-in")

    head.open("/")
    head.sees("岗位提醒")
    head.picture("desk-post-notices")
    head.menu("人员")
    row.get_by_role("button", name="销假").click()
    head.button("确定").click()
    expect(row.get_by_role("button", name="登记休假")).to_be_visible()
    standin.open("/")
    expect(standin.page.get_by_text(f"代 {name}")).to_have_count(0)
