"""Rules about month-ends, through the SQL: vectors, what is unknown, and how they are explained."""

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from domain.customers.fields import CUSTOMER
from domain.products.month_end_fields import FIELDS
from domain.products.month_ends import month_ends_until
from domain.shared.calendar import month_end_before
from domain.shared.rules.explaining import explained, read_explanation
from domain.shared.rules.finding import listed
from domain.shared.rules.language import Language
from domain.shared.rules.past import of_a_past_day
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import rendered
from schema.rules.language import LANGUAGE
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

OCTOBER = date(2026, 10, 31)
JULY = date(2026, 7, 31)
A_YEAR_AGO = date(2025, 10, 31)


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    insert(
        connection,
        "settings",
        name="month_ends_since",
        value=json.dumps(
            {"deposit_fen": "2025-10-31", "loan_fen": "2026-07-31", "pos_volume_fen": "2025-11-01"}
        ),
    )
    bank = SmallBank(connection)
    for _ in range(2):
        bank.customer()
    # The first had something at three month-ends, and his shop took in 100 fen a month; the second never had anything.
    months = {month_on: {"deposit_fen": 0, "loan_fen": 0, "pos_volume_fen": 100} for month_on in (
        month_end_before(DATA_DATE, back) for back in range(1, 14)
    )}  # fmt: skip
    months[A_YEAR_AGO] |= {"deposit_fen": 700, "loan_fen": 0}
    months[JULY] |= {"deposit_fen": 900, "loan_fen": 40}
    months[OCTOBER] |= {"deposit_fen": 500, "loan_fen": 30}
    for month_on, amounts in months.items():
        insert(connection, "month_ends", customer_id=1, month_on=month_on, **amounts)
    return bank


def explained_value(
    bank: SmallBank, field: str, customer: int, day: date = DATA_DATE, language: Language = LANGUAGE
) -> tuple[Any, str, date]:
    rule = language.read({"field": field, "operator": "known", "value": True}, CUSTOMER)
    part = rendered(explained(rule, AsOf(day), customer))
    row = bank.connection.execute(part.text.encode(), part.parameters).fetchone()
    assert row is not None
    (leaf,) = read_explanation(rule, AsOf(day), row[0]).leaves
    return leaf.value, leaf.source, leaf.known_on


VALUES = {
    "monthEndDepositFen": (500, 0),
    "monthEndLoanFen": (30, 0),
    "depositChange1mFen": (500, 0),
    "depositChange3mFen": (-400, 0),
    "depositChange12mFen": (-200, 0),
    "loanChange1mFen": (30, 0),
    "loanChange3mFen": (-10, 0),
    "loanChange12mFen": (None, None),
    "posVolume1mFen": (100, 0),
    "posVolume3mFen": (300, 0),
    "posVolume12mFen": (1200, 0),
}


def test_every_field_is_explained_with_value_source_and_day(bank: SmallBank) -> None:
    """Who never had anything has nothing; before the first file of loans nobody knows."""
    found = {one.name: tuple(explained_value(bank, one.name, who)[0] for who in (1, 2)) for one in FIELDS}
    assert found == VALUES
    assert explained_value(bank, "depositChange3mFen", 1)[1:] == ("month_ends.deposit_fen", OCTOBER)


@pytest.mark.parametrize("name", VALUES)
def test_joined_for_many_it_is_what_it_is_for_one(bank: SmallBank, name: str) -> None:
    for who, value in enumerate(VALUES[name], start=1):
        for operator, wanted, holds in (
            ("gte", value, True),
            ("gt", value, False),
            ("known", value is not None, True),
        ):
            if wanted is None:
                continue
            rule = LANGUAGE.read({"field": name, "operator": operator, "value": wanted}, CUSTOMER)
            part = rendered(listed(rule, AsOf(DATA_DATE), most=9))
            keys = {key for (key,) in bank.connection.execute(part.text.encode(), part.parameters)}
            assert (who in keys) is holds, (name, operator)


@pytest.mark.parametrize(
    "day", [date(2026, 11, 30), date(2026, 11, 29), date(2026, 12, 1), date(2026, 2, 28), date(2028, 2, 29)]
)
def test_the_last_month_end_is_the_nights(bank: SmallBank, day: date) -> None:
    assert explained_value(bank, "monthEndDepositFen", 1, day)[2] == month_ends_until(day)[-1]


def test_a_past_day_has_the_month_ends_before_it(bank: SmallBank) -> None:
    past = of_a_past_day(LANGUAGE)
    rule = past.read({"field": "monthEndDepositFen", "operator": "eq", "value": 900}, CUSTOMER)
    for day, keys in ((date(2026, 8, 15), [(1,)]), (DATA_DATE, []), (date(2025, 9, 30), [])):
        part = rendered(listed(rule, AsOf(day), most=9))
        assert bank.connection.execute(part.text.encode(), part.parameters).fetchall() == keys, day
    told = explained_value(bank, "depositChange3mFen", 1, date(2026, 8, 15), past)
    assert told == (900, "month_ends.deposit_fen", JULY), "the table and the month-end, as for today"


def test_before_the_first_night_nothing_is_known(bank: SmallBank) -> None:
    bank.connection.execute("delete from settings where name = 'month_ends_since'")
    assert {explained_value(bank, one.name, 1)[0] for one in FIELDS} == {None}
