"""A grant of a grid names it by its code: the grid of that code in whichever plan is in force."""

from datetime import date

import psycopg

from domain.grids.plans import put_in_force
from tests.domain.small_bank import TODAY, SmallBank, insert
from tests.people import actor_in

NEXT = date(2026, 12, 1)


def _granted(bank: SmallBank, code: str) -> int:
    """An account of somebody who has nothing but the grant."""
    staff = bank.staff("D1", bank.outlet_b, "ADMINISTRATOR")
    insert(bank.connection, "scope_grants", staff_id=staff, grid_code=code, from_on=date(2026, 1, 1))
    made: int = insert(
        bank.connection, "accounts", account="d1", staff_id=staff, password_hash="", failed_attempts=0
    )
    return made


def test_a_grant_of_a_grid_goes_on_under_another_plan_and_ends_where_the_code_does(
    connection: psycopg.Connection,
) -> None:
    bank = SmallBank(connection)
    deputy = _granted(bank, "N")
    assert actor_in(connection, deputy, TODAY).scope.grid_ids == (bank.north,)

    plan = insert(connection, "plans", name="新", state="APPROVED", version=2, from_on=NEXT)
    bank.grid("N", "SMALL", bank.outlet_a, None, plan=plan)
    bank.grid("OTHER", "SMALL", bank.outlet_b, None, plan=plan)
    assert actor_in(connection, deputy, TODAY).scope.grid_ids == (bank.north,), "not before its day"
    put_in_force(connection, NEXT)
    assert actor_in(connection, deputy, NEXT).scope.grid_ids == (bank.north,), "it goes on"

    connection.execute("update grids set code = 'GONE' where id = %s", [bank.north])
    assert actor_in(connection, deputy, NEXT).scope.grid_ids == ()


def test_a_grant_of_a_large_grid_gives_the_small_ones_below_it(connection: psycopg.Connection) -> None:
    bank = SmallBank(connection)
    deputy = _granted(bank, "L1")
    assert set(actor_in(connection, deputy, TODAY).scope.grid_ids) == {bank.large, bank.north, bank.south}


def test_a_night_in_which_no_plan_begins_keeps_nobodys_rights_from_changing(
    connection: psycopg.Connection, database_url: str
) -> None:
    """Its step runs on for long, and whoever changes rights waits for who raised their version before."""
    SmallBank(connection)
    connection.commit()
    version = "select version from rights_version"
    before = connection.execute(version).fetchone()
    put_in_force(connection, TODAY)
    assert connection.execute(version).fetchone() == before
    with psycopg.connect(database_url) as other:
        other.execute("set lock_timeout = '1s'")
        other.execute("update roles set permissions = permissions")
        other.rollback()
