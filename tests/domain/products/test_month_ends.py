"""Thirteen month-ends of what customers had, from the snapshots."""

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.products.month_ends import FIGURES, known_month_ends, month_ends_until
from domain.shared.rows import NightRows
from tests.domain.customers.identity.county import county, customers, drop, night
from tests.domain.feeds.files import DAY

MAY, JUNE = date(2026, 5, 31), DAY
NEXT = DAY + timedelta(days=1)


def of(connection: psycopg.Connection, record: str) -> list[tuple]:
    return connection.execute(
        "select month_on, deposit_fen, loan_fen, pos_volume_fen from month_ends where customer_id = %s order by 1",
        [customers(connection)[record]],
    ).fetchall()


@pytest.fixture
def two_months(connection: psycopg.Connection, tmp_path: Path) -> psycopg.Connection:
    """The files of May's end, of what has a history, and all files of June's; taken in by one night."""
    drop(
        tmp_path,
        {
            "core_deposit": [
                {"acct_no": "A1", "cust_no": "C1", "balance": "80.00"},
                {"acct_no": "A4", "cust_no": "C4", "balance": "9.00", "status": "0"},
            ],
            "loan": [{"loan_no": "L1", "cust_no": "C3", "amount": "500.00", "balance": "400.00"}],
            "pos_merchant": [{"merchant_no": "M1", "name": "建国超市", "month_volume": "3.00"}],
        },
        MAY,
    )
    drop(tmp_path, county())
    night(connection, tmp_path)
    return connection


def test_thirteen_month_ends_that_are_over() -> None:
    months = month_ends_until(date(2026, 11, 20))
    assert (months[0], months[-1], len(months)) == (date(2025, 10, 31), date(2026, 10, 31), 13)
    assert month_ends_until(date(2026, 11, 30))[-1] == date(2026, 11, 30)
    assert sorted(set(months)) == months


def test_each_month_end_is_what_the_snapshots_said_of_it(two_months: psycopg.Connection) -> None:
    assert of(two_months, "core_customer/C3") == [(MAY, 0, 40_000, 0), (JUNE, 0, 30_000, 0)]
    # The account of May was closed; the shop took in both months.
    assert of(two_months, "pos_merchant/M1") == [(MAY, 0, 0, 300), (JUNE, 700, 0, 500)]
    assert of(two_months, "core_customer/C1")[0] == (MAY, 8_000, 0, 0)
    assert two_months.execute(
        """select count(*) from customers c left join month_ends m on m.customer_id = c.id and m.month_on = %s
            where (c.deposit_fen, c.loan_fen) <> (coalesce(m.deposit_fen, 0), coalesce(m.loan_fen, 0))""",
        [JUNE],
    ).fetchone() == (0,), "at a month-end it is what the wide row says"


def test_since_when_each_figure_is_known(two_months: psycopg.Connection) -> None:
    """The files of May are the first; thirteen months later those before the thirteen are known no more."""
    asked = "select value from settings where name = 'month_ends_since'"
    assert two_months.execute(asked).fetchone() == (dict.fromkeys(FIGURES, MAY.isoformat()),)


def test_another_day_writes_nothing(two_months: psycopg.Connection, tmp_path: Path) -> None:
    before = two_months.execute("select xmin::text, * from month_ends").fetchall()
    content = county()
    content["core_deposit"][0]["balance"] = "111.00"
    drop(tmp_path, content, NEXT)
    night(two_months, tmp_path, NEXT)
    assert two_months.execute("select xmin::text, * from month_ends").fetchall() == before
    assert known_month_ends(NightRows(two_months)) == month_ends_until(NEXT)


def test_a_late_file_changes_the_months_that_it_reaches(
    two_months: psycopg.Connection, tmp_path: Path
) -> None:
    late = county()["core_deposit"]
    late[0]["balance"] = "123.00"
    late.pop()
    drop(tmp_path, {"core_deposit": late}, JUNE, sequence=2)
    drop(tmp_path, county(), NEXT)
    night(two_months, tmp_path, NEXT)
    assert of(two_months, "pos_merchant/M1") == [(MAY, 0, 0, 300), (JUNE, 0, 0, 500)]
    assert [row[1] for row in of(two_months, "core_customer/C1")][:1] == [8_000]
    assert sum(row[1] for row in of(two_months, "core_customer/C1")[1:]) >= 12_300


def test_who_is_named_only_later_has_the_months_of_his_accounts(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """The account was there for months before the core's file had its holder; a full night says the same."""
    content = county()
    last = content["core_customer"].pop(1)
    assert last["cust_no"] == "C2"
    drop(tmp_path, content)
    night(connection, tmp_path)
    drop(tmp_path, county(), NEXT)
    night(connection, tmp_path, NEXT)
    partly = of(connection, "core_customer/C2")
    assert partly == [(JUNE, 20_010_000, 0, 0)]
    night(connection, tmp_path, NEXT, is_full=True)
    assert of(connection, "core_customer/C2") == partly


def test_months_before_the_thirteen_go(two_months: psycopg.Connection, tmp_path: Path) -> None:
    later = date(2027, 6, 30)
    drop(tmp_path, county(), later)
    night(two_months, tmp_path, later)
    months = {row[0] for row in two_months.execute("select month_on from month_ends")}
    assert min(months) == JUNE
    assert max(months) == later
    assert len(months) == 13
    assert two_months.execute(
        "select value ->> 'loan_fen' from settings where name = 'month_ends_since'"
    ).fetchone() == (JUNE.isoformat(),)
