"""Facts keep the days on which they were so."""

from datetime import date, timedelta

import psycopg
import pytest

from domain.customers.dated import KINDS
from domain.shared.dated import EVERYBODY, Cause, Whom, day_in_force, keep, these
from domain.shared.rows import NightRows

MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=ahead) for ahead in (1, 2, 3))

DAYS = """
select customer_id, from_on, nullif(to_on, 'infinity'), kind, cause from customer_kinds order by customer_id, from_on
"""


class Bank:
    """Customers with a kind, and the days that are kept of it."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def say(self, **kinds: str) -> None:
        for name, kind in kinds.items():
            self.connection.execute(
                "insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen)"
                " values (%s, %s, 'GENERAL', 'ACTIVE', '', 0, 0, 0)"
                " on conflict (id) do update set kind = excluded.kind",
                [int(name.removeprefix("c")), kind],
            )

    def keep(self, day: date, whom: Whom = EVERYBODY, cause: Cause = Cause.FILES) -> int:
        return keep(NightRows(self.connection), KINDS, day, whom, cause=cause)

    def days(self) -> list[tuple]:
        return self.connection.execute(DAYS).fetchall()


@pytest.fixture
def bank(connection: psycopg.Connection) -> Bank:
    bank = Bank(connection)
    bank.say(c1="PERSON", c2="PERSON")
    assert bank.keep(MONDAY) == 2
    return bank


def test_only_what_changes_is_appended(bank: Bank) -> None:
    assert bank.keep(TUESDAY) == 0
    bank.say(c2="SOLE_TRADER")
    assert bank.keep(WEDNESDAY) == 1
    assert bank.days() == [
        (1, MONDAY, None, "PERSON", "FIRST"),
        (2, MONDAY, WEDNESDAY, "PERSON", "FIRST"),
        (2, WEDNESDAY, None, "SOLE_TRADER", "FILES"),
    ]


def test_a_day_has_one_state_its_last(bank: Bank) -> None:
    bank.say(c1="SOLE_TRADER")
    assert bank.keep(TUESDAY) == 1
    bank.say(c1="ENTERPRISE")
    assert bank.keep(TUESDAY, cause=Cause.CUT) == 1
    assert bank.days()[:2] == [
        (1, MONDAY, TUESDAY, "PERSON", "FIRST"),
        (1, TUESDAY, None, "ENTERPRISE", "CUT"),
    ]


def test_a_day_before_the_one_that_is_written_changes_that_one(bank: Bank) -> None:
    """A cut today is of today; the demonstration's next night may be of an earlier day."""
    bank.say(c1="SOLE_TRADER")
    bank.keep(THURSDAY)
    bank.say(c1="ENTERPRISE")
    bank.keep(TUESDAY)
    assert bank.days()[:2] == [
        (1, MONDAY, THURSDAY, "PERSON", "FIRST"),
        (1, THURSDAY, None, "ENTERPRISE", "FILES"),
    ]


def test_who_is_no_more_has_his_days_ended_and_may_come_back(bank: Bank) -> None:
    bank.connection.execute("delete from customers where id = 2")
    assert bank.keep(TUESDAY) == 0
    bank.say(c2="ENTERPRISE")
    bank.keep(WEDNESDAY)
    assert bank.days()[1:] == [
        (2, MONDAY, TUESDAY, "PERSON", "FIRST"),
        (2, WEDNESDAY, None, "ENTERPRISE", "FIRST"),
    ]


def test_others_are_left_alone(bank: Bank) -> None:
    bank.say(c1="ENTERPRISE", c2="ENTERPRISE")
    assert bank.keep(TUESDAY, these([2])) == 1
    assert bank.days()[0] == (1, MONDAY, None, "PERSON", "FIRST")


def test_one_row_at_most_is_open(bank: Bank) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        bank.connection.execute(
            "insert into customer_kinds values (1, 'infinity', %s, 'PERSON', 'FILES')", [TUESDAY]
        )


def test_a_change_by_day_is_of_today_but_of_no_day_before_what_the_night_prepared(
    connection: psycopg.Connection,
) -> None:
    rows = NightRows(connection)
    today = connection.execute("select cast(now() at time zone 'Asia/Shanghai' as date)").fetchone()
    assert today == (day_in_force(rows),)
    connection.execute("insert into settings (name, value) values ('data_date', '\"2999-12-30\"')")
    assert day_in_force(rows) == date(2999, 12, 31)
