"""What outlet managers are told of posts: nobody there, nobody on A, away, and who has sat long enough."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from domain.grids.post_watch import NOTICES
from tests.domain.small_bank import SmallBank, insert


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def today(bank: SmallBank) -> date:
    row = bank.connection.execute("select cast(now() at time zone 'Asia/Shanghai' as date)").fetchone()
    assert row is not None
    return row[0]


def told(bank: SmallBank) -> dict[tuple[str, str], tuple[Any, ...]]:
    found = bank.connection.execute(NOTICES.encode()).fetchall()
    return {(row[2], row[5]): (row[6], row[7], row[8]) for row in found}


def years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def test_where_somebody_sits_on_a_nothing_is_told(bank: SmallBank) -> None:
    assert told(bank) == {}


@pytest.mark.parametrize("how", ["left the bank", "post ended", "on leave"])
def test_a_grid_without_anybody_is_told(bank: SmallBank, how: str) -> None:
    if how == "left the bank":
        bank.connection.execute("update staff set is_active = false where id = %s", [bank.manager_south])
    elif how == "post ended":
        bank.connection.execute("update posts set to_on = '2026-01-02' where grid_id = %s", [bank.south])
    else:
        insert(bank.connection, "staff_leaves", staff_id=bank.manager_south, from_on=today(bank))
    assert told(bank) == {("S", "NOBODY"): (None, None, None)}


def test_who_is_back_or_not_yet_away_is_there(bank: SmallBank) -> None:
    day = today(bank)
    for from_on, to_on in ((day - timedelta(days=9), day), (day + timedelta(days=1), None)):
        insert(bank.connection, "staff_leaves", staff_id=bank.manager_south, from_on=from_on, to_on=to_on)
    assert told(bank) == {}


def test_b_stands_in_where_nobody_sits_on_a(bank: SmallBank) -> None:
    bank.connection.execute("update staff set is_active = false where id = %s", [bank.manager_a])
    assert told(bank) == {("N", "NOBODY_ON_A"): (bank.manager_b, date(2026, 1, 1), None)}


def test_b_works_for_a_who_is_away_until_he_is_back(bank: SmallBank) -> None:
    day = today(bank)
    back = day + timedelta(days=5)
    insert(bank.connection, "staff_leaves", staff_id=bank.manager_a, from_on=day, to_on=back)
    assert told(bank) == {("N", "AWAY"): (bank.manager_a, None, back)}
    insert(bank.connection, "staff_leaves", staff_id=bank.manager_b, from_on=day)
    assert told(bank) == {("N", "NOBODY"): (None, None, None)}


def test_b_who_has_not_come_yet_is_not_there(bank: SmallBank) -> None:
    day = today(bank)
    insert(bank.connection, "staff_leaves", staff_id=bank.manager_a, from_on=day)
    bank.connection.execute(
        "update staff set from_on = %s where id = %s", [day + timedelta(days=1), bank.manager_b]
    )
    assert told(bank) == {("N", "NOBODY"): (None, None, None)}


@pytest.mark.parametrize(("days", "is_told"), [(90, True), (91, False), (-30, True)])
def test_who_has_sat_on_a_for_three_years_is_told_ninety_days_ahead(
    bank: SmallBank, days: int, is_told: bool
) -> None:
    due = bank.connection.execute(
        "select cast(%s + %s * interval '1 day' as date)", [today(bank), days]
    ).fetchone()
    assert due is not None
    since = years_before(due[0], 3)
    bank.connection.execute(
        "update posts set from_on = %s where grid_id = %s and role = 'A'",
        [since, bank.north],
    )
    expected = since.replace(year=since.year + 3)
    found = told(bank)
    if due[0].day <= 28:
        assert (("N", "ROTATION") in found) is is_told
    if ("N", "ROTATION") in found:
        assert found["N", "ROTATION"] == (bank.manager_a, since, expected)


def test_days_count_from_the_first_post_of_the_chain_also_over_plans(bank: SmallBank) -> None:
    connection, day = bank.connection, today(bank)
    begun = years_before(day, 3)
    connection.execute("update posts set from_on = %s where grid_id = %s and role = 'A'", [begun, bank.south])
    middle = day - timedelta(days=10)
    retired = "update plans set state = 'RETIRED', from_on = '2020-01-01', to_on = %s where id = %s"
    connection.execute(retired, [middle, bank.plan])
    connection.execute("update posts set to_on = %s where to_on is null", [middle])
    plan = insert(connection, "plans", name="后一方案", state="IN_FORCE", version=2, from_on=middle)
    grid = bank.grid("S2", "SMALL", bank.outlet_b, None, plan=plan)
    connection.execute("update grids set origin_code = 'S' where id = %s", [grid])
    bank.post(grid, bank.manager_south, "A", from_on=middle)
    assert told(bank)["S2", "ROTATION"][:2] == (bank.manager_south, begun)
    # Somebody else between the two begins a chain of his own.
    connection.execute(
        "update posts set to_on = %s where grid_id = %s", [middle - timedelta(days=40), bank.south]
    )
    assert told(bank) == {}


def test_the_bank_decides_how_long(bank: SmallBank) -> None:
    connection = bank.connection
    connection.execute("update posts set from_on = %s", [years_before(today(bank), 1)])
    assert told(bank) == {}
    connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
    kept = {"subject": "Parameter:grids.rotation_months", "before": "{}", "after": "{}", "reason": "轮岗"}
    proposal = insert(
        connection,
        "proposals",
        kind="parameter",
        state="APPLIED",
        **kept,
        proposed_by_id=bank.head_of_b,
        until="2026-12-01",
        decided_by_id=bank.head_of_a,
        decided_at="2026-01-01",
    )
    connection.execute(
        "insert into parameter_versions (name, value, from_on, reason, decided_by_id, proposal_id)"
        " values ('grids.rotation_months', '12', '2026-01-01', '轮岗', %s, %s)",
        [bank.head_of_a, proposal],
    )
    assert {kind for _, kind in told(bank)} == {"ROTATION"}


def listed(bank: SmallBank, code: str, kind: str = "MARKET", **days: Any) -> int:
    """A list of outlet A with its grid of the plan in force, without anybody."""
    person = {"staff_id": bank.manager_a} if kind == "PERSON" else {}
    given = {"from_on": date(2026, 1, 1), "org_unit_id": bank.outlet_a, **person, **days}
    insert(bank.connection, "list_grids", code=code, name=code, kind=kind, **given)
    return bank.grid(code, "LIST", bank.outlet_a, None)


def test_a_list_that_nobody_holds_is_told_while_it_lasts(bank: SmallBank) -> None:
    grid = listed(bank, "@MK01")
    listed(bank, "@OVER", to_on=today(bank))
    listed(bank, "@LATER", from_on=today(bank) + timedelta(days=1))
    assert told(bank) == {("@MK01", "NOBODY"): (None, None, None)}
    long_ago = years_before(today(bank), 5)
    bank.post(grid, bank.manager_b, "B", long_ago)
    assert told(bank) == {("@MK01", "NOBODY_ON_A"): (bank.manager_b, long_ago, None)}
    bank.post(grid, bank.manager_a, "A", long_ago)
    assert told(bank) == {}, "of a list nobody rotates"


def test_somebodys_own_list_is_told_while_it_has_customers(bank: SmallBank) -> None:
    grid = listed(bank, "@M1", "PERSON")
    assert told(bank) == {}
    bank.customer(grid_id=grid, owner_id=bank.manager_a)
    bank.post(grid, bank.manager_a, "A")
    insert(bank.connection, "staff_leaves", staff_id=bank.manager_a, from_on=today(bank))
    assert ("@M1", "NOBODY") in told(bank)
    bank.post(grid, bank.manager_b, "B")
    assert told(bank)["@M1", "AWAY"] == (bank.manager_a, None, None)
