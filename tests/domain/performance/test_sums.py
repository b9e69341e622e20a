"""Sums of customers are what counting by hand gives, after a night and after some groups were counted anew."""

import threading
from datetime import date

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.performance.sums import groups_of, sum_customers, sum_groups
from domain.shared.rows import NightRows
from tests.waiting import wait_for_a_waiter

from ..small_bank import DATA_DATE, SmallBank, insert

SUMS = """
select org_unit_id, grid_id, owner_id, kind, tier, status, attrition_band, customers, in_grid, located, due, visited,
       filed, granted, drawn, with_loan, deposit_fen, loan_fen, line_fen
  from customer_sums order by 1, 2, 3, 4, 5, 6, 7
"""


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    bank = SmallBank(connection)
    north = {"grid_id": bank.north, "org_unit_id": bank.outlet_a, "owner_id": bank.manager_a}
    first = bank.customer(
        **north, lon_deg_wgs84=119.8, deposit_fen=100, loan_fen=5, visited_here_on=date(2026, 5, 21)
    )
    bank.customer(**north, deposit_fen=20, visited_here_on=date(2026, 5, 20))
    # Seen, but by nobody of ours: that is not our coverage.
    bank.customer(**north, tier="KEY", attrition_band=5, line_fen=9, last_visit_on=date(2026, 11, 1))
    bank.customer(org_unit_id=bank.outlet_b, owner_id=None, status="DEAD")
    for key in ("1", "2"):
        bank.credit_file(first, key)
    insert(connection, "settings", name="data_date", value=Jsonb(DATA_DATE.isoformat()))
    return bank


def sums(bank: SmallBank) -> list[tuple]:
    return bank.connection.execute(SUMS).fetchall()


def test_a_row_for_each_group_that_occurs(bank: SmallBank) -> None:
    assert sum_customers(bank.connection, DATA_DATE, 6) == 3
    where = (bank.outlet_a, bank.north, bank.manager_a)
    assert sums(bank) == [
        (*where, "PERSON", "GENERAL", "ACTIVE", None, 2, 2, 1, 0, 1, 1, 0, 0, 1, 120, 5, 0),
        (*where, "PERSON", "KEY", "ACTIVE", 5, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 9),
        (bank.outlet_b, None, None, "PERSON", "GENERAL", "DEAD", None, 1, *(0,) * 11),
    ]


def test_rebuilt_twice_nothing_changes(bank: SmallBank) -> None:
    sum_customers(bank.connection, DATA_DATE, 6)
    before = sums(bank)
    sum_customers(bank.connection, DATA_DATE, 6)
    assert sums(bank) == before


def test_groups_counted_anew_equal_a_rebuild(bank: SmallBank) -> None:
    """A customer moves from one grid to another, another one vanishes: both groups of each are counted anew."""
    sum_customers(bank.connection, DATA_DATE, 6)
    rows = NightRows(bank.connection)
    ids = [row[0] for row in bank.connection.execute("select id from customers order by id")]
    groups = groups_of(rows, [ids[0], ids[3]])
    bank.connection.execute("update customers set grid_id = %s where id = %s", [bank.south, ids[0]])
    bank.connection.execute("delete from customers where id = %s", [ids[3]])
    sum_groups(rows, groups | groups_of(rows, [ids[0]]))
    counted = sums(bank)
    sum_customers(bank.connection, DATA_DATE, 6)
    assert counted == sums(bank)
    assert {row[1] for row in counted} == {bank.north, bank.south}


@pytest.mark.parametrize("first", ["night", "cut"])
def test_a_night_and_a_cut_that_count_at_once_leave_each_group_once(bank: SmallBank, first: str) -> None:
    sum_customers(bank.connection, DATA_DATE, 6)
    expected = sums(bank)
    bank.connection.commit()
    url = bank.connection.info.dsn + f" password={bank.connection.info.password}"
    group = (bank.outlet_a, bank.north, bank.manager_a)

    def night(connection: psycopg.Connection) -> None:
        sum_customers(connection, DATA_DATE, 6)

    def cut(connection: psycopg.Connection) -> None:
        sum_groups(NightRows(connection), [group])

    def follow() -> None:
        with psycopg.connect(url) as connection:
            {"night": cut, "cut": night}[first](connection)

    {"night": night, "cut": cut}[first](bank.connection)
    other = threading.Thread(target=follow)
    other.start()
    wait_for_a_waiter(bank.connection)
    bank.connection.commit()
    other.join()
    assert sums(bank) == expected
