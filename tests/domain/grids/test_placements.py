"""Any past day can be asked whose a customer was, and under which plan."""

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.grids.ownership import assign_owners, own
from domain.shared.night import Night, silent
from schema.house import HOUSE

from ..small_bank import DATA_DATE, TODAY, SmallBank, insert

NEXT_DAY = TODAY + timedelta(days=1)


def night(bank: SmallBank, data_date: date = DATA_DATE, run_id: int = 1) -> None:
    assign_owners(
        bank.connection, Night(run_id, data_date, Path("/nowhere")), silent, language=HOUSE.language
    )


def on(bank: SmallBank, day: date) -> list[tuple]:
    return bank.connection.execute(
        "select customer_id, plan_id, grid_id, org_unit_id, owner_id, cause from placements_on(%s) order by 1",
        [day],
    ).fetchall()


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    bank = SmallBank(connection)
    bank.customer(atom_id=bank.n1)
    bank.customer(open_org_code="B01")
    night(bank)
    return bank


def test_the_night_notes_who_owns_whom_from_the_day_it_prepares(bank: SmallBank) -> None:
    assert on(bank, DATA_DATE) == []
    assert on(bank, TODAY) == [
        (1, bank.plan, bank.north, bank.outlet_a, bank.manager_a, "FIRST"),
        (2, None, None, bank.outlet_b, bank.head_of_b, "FIRST"),
    ]
    before = bank.connection.execute("select xmin::text, customer_id from placements").fetchall()
    night(bank, TODAY, 2)
    assert bank.connection.execute("select xmin::text, customer_id from placements").fetchall() == before


def _other_plan(bank: SmallBank) -> None:
    plan = insert(bank.connection, "plans", name="新", state="APPROVED", version=2, from_on=NEXT_DAY)
    grid = bank.grid("ALL", "SMALL", bank.outlet_b, None, plan=plan)
    insert(bank.connection, "plan_atoms", plan_id=plan, atom_id=bank.n1, grid_id=grid)
    bank.post(grid, bank.manager_south, "A")


def _other_post(bank: SmallBank) -> None:
    bank.connection.execute(
        "update posts set to_on = %s where grid_id = %s and role = 'A'", [NEXT_DAY, bank.north]
    )


def _other_place(bank: SmallBank) -> None:
    bank.connection.execute("update customers set atom_id = %s where id = 1", [bank.s1])


@pytest.mark.parametrize(
    ("change", "cause"), [(_other_plan, "PLAN"), (_other_post, "POST"), (_other_place, "PLACE")]
)
def test_a_change_says_its_cause_and_leaves_the_days_before(bank: SmallBank, change, cause: str) -> None:
    before = on(bank, TODAY)
    change(bank)
    night(bank, TODAY, 2)
    assert on(bank, TODAY) == before
    after = on(bank, NEXT_DAY)
    assert after[0][2:5] == bank.read("grid_id, org_unit_id, owner_id", 1)
    assert after[0][1:5] != before[0][1:5]
    assert after[0][5] == cause
    assert after[1] == before[1], "nothing changed for the other"
    plan = bank.connection.execute("select plan_on(%s), plan_on(%s)", [TODAY, NEXT_DAY]).fetchone()
    assert plan == (before[0][1], after[0][1])


def test_the_books_may_name_another_owner(bank: SmallBank) -> None:
    bank.connection.execute("update customers set open_org_code = 'A01' where id = 2")
    own(bank.connection, NEXT_DAY, silent, language=HOUSE.language)
    assert on(bank, NEXT_DAY)[1] == (2, None, None, bank.outlet_a, bank.head_of_a, "BOOKS")


def test_who_was_joined_to_another_has_no_owner_from_then_on(bank: SmallBank) -> None:
    bank.connection.execute("delete from customers where id = 2")
    bank.connection.execute("insert into night_changes (night_run_id, customer_id) values (2, 2)")
    night(bank, TODAY, 2)
    assert [row[0] for row in on(bank, TODAY)] == [1, 2]
    assert [row[0] for row in on(bank, NEXT_DAY)] == [1]
