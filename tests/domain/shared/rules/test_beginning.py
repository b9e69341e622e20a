"""From which morning on a rule holds when only days pass: found by trying the rule on every one of them."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from domain.customers.fields import CUSTOMER
from domain.shared.rules.beginning import begins_on
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.rendering import rendered
from schema.rules.language import LANGUAGE
from tests.domain.small_bank import DATA_DATE, SmallBank

IS_KEY = {"field": "tier", "operator": "eq", "value": "KEY"}
LONG_AGO = {"field": "monthsSinceVisit", "operator": "gte", "value": 2}
VERY_LONG_AGO = {"field": "monthsSinceVisit", "operator": "gte", "value": 5}
SOON = {"field": "lastVisitOn", "operator": "lte", "value": {"days": -40}}
RULES: tuple[dict[str, Any], ...] = (
    LONG_AGO,
    SOON,
    {"all": [LONG_AGO, IS_KEY]},
    {"all": [LONG_AGO, SOON]},
    {"any": [VERY_LONG_AGO, {"all": [SOON, IS_KEY]}]},
    {"all": [LONG_AGO, {"any": [IS_KEY, VERY_LONG_AGO]}]},
)
TRIED_DAYS = 320


@pytest.mark.parametrize("data", RULES, ids=str)
def test_the_day_is_the_first_on_which_the_rule_holds(
    connection: psycopg.Connection, data: dict[str, Any]
) -> None:
    bank = SmallBank(connection)
    visited = [None, date(2026, 11, 20), date(2026, 10, 31), date(2026, 8, 31), date(2026, 12, 31)]
    people = [bank.customer(tier=tier, last_visit_on=day) for tier in ("KEY", "GENERAL") for day in visited]
    row, rule = CUSTOMER.table.alias("subject"), LANGUAGE.read(data, CUSTOMER)
    start = date(2026, 8, 1)
    found = rendered(select(row.c.id, begins_on(rule.root, row, AsOf(DATA_DATE))))
    days = dict(
        connection.execute(
            f"select id, nullif(day, 'infinity') from ({found.text}) as found (id, day)".encode(),
            found.parameters,
        )
    )
    first: dict[int, date] = {}
    for ahead in range(TRIED_DAYS):
        data_date = start + timedelta(ahead)
        asked = rendered(select(row.c.id).where(holds(rule.root, row, AsOf(data_date))))
        for (id_,) in connection.execute(asked.text.encode(), asked.parameters):
            first.setdefault(id_, data_date + timedelta(1))
    assert days == {id_: first.get(id_) for id_ in people}
    assert first, "a rule that never holds shows nothing"


def test_what_holds_whatever_the_day_began_ever(connection: psycopg.Connection) -> None:
    bank = SmallBank(connection)
    bank.customer(tier="KEY")
    row, rule = CUSTOMER.table.alias("subject"), LANGUAGE.read({"any": [IS_KEY, LONG_AGO]}, CUSTOMER)
    found = rendered(select(begins_on(rule.root, row, AsOf(DATA_DATE))))
    answer = connection.execute(
        f"select anon = '-infinity' from ({found.text}) as f (anon)".encode(), found.parameters
    )
    assert answer.fetchall() == [(True,)]


@pytest.mark.parametrize(
    "data", [{"not": LONG_AGO}, {"some": "loans", "where": {"all": []}}], ids=["not", "some"]
)
def test_what_holds_until_a_day_has_no_first_one(data: dict[str, Any]) -> None:
    rule = LANGUAGE.read(data, CUSTOMER)
    with pytest.raises(ValueError, match="one day"):
        begins_on(rule.root, CUSTOMER.table.alias(), AsOf(DATA_DATE))
