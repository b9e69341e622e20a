"""Whose customer it is."""

from datetime import date
from pathlib import Path

import psycopg
import pytest

from domain.grids.ownership import NoPlanInForce, assign_again
from domain.shared.night import Night, StepResult, silent
from domain.shared.rows import NightRows
from geo.owning import own_on_the_map
from schema.house import HOUSE
from tests.cells import assert_cells_are_right
from tests.domain.small_bank import DATA_DATE, TODAY, SmallBank

PLACE = "grid_id, org_unit_id, owner_id"


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def assign(bank: SmallBank) -> StepResult:
    return own_on_the_map(
        bank.connection, Night(1, DATA_DATE, Path("/nowhere")), silent, language=HOUSE.language
    )


def test_the_a_post_of_the_atoms_grid_owns(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n2, open_org_code="B01", manager_number="M3")
    assign(bank)
    assert bank.read(PLACE, customer) == (bank.north, bank.outlet_a, bank.manager_a)


def test_b_owns_while_a_is_out_of_service(bank: SmallBank) -> None:
    bank.connection.execute("update staff set is_active = false where id = %s", [bank.manager_a])
    customer = bank.customer(atom_id=bank.n1)
    assign(bank)
    assert bank.read(PLACE, customer) == (bank.north, bank.outlet_a, bank.manager_b)


def test_a_post_counts_on_the_day_after_the_data_date(bank: SmallBank) -> None:
    bank.connection.execute("update posts set to_on = %s where grid_id = %s", [TODAY, bank.south])
    newcomer = bank.staff("M9", bank.outlet_b, "CUSTOMER_MANAGER")
    bank.post(bank.south, newcomer, "A", from_on=TODAY)
    customer = bank.customer(atom_id=bank.s1)
    assign(bank)
    assert bank.read(PLACE, customer) == (bank.south, bank.outlet_b, newcomer)


@pytest.mark.parametrize(
    ("manager_number", "open_org_code", "expected"),
    [
        pytest.param("M3", "A01", ("outlet_b", "manager_south"), id="CRM manager in service"),
        pytest.param("GONE", "A01", ("outlet_a", "head_of_a"), id="CRM manager unknown"),
        pytest.param("LEFT", "B01", ("outlet_b", "head_of_b"), id="CRM manager has left"),
        pytest.param(None, "B01", ("outlet_b", "head_of_b"), id="opening outlet"),
        pytest.param(None, None, ("head_office", None), id="nobody knows"),
    ],
)
def test_without_a_point_the_books_decide(bank: SmallBank, manager_number, open_org_code, expected) -> None:
    bank.staff("LEFT", bank.outlet_a, "CUSTOMER_MANAGER", is_active=False)
    customer = bank.customer(manager_number=manager_number, open_org_code=open_org_code)
    assign(bank)
    unit, owner = expected
    assert bank.read(PLACE, customer) == (None, getattr(bank, unit), owner and getattr(bank, owner))


def test_a_new_plan_moves_only_whom_it_concerns(bank: SmallBank) -> None:
    moved, stays = bank.customer(atom_id=bank.n2), bank.customer(atom_id=bank.n1)
    assert assign(bank).rows == 2
    assert assign(bank).rows == 0, "the same night twice changes nothing"
    bank.connection.execute("update plan_atoms set grid_id = %s where atom_id = %s", [bank.south, bank.n2])
    assert assign(bank).rows == 1
    assert bank.read(PLACE, moved) == (bank.south, bank.outlet_b, bank.manager_south)
    assert bank.read("grid_id", stays) == (bank.north,)


def test_points_and_cells_of_the_map_follow(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n1)
    bank.connection.execute(
        "insert into customer_points (customer_id, point_3857) values (%s, st_setsrid(st_makepoint(1, 2), 3857))",
        [customer],
    )
    assign(bank)
    points = bank.connection.execute("select grid_id, org_unit_id from customer_points").fetchall()
    assert points == [(bank.north, bank.outlet_a)]
    assert assert_cells_are_right(bank.connection) == 9
    before = bank.connection.execute("select xmin::text, * from customer_cells").fetchall()
    assign(bank)
    assert bank.connection.execute("select xmin::text, * from customer_cells").fetchall() == before
    # What `locate` changed in a night that failed before this step is counted by the next one.
    bank.connection.execute("update customer_points set point_3857 = st_translate(point_3857, 900000, 0)")
    assign(bank)
    assert_cells_are_right(bank.connection)


def test_without_a_plan_in_force_nothing_moves(bank: SmallBank) -> None:
    bank.connection.execute("update plans set state = 'APPROVED', from_on = %s", [date(2027, 1, 1)])
    with pytest.raises(NoPlanInForce, match="NO_PLAN_IN_FORCE"):
        assign(bank)


def test_an_operator_known_by_his_shop_alone_is_looked_after_where_the_shop_stands(bank: SmallBank) -> None:
    shop = bank.customer(atom_id=bank.s1)
    operator = bank.customer()
    for one, other, kind in ((shop, operator, "OPERATOR"), (operator, shop, "SHOP")):
        bank.connection.execute(
            "insert into relations (customer_id, other_id, kind) values (%s, %s, %s)", [one, other, kind]
        )
    assign(bank)
    assert bank.read(PLACE, operator) == (None, bank.outlet_b, bank.manager_south)


def _who_owns_whom(bank: SmallBank) -> list[tuple]:
    assign(bank)
    return bank.connection.execute(f"select id, {PLACE} from customers order by id").fetchall()


def test_what_a_role_may_see_has_no_part_in_who_owns_whom(bank: SmallBank) -> None:
    bank.customer(atom_id=bank.n1)
    bank.customer(manager_number="M3", open_org_code="A01")
    bank.customer(open_org_code="B01")
    before = _who_owns_whom(bank)
    assert [row[3] for row in before] == [bank.manager_a, bank.manager_south, bank.head_of_b]
    for scope in ("NOTHING", "BANK"):
        bank.connection.execute("update roles set scope = %s", [scope])
        assert _who_owns_whom(bank) == before
    bank.connection.execute("update staff set duty = null where id = %s", [bank.manager_south])
    assert _who_owns_whom(bank)[1][2:] == (bank.outlet_a, bank.head_of_a), "the duty has"


def _branch_above(bank: SmallBank, unit: int) -> int:
    branch = bank._unit("EAST", "BRANCH")
    bank.connection.execute("update org_units set parent_id = %s where id = %s", [bank.head_office, branch])
    bank.connection.execute("update org_units set parent_id = %s where id = %s", [branch, unit])
    return branch


@pytest.mark.parametrize(
    "days", ["to_on = '2026-11-21'", "from_on = '2026-11-22'"], ids=["closed", "not there yet"]
)
def test_a_unit_that_is_not_there_is_given_nobody(bank: SmallBank, days: str) -> None:
    branch = _branch_above(bank, bank.outlet_b)
    of_a_grid, of_the_books = bank.customer(atom_id=bank.s1), bank.customer(open_org_code="B01")
    named = bank.customer(manager_number="M3")
    assign(bank)
    assert bank.read(PLACE, of_the_books) == (None, bank.outlet_b, bank.head_of_b)
    bank.connection.execute(f"update org_units set {days} where id = {bank.outlet_b}".encode())
    assign(bank)
    assert bank.read(PLACE, of_a_grid) == (bank.south, branch, bank.manager_south)
    assert bank.read(PLACE, of_the_books) == (None, branch, None)
    assert bank.read(PLACE, named) == (None, branch, bank.manager_south)
    bank.connection.execute("update org_units set to_on = '2026-11-21' where id = %s", [branch])
    assign(bank)
    assert bank.read("org_unit_id", of_a_grid) == (bank.head_office,)


def test_whoever_has_left_is_given_nobody(bank: SmallBank) -> None:
    bank.connection.execute(
        "update staff set is_active = false where id = any(%s)", [[bank.manager_south, bank.head_of_b]]
    )
    placed, of_the_books = (
        bank.customer(atom_id=bank.s1),
        bank.customer(open_org_code="B01", manager_number="M3"),
    )
    assign(bank)
    assert bank.read("owner_id", placed) == bank.read("owner_id", of_the_books) == (None,)


def test_a_cut_gives_nobody_to_a_closed_unit(bank: SmallBank) -> None:
    branch = _branch_above(bank, bank.outlet_b)
    bank.connection.execute("update org_units set to_on = '2026-01-01' where id = %s", [bank.outlet_b])
    customer = bank.customer(atom_id=bank.s1)
    assign_again(NightRows(bank.connection), [customer], language=HOUSE.language)
    assert bank.read(PLACE, customer) == (bank.south, branch, bank.manager_south)
