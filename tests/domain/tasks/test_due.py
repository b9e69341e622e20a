"""Due visits: the SQL says what the rules say, as statements that fit what is declared."""

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.shared.night import Night, StepResult, silent
from domain.shared.rows import NightRows
from domain.shared.statements import Statement
from domain.tasks import statements as said
from domain.tasks.due import find_due_visits, judge_again
from schema.rules.language import LANGUAGE
from tests.domain.tasks.test_cadence import VECTORS

from ..small_bank import DATA_DATE, TODAY, SmallBank, insert


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def find(
    bank: SmallBank, data_date: date = DATA_DATE, parameters: dict[str, int] | None = None
) -> StepResult:
    night = Night(1, data_date, Path("/nowhere"), parameters=parameters or {})
    return find_due_visits(bank.connection, night, silent, language=LANGUAGE)


def due(bank: SmallBank, columns: str) -> list[tuple]:
    return bank.connection.execute(f"select {columns} from due_visits order by priority desc").fetchall()


def test_the_step_finds_what_the_rules_say(bank: SmallBank) -> None:
    """The vectors as customers with loans and visits: what the step joins is what the rules look at."""
    expected = {}
    for name, known, reason in VECTORS:
        customer = bank.customer(
            name=name,
            tier=known["tier"],
            attrition_band=known.get("attrition_band"),
            attrition_score=0.4,
            deposit_fen=known.get("deposit_fen", 0),
        )
        if known["last_visit_on"] is not None:
            bank.visit(customer, bank.manager_a, f"{known['last_visit_on']} 09:00+08")
        ends_on = date.fromisoformat(known.get("ends_on", "2030-01-01"))
        bank.loan(customer, f"{name} 1", end_on=ends_on, overdue_days=known.get("overdue_days", 0))
        if "matured_on" in known:
            bank.loan(customer, f"{name} ran out", end_on=date.fromisoformat(known["matured_on"]))
        if "agreed_on" in known:
            # Sought in vain and put off: the day of the last visit stays.
            at = f"{known['last_visit_on'] or '2026-01-02'} 18:00+08"
            bank.visit(customer, bank.manager_a, at, outcome="NOT_FOUND", next_on=known["agreed_on"])
        bank.loan(customer, f"{name} ran out and is paid", end_on=TODAY - timedelta(1), balance_fen=0)
        bank.loan(customer, f"{name} paid", end_on=TODAY, overdue_days=9, balance_fen=0)
        if reason is not None:
            expected[name] = reason.value
    find(bank)
    found = dict(
        bank.connection.execute(
            "select c.name, d.reason from due_visits d join customers c on c.id = d.customer_id"
        ).fetchall()
    )
    assert found == expected
    days = dict(bank.connection.execute("select name, due_on from customers").fetchall())
    assert days["key, a day less"] == date(2026, 11, 22)
    assert days["general, a day less"] == date(2026, 11, 22)
    assert days["at risk, just seen"] == date(2027, 5, 1)


def test_statements_figures_and_order(bank: SmallBank) -> None:
    bank.customer(tier="KEY", deposit_fen=12_300_000)
    overdue = bank.customer(deposit_fen=50_000)
    bank.loan(overdue, "1", end_on=date(2027, 1, 1), overdue_days=12, balance_fen=5_000_000)
    ending = bank.customer()
    bank.loan(ending, "2", end_on=TODAY + timedelta(10), balance_fen=123_456_789_012)
    matured = bank.customer()
    bank.loan(matured, "3", end_on=DATA_DATE, balance_fen=10_000_000)
    bank.loan(matured, "4", end_on=TODAY, balance_fen=100)
    promised = bank.customer()
    bank.visit(promised, bank.manager_a, "2026-11-11 09:00+08", outcome="FOLLOW_UP", next_on="2026-11-18")
    leaving = bank.customer(attrition_band=5, attrition_score=0.61, deposit_fen=1_000_000)
    bank.visit(leaving, bank.manager_a, "2026-09-01 09:00+08")
    find(bank)
    assert due(bank, "reason, statement, figures, due_on") == [
        (
            "LOAN_OVERDUE",
            said.LOAN_OVERDUE(days=12).as_json(),
            listed(said.DEPOSIT(deposit_fen=50_000), said.LOAN(loan_fen=5_000_000), said.OVERDUE(days=12)),
            TODAY - timedelta(12),
        ),
        (
            "LOAN_MATURED",
            said.LOAN_MATURED(ended_on=DATA_DATE, days=1).as_json(),
            listed(said.LOAN(loan_fen=10_000_100), said.LOAN_END(ends_on=DATA_DATE)),
            DATA_DATE,
        ),
        (
            "AGREED",
            said.AGREED(agreed_on=date(2026, 11, 18)).as_json(),
            listed(said.AGREED_ON(agreed_on=date(2026, 11, 18))),
            date(2026, 11, 18),
        ),
        (
            "LOAN_ENDING",
            said.LOAN_ENDING(ends_on=date(2026, 12, 1), days=10).as_json(),
            listed(said.LOAN(loan_fen=123_456_789_012), said.LOAN_END(ends_on=date(2026, 12, 1))),
            TODAY + timedelta(10),
        ),
        (
            "ATTRITION",
            said.ATTRITION(band=5).as_json(),
            listed(said.DEPOSIT(deposit_fen=1_000_000), said.LAST_VISIT(last_visit_on=date(2026, 9, 1))),
            TODAY,
        ),
        (
            "NEVER_VISITED",
            said.NEVER_VISITED(tier="KEY").as_json(),
            listed(said.DEPOSIT(deposit_fen=12_300_000)),
            TODAY,
        ),
    ]


def listed(*figures: Statement) -> list[dict]:
    return [figure.as_json() for figure in figures]


@pytest.mark.parametrize("status", ["DEAD", "MOVED"])
def test_the_dead_and_the_moved_are_left_in_peace(bank: SmallBank, status: str) -> None:
    gone = bank.customer(status=status)
    bank.loan(gone, "1", end_on=TODAY, overdue_days=3)
    find(bank)
    bank.visit(gone, bank.manager_a, "2026-11-01 09:00+08")
    find(bank)
    assert due(bank, "customer_id") == []
    assert bank.read("last_visit_on, due_on", gone) == (date(2026, 11, 1), None)


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
    risky = bank.customer(attrition_band=5, attrition_score=0.9, deposit_fen=1_000_000)
    assert find(bank).rows == 2
    assert find(bank).rows == 0
    find(bank, DATA_DATE + timedelta(1))
    assert due(bank, "due_on") == [(TODAY,), (TODAY,)], "due since the night that found it"
    bank.visit(risky, bank.manager_a, "2026-11-21 09:00+08")
    assert find(bank, DATA_DATE + timedelta(1)).rows == 1
    assert bank.read("due_on", risky) == (date(2027, 5, 21),)


def test_a_risk_counts_with_what_is_at_stake(bank: SmallBank) -> None:
    """Half a million comes before a likelier twenty thousand, and six hundred yuan are nobody's visit."""
    for name, score, deposit_fen in (
        ("六百", 0.9, 600_00),
        ("两万", 0.9, 20_000_00),
        ("五十万", 0.5, 500_000_00),
    ):
        customer = bank.customer(name=name, attrition_band=5, attrition_score=score, deposit_fen=deposit_fen)
        bank.visit(customer, bank.manager_a, "2026-09-01 09:00+08")
    bank.customer(name="从未走访", tier="KEY", deposit_fen=100_000_000_00)
    find(bank)
    found = bank.connection.execute(
        "select c.name from due_visits d join customers c on c.id = d.customer_id order by d.priority desc"
    ).fetchall()
    assert [name for (name,) in found] == ["五十万", "两万", "从未走访"]


def test_the_morning_after_a_loan_ran_out_somebody_is_told(bank: SmallBank) -> None:
    """The core counts days overdue from the next working day on: over a weekend it says 0 for three mornings."""
    friday = date(2026, 11, 20)
    borrower = bank.customer(tier="KEY", attrition_band=5)
    bank.visit(borrower, bank.manager_a, "2026-11-19 09:00+08")
    bank.loan(borrower, "1", end_on=friday, overdue_days=0, balance_fen=10_000_000)
    reasons = []
    for days in range(-1, 3):
        find(bank, friday + timedelta(days))
        reasons.append(
            due(bank, "reason, due_on, statement ->> 'code', (statement -> 'values' ->> 'days')::int")
        )
    said_so = [[("LOAN_MATURED", friday, "DUE_LOAN_MATURED", days)] for days in (1, 2, 3)]
    assert reasons == [[], *said_so], "the day before it is an end of a loan, of which they have just spoken"
    bank.connection.execute("update loans set overdue_days = 3")
    find(bank, friday + timedelta(3))
    assert due(bank, "reason, due_on") == [("LOAN_OVERDUE", friday + timedelta(1))]
    bank.connection.execute("update loans set balance_fen = 0, overdue_days = 0")
    find(bank, friday + timedelta(3))
    assert due(bank, "reason") == []


def test_an_agreed_day_is_kept_until_a_later_visit(bank: SmallBank) -> None:
    customer = bank.customer()
    bank.visit(customer, bank.manager_a, "2026-11-14 09:00+08", outcome="FOLLOW_UP", next_on="2026-11-21")

    def morning(of: date) -> tuple[list[tuple], tuple]:
        find(bank, of - timedelta(1))
        return due(bank, "reason, due_on"), bank.read("due_on", customer)

    agreed = date(2026, 11, 21)
    assert morning(agreed - timedelta(1)) == ([], (agreed,)), "shown beside the customer before it comes"
    assert morning(agreed) == ([("AGREED", agreed)], (agreed,))
    bank.visit(customer, bank.manager_a, "2026-11-21 09:00+08", outcome="NOT_FOUND")
    assert morning(agreed + timedelta(1)) == ([("AGREED", agreed)], (agreed,)), "nobody was there"
    bank.visit(customer, bank.manager_a, "2026-11-22 09:00+08", outcome="NOT_FOUND", next_on="2026-11-24")
    assert morning(date(2026, 11, 23)) == ([], (date(2026, 11, 24),)), "put off"
    assert morning(date(2026, 11, 24)) == ([("AGREED", date(2026, 11, 24))], (date(2026, 11, 24),))
    bank.visit(customer, bank.manager_a, "2026-11-24 09:00+08", outcome="INTERESTED")
    assert morning(date(2026, 11, 25)) == ([], (date(2027, 5, 24),)), "seen, and nothing agreed"


def test_of_visits_at_one_instant_the_one_that_the_device_says_was_last_holds(bank: SmallBank) -> None:
    """A clock that was set back: all that was recorded until the next contact counts at the last one."""
    customers = [bank.customer() for _ in range(8)]
    for customer in customers:
        bank.visit(customer, bank.manager_a, "2026-11-14 10:00+08", outcome="FOLLOW_UP", next_on="2026-11-19")
        bank.visit(customer, bank.manager_a, "2026-11-14 09:00+08", outcome="FOLLOW_UP", next_on="2026-11-16")
    bank.connection.execute("update visits set counted_at = '2026-11-14 09:00+08'")
    find(bank)
    assert due(bank, "due_on") == [(date(2026, 11, 19),)] * 8


def test_a_night_made_up_for_knows_no_visit_after_its_morning(bank: SmallBank) -> None:
    promised, put_off, asked = bank.customer(), bank.customer(), bank.customer()
    for customer in (promised, put_off):
        bank.visit(customer, bank.manager_a, "2026-11-14 09:00+08", outcome="FOLLOW_UP", next_on="2026-11-20")
    bank.visit(put_off, bank.manager_a, "2026-11-21 23:30+08", outcome="NOT_FOUND", next_on="2026-11-30")
    bank.visit(promised, bank.manager_a, "2026-11-22 00:30+08", outcome="INTERESTED")
    bank.visit(asked, bank.manager_a, "2026-11-22 09:00+08", outcome="FOLLOW_UP", next_on="2026-11-20")
    agreed = "select customer_id, due_on from due_visits where reason = 'AGREED' order by customer_id"
    find(bank)
    assert bank.connection.execute(agreed).fetchall() == [(promised, date(2026, 11, 20))]
    find(bank, DATA_DATE + timedelta(1))
    assert bank.connection.execute(agreed).fetchall() == [(asked, date(2026, 11, 20))]


def test_a_night_made_up_for_counts_no_later_visit_and_the_customer_shows_it(bank: SmallBank) -> None:
    """Cadence, a loan's end and a first visit as they stood that morning; the day beside the customer is today's."""
    monthly, ending, unseen = bank.customer(tier="KEY"), bank.customer(), bank.customer()
    for customer in (monthly, ending):
        bank.visit(customer, bank.manager_a, "2026-10-01 09:00+08")
    bank.loan(ending, "1", end_on=TODAY + timedelta(9))
    # Half an hour into the day after: no visit of that morning by the bank's clock, though it is by Greenwich's.
    later = [monthly, ending, unseen]
    for customer in later:
        bank.visit(customer, bank.manager_a, "2026-11-22 00:30+08")
    find(bank)
    reasons = "select customer_id, reason from due_visits order by customer_id"
    stood = [(monthly, "CADENCE"), (ending, "LOAN_ENDING"), (unseen, "NEVER_VISITED")]
    assert bank.connection.execute(reasons).fetchall() == stood
    said_of = "select statement -> 'values' ->> 'last_visit_on' from due_visits where customer_id = %s"
    assert bank.connection.execute(said_of, [monthly]).fetchall() == [("2026-10-01",)]
    seen = [bank.read("last_visit_on", customer) for customer in later]
    assert seen == [(date(2026, 11, 22),)] * 3
    assert find(bank).rows == 0
    insert(bank.connection, "settings", name="data_date", value=Jsonb(str(DATA_DATE)))
    judge_again(NightRows(bank.connection), later, language=LANGUAGE)
    assert bank.connection.execute(reasons).fetchall() == stood, "a cut is judged as the night judged"
    find(bank, DATA_DATE + timedelta(1))
    assert due(bank, "reason") == []


def test_who_is_judged_again_alone_is_judged_as_by_the_night(bank: SmallBank) -> None:
    """The rows of others stay as they are, however stale."""
    one, other = bank.customer(), bank.customer()
    find(bank)
    insert(bank.connection, "settings", name="data_date", value=Jsonb(str(DATA_DATE)))
    for customer in (one, other):
        bank.loan(customer, f"{customer}", end_on=TODAY, overdue_days=3)
        bank.visit(customer, bank.manager_a, "2026-11-19 09:00+08")
    judge_again(NightRows(bank.connection), [one], language=LANGUAGE)
    every = "select customer_id, reason, due_on from due_visits order by customer_id"
    assert bank.connection.execute(every).fetchall() == [
        (one, "LOAN_OVERDUE", TODAY - timedelta(3)),
        (other, "NEVER_VISITED", TODAY),
    ]
    assert bank.read("last_visit_on", one) == (date(2026, 11, 19),)
    assert bank.read("last_visit_on", other) == (None,)
    assert find(bank).rows == 1, "the night finds the other one, and the one as it is"


def test_before_the_first_night_nobody_is_due(bank: SmallBank) -> None:
    customer = bank.customer()
    bank.visit(customer, bank.manager_a, "2026-11-19 09:00+08")
    judge_again(NightRows(bank.connection), [customer], language=LANGUAGE)
    assert due(bank, "reason") == []
    assert bank.read("last_visit_on", customer) == (date(2026, 11, 19),)
