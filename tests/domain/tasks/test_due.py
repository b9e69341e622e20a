"""Due visits: the SQL says what the rules say, in words a manager can use."""

import random
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.shared.night import Night, StepResult, silent
from domain.tasks.cadence import Cadence, Known, due_reason, next_visit_on, wan_yuan
from domain.tasks.due import find_due_visits

from ..small_bank import DATA_DATE, TODAY, SmallBank


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def find(
    bank: SmallBank, data_date: date = DATA_DATE, parameters: dict[str, int] | None = None
) -> StepResult:
    night = Night(1, data_date, Path("/nowhere"), parameters=parameters or {})
    return find_due_visits(bank.connection, night, silent)


def due(bank: SmallBank, columns: str) -> list[tuple]:
    return bank.connection.execute(f"select {columns} from due_visits order by priority desc").fetchall()


DECIDED = {
    "tasks.key_visit_months": 2,
    "tasks.general_visit_months": 4,
    "tasks.loan_ends_within_days": 20,
    "customers.at_risk_band": 4,
}


@pytest.mark.parametrize("parameters", [{}, DECIDED], ids=["defaults", "decided"])
def test_sql_and_rules_agree_on_a_thousand_customers(bank: SmallBank, parameters: dict[str, int]) -> None:
    cadence = Cadence.of(parameters)
    dice = random.Random(7)
    expected = {}
    for number in range(1000):
        visited = dice.choice([None, dice.randrange(400), dice.choice([30, 31, 61, 181, 183, 184])])
        known = Known(
            dice.choice(["KEY", "GENERAL"]),
            None if visited is None else TODAY - timedelta(visited),
            dice.choice([0, 0, 0, dice.randrange(1, 400)]),
            dice.choice([None, TODAY + timedelta(dice.randrange(-5, 40))]),
            dice.choice([None, 1, 3, 4, 5]),
        )
        customer = bank.customer(tier=known.tier, attrition_band=known.attrition_band, attrition_score=0.4)
        if known.last_visit_on is not None:
            bank.visit(customer, bank.manager_a, f"{known.last_visit_on} 09:00+08")
        if known.loan_ends_on is not None or known.overdue_days:
            ends = known.loan_ends_on or TODAY + timedelta(300)
            bank.loan(customer, str(number), end_on=ends, overdue_days=known.overdue_days)
        expected[customer] = (due_reason(known, TODAY, cadence), known)
    find(bank, parameters=parameters)
    found = dict(bank.connection.execute("select customer_id, reason from due_visits").fetchall())
    assert found == {
        customer: reason.value for customer, (reason, _) in expected.items() if reason is not None
    }
    assert len(set(found.values())) == 5
    days = dict(bank.connection.execute("select id, due_on from customers").fetchall())
    for customer, (reason, known) in expected.items():
        if reason is None:
            assert known.last_visit_on is not None
            assert days[customer] == next_visit_on(known.tier, known.last_visit_on, cadence)


def test_words_figures_and_order(bank: SmallBank) -> None:
    bank.customer(tier="KEY", deposit_fen=12_300_000)
    overdue = bank.customer(deposit_fen=50_000)
    bank.loan(overdue, "1", end_on=date(2027, 1, 1), overdue_days=12, balance_fen=5_000_000)
    ending = bank.customer()
    bank.loan(ending, "2", end_on=TODAY + timedelta(10), balance_fen=123_456_789_012)
    leaving = bank.customer(attrition_band=5, attrition_score=0.61, deposit_fen=1_000_000)
    bank.visit(leaving, bank.manager_a, "2026-09-01 09:00+08")
    find(bank)
    assert due(bank, "reason, sentence, figures, due_on") == [
        (
            "LOAN_OVERDUE",
            "贷款已逾期 12 天，请上门了解还款安排。",
            ["存款 0.05 万元", "贷款余额 5.00 万元", "逾期 12 天"],
            TODAY - timedelta(12),
        ),
        (
            "LOAN_ENDING",
            "贷款 2026-12-01 到期，还有 10 天，请提前商量还款或续贷。",
            [f"贷款余额 {wan_yuan(123_456_789_012)}", "到期日 2026-12-01"],
            TODAY + timedelta(10),
        ),
        (
            "ATTRITION",
            "存款流失风险在最高一档（第 5 档），请当面了解资金去向。",
            ["存款 1.00 万元", "上次走访 2026-09-01"],
            TODAY,
        ),
        ("NEVER_VISITED", "重点客户还没有走访过，请初次上门建档。", ["存款 12.30 万元"], TODAY),
    ]


@pytest.mark.parametrize("status", ["DEAD", "MOVED"])
def test_the_dead_and_the_moved_are_left_in_peace(bank: SmallBank, status: str) -> None:
    gone = bank.customer(status=status)
    bank.loan(gone, "1", end_on=TODAY, overdue_days=3)
    find(bank)
    assert due(bank, "customer_id") == []


def test_a_visit_that_found_nobody_was_none(bank: SmallBank) -> None:
    customer = bank.customer(last_visit_on=DATA_DATE)
    bank.visit(customer, bank.manager_a, "2026-11-20 09:00+08", outcome="NOT_FOUND")
    find(bank)
    assert due(bank, "reason") == [("NEVER_VISITED",)]
    assert bank.read("last_visit_on", customer) == (None,)


def test_the_bank_day_of_a_late_visit_is_shanghais(bank: SmallBank) -> None:
    customer = bank.customer()
    bank.visit(customer, bank.manager_a, "2026-11-20 17:30+00")
    find(bank)
    assert bank.read("last_visit_on, due_on", customer) == (date(2026, 11, 21), date(2027, 5, 21))


def test_twice_changes_nothing_and_a_day_later_the_day_is_kept(bank: SmallBank) -> None:
    bank.customer()
    risky = bank.customer(attrition_band=5, attrition_score=0.9)
    assert find(bank).rows == 2
    assert find(bank).rows == 0
    find(bank, DATA_DATE + timedelta(1))
    assert due(bank, "due_on") == [(TODAY,), (TODAY,)], "due since the night that found it"
    bank.visit(risky, bank.manager_a, "2026-11-21 09:00+08")
    assert find(bank, DATA_DATE + timedelta(1)).rows == 1
    assert bank.read("due_on", risky) == (date(2027, 5, 21),)
