"""Rules, lists and exceptions: who owns whom before his place is asked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import psycopg.types.json
import pytest

from domain.grids.ownership import assign_again, assign_owners
from domain.grids.ownership_errors import OwnershipRuleCircular
from domain.grids.ownership_rules import RuleInForce, read_condition, with_another
from domain.shared.night import Night, StepResult, silent
from domain.shared.rows import NightRows
from domain.shared.rules.errors import RuleRefused
from schema.house import HOUSE

from ..small_bank import DATA_DATE, TODAY, SmallBank, insert

NEXT_DAY = TODAY + timedelta(days=1)
RICH = {"field": "depositFen", "operator": "gte", "value": 100}
FIRMS = {"field": "kind", "operator": "in", "value": ["ENTERPRISE"]}
PLACE = "grid_id, org_unit_id, owner_id"


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def night(bank: SmallBank, day: date = DATA_DATE, run: int = 1) -> StepResult:
    return assign_owners(bank.connection, Night(run, day, Path("/nowhere")), silent, language=HOUSE.language)


def rule(bank: SmallBank, code: str, condition: dict[str, Any], to: tuple[str, str], **given: Any) -> int:
    proposal = insert(
        bank.connection,
        "proposals",
        kind="ownership_rule",
        subject=code,
        before=psycopg.types.json.Jsonb({}),
        after=psycopg.types.json.Jsonb({}),
        state="APPLIED",
        decided_by_id=bank.head_of_b,
        decided_at="2026-01-02",
        reason="r",
        proposed_by_id=bank.head_of_a,
        proposed_at="2026-01-01",
        until="2026-01-08",
    )
    usual = {"position": 100, "from_on": TODAY, "name": code, "reason": "r"}
    return insert(
        bank.connection,
        "ownership_rules",
        code=code,
        condition=psycopg.types.json.Jsonb(condition),
        to_kind=to[0],
        to_code=to[1],
        decided_by_id=bank.head_of_b,
        proposal_id=proposal,
        **(usual | given),
    )


def market(bank: SmallBank, code: str, members: list[int], a_post: int | None, **given: Any) -> int:
    usual = {"name": code, "kind": "MARKET", "org_unit_id": bank.outlet_b, "from_on": date(2026, 1, 1)}
    made = insert(bank.connection, "list_grids", code=code, **(usual | given))
    for one in members:
        insert(
            bank.connection,
            "list_grid_members",
            list_grid_id=made,
            named_for_id=one,
            customer_id=one,
            named_as=f"C{one}",
            from_on=date(2026, 1, 1),
        )
    if a_post is not None:
        grid = bank.grid(code, "LIST", usual["org_unit_id"], None)
        bank.post(grid, a_post, "A")
    return made


def exception(bank: SmallBank, customer: int, staff: int, to_on: date) -> int:
    return insert(
        bank.connection,
        "owner_exceptions",
        customer_id=customer,
        made_for_id=customer,
        staff_id=staff,
        reason="老客户指定",
        from_on=TODAY,
        to_on=to_on,
        made_by_id=bank.head_of_a,
    )


def owner(bank: SmallBank, customer: int) -> int:
    return bank.read("owner_id", customer)[0]


def level(bank: SmallBank, customer: int) -> tuple[str, str]:
    found = bank.connection.execute(
        "select g.level, g.code from customers c join grids g on g.id = c.grid_id where c.id = %s", [customer]
    ).fetchone()
    assert found is not None
    return found


def claims(bank: SmallBank) -> dict[int, str]:
    return dict(bank.connection.execute("select customer_id, cause from ownership_claims").fetchall())


def test_an_exception_comes_before_a_list_a_list_before_a_rule_a_rule_before_the_place(
    bank: SmallBank,
) -> None:
    by_place, by_rule, by_list, by_exception = (
        bank.customer(atom_id=bank.n1, deposit_fen=fen) for fen in (0, 100, 100, 100)
    )
    rule(bank, "R1", RICH, ("STAFF", "M3"))
    market(bank, "@MK", [by_list, by_exception], bank.manager_b)
    exception(bank, by_exception, bank.head_of_b, NEXT_DAY)
    result = night(bank)
    assert [owner(bank, one) for one in (by_place, by_rule, by_list, by_exception)] == [
        bank.manager_a,
        bank.manager_south,
        bank.manager_b,
        bank.head_of_b,
    ]
    assert level(bank, by_rule) == ("LIST", "@M3")
    assert bank.read("org_unit_id", by_rule) == (bank.outlet_b,), "the unit of who owns"
    assert claims(bank) == {by_rule: "RULE", by_list: "LIST", by_exception: "EXCEPTION"}
    assert result.figures["claimed"] == 3
    assert result.message is not None
    assert result.message.code == "OWN_DONE"
    assert night(bank).rows == 0, "the same night twice changes nothing"


def test_what_is_over_falls_back_with_that_night(bank: SmallBank) -> None:
    excepted = bank.customer(atom_id=bank.n1, deposit_fen=100)
    listed, ruled = bank.customer(atom_id=bank.n1), bank.customer(atom_id=bank.s1, kind="ENTERPRISE")
    rule(bank, "R1", RICH, ("STAFF", "M3"))
    rule(bank, "R2", FIRMS, ("GRID", "N"))
    made = market(bank, "@MK", [listed], bank.manager_b)
    exception(bank, excepted, bank.head_of_b, NEXT_DAY)
    night(bank)
    assert [owner(bank, one) for one in (excepted, listed, ruled)] == [
        bank.head_of_b,
        bank.manager_b,
        bank.manager_a,
    ]
    assert level(bank, ruled) == ("SMALL", "N")
    bank.connection.execute(
        "update list_grid_members set to_on = %s where list_grid_id = %s", [NEXT_DAY, made]
    )
    rule(bank, "R2", FIRMS, ("GRID", "N"), from_on=NEXT_DAY, to_on=NEXT_DAY)
    night(bank, TODAY, 2)
    assert [owner(bank, one) for one in (excepted, listed, ruled)] == [
        bank.manager_south,
        bank.manager_a,
        bank.manager_south,
    ]
    assert claims(bank) == {excepted: "RULE"}
    causes = bank.connection.execute(
        "select cause from placements where to_on = 'infinity' order by customer_id"
    ).fetchall()
    assert causes == [("CLAIM",), ("CLAIM",), ("PLACE",)]


def test_the_first_rule_in_their_order_has_the_customer(bank: SmallBank) -> None:
    firm = bank.customer(atom_id=bank.n1, kind="ENTERPRISE", deposit_fen=100)
    rule(bank, "R1", RICH, ("STAFF", "M3"), position=20)
    rule(bank, "R2", FIRMS, ("STAFF", "M2"), position=10)
    night(bank)
    assert owner(bank, firm) == bank.manager_b
    rule(bank, "R2", FIRMS, ("STAFF", "M2"), position=30, from_on=NEXT_DAY)
    night(bank, TODAY, 2)
    assert owner(bank, firm) == bank.manager_south, "another version has another position"


def test_a_rule_of_a_unit_keeps_to_its_customers(bank: SmallBank) -> None:
    here, there = (bank.customer(atom_id=one, deposit_fen=100) for one in (bank.n1, bank.s1))
    by_books = bank.customer(open_org_code="A01", deposit_fen=100)
    rule(bank, "R1", RICH, ("STAFF", "O1"), org_unit_id=bank.outlet_a)
    night(bank)
    assert [owner(bank, one) for one in (here, there, by_books)] == [
        bank.head_of_a,
        bank.manager_south,
        bank.head_of_a,
    ]


@pytest.mark.parametrize("to", [("STAFF", "GONE"), ("GRID", "NONE"), ("LIST", "@EMPTY"), ("STAFF", "M3")])
def test_nobody_is_left_without_an_owner(bank: SmallBank, to: tuple[str, str]) -> None:
    bank.connection.execute("update staff set is_active = false where number = 'M3'")
    customer = bank.customer(atom_id=bank.n1, deposit_fen=100)
    market(bank, "@EMPTY", [customer], None)
    rule(bank, "R1", RICH, to, position=1)
    told = night(bank)
    assert owner(bank, customer) == bank.manager_a
    assert told.message is not None
    assert told.message.code == "OWN_DONE_RULES_IDLE"
    assert (told.message.values["idle_rules"], told.message.values["first_rules"]) == (1, "R1")
    assert told.figures["idle_rules"] == 1
    rule(bank, "R2", RICH, ("STAFF", "M2"), position=2)
    night(bank)
    assert owner(bank, customer) == bank.manager_b, "the next rule has him"


def test_a_list_that_is_over_has_nobody_by_a_rule_either(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n1, deposit_fen=100)
    market(bank, "@MK", [], bank.manager_south, to_on=NEXT_DAY)
    rule(bank, "R1", RICH, ("LIST", "@MK"))
    night(bank)
    assert owner(bank, customer) == bank.manager_south
    night(bank, TODAY, 2)
    assert (owner(bank, customer), claims(bank)) == (bank.manager_a, {})


def test_a_list_that_is_called_like_somebody_does_not_take_his_place(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n1)
    market(bank, "@M3", [], bank.manager_b)
    exception(bank, customer, bank.manager_south, NEXT_DAY)
    night(bank)
    assert owner(bank, customer) == bank.manager_south


def test_a_rule_that_nobody_understands_any_more_does_not_stop_the_night(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n1)
    rule(bank, "R1", {"field": "gone", "operator": "eq", "value": 1}, ("STAFF", "M3"))
    night(bank)
    assert owner(bank, customer) == bank.manager_a


def test_the_lower_list_has_whom_two_name_and_a_new_plan_takes_lists_along(bank: SmallBank) -> None:
    customer = bank.customer(atom_id=bank.n1)
    market(bank, "@ONE", [customer], bank.manager_south, position=2)
    market(bank, "@TWO", [customer], bank.manager_b, position=1)
    night(bank)
    assert level(bank, customer) == ("LIST", "@TWO")
    plan = insert(bank.connection, "plans", name="新", state="APPROVED", version=2, from_on=NEXT_DAY)
    whole = bank.grid("ALL", "SMALL", bank.outlet_b, None, plan=plan)
    for atom in (bank.n1, bank.n2, bank.s1):
        insert(bank.connection, "plan_atoms", plan_id=plan, atom_id=atom, grid_id=whole)
    before = bank.read("grid_id", customer)
    night(bank, TODAY, 2)
    assert level(bank, customer) == ("LIST", "@TWO")
    assert bank.read("grid_id", customer) == before, "the list goes on in the plan in force"
    assert owner(bank, customer) == bank.manager_b


def test_one_customer_is_given_at_once(bank: SmallBank) -> None:
    customer, other = bank.customer(atom_id=bank.n1), bank.customer(atom_id=bank.n1)
    night(bank)
    exception(bank, customer, bank.manager_south, date(2027, 1, 1))
    bank.connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
    assign_again(NightRows(bank.connection), [customer], language=HOUSE.language)
    assert owner(bank, customer) == bank.manager_south
    assert claims(bank) == {customer: "EXCEPTION"}
    assert owner(bank, other) == bank.manager_a


def test_figures_count_each_customer_once(bank: SmallBank) -> None:
    from domain.performance.grid_statistics import count_grids
    from domain.tasks.reasons import as_of

    one, _ = bank.customer(atom_id=bank.n1), bank.customer(atom_id=bank.n1)
    market(bank, "@MK", [one], bank.manager_b)
    night(bank)
    count_grids(bank.connection, as_of(DATA_DATE, {}), HOUSE.language)
    found = bank.connection.execute(
        "select g.code, s.customers from grid_statistics s join grids g on g.id = s.grid_id order by 1"
    ).fetchall()
    assert found == [("@MK", 1), ("L1", 1), ("N", 1), ("S", 0)]
    assert bank.connection.execute("select sum(customers) from atom_sums").fetchone() == (1,)


@pytest.mark.parametrize("field", ["gridId", "orgUnitId", "ownerId"])
def test_a_condition_asks_nothing_that_follows_from_it(field: str) -> None:
    wrong = {"not": {"field": field, "operator": "eq", "value": 1}}
    with pytest.raises(OwnershipRuleCircular):
        read_condition(HOUSE.language, wrong)


def test_a_condition_names_its_thresholds_itself() -> None:
    wrong = {"field": "depositFen", "operator": "gte", "value": {"parameter": "products.key_deposit_fen"}}
    with pytest.raises(RuleRefused, match="RULE_UNKNOWN_PARAMETER"):
        read_condition(HOUSE.language, wrong)


def test_a_proposed_rule_stands_in_the_place_of_its_code() -> None:
    rules = [RuleInForce(n, f"R{n}", "", n, None, {}, "STAFF", "M1") for n in (1, 2)]
    moved = RuleInForce(0, "R1", "", 3, None, {}, "STAFF", "M2")
    assert [one.id for one in with_another(rules, moved)] == [2, 0]
